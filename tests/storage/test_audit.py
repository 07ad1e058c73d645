import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from storage.book import Book
from storage.store import Store
from tests.storage.kaltim import NOW

ROWS = 6
COLUMNS = ("id", "at", "actor", "act", "subject", "details", "previous", "hash")


def fill(book: Book, rows: int = ROWS) -> None:
    for n in range(rows):
        at = NOW + timedelta(seconds=n, microseconds=n * 7)
        book.audit.write(f"person:{n}", "case.moved", f"K-{n}", {"move": "registrasi", "alasan": "é"}, at)


def bypass(book: Book) -> None:
    """As whoever owns the database may."""
    if book.connection.dialect.name == "postgresql":
        book.connection.execute(text("SET LOCAL session_replication_role = replica"))
    else:
        for what in ("update", "delete"):
            book.connection.execute(text(f"DROP TRIGGER audit_no_{what}"))


def test_a_log_that_nobody_touched_is_whole(store: Store) -> None:
    with store.begin() as book:
        assert (book.audit.verify().count, book.audit.verify().head) == (0, "")
        fill(book)
    with store.reading() as book:
        verdict = book.audit.verify()
        assert (verdict.count, verdict.broken_at, len(verdict.head)) == (ROWS, None, 64)
        [entry] = book.audit.of("K-2")
        assert (entry.number, entry.actor, entry.details["alasan"]) == (3, "person:2", "é")
        assert entry.at == NOW + timedelta(seconds=2, microseconds=14)


def altered(engine: str, column: str, flip: int) -> str:
    """The column with one bit changed in one place."""
    if column == "id":
        return "id + 100"
    if column == "at":
        return "at + interval '1 microsecond'" if engine == "postgresql" else "replace(at, ' ', '!')"
    if flip == 0:
        return f"'!' || substr({column}, 2)"
    return f"substr({column}, 1, length({column}) - 1) || '!'"


@pytest.mark.parametrize("flip", [0, 1])
@pytest.mark.parametrize("column", COLUMNS)
def test_one_altered_byte_in_any_column_of_any_row_is_found(store: Store, column: str, flip: int) -> None:
    for row in range(1, ROWS + 1):
        with pytest.raises(_Undone), store.begin() as book:
            fill(book)
            bypass(book)
            change = altered(book.connection.dialect.name, column, flip)
            if column == "previous" and row == 1:
                change = "'!'"
            book.connection.execute(text(f"UPDATE audit SET {column} = {change} WHERE id = {row}"))
            assert book.audit.verify().broken_at == row
            raise _Undone


def test_a_byte_that_is_no_letter_any_more_is_found(store: Store, engine: str) -> None:
    if engine == "postgres":
        return  # it takes none
    with store.begin() as book:
        fill(book)
        bypass(book)
        book.connection.execute(text("UPDATE audit SET act = CAST(x'ff61' AS TEXT) WHERE id = 4"))
        assert book.audit.verify().broken_at == 4
        book.connection.execute(text("UPDATE audit SET act = x'636173652e6d6f766564' WHERE id = 3"))
        book.connection.execute(text("UPDATE audit SET at = '2024' WHERE id = 2"))
        assert book.audit.verify().broken_at == 2


@pytest.mark.parametrize("row", range(1, ROWS))
def test_a_row_that_was_taken_away_is_found(store: Store, row: int) -> None:
    with store.begin() as book:
        fill(book)
        bypass(book)
        book.connection.execute(text(f"DELETE FROM audit WHERE id = {row}"))
        assert book.audit.verify().broken_at == row
        book.connection.execute(text(f"UPDATE audit SET id = id - 1 WHERE id > {row} AND id < {row + 2}"))
        assert book.audit.verify().broken_at == row


def test_rows_cut_off_at_the_end_are_missed_by_a_noted_head(store: Store) -> None:
    with store.begin() as book:
        fill(book)
        noted = book.audit.verify().head
        fill(book, 2)
        assert book.audit.verify(noted).met
        bypass(book)
        book.connection.execute(text(f"DELETE FROM audit WHERE id >= {ROWS}"))
        verdict = book.audit.verify(noted)
        assert (verdict.broken_at, verdict.met) == (None, False)


def test_exchanged_rows_are_found(store: Store) -> None:
    with store.begin() as book:
        fill(book)
        bypass(book)
        for change in ("id = 99 WHERE id = 2", "id = 2 WHERE id = 3", "id = 3 WHERE id = 99"):
            book.connection.execute(text(f"UPDATE audit SET {change}"))
        assert book.audit.verify().broken_at == 2


def test_who_lacks_the_key_cannot_add_a_row(store: Store) -> None:
    with store.begin() as book:
        fill(book)
        head = book.audit.verify().head
        forged = f"SELECT {ROWS + 1}, at, actor, act, subject, details, '{head}', '{'0' * 64}' FROM audit"
        book.connection.execute(
            text(f"INSERT INTO audit (id, {', '.join(COLUMNS[1:])}) {forged} WHERE id = 1")
        )
        assert book.audit.verify().broken_at == ROWS + 1


@pytest.mark.parametrize("order", ["UPDATE audit SET act = 'x'", "DELETE FROM audit"])
def test_the_database_refuses_to_change_it(store: Store, order: str) -> None:
    with store.begin() as book:
        fill(book)
    with pytest.raises(DBAPIError, match="only added to"), store.begin() as book:
        book.connection.execute(text(order))
    with store.reading() as book:
        assert book.audit.verify().count == ROWS


async def test_rows_written_at_once_make_one_chain(store: Store) -> None:
    def write(book: Book) -> None:
        book.audit.write("clock", "case.moved", "K-1", {}, NOW)

    await asyncio.gather(*(store.perform(write) for _ in range(40)))
    with store.reading() as book:
        assert (book.audit.verify().count, book.audit.verify().broken_at) == (40, None)


class _Undone(Exception):
    """Takes the change back."""


def test_in_passing_only_the_newest_rows_are_looked_at(store: Store) -> None:
    with store.begin() as book:
        assert book.audit.verify_last(3).count == 0
        fill(book)
        for many, count in ((3, 3), (ROWS, ROWS), (1000, ROWS)):
            verdict = book.audit.verify_last(many)
            assert (verdict.count, verdict.broken_at) == (count, None)
        bypass(book)
        book.connection.execute(text("UPDATE audit SET actor = 'person:9' WHERE id = 5"))
        assert book.audit.verify_last(3).broken_at == 5
        assert book.audit.verify_last(1).broken_at is None, "the row before is taken as it stands"
