from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from core.model.people import Role
from storage.book import Book
from storage.drafts import LASTS, MOST, DraftKind
from storage.store import Store
from storage.tables import draft

NOW = datetime(2024, 11, 20, 2, 0, tzinfo=UTC)
ROSTER = b"nama,telepon\nSiti Contoh,08000000012"


def member(book: Book, email: str = "umi@contoh.example") -> int:
    known = book.staff.by_email(email)
    return (known or book.staff.add(email, "Umi Contoh", Role.RI, "", NOW)).id


def keep(book: Book, key: str, whose: int, at: datetime = NOW) -> None:
    book.drafts.keep(key, DraftKind.ROSTER, whose, "roster.csv", ROSTER, "[1]", at)


def test_a_draft_is_its_owners_alone_and_sealed(store: Store) -> None:
    with store.begin() as book:
        umi, other = member(book), member(book, "lain@contoh.example")
        keep(book, "AAA1", umi)
        whole = book.drafts.get("AAA1", DraftKind.ROSTER, umi, NOW)
        assert whole
        assert (whole.content, whole.told, whole.talk, whole.draft.name) == (ROSTER, "[1]", "", "roster.csv")
        assert book.drafts.get("AAA1", DraftKind.ROSTER, other, NOW) is None
        assert book.drafts.get("AAA1", DraftKind.FORM, umi, NOW) is None
        assert book.drafts.of(DraftKind.ROSTER, other, NOW) == []
        book.drafts.talk("AAA1", other, "not theirs")
        book.drafts.drop("AAA1", other)
        book.drafts.talk("AAA1", umi, "begun")
        again = book.drafts.get("AAA1", DraftKind.ROSTER, umi, NOW)
        assert again
        assert again.talk == "begun"
        row = book.connection.execute(select(draft)).one()
        assert b"Siti" not in bytes(row.content_sealed)


def test_a_draft_ends_and_the_oldest_make_room(store: Store) -> None:
    with store.begin() as book:
        umi = member(book)
        for number in range(MOST + 2):
            keep(book, f"A{number}", umi, NOW + timedelta(minutes=number))
        there = [one.key for one in book.drafts.of(DraftKind.ROSTER, umi, NOW)]
        assert there == [f"A{number}" for number in reversed(range(2, MOST + 2))]
        over = NOW + LASTS[DraftKind.ROSTER] + timedelta(minutes=4)
        assert book.drafts.get("A4", DraftKind.ROSTER, umi, over) is None
        assert book.drafts.get("A5", DraftKind.ROSTER, umi, over)
        assert book.drafts.tidy(over) == 3
        assert len(book.drafts.of(DraftKind.ROSTER, umi, NOW)) == MOST - 3
