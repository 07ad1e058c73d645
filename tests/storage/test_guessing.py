"""A hundred thousand guesses of a tracking code, and somebody honest in between."""

import random
from datetime import timedelta

from sqlalchemy import select

from core.cases.tracking import ALPHABET, DRAWN, code_in, make
from storage.attempts import ALL
from storage.book import Book
from storage.store import Store
from storage.tables import attempt
from tests.storage.case_samples import follow, opened
from tests.storage.kaltim import NOW

GUESSES = {"sqlite": 100_000, "postgres": 10_000}
"""The rules are the same on both; PostgreSQL only takes its time for each question."""
ATTACKERS = 1000
"""Addresses that the guesses come from, by turns: as many as somebody with a botnet has."""
BATCHES = 10
HONEST = 7_000_001
CODE = make("7Q2MK9TD4XW1B6R")


def guess(book: Book, address_id: int, code: str, second: float) -> str | None:
    """As `bot/cases.py` does it; the number of the case that was found."""
    now = NOW + timedelta(seconds=second)
    if book.attempts.standing(address_id, now) == "wait":
        return None
    found = book.cases.by_code(code)
    if found is None:
        book.attempts.note(address_id, now)
    return found.number if found else None


def test_guesses_find_nothing_and_slow_nobody_honest(store: Store, engine: str) -> None:
    chance = random.Random(1)
    with store.begin() as book:
        follow(book)
        for n in range(50):
            code = make("".join(chance.choices(ALPHABET, k=DRAWN)))
            book.cases.open(opened(f"K-{n:03}", code_in(code), is_theirs=False), None, NOW)
        book.cases.open(opened(code=code_in(CODE), is_theirs=False), None, NOW)
    each = GUESSES[engine] // BATCHES
    for batch in range(BATCHES):
        with store.begin() as book:
            for n in range(each):
                code = make("".join(chance.choices(ALPHABET, k=DRAWN)))
                assert guess(book, n % ATTACKERS, code, batch * 60 + n * 60 / each) is None
            assert guess(book, HONEST + batch, CODE, batch * 60 + 59) == "K-7K2-M9Q"
    with store.reading() as book:
        looked_at = book.connection.execute(
            select(attempt.c.wrong).where(attempt.c.owner == ALL)
        ).scalar_one()
    assert 300 <= looked_at <= 3 * ATTACKERS, "most of them were not even looked at"
