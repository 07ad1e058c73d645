from dataclasses import replace

import pytest
from sqlalchemy import select

from core.model.cases import NoteKind, Secrecy
from storage.cases import Outrun
from storage.store import Store
from storage.tables import case_file, case_note
from tests.storage.case_samples import CODE, clock, follow, noted, opened
from tests.storage.kaltim import NOW
from tests.storage.samples import CHAT


def test_a_case_is_read_back_as_it_was_written(store: Store) -> None:
    told = opened(excluded=frozenset({"person:9"}), official="012/REG/LP/PB/64.72/XI/2024")
    with store.begin() as book:
        follow(book)
        book.cases.open(told, None, NOW)
    with store.reading() as book:
        assert book.cases.get(told.case.number) == replace(told.case, notes=(told.note,))
        assert book.cases.get(told.case.number, notes=False) == told.case
        assert book.cases.get("K-000-000") is None


def test_an_act_changes_the_case_and_adds_its_note(store: Store) -> None:
    told = opened()
    act = noted(
        told.case,
        NoteKind.MOVED,
        "lengkap",
        state="kajian-awal",
        clocks=(clock(5), clock(9, "dua")),
        excluded=frozenset({"person:9"}),
        assigned="person:20",
        missing=(),
    )
    with store.begin() as book:
        follow(book)
        book.cases.open(told, None, NOW)
        book.cases.note(act)
        book.cases.note(noted(act.case, clocks=(), excluded=frozenset(), closed_at=NOW, state="selesai"))
        last = book.cases.get(told.case.number)
    assert last is not None
    assert [(note.serial, note.kind) for note in last.notes] == [(1, "opened"), (2, "moved"), (3, "noted")]
    assert last.notes[1] == act.note
    assert (last.state, last.assigned, last.clocks, last.excluded) == (
        "selesai",
        "person:20",
        (),
        frozenset(),
    )


def test_who_decided_on_an_older_state_is_told_so(store: Store) -> None:
    told = opened()
    with store.begin() as book:
        follow(book)
        book.cases.open(told, None, NOW)
        book.cases.note(noted(told.case, text="satu"))
    with pytest.raises(Outrun), store.begin() as book:
        book.cases.note(noted(told.case, text="dua", state="selesai"))
    with store.reading() as book:
        kept = book.cases.get(told.case.number)
        assert kept is not None
        assert (kept.state, [note.text for note in kept.notes]) == ("diterima", ["", "satu"])


@pytest.mark.parametrize(
    ("secrecy", "is_theirs", "reachable"),
    [
        (Secrecy.CONFIDENTIAL, True, True),
        (Secrecy.NAMED, True, True),
        (Secrecy.ANONYMOUS, True, False),
        (Secrecy.OFFICIAL, True, False),
        (Secrecy.CONFIDENTIAL, False, False),
    ],
)
def test_news_go_back_only_where_that_was_wanted(
    store: Store, secrecy: Secrecy, is_theirs: bool, reachable: bool
) -> None:
    with store.begin() as book:
        follow(book)
        here = book.addresses.meet(CHAT, NOW).id
        told = opened(secrecy=secrecy, is_theirs=is_theirs)
        book.cases.open(told, here, NOW)
        assert book.cases.reply_address(told.case.number) == (here if reachable else None)
        assert bool(book.cases.of_address(here)) == reachable


def test_the_reply_address_opens_only_with_the_key_of_delivery(store: Store) -> None:
    with store.begin() as book:
        follow(book)
        here = book.addresses.meet(CHAT, NOW).id
        book.cases.open(opened(), here, NOW)
        row = book.connection.execute(select(case_file)).one()
        assert (
            book.keys.replies.open(row.reply_sealed, "case_file", "reply", row.number) == str(here).encode()
        )
        assert str(here) != row.reply_index


def test_without_its_key_a_case_has_no_words(store: Store) -> None:
    told = opened()
    with store.begin() as book:
        follow(book)
        book.cases.open(told, None, NOW)
        book.cases.note(noted(told.case, text="rahasia", closed_at=NOW))
        book.connection.execute(case_file.update().values(data_key=None, content_sealed=None))
        kept = book.cases.get(told.case.number)
        assert kept is not None
        assert (kept.title, kept.story, kept.answers.values, kept.state) == ("", "", {}, "diterima")
        assert [note.text for note in kept.notes] == ["", ""]
        book.cases.note(noted(kept, text="lagi", held=True))
        again = book.cases.get(told.case.number)
        assert again is not None
        assert (again.held, again.notes[-1].text) == (True, "")


def test_words_moved_to_another_case_do_not_open(store: Store) -> None:
    with store.begin() as book:
        follow(book)
        book.cases.open(opened(), None, NOW)
        book.cases.open(opened("K-000-001", ""), None, NOW)
        sealed = dict(book.connection.execute(select(case_file.c.number, case_file.c.content_sealed)).all())
        other = case_file.update().where(case_file.c.number == "K-000-001")
        book.connection.execute(other.values(content_sealed=sealed["K-7K2-M9Q"]))
        with pytest.raises(Exception, match="altered"):
            book.cases.get("K-000-001")


def test_a_code_finds_its_case_however_it_is_spelled(store: Store) -> None:
    with store.begin() as book:
        follow(book)
        book.cases.open(opened(), None, NOW)
        for spelled in (CODE, "7q2m k9td 4xw1 b6re", "7Q2M-K9TD-4XW1-B6RE"):
            found = book.cases.by_code(spelled)
            assert found is not None
            assert found.number == "K-7K2-M9Q"
        assert book.cases.by_code("7Q2MK9TD4XW1B6RF") is None
        assert CODE not in str(book.connection.execute(select(case_file)).all())
        assert book.connection.execute(select(case_note)).all()


def test_a_question_is_found_by_the_address_that_it_was_put_to(store: Store) -> None:
    with store.begin() as book:
        follow(book)
        here = book.addresses.meet(CHAT, NOW).id
        first, second = opened(), opened("K-000-001", "")
        book.cases.open(first, here, NOW)
        book.cases.open(second, here, NOW)
        assert book.cases.question_of(here) is None
        book.cases.note(noted(first.case, NoteKind.ASKED, "Jam berapa?", awaits=True))
        asked = book.cases.question_of(here)
        assert asked is not None
        assert (asked.number, asked.notes[-1].text) == (first.case.number, "Jam berapa?")
        assert {one.number for one in book.cases.of_address(here)} == {first.case.number, second.case.number}
        assert book.cases.question_of(here + 1) is None
