"""Periods are opened once, late if need be, for every post; a new version of an election changes them."""

from dataclasses import replace
from datetime import date, time, timedelta

from core.model.people import Role
from storage.duties import Made, open_periods
from storage.store import Store
from tests.core.elections.samples import QUIET, duty
from tests.storage.duties import (
    AIR_PUTIH,
    DAILY,
    MELAYU,
    PONTIANAK,
    SIDODADI,
    enact,
    expected,
    hire,
    person_of,
    settle,
    states,
    wita,
)
from tests.storage.samples import filed

EVENING = wita(24, 19)
"""The first quiet day: what it asks for is open since six and due at eight."""


def test_a_period_is_opened_when_it_begins_and_never_again(store: Store) -> None:
    with store.begin() as book:
        settle(book)
        posts = [hire(book, 1, tps=1), hire(book, 2, tps=2), hire(book, 3, MELAYU)]
        hire(book, 4, role=Role.PKD)
        enact(book, DAILY)
        assert open_periods(book, wita(24, 5, 59)) == Made()
        assert open_periods(book, wita(24, 6)) == Made(1, 3)
        assert open_periods(book, EVENING) == Made()
        rows = expected(book)
        assert [row.post_id for row in rows] == posts
        assert {(row.period, row.due_at) for row in rows} == {(wita(24, 6), wita(24, 20))}
        assert {(row.election, row.duty, row.form, row.role) for row in rows} == {
            ("coba", "harian", "ptps-pungut", "ptps")
        }
        assert [row.area for row in rows] == [f"{SIDODADI}.001", f"{SIDODADI}.002", f"{MELAYU}.001"]


def test_each_zone_opens_by_its_own_clock(store: Store) -> None:
    with store.begin() as book:
        settle(book)
        here, west = hire(book, 1), hire(book, 2, PONTIANAK)
        enact(book, DAILY, areas=frozenset())
        assert open_periods(book, wita(24, 6, 30)) == Made(1, 1)
        assert open_periods(book, wita(24, 7)) == Made(1, 1)
        due = {row.post_id: row.due_at for row in expected(book)}
        assert due == {here: wita(24, 20), west: wita(24, 21)}


def test_what_was_missed_is_opened_late(store: Store) -> None:
    with store.begin() as book:
        settle(book)
        hire(book, 1)
        enact(book, DAILY)
        assert open_periods(book, wita(27, 9)) == Made(3, 3)
        assert [row.due_at for row in expected(book)] == [wita(day, 20) for day in (24, 25, 26)]


def test_nobody_owes_what_was_over_before_it_was_asked(store: Store) -> None:
    with store.begin() as book:
        settle(book)
        hire(book, 1)
        enact(book, DAILY, now=wita(25, 12))
        assert open_periods(book, wita(26, 12)) == Made(2, 2)


def test_an_election_or_a_duty_may_be_of_some_areas_only(store: Store) -> None:
    with store.begin() as book:
        settle(book)
        hire(book, 1, SIDODADI), hire(book, 2, AIR_PUTIH), hire(book, 3, MELAYU), hire(book, 4, PONTIANAK)
        enact(book, DAILY, duty("kota", areas=frozenset({"64.72", AIR_PUTIH})))
        open_periods(book, EVENING)
        owed = sorted((row.duty, row.area[:5]) for row in expected(book))
        assert owed == [
            ("harian", "64.02"),
            ("harian", "64.72"),
            ("harian", "64.72"),
            ("kota", "64.72"),
            ("kota", "64.72"),
        ]


def test_new_posts_join_what_is_running_and_not_what_is_over(store: Store) -> None:
    with store.begin() as book:
        settle(book)
        hire(book, 1)
        enact(book, DAILY)
        open_periods(book, wita(25, 7))
        late = hire(book, 2, tps=2)
        assert open_periods(book, wita(25, 8)) == Made(0, 1)
        assert [row.period for row in expected(book) if row.post_id == late] == [wita(25, 6)]
        assert open_periods(book, wita(25, 8)) == Made()


def test_a_duty_that_is_gone_is_owed_by_nobody_and_what_was_told_stays(store: Store) -> None:
    with store.begin() as book:
        settle(book)
        told = hire(book, 1)
        hire(book, 2, tps=2)
        enact(book, DAILY)
        open_periods(book, EVENING)
        report = filed("P-1", person_of(book, told), told, EVENING)
        book.reports.file(report)
        book.ledger.close(report)
        enact(book, now=EVENING)
        assert states(book) == ["filed", "void"]
        assert open_periods(book, EVENING + timedelta(minutes=10)) == Made()


def test_a_duty_that_comes_back_in_time_is_owed_again(store: Store) -> None:
    with store.begin() as book:
        settle(book)
        hire(book, 1)
        enact(book, DAILY)
        open_periods(book, EVENING)
        enact(book, now=EVENING)
        enact(book, DAILY, now=EVENING)
        assert open_periods(book, EVENING) == Made(1, 1)
        assert states(book) == ["open"]


def test_a_role_or_an_area_that_is_let_off_owes_nothing(store: Store) -> None:
    both = replace(DAILY, roles=frozenset({Role.PTPS, Role.PKD}))
    with store.begin() as book:
        settle(book)
        hire(book, 1), hire(book, 2, role=Role.PKD), hire(book, 3, MELAYU)
        enact(book, both)
        open_periods(book, EVENING)
        enact(book, replace(DAILY, areas=frozenset({"64.72"})), now=EVENING)
        open_periods(book, EVENING)
        owed = {(row.role, row.area[:5]): row.state for row in expected(book)}
        assert owed == {("ptps", "64.72"): "open", ("pkd", "64.72"): "void", ("ptps", "64.02"): "void"}


def test_a_period_that_is_open_may_be_due_later(store: Store) -> None:
    with store.begin() as book:
        settle(book)
        here, west = hire(book, 1), hire(book, 2, PONTIANAK)
        enact(book, DAILY, areas=frozenset())
        open_periods(book, EVENING)
        enact(book, replace(DAILY, due=time(22)), now=EVENING, areas=frozenset())
        assert {row.post_id: row.due_at for row in expected(book)} == {here: wita(24, 22), west: wita(24, 23)}
        assert open_periods(book, EVENING) == Made()


def test_another_cut_holds_from_the_next_period_on(store: Store) -> None:
    with store.begin() as book:
        settle(book)
        hire(book, 1)
        enact(book, DAILY)
        open_periods(book, EVENING)
        enact(book, replace(DAILY, opens=time(8)), now=EVENING)
        assert open_periods(book, wita(24, 19, 30)) == Made()
        assert open_periods(book, wita(25, 9)) == Made(1, 1)
        assert [row.period for row in expected(book)] == [wita(24, 6), wita(25, 8)]


def test_a_stage_that_is_put_off_takes_its_periods_along(store: Store) -> None:
    later = replace(QUIET, first=date(2024, 12, 1), last=date(2024, 12, 1))
    with store.begin() as book:
        settle(book)
        hire(book, 1)
        enact(book, DAILY)
        open_periods(book, EVENING)
        enact(book, DAILY, now=EVENING, stages=(later,))
        assert states(book) == ["void"]
        assert open_periods(book, wita(1, 7, month=12)) == Made(1, 1)
        assert states(book) == ["void", "open"]


def test_the_hours_of_voting_day_are_opened_one_by_one(store: Store) -> None:
    hourly = duty("jam", "hourly", "pungut-hitung", time(13), opens=time(7))
    with store.begin() as book:
        settle(book)
        hire(book, 1)
        enact(book, hourly)
        made = [open_periods(book, wita(27, 6) + timedelta(minutes=10 * n)) for n in range(60)]
        assert sum(one.periods for one in made) == 6
        assert [row.due_at for row in expected(book)] == [wita(27, hour) for hour in range(8, 14)]
        assert [row.passes_at for row in expected(book)] == [wita(27, hour) for hour in range(9, 15)]


def test_an_election_without_posts_opens_nothing(store: Store) -> None:
    with store.begin() as book:
        settle(book)
        enact(book, DAILY)
        assert open_periods(book, EVENING) == Made()
        assert book.openings.of("coba") == []
        hire(book, 1)
        assert open_periods(book, EVENING) == Made(1, 1)
