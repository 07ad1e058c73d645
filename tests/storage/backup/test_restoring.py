"""A backup that is taken while LaporDesk runs is restored as it was, on either engine, or not at all."""

import asyncio
import stat
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import inspect, select, text
from sqlalchemy.exc import DatabaseError

from core.model.messages import Reply
from storage import custodians
from storage.backup import box
from storage.backup.box import HEADER, BoxWriter
from storage.backup.frames import END, HEAD, TABLE, Counts, FrameWriter, Head
from storage.backup.loading import HELD
from storage.backup.refusals import BackupRefused
from storage.backup.restoring import Place, Restored, restore_backup
from storage.backup.rows import Layout
from storage.backup.taking import take_backup
from storage.evidence import Evidence
from storage.keys import Keys
from storage.migrate import building, newest
from storage.store import Store
from storage.tables import inbox, outbox, setting
from storage.vaults import Folder, folder
from tests.databases import Databases
from tests.storage.backup.lived_in import PASSPHRASE, PHOTO, PICTURE, live_in, rows
from tests.storage.kaltim import NOW
from tests.storage.samples import CHAT, message

LATER = NOW + timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Taken:
    """A lived-in database, its backup, and where to restore it."""

    store: Store
    file: Path
    place: Place
    media: Path


@pytest.fixture
def taken(
    store: Store, engine: str, databases: Databases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Taken:
    for place in (box, custodians):  # how long a passphrase is stretched is nothing to these tests
        monkeypatch.setattr(place, "MEMORY_KIB", 64)
    asyncio.run(live_in(store, Folder(tmp_path / "media")))
    file = tmp_path / "cadangan"
    take_backup(store, Folder(tmp_path / "media"), file, PASSPHRASE, NOW)
    store.keys.save(tmp_path / "keys")
    media = tmp_path / "restored" / "media"
    return Taken(store, file, Place(databases.bare(engine), Folder(media), tmp_path / "keys"), media)


def restore(taken: Taken, *, hold: bool = True) -> Restored:
    return restore_backup(taken.file, PASSPHRASE, taken.place, LATER, "staff", hold=hold)


def refused(taken: Taken, passphrase: str = PASSPHRASE) -> str:
    with pytest.raises(BackupRefused) as why:
        restore_backup(taken.file, passphrase, taken.place, LATER, "staff")
    return why.value.reason


def is_untouched(place: Place, media: Path) -> bool:
    with building(place.url) as connection:
        tables = inspect(connection).get_table_names()
    return not tables and not [file for file in media.rglob("*") if file.is_file()]


@pytest.mark.parametrize("target", ["sqlite", "postgres"])
def test_everything_reads_the_same(taken: Taken, databases: Databases, target: str, tmp_path: Path) -> None:
    taken = replace(taken, place=replace(taken.place, url=databases.bare(target)))
    restored = restore(taken, hold=False)
    assert restored.verdict.broken_at is None
    assert restored.counts.files == 2
    assert restored.counts.missing == 0
    copy = Store(taken.place.url, taken.store.keys)
    before, after = rows(taken.store), rows(copy)
    assert sum(map(len, before.values())) == restored.counts.all_rows > 450
    assert [after["audit"].pop()[2:4]] == [("staff", "database.restored")]
    leased = {row[0] for row in before["outbox"] if row[6] == "leased"}
    assert len(leased) == 1
    for table in before:
        if table == "outbox":
            before[table] = [row for row in before[table] if row[0] not in leased]
            after[table] = [row for row in after[table] if row[0] not in leased]
        assert after[table] == before[table], table
    with copy.reading() as book:
        kept = book.media.get(PICTURE.media)
        assert kept is not None
        evidence = Evidence(taken.place.media, copy.keys)
        assert b"".join(evidence.open(kept.id, kept.path, kept.data_key)) == PHOTO
        assert b"".join(evidence.open(kept.id, kept.view_path, kept.data_key)) == b"small"
    copy.close()


def test_life_goes_on_after_it(taken: Taken) -> None:
    restore(taken)
    copy = Store(taken.place.url, taken.store.keys)
    with copy.begin() as book:
        last = max(row[0] for row in rows(taken.store)["person"])
        assert book.people.save("Baru Contoh", "+628000009999", LATER) == last + 1
        book.audit.write("staff:3", "case.moved", "K-7K2-M9Q", {}, LATER)
    with copy.reading() as book:
        verdict = book.audit.verify()
    assert (verdict.broken_at, verdict.count) == (None, len(rows(taken.store)["audit"]) + 2)
    for change in ("UPDATE audit SET actor = 'x'", "DELETE FROM audit"):
        with pytest.raises(DatabaseError), copy.begin() as book:
            book.connection.execute(text(change))
    copy.close()


@pytest.mark.parametrize("hold", [True, False])
def test_what_was_waiting_is_held_unless_it_may_go(taken: Taken, hold: bool) -> None:
    waiting = [row[0] for row in rows(taken.store)["outbox"] if row[6] in ("waiting", "leased")]
    assert len(waiting) >= 2
    assert restore(taken, hold=hold).waiting == len(waiting)
    copy = Store(taken.place.url, taken.store.keys)
    with copy.begin() as book:
        found = book.connection.execute(select(outbox).where(outbox.c.id.in_(waiting))).all()
        claimed = book.outbox.claim(LATER, 60, 10, "delivery-2")
    copy.close()
    if hold:
        assert {(row.state, row.reason, row.due_at) for row in found} == {("parked", HELD, None)}
        assert claimed == []
    else:
        assert {(row.state, row.holder) for row in found} == {("waiting", "")}
        assert claimed, "nobody's lease stands in the way"


@pytest.mark.parametrize("hold", [True, False])
def test_what_others_were_to_be_told_is_dropped_unless_it_may_go(
    taken: Taken, hold: bool, tmp_path: Path
) -> None:
    with taken.store.begin() as book:
        [hook] = book.hooks.under("")
        events = {book.hook_outbox.try_out(hook.id, NOW) for _ in range(2)}
        book.hook_outbox.claim(NOW, 60, "hooks-1", 1, {})
    later = replace(taken, file=tmp_path / "kemudian")
    take_backup(taken.store, Folder(tmp_path / "media"), later.file, PASSPHRASE, NOW)
    restore(later, hold=hold)
    copy = Store(taken.place.url, taken.store.keys)
    with copy.begin() as book:
        errands = book.hook_outbox.claim(LATER, 60, "hooks-2", 9, {})
        held = {one.event for one in book.hook_outbox.of(hook.id) if one.answer == HELD}
    copy.close()
    assert ({one.event for one in errands}, held) == ((set(), events) if hold else (events, set()))


def test_it_is_one_moment_though_turns_are_being_written(store: Store, taken: Taken, tmp_path: Path) -> None:
    """A turn writes what came in and the answer to it together: the copy has both or neither."""
    over, written = threading.Event(), []

    def take_turns(which: int) -> None:
        number = 0
        while not over.is_set():
            with store.begin() as book:
                met = book.addresses.meet(CHAT, NOW)
                heard = book.inbox.receive(message(f"{which}-{number}"), NOW, b"{}", met.id)
                book.outbox.put(met.id, Reply("Terima kasih"), NOW, topic=f"{which} {number}", inbox_id=heard)
            number += 1
            written.append(heard)

    threads = [threading.Thread(target=take_turns, args=(which,)) for which in range(3)]
    for thread in threads:
        thread.start()
    while len(written) < 20:
        over.wait(0.005)
    busy = tmp_path / "sibuk"
    before = len(written)
    take_backup(store, Folder(tmp_path / "media"), busy, PASSPHRASE, NOW)
    during = len(written)
    over.set()
    for thread in threads:
        thread.join()
    assert during > before, "nobody waited for the backup"
    restore(replace(taken, file=busy))
    copy = Store(taken.place.url, store.keys)
    with copy.reading() as book:
        turns = inbox.c.provider_id.like("m%-%")
        heard = set(book.connection.execute(select(inbox.c.id).where(turns)).scalars())
        answered = set(book.connection.execute(select(outbox.c.inbox_id)).scalars())
    copy.close()
    assert set(written[:before]) <= heard <= answered


def flipped(content: bytes, at: int) -> bytes:
    return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "a byte in the middle": lambda content: flipped(content, len(content) // 2),
    "the last byte": lambda content: flipped(content, len(content) - 1),
    "a cut end": lambda content: content[:-1000],
    "all but the header": lambda content: content[:HEADER],
    "more at the end": lambda content: content + content[-300:],
}


def test_damage_is_found_and_nothing_is_touched(taken: Taken) -> None:
    whole = taken.file.read_bytes()
    for what, damage in DAMAGES.items():
        taken.file.write_bytes(damage(whole))
        assert (what, refused(taken)) == (what, "damaged")
        assert is_untouched(taken.place, taken.media), what


def test_a_wrong_passphrase_is_refused(taken: Taken) -> None:
    assert refused(taken, PASSPHRASE + "?") == "passphrase"
    assert is_untouched(taken.place, taken.media)


def test_a_place_that_is_not_empty_is_refused(taken: Taken) -> None:
    there = replace(taken, place=replace(taken.place, url=taken.store.url))
    assert refused(there) == "database"
    assert len(rows(taken.store)["area"]) > 450
    (taken.media / "7e").mkdir(parents=True)
    assert refused(taken) == "media"
    assert (taken.media / "7e").exists()


def test_other_keys_are_refused_and_none_are_made(taken: Taken, tmp_path: Path) -> None:
    missing = replace(taken, place=replace(taken.place, key_file=tmp_path / "nowhere"))
    assert refused(missing) == "no_keys"
    Keys.make().save(tmp_path / "others")
    assert refused(replace(taken, place=replace(taken.place, key_file=tmp_path / "others"))) == "other_keys"
    assert is_untouched(taken.place, taken.media)
    assert not (tmp_path / "nowhere").exists()


def test_keys_that_were_rotated_since_are_right(taken: Taken) -> None:
    taken.store.keys.rotated().save(taken.place.key_file)
    restore(taken)
    Store(taken.place.url, Keys.load(taken.place.key_file)).close()


def test_keys_come_along_only_when_they_were_asked_for(taken: Taken, tmp_path: Path) -> None:
    file, fresh = tmp_path / "dengan-kunci", tmp_path / "fresh" / "keys"
    fresh.parent.mkdir()
    take_backup(taken.store, Folder(tmp_path / "media"), file, PASSPHRASE, NOW, taken.place.key_file)
    restored = restore(replace(taken, file=file, place=replace(taken.place, key_file=fresh)))
    assert restored.with_keys
    assert stat.S_IMODE(fresh.stat().st_mode) == 0o600
    assert fresh.read_bytes() == taken.place.key_file.read_bytes()
    Store(taken.place.url, Keys.load(fresh)).close()


def test_what_fails_on_the_way_leaves_nothing(
    taken: Taken, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, fresh = tmp_path / "dengan-kunci", tmp_path / "keys-2"
    take_backup(taken.store, Folder(tmp_path / "media"), file, PASSPHRASE, NOW, taken.place.key_file)
    place_them = folder._Filling.put_in_place

    def full(filling: folder._Filling) -> None:
        place_them(filling)
        raise OSError(28, "No space left on device")

    again = replace(taken, file=file, place=replace(taken.place, key_file=fresh))
    with monkeypatch.context() as patch:
        patch.setattr(folder._Filling, "put_in_place", full)
        with pytest.raises(OSError, match="No space"):
            restore(again)
    assert is_untouched(again.place, again.media)
    assert not fresh.exists()
    assert restore(again).counts.files == 2, "it can be tried again"


def test_half_a_restore_that_was_killed_is_no_hindrance(taken: Taken) -> None:
    left = taken.media / "restoring" / "7e" / "41" / ("7e41" + "0" * 28)
    left.parent.mkdir(parents=True)
    left.write_bytes(b"half")
    restore(taken)
    assert not left.exists()
    assert not (taken.media / "restoring").exists()


def crafted(file: Path, revision: str, keys: Keys, *, told: int = 1) -> None:
    """A backup of another version: one row of one table."""
    layout = Layout("setting", (("name", "text"), ("value", "text")))
    with file.open("wb") as opened:
        sealed = BoxWriter(opened, PASSPHRASE)
        frames = FrameWriter(sealed)
        frames.put(HEAD, Head(revision, NOW, keys.prints()).written())
        frames.put(TABLE, layout.written())
        frames.put_rows([["who", "0.1.0"]])
        frames.put(END, Counts({"setting": told}).written())
        sealed.finish()


def test_an_older_one_is_brought_up_to_date(taken: Taken) -> None:
    crafted(taken.file, "0001", taken.store.keys)
    restore(taken)
    with building(taken.place.url) as connection:
        assert connection.execute(select(setting.c.value).where(setting.c.name == "who")).scalar() == "0.1.0"
        [step] = connection.execute(text("SELECT version_num FROM alembic_version")).scalars()
    assert step == newest()


def test_one_of_a_newer_program_is_refused(taken: Taken) -> None:
    crafted(taken.file, "9999", taken.store.keys)
    assert refused(taken) == "newer"
    assert is_untouched(taken.place, taken.media)


def test_rows_that_do_not_add_up_are_refused(taken: Taken) -> None:
    crafted(taken.file, "0001", taken.store.keys, told=2)
    assert refused(taken) == "damaged"
