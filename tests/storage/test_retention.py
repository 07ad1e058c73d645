from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import event, select

from core.model.cases import Actor, Case, NoteKind, Secrecy
from core.model.effects import Noted, Say, Told
from core.model.messages import Attachment, Reply
from core.model.records import Answers
from storage.book import Book
from storage.cases import Search
from storage.record import Origin, record
from storage.retention import Due, Held, StillOpen
from storage.store import Store
from storage.tables import (
    address,
    case_file,
    case_note,
    identity,
    inbox,
    media,
    metadata,
    outbox,
    session,
)
from tests.storage.case_samples import CODE, OFFICER, case, follow, noted, opened
from tests.storage.kaltim import NOW
from tests.storage.samples import CHAT, message
from tests.storage.test_custodians import two_and_recovery

NUMBER = "K-7K2-M9Q"
PICTURE = "a" * 16
DAY = timedelta(days=1)
OFFICE = Actor("staff", 3)


def arrive(book: Book, number: int = 1) -> Origin:
    met = book.addresses.meet(CHAT, NOW)
    heard = book.inbox.receive(message(number), NOW, b"kata", met.id)
    return Origin(met.id, None, CHAT.channel, heard, NOW)


def live(book: Book, secrecy: Secrecy = Secrecy.NAMED) -> tuple[Origin, Case]:
    """A case with all that can hang on one, not closed yet."""
    follow(book)
    two_and_recovery(book)
    here = arrive(book)
    book.media.expect(Attachment("image", "ref", "foto.jpg", media=PICTURE), here.address, NOW)
    kept = {"size": 1, "sha256": "5" * 64, "path": "p", "view_path": "v", "data_key": b"k", "now": NOW}
    book.media.keep(PICTURE, content_type="image/png", **kept)  # type: ignore[arg-type]
    told = opened(secrecy=secrecy, answers=Answers({"bukti": PICTURE, "cerita": "amplop"}))
    identity_of = {"nama": "Ibu Contoh"} if secrecy is Secrecy.NAMED else {}
    record(book, [replace(told, identity=identity_of), Say(Reply(CODE), secret=True)], here)
    book.sessions.keep(f"address:{here.address}", "talk", NOW)
    return here, told.case


def close(book: Book, case: Case, **changes: object) -> Noted:
    act = noted(case, NoteKind.MOVED, "selesai", closed_at=NOW, state="selesai", clocks=(), **changes)
    record(book, [act], Origin.silent(NOW))
    return act


def test_what_is_over_goes_step_by_step(store: Store) -> None:
    with store.begin() as book:
        here, case = live(book)
        close(book, case)
        assert book.retention.due(NOW + 29 * DAY) == []
        assert book.retention.due(NOW + 30 * DAY) == [Due(NUMBER, "reply_address")]
        everything = book.retention.due(NOW + 2000 * DAY)
        assert everything == [Due(NUMBER, what) for what in ("reply_address", "identity", "content")]
        assert len(book.retention.due(NOW + 2000 * DAY, limit=2)) == 2
        assert book.retention.carry_out(everything[0], NOW) == ()
        assert book.cases.reply_address(NUMBER) is None
        assert book.identities.has(NUMBER)
        book.retention.carry_out(everything[1], NOW)
        assert not book.identities.has(NUMBER)
        assert book.retention.carry_out(everything[2], NOW) == ("p", "v")
        assert book.retention.due(NOW + 2000 * DAY) == []
        assert wholly_erased(book)
        assert book.addresses.get(here.address) is not None


def test_a_held_case_keeps_everything(store: Store) -> None:
    with store.begin() as book:
        _, case = live(book)
        close(book, case, held=True)
        assert book.retention.due(NOW + 5000 * DAY) == []
        with pytest.raises(Held):
            book.retention.erase(NUMBER, "diminta", OFFICE, NOW)


def test_an_open_case_is_not_erased(store: Store) -> None:
    with store.begin() as book:
        live(book)
        with pytest.raises(StillOpen):
            book.retention.erase(NUMBER, "diminta", OFFICE, NOW)
        with pytest.raises(KeyError):
            book.retention.erase("K-000-000", "diminta", OFFICE, NOW)
        assert book.cases.by_code(CODE) is not None


def wholly_erased(book: Book) -> bool:
    row = book.connection.execute(select(case_file)).one()
    gone = (row.data_key, row.content_sealed, row.code_hmac, row.reply_sealed, row.reply_index)
    picture = book.connection.execute(select(media)).one()
    gone += (picture.data_key, picture.name_sealed, picture.path, picture.address_id)
    notes = book.connection.execute(select(case_note.c.content_sealed)).scalars().all()
    people = book.connection.execute(select(identity)).all()
    return not any(gone) and not any(notes) and not people


def test_an_erased_case_stays_for_the_statistics(store: Store) -> None:
    with store.begin() as book:
        _, case = live(book)
        close(book, case)
        assert book.retention.erase(NUMBER, "diminta pelapor", OFFICE, NOW) == ("p", "v")
        assert wholly_erased(book)
        kept = book.cases.get(NUMBER)
        assert kept is not None
        assert (kept.state, kept.opened_at, kept.closed_at, kept.story) == ("selesai", NOW, NOW, "")
        assert book.cases.by_code(CODE) is None
        [found] = book.cases.find(Search(OFFICER, open_only=False))
        assert found.title == ""
        assert book.audit.of(NUMBER)[-1].act == "case.erased"
        record(book, [Told(NUMBER, {"id": Reply("kabar")})], Origin.silent(NOW))
        assert "kabar" not in str(book.outbox.claim(NOW, 45, 10, "me"))


def test_erasing_is_all_or_nothing(store: Store) -> None:
    """The program dies before, between and after the statements: before its commit nothing is gone."""
    with store.begin() as book:
        _, case = live(book)
        close(book, case)
        before = contents(book)
    died = 0
    while die_at(store, died, lambda book: book.retention.erase(NUMBER, "diminta", OFFICE, NOW)):
        with store.reading() as book:
            assert contents(book) == before, died
        died += 1
    assert died >= 10
    with store.reading() as book:
        assert wholly_erased(book)


def test_forgetting_an_address_is_all_or_nothing(store: Store) -> None:
    with store.begin() as book:
        here, _ = live(book, Secrecy.ANONYMOUS)
        before = contents(book)
    died = 0
    while die_at(store, died, lambda book: book.retention.forget(here.address)):
        with store.reading() as book:
            assert contents(book) == before, died
        died += 1
    assert died >= 8
    with store.reading() as book:
        assert book.connection.execute(select(address)).all() == []


class _Died(BaseException):
    """As a kill is: nobody who catches exceptions sees it."""


def die_at(store: Store, statement: int, job: Callable[[Book], object]) -> bool:
    """Do the job and die before that statement; False when it had fewer."""
    left = statement

    def count(*_: object) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise _Died

    try:
        with store.begin() as book:
            event.listen(book.connection, "before_cursor_execute", count)
            try:
                job(book)
            finally:
                event.remove(book.connection, "before_cursor_execute", count)
    except _Died:
        return True
    return False


def contents(book: Book) -> dict[str, list[str]]:
    return {
        table.name: sorted(map(str, book.connection.execute(select(table))))
        for table in metadata.sorted_tables
    }


def test_an_anonymous_address_is_forgotten_once_it_is_quiet(store: Store) -> None:
    with store.begin() as book:
        here, _ = live(book, Secrecy.ANONYMOUS)
        hour = timedelta(hours=1)
        assert book.retention.forgettable(NOW + 2 * hour) == [], "the code is not sent yet"
        for errand in book.outbox.claim(NOW, 45, 9, "me"):
            book.outbox.sent(errand.id, "x", 1, NOW)
        assert book.retention.forgettable(NOW + hour - DAY) == []
        assert book.retention.forgettable(NOW + hour) == [here.address]
        book.addresses.meet(CHAT, NOW + hour)
        assert book.retention.forgettable(NOW + hour) == [], "they are here again"
        assert book.retention.forgettable(NOW + 2 * hour) == [here.address]
        arrive(book, 2)
        book.retention.forget(here.address)
        for table in (address, outbox, session):
            assert book.connection.execute(select(table)).all() == []
        rows = book.connection.execute(select(inbox.c.address_id, inbox.c.raw_sealed)).all()
        assert {tuple(row) for row in rows} == {(None, None)}
        assert book.connection.execute(select(media.c.address_id)).scalars().all() == [None]
        assert book.retention.forgettable(NOW + 9 * DAY) == []
        assert book.cases.by_code(CODE) is not None, "the code still opens the case"


def test_an_address_that_is_needed_stays_without_its_words(store: Store) -> None:
    with store.begin() as book:
        here, _ = live(book, Secrecy.ANONYMOUS)
        record(book, [opened("K-000-001", "")], here)
        book.retention.forget(here.address)
        assert book.addresses.get(here.address) is not None
        assert book.cases.reply_address("K-000-001") == here.address
        assert book.retention.forgettable(NOW + 9 * DAY) == []


def test_nothing_leads_back_to_somebody_anonymous(store: Store) -> None:
    """Every row of every table is looked at for the address, its peer and its index."""
    with store.begin() as book:
        here, _ = live(book, Secrecy.ANONYMOUS)
        row = book.connection.execute(select(address)).one()
        book.attempts.note(here.address, NOW)
        for errand in book.outbox.claim(NOW, 45, 9, "me"):
            book.outbox.sent(errand.id, "x", 1, NOW)
        book.retention.forget(here.address)
        marks = {row.peer_index, CHAT.peer, book.keys.index("reply", str(here.address)), str(row.peer_sealed)}
        for table in metadata.sorted_tables:
            for kept in book.connection.execute(select(table)):
                assert not {str(value) for value in kept} & (marks | {f"address:{here.address}"}), table.name
            for key in table.foreign_keys:
                if key.column is address.c.id:
                    left = book.connection.execute(select(key.parent)).scalars().all()
                    assert here.address not in left, table.name


def test_strangers_talks_that_lie_are_dropped(store: Store) -> None:
    with store.begin() as book:
        here = arrive(book)
        record(book, [Say(Reply("apa kabar"))], here)
        [errand] = book.outbox.claim(NOW, 45, 9, "me")
        book.outbox.sent(errand.id, "x", 1, NOW)
        book.sessions.keep(f"address:{here.address}", "talk", NOW)
        book.sessions.keep("person:7", "talk", NOW)
        assert book.retention.left_lying(NOW + 30 * DAY) == []
        later = NOW + 31 * DAY
        assert book.retention.left_lying(later) == [here.address]
        book.retention.drop_talk(here.address, later)
        assert book.retention.left_lying(later) == []
        assert book.outbox.latest(here.address, 9) == []
        assert book.connection.execute(select(inbox.c.raw_sealed)).scalar() is None
        assert book.sessions.open("person:7") == "talk"


def test_a_subject_gets_what_they_told(store: Store) -> None:
    with store.begin() as book:
        _, made = live(book)
        asked = noted(made, NoteKind.ASKED, "Jam berapa?", awaits=True)
        inner = noted(asked.case, NoteKind.NOTED, "catatan petugas")
        record(book, [asked, inner], Origin.silent(NOW))
        export = book.retention.export_subject(NUMBER)
    assert export["story"] == case().story
    assert export["files"] == ["foto.jpg"]
    assert (export["identity_sealed"], export["news_are_sent"]) == (True, True)
    assert "Jam berapa?" in str(export)
    assert "catatan petugas" not in str(export)
    assert NUMBER not in str(export), "the code is theirs, the number the officers'"
