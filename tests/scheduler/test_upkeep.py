"""What is over goes by itself: rows, words, files, addresses; what is held or new stays."""

import os
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from core.hooks.trying import Answer
from core.model.cases import Secrecy
from core.model.people import Role
from scheduler.upkeep import HOUR, Upkeep, forget, forgetting, upkeep
from storage.drafts import DraftKind
from storage.store import Store
from storage.tables import draft
from storage.vaults.vault import SHELVES
from tests.desk.api.office import Office
from tests.storage.hooked import hooked

MEDIA = "aaaa0000bbbb1111"


@pytest.fixture
def office(store: Store, tmp_path: Path) -> Iterator[Office]:
    yield Office(store, tmp_path / "media")


def files(office: Office, tmp_path: Path) -> list[Path]:
    return [path for path in (tmp_path / "media").rglob("*") if path.is_file()]


def closed(office: Office) -> str:
    office.custodians()
    number = office.opens(secrecy=Secrecy.NAMED, identity={"nama": "Budi Contoh"})
    office.pictured(number, MEDIA)
    office.post(f"/cases/{number}/moves", move="hentikan", reason="Bukti tidak cukup.")
    return number


def let_go(office: Office, days: float) -> str:
    with office.store.begin() as book:
        return Upkeep(office.evidence).let_go(book, office.now + timedelta(days=days))


def test_a_closed_case_is_let_go_of_step_by_step(office: Office, tmp_path: Path) -> None:
    number = closed(office)
    with office.store.reading() as book:
        kept = book.procedures.get("informasi-awal", office.case(number).version)
    assert kept
    assert let_go(office, 1).startswith("0 expired")
    let_go(office, kept.retention.reply_address + 1)
    with office.store.reading() as book:
        assert book.cases.reply_address(number) is None
        assert book.identities.has(number)
    let_go(office, kept.retention.identity + 1)
    with office.store.reading() as book:
        assert not book.identities.has(number)
    assert office.case(number).story
    assert len(files(office, tmp_path)) == 2
    let_go(office, kept.retention.content + 1)
    assert office.case(number).story == ""
    assert files(office, tmp_path) == []
    assert let_go(office, kept.retention.content + 2).startswith("0 expired")


def test_what_is_held_stays(office: Office, tmp_path: Path) -> None:
    number = closed(office)
    office.post(f"/cases/{number}/hold", on=True, reason="Dipakai di sidang.")
    assert let_go(office, 9000).startswith("0 expired")
    assert office.case(number).story
    assert len(files(office, tmp_path)) == 2


def test_files_that_no_row_knows_are_swept_once_they_are_old(office: Office, tmp_path: Path) -> None:
    number = office.opens()
    office.pictured(number, MEDIA)
    stray = tmp_path / "media" / "7e" / "41" / ("7e41" + "0" * 28)
    stray.parent.mkdir(parents=True)
    stray.write_bytes(b"left by a crash")
    fresh = stray.with_name("7e41" + "1" * 28)
    fresh.write_bytes(b"just coming")
    old = time.time() - 2 * 86_400
    for path in (stray, *(one for one in files(office, tmp_path) if one not in (stray, fresh))):
        os.utime(path, (old, old))
    with office.store.begin() as book:
        for hour in range(SHELVES):
            Upkeep(office.evidence).let_go(book, office.now + timedelta(seconds=hour * HOUR))
    assert not stray.exists()
    assert fresh.exists()
    assert len(files(office, tmp_path)) == 3


def test_who_was_anonymous_is_forgotten_when_they_have_been_quiet(office: Office) -> None:
    number = office.opens(secrecy=Secrecy.ANONYMOUS)
    with office.store.begin() as book:
        assert forget(book, office.now + timedelta(minutes=30)).startswith("0 forgotten")
        for errand in book.outbox.claim(office.now, 60, 50, "me"):
            book.outbox.sent(errand.id, "p", 1, office.now)
        assert forget(book, office.now + timedelta(hours=2)).startswith("1 forgotten")
        assert forget(book, office.now + timedelta(hours=3)).startswith("0 forgotten")
    assert office.case(number).story


def test_their_times_are_told_apart(office: Office) -> None:
    assert upkeep(office.evidence).name != forgetting().name


def test_drafts_of_the_desk_go_when_their_time_is_over(office: Office) -> None:
    with office.store.begin() as book:
        umi = book.staff.add("umi@contoh.example", "Umi Contoh", Role.RI, "", office.now).id
        for kind in DraftKind:
            book.drafts.keep(f"A{kind}", kind, umi, "contoh", b"isi", "[]", office.now)

    def there() -> list[str]:
        with office.store.reading() as book:
            return list(book.connection.execute(select(draft.c.kind).order_by(draft.c.kind)).scalars())

    let_go(office, 0.9)
    assert there() == ["form", "roster"]
    let_go(office, 1.1)
    assert there() == ["form"]
    let_go(office, 7.1)
    assert there() == []


def test_what_other_systems_were_told_is_kept_a_month(office: Office) -> None:
    with office.store.begin() as book:
        hook, _ = hooked(book)
        for _ in range(2):
            book.hook_outbox.try_out(hook.id, office.now)
        [sent] = book.hook_outbox.claim(office.now, 30, "test", 1, {})
        book.hook_outbox.arrived(sent, Answer(204), office.now)
    let_go(office, 29)
    with office.store.reading() as book:
        assert len(book.hook_outbox.of(hook.id)) == 2
    let_go(office, 31)
    with office.store.reading() as book:
        assert [one.state for one in book.hook_outbox.of(hook.id)] == ["waiting"]
