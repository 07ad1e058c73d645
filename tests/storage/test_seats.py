from dataclasses import replace

import pytest
from sqlalchemy import event

from core.model.messages import Address, Channel
from core.model.people import Role
from storage.book import Book
from storage.roster import Entry, import_roster
from storage.seats import Wanted
from storage.store import Store
from tests.storage.kaltim import NOW, VILLAGE, appoint

LATER = NOW.replace(hour=9)


def settled(book: Book) -> None:
    """Three polling stations of Sidodadi, the second vacant; Siti writes by Telegram."""
    appoint(book)
    entries = [
        Entry(n, name, f"+62800000002{n}", Role.PTPS, f"{VILLAGE}.{n:03}")
        for n, name in ((1, "Siti Contoh"), (2, "Joko Contoh"), (3, "Sitiana 50% Contoh"))
    ]
    import_roster(book, entries, NOW)
    siti = book.people.by_phone("+628000000021")
    joko = book.people.by_phone("+628000000022")
    assert siti
    assert joko
    met = book.addresses.meet(Address(Channel.TELEGRAM, "bot", "7"), NOW)
    book.addresses.link(met.id, siti.id)
    book.people.vacate(joko.posts[0].id, NOW)


def names(book: Book, wanted: Wanted) -> list[str]:
    return [f"{seat.post.place[0]} {seat.name}" for seat in book.seats.find(wanted)]


def test_who_holds_what_in_an_area(store: Store) -> None:
    with store.begin() as book:
        settled(book)
        every = ["TPS 001 Siti Contoh", "TPS 002 ", "TPS 003 Sitiana 50% Contoh", "TPS 012 Budi"]
        assert names(book, Wanted("64.72")) == names(book, Wanted("")) == every
        assert names(book, Wanted("64.02")) == []
        assert names(book, Wanted(f"{VILLAGE}.00")) == []
        assert names(book, Wanted("64", vacant=True)) == every[1:2]
        assert names(book, Wanted("64", silent=True)) == every[2:]
        assert names(book, Wanted("64", Role.PKD)) == []
        first, *rest = book.seats.find(Wanted("64", limit=2))
        assert first.channels == (Channel.TELEGRAM,)
        assert [seat.name for seat in rest] == [""]
        assert names(book, Wanted("64", after=rest[-1].place)) == every[2:]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("siti", 2),
        ("CONTOH siti", 2),
        ("sitiana", 1),
        ("50%", 1),
        ("%", 1),
        ("_", 0),
        ("'; --", 0),
        ("budi", 1),
    ],
)
def test_people_are_found_by_words_of_their_name(store: Store, text: str, found: int) -> None:
    with store.begin() as book:
        settled(book)
        assert len(book.seats.find(Wanted("64", text=text))) == found


def test_a_post_is_handed_over_and_remembers_who_held_it(store: Store) -> None:
    with store.begin() as book:
        settled(book)
        one, _, three, _ = book.seats.find(Wanted("64"))
        assert three.person
        book.seats.hand_over(one.post.id, three.person, LATER)
        assert names(book, Wanted("64"))[:3] == ["TPS 001 Sitiana 50% Contoh", "TPS 002 ", "TPS 003 "]
        held = book.seats.holders(one.post.id)
        assert [(who.name, who.until) for who in held] == [
            ("Sitiana 50% Contoh", None),
            ("Siti Contoh", LATER),
        ]
        assert [seat.post.id for seat in book.seats.of_person(three.person)] == [one.post.id]
        assert book.seats.held_now([one.post.id, three.post.id]) == {one.post.id: three.person}
        assert book.seats.held_now([]) == {}
        assert book.seats.get(one.post.id + 1000) is None


def test_phones_held_elsewhere_are_known(store: Store) -> None:
    with store.begin() as book:
        settled(book)
        phones = [book.keys.index("phone", f"+62800000002{n}") for n in (1, 2, 9)]
        assert book.seats.held_elsewhere(phones, "64.02") == {phones[0]}
        assert book.seats.held_elsewhere(phones, "64.72") == set()


@pytest.mark.parametrize("narrowed", [{}, {"text": "siti"}, {"vacant": True}, {"silent": True}], ids=str)
def test_an_area_is_read_by_its_index(store: Store, narrowed: dict[str, bool | str]) -> None:
    """The planner's own word, with whole tables and sorting made dear: of three posts it would not mind."""
    wanted = replace(Wanted("64.72", after=(f"{VILLAGE}.001", "ptps", 1)), **narrowed)  # type: ignore[arg-type]
    with store.begin() as book:
        appoint(book)
        asked: list[tuple[str, object]] = []
        event.listen(book.connection, "before_cursor_execute", lambda *call: asked.append(call[2:4]))
        book.seats.find(wanted)
        here = book.connection
        if here.dialect.name == "postgresql":
            for dear in ("seqscan", "sort", "bitmapscan"):
                here.exec_driver_sql(f"SET LOCAL enable_{dear} = off")
        explain = "EXPLAIN QUERY PLAN" if here.dialect.name == "sqlite" else "EXPLAIN"
        statement, given = asked[0]
        plan = str(here.exec_driver_sql(f"{explain} {statement}", given).all())  # type: ignore[arg-type]
    assert "post_area_role_seat" in plan or "autoindex_post" in plan or "uq_post" in plan
    assert "TEMP B-TREE" not in plan
