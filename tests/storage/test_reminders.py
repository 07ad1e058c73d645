"""Who has to be reminded is found by the ledger: the right people, the most overdue first, each once."""

import random
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import event, select, text, update

from core.elections.owed import is_to_be_asked
from core.model.people import Role
from storage.book import Book
from storage.duties import open_periods
from storage.reminding import owed_by
from storage.store import Store
from storage.tables import expectation
from tests.core.elections.samples import duty
from tests.storage.duties import (
    AIR_PUTIH,
    BEFORE,
    DAILY,
    PONTIANAK,
    SIDODADI,
    enact,
    expected,
    hire,
    person_of,
    settle,
    wita,
)

MAKASSAR = "Asia/Makassar"
ALL = frozenset({""})


@pytest.fixture
def book(store: Store) -> Book:
    """Four posts that owe a report of each quiet day by 20.00; the third is elsewhere, the last vacant."""
    with store.begin() as book:
        settle(book)
        hire(book, 1)
        hire(book, 2, AIR_PUTIH)
        hire(book, 3, PONTIANAK)
        book.people.vacate(hire(book, 4, tps=4), BEFORE)
        enact(book, DAILY, areas=frozenset())
        open_periods(book, wita(24, 8))
        yield book


def due(book: Book, now: datetime, zone: str = MAKASSAR, areas: frozenset[str] = ALL) -> list[int]:
    return book.reminders.people(zone, areas, now, 100)


def rows(book: Book, post: int) -> list[int]:
    return [row.id for row in expected(book) if row.post_id == post]


def test_nobody_before_three_hours_are_left(book: Book) -> None:
    assert due(book, wita(24, 16, 59)) == []
    assert due(book, wita(24, 17)) == [person_of(book, 1), person_of(book, 2)]


def test_a_vacant_post_owes_nobody_a_reminder_and_each_zone_has_its_own(book: Book) -> None:
    assert due(book, wita(24, 18), "Asia/Jakarta") == [person_of(book, 3)]
    assert due(book, wita(24, 18), "Asia/Jayapura") == []


def test_only_in_the_areas_where_people_may_be_written_to(book: Book) -> None:
    assert due(book, wita(24, 18), areas=frozenset({"64.72.03.1004"})) == [person_of(book, 2)]
    assert due(book, wita(24, 18), areas=frozenset()) == []


def test_once_before_and_once_after(book: Book) -> None:
    book.reminders.mark(rows(book, 1) + rows(book, 2), wita(24, 17))
    assert due(book, wita(24, 19)) == []
    assert due(book, wita(24, 20)) == [person_of(book, 1), person_of(book, 2)]
    book.reminders.mark(rows(book, 1), wita(24, 20))
    assert due(book, wita(25, 8)) == [person_of(book, 2)]


def test_the_most_overdue_come_first(book: Book) -> None:
    open_periods(book, wita(25, 8))
    yesterday, _ = rows(book, 1)
    book.connection.execute(update(expectation).where(expectation.c.id == yesterday).values(state="void"))
    assert due(book, wita(25, 18)) == [person_of(book, 2), person_of(book, 1)]


def test_what_is_long_past_is_let_be(book: Book) -> None:
    assert due(book, wita(27, 19, 59))
    assert due(book, wita(27, 20)) == []


def test_who_asked_for_tomorrow_is_asked_then_again_and_only_then(book: Book) -> None:
    book.reminders.mark(rows(book, 1), wita(24, 17))
    book.reminders.postpone([1], wita(25, 8), wita(24, 17, 5))
    assert due(book, wita(24, 22)) == [person_of(book, 2)]
    assert person_of(book, 1) in due(book, wita(25, 8))
    book.reminders.mark(rows(book, 1), wita(25, 8))
    assert person_of(book, 1) not in due(book, wita(25, 9))


def test_what_begins_tomorrow_is_not_postponed_with_it(book: Book) -> None:
    book.reminders.postpone([1], wita(26, 8), wita(24, 17))
    open_periods(book, wita(25, 8))
    assert person_of(book, 1) in due(book, wita(25, 17))


def test_armed_once_more_by_those_above_but_not_within_the_hour(book: Book) -> None:
    after = wita(24, 21)
    book.reminders.mark(rows(book, 1) + rows(book, 2), after)
    book.reminders.rearm("64.72.03", wita(24, 21, 59))
    assert due(book, wita(24, 21, 59)) == []
    book.reminders.rearm("64.72.03.1005", wita(24, 22))
    assert due(book, wita(24, 22)) == [person_of(book, 1)]


def test_those_above_arm_nobody_who_is_still_in_time_or_wants_tomorrow(book: Book) -> None:
    book.reminders.mark(rows(book, 1), wita(24, 17))
    book.reminders.rearm("64", wita(24, 19))
    assert due(book, wita(24, 19)) == [person_of(book, 2)]
    book.reminders.postpone([1], wita(25, 8), wita(24, 19))
    book.reminders.rearm("64", wita(24, 23))
    assert due(book, wita(24, 23)) == [person_of(book, 2)]


def test_a_person_with_two_posts_is_found_once(book: Book) -> None:
    tps = book.areas.add_tps(SIDODADI, 9).code
    book.people.assign(person_of(book, 1), Role.PTPS, tps, BEFORE)
    open_periods(book, wita(24, 9))
    assert due(book, wita(24, 18)).count(person_of(book, 1)) == 1
    claims = book.reminders.claims([person_of(book, 1)], wita(24, 18))
    assert len({claim.post for claim in claims}) == 2


def test_the_query_and_the_rule_say_the_same(book: Book) -> None:
    """Over random states and moments: whoever the rule would ask is found, and nobody else."""
    weekly = duty("pekanan", "weekly", "masa-tenang", form="lain")
    hourly = duty("jam", "hourly", "pungut-hitung", time(9), opens=time(7), grace_minutes=30, form="situasi")
    enact(book, DAILY, weekly, hourly, areas=frozenset(), now=wita(24, 8))
    for day in (24, 25, 26, 27):
        open_periods(book, wita(day, 8))
    chance = random.Random(20241124)
    people = [person_of(book, post) for post in (1, 2)]
    for _ in range(60):
        hours = chance.choice([(24, 0, 6 * 24 * 60), (27, 7, 4 * 60)])
        now = wita(*hours[:2]) + timedelta(minutes=chance.randrange(hours[2]))
        for row in expected(book):
            waits = chance.choice([None, None, now - timedelta(hours=1), now, now + timedelta(minutes=1)])
            changed = {"reminded": chance.randrange(3), "waits_until": waits}
            changed["state"] = chance.choice(["open", "open", "void"])
            book.connection.execute(update(expectation).where(expectation.c.id == row.id).values(changed))
        owed = owed_by(book, people, now)
        wanted = {person for person, some in owed.items() if any(is_to_be_asked(one, now) for one in some)}
        assert set(due(book, now)) == wanted


def test_it_is_found_by_an_index(book: Book) -> None:
    """Whatever else has piled up in the ledger: neither a look nor a report reads all of it."""
    if book.connection.dialect.name == "postgresql":
        book.connection.execute(text("SET LOCAL enable_seqscan = off"))
    explained = {
        "ix_expectation_open": "SELECT id FROM expectation WHERE state = 'open' AND reminded = 0"
        " AND due_at > '2024-11-24' AND due_at <= '2024-11-25' ORDER BY due_at, post_id LIMIT 500",
        "ix_expectation_of_post": "SELECT id FROM expectation WHERE state = 'open' AND post_id = 1"
        " AND due_at > '2024-11-24'",
    }
    verb = "EXPLAIN" if book.connection.dialect.name == "postgresql" else "EXPLAIN QUERY PLAN"
    for index, query in explained.items():
        plan = " ".join(str(row) for row in book.connection.execute(text(f"{verb} {query}")))
        # Of an empty table PostgreSQL may like another index as well.
        assert index in plan or ("Index" in plan and "Seq Scan" not in plan)


def test_a_look_for_events_leaves_the_rest_of_the_ledger_alone(book: Book) -> None:
    """On SQLite it went through all that is open, for each part."""
    if book.connection.dialect.name == "postgresql":
        book.connection.execute(text("SET LOCAL enable_seqscan = off"))
    asked: list[tuple[str, Any]] = []
    event.listen(book.connection, "before_cursor_execute", lambda *call: asked.append(call[2:4]))
    book.reminders.people(MAKASSAR, {""}, wita(24, 17), 10)
    [(statement, given)] = [one for one in asked if "campaign_event" in one[0]]
    verb = "EXPLAIN" if book.connection.dialect.name == "postgresql" else "EXPLAIN QUERY PLAN"
    plan = str(book.connection.exec_driver_sql(f"{verb} {statement}", given).all())
    # Of a nearly empty table PostgreSQL may like another index as well.
    assert "uq_expectation_event" in plan or (verb == "EXPLAIN" and "Seq Scan on expectation" not in plan)


def test_marked_rows_only(book: Book) -> None:
    book.reminders.mark([], wita(24, 17))
    states = book.connection.execute(select(expectation.c.reminded).distinct()).scalars().all()
    assert states == [0]
