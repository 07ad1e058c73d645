from datetime import timedelta
from importlib import import_module

import pytest

from core.model.cases import Actor, Clock, NoteKind
from core.model.people import Role
from storage.book import Book
from storage.cases import Search
from storage.cases.search import asked
from storage.store import Store
from tests.plans import plan
from tests.storage.case_samples import FAR_OFFICER, OFFICER, PROVINCE, clock, follow, noted, opened
from tests.storage.kaltim import NOW


def add(book: Book, number: str, **changes: object) -> None:
    book.cases.open(opened(number, "", is_theirs=False, **changes), None, NOW)


def numbers(book: Book, wanted: Search) -> list[str]:
    return [one.number for one in book.cases.find(wanted)]


def fill(book: Book) -> None:
    follow(book)
    add(book, "K-1", office="64.72", clocks=(clock(3),))
    add(book, "K-2", office="64.72", clocks=(clock(1), clock(9, "dua")), title="Politik uang")
    add(book, "K-3", office="64.02", clocks=(clock(2),))
    add(book, "K-4", office="64.72", clocks=(), excluded=frozenset({OFFICER.key}))
    add(book, "K-5", office="64", clocks=())
    add(book, "K-6", office="64.72", clocks=(), closed_at=NOW, state="selesai")
    add(book, "K-7", office="64.72", practice=True)
    add(book, "K-8", office="64.7", clocks=())


def test_an_officer_sees_their_own_area_only_what_is_due_first_in_front(store: Store) -> None:
    with store.begin() as book:
        fill(book)
        assert numbers(book, Search(OFFICER)) == ["K-2", "K-1"]
        assert numbers(book, Search(FAR_OFFICER)) == ["K-3"]
        assert numbers(book, Search(PROVINCE)) == ["K-2", "K-3", "K-1", "K-4", "K-5", "K-8"]
        assert numbers(book, Search(Actor("person", 20))) == []


def test_who_is_excluded_finds_nothing_by_any_question(store: Store) -> None:
    with store.begin() as book:
        fill(book)
        for wanted in (
            Search(OFFICER, text="K-4"),
            Search(OFFICER, office="64.72", procedure="informasi-awal", state="diterima"),
            Search(OFFICER, open_only=False),
        ):
            assert "K-4" not in numbers(book, wanted)
        again = Actor("staff", 20, OFFICER.seats)
        assert "K-4" in numbers(book, Search(again)), "another one of the same office sees it"


@pytest.mark.parametrize(
    ("narrowed", "found"),
    [
        ({"office": "64.02"}, ["K-3"]),
        ({"office": "64.72"}, ["K-2", "K-1", "K-4"]),
        ({"procedure": "laporan"}, []),
        ({"state": "selesai", "open_only": False}, ["K-6"]),
        ({"due_before": NOW + timedelta(days=2)}, ["K-2"]),
        ({"text": "politik UANG"}, ["K-2"]),
        ({"text": "K-3"}, ["K-3"]),
        ({"text": "tidak ada"}, []),
        ({"practice": True}, ["K-7"]),
        ({"assigned": "person:1"}, []),
    ],
)
def test_the_list_is_narrowed(store: Store, narrowed: dict[str, object], found: list[str]) -> None:
    with store.begin() as book:
        fill(book)
        assert numbers(book, Search(PROVINCE, **narrowed)) == found  # type: ignore[arg-type]


@pytest.mark.parametrize("words", ["", "amplop"])
def test_pages_follow_one_another_without_gap_or_double(store: Store, words: str) -> None:
    with store.begin() as book:
        follow(book)
        for n in range(25):
            add(book, f"K-{n:02}", clocks=(clock(n % 4),) if n % 5 else ())
        whole = numbers(book, Search(PROVINCE, limit=100))
        seen: list[str] = []
        while page := numbers(book, Search(PROVINCE, text=words, after=seen[-1] if seen else "", limit=4)):
            seen += page
        assert seen == whole
        assert len(set(seen)) == 25


def test_clocks_that_run_out_are_found_until_they_were_told_of(store: Store) -> None:
    with store.begin() as book:
        fill(book)
        now, soon, late = NOW, NOW + timedelta(days=2, hours=16), NOW + timedelta(days=30)
        assert book.cases.running_out(now, soon, 10) == ["K-2", "K-3", "K-7"], "practice has its clocks too"
        assert book.cases.running_out(now, soon, 1) == ["K-2"]
        assert book.cases.running_out(now, soon, 1, after="K-2") == ["K-3"]
        tell_of(book, "K-2", clock(1, warned=True), clock(9, "dua"))
        assert book.cases.running_out(now, soon, 10) == ["K-3", "K-7"], "it was warned of, and is not over"
        assert "K-2" in book.cases.running_out(now, late, 10), "its second was not warned of"
        assert book.cases.running_out(soon, soon, 1) == ["K-2"], "it is over, and nobody was told"
        tell_of(book, "K-2", clock(1, warned=True, escalated=True), clock(9, "dua"))
        assert book.cases.running_out(soon, soon, 10) == ["K-3", "K-7"]


def tell_of(book: Book, number: str, *clocks: Clock) -> None:
    known = book.cases.get(number)
    assert known is not None
    book.cases.note(noted(known, NoteKind.ESCALATED, clocks=clocks))


@pytest.mark.parametrize("words", ["", "uang"])
def test_the_list_of_a_whole_province_is_read_from_an_index(store: Store, engine: str, words: str) -> None:
    """The first page costs the same however many cases there are, also with a word that many have."""
    with store.begin() as book, pytest.MonkeyPatch.context() as patch:
        patch.setattr("storage.cases.words.FEW", 0)
        patch.setattr(import_module("storage.cases.search"), "MANY", 1)
        fill(book)
        query = asked(book.connection, book.keys, Search(PROVINCE, text=words)).limit(20)
        if engine == "postgres":
            for way in ("sort", "bitmapscan"):  # of tables as small as this it would take them
                book.connection.exec_driver_sql(f"SET LOCAL enable_{way} = off")
        lines = plan(book.connection, query)
        covering = "COVERING INDEX" if engine == "sqlite" else "Index Only Scan using"
        assert f"{covering} ix_case_file_walk" in lines
        assert "TEMP B-TREE" not in lines
        assert "Sort" not in lines


def test_roles_that_work_no_cases_are_no_matter_of_the_list(store: Store) -> None:
    with store.begin() as book:
        fill(book)
        nobody = Actor("person", 30, ((Role.PTPS, "64.72.03.1005.012"),))
        assert numbers(book, Search(nobody)) == []
