"""A new version of an election meets periods that are already open."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from core.elections.changes import Changes, Opened, changes
from core.elections.election import Duty, Election
from core.elections.periods import periods
from tests.core.elections.samples import QUIET, duty, election

ZONE = "Asia/Makassar"
DAY = date(2024, 11, 25)
NOON = datetime.fromisoformat("2024-11-25T12:00:00+08:00")
DAILY = duty()


def opened(one: Duty = DAILY, day: date = DAY) -> Opened:
    return Opened(one.name, ZONE, periods(election(one), one, day, day, ZONE)[0])


def after(new: Election, now: datetime = NOON) -> Changes:
    return changes(new, [opened()], now)


def test_nothing_changes() -> None:
    assert after(election(DAILY, version="2")) == Changes((), ())


def test_due_later_is_due_later() -> None:
    later = replace(DAILY, due=time(22))
    assert after(election(later)) == Changes(((opened(), opened(later).period.due),), ())


def test_what_is_over_stays_as_it_was() -> None:
    later = replace(DAILY, due=time(22))
    assert after(election(later), NOON + timedelta(days=1)) == Changes((), ())


def test_cut_otherwise_goes_on_as_it_was_opened() -> None:
    """Who told at nine is not asked again since the duty opens at eight from tomorrow on."""
    assert after(election(replace(DAILY, opens=time(8)))) == Changes((), ())


def test_a_stage_that_was_put_off_takes_its_periods_with_it() -> None:
    put_off = replace(QUIET, first=date(2024, 12, 1), last=date(2024, 12, 3))
    assert after(election(DAILY, stages=(put_off,))) == Changes((), (opened(),))


def test_a_duty_that_is_gone_is_the_ledgers_business() -> None:
    assert after(election()) == Changes((), ())
