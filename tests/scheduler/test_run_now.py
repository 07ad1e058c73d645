"""A job on demand: as at this minute and once in it; a round for what is left of its last moment."""

from datetime import datetime, timedelta

from apscheduler.triggers.cron import CronTrigger

from scheduler.ticker import Came, Job, More, Round, Ticker
from storage.book import Book
from storage.store import Store
from tests.scheduler.test_ticker import MONDAY, WITA, Clock

SUNDAYS = CronTrigger(day_of_week="sun", hour=8, timezone=WITA)


async def test_a_job_is_done_as_at_this_minute_and_once(store: Store) -> None:
    done: list[datetime] = []

    def work(_: Book, moment: datetime) -> Came:
        done.append(moment)
        return More("2 done") if len(done) % 2 else "1 done"

    clock = Clock(MONDAY + timedelta(minutes=7, seconds=30))
    ticker = Ticker(store, [Job("sweep", SUNDAYS, work)], clock)
    for _ in range(2):
        await ticker.run_now("sweep")
    assert done == [MONDAY + timedelta(minutes=7)] * 2, "both parts, and nothing the second time"
    with store.reading() as book:
        run = book.ticks.run("sweep")
    assert run
    assert (run.outcome, run.is_over, run.is_well) == ("3 done", True, True)
    clock.now += timedelta(minutes=1)
    await ticker.run_now("sweep")
    assert len(done) == 4
    assert ticker.next_at("sweep", clock()) == MONDAY + timedelta(days=6)


async def test_one_that_falls_over_is_told_of(store: Store) -> None:
    def work(_: Book, __: datetime) -> Came:
        raise KeyError("x")

    await Ticker(store, [Job("sweep", SUNDAYS, work)], Clock()).run_now("sweep")
    with store.reading() as book:
        assert book.ticks.outcome("sweep", MONDAY) == "failed: KeyError"


async def test_a_round_goes_on_with_its_last_moment(store: Store) -> None:
    asked: list[datetime] = []

    async def go(_: Store, moment: datetime, __: datetime) -> str:
        asked.append(moment)
        return "1 sent"

    clock = Clock(MONDAY + timedelta(days=3))
    await Ticker(store, [Round("monday", SUNDAYS, go)], clock).run_now("monday")
    assert asked == [MONDAY - timedelta(days=1)], "of its own week, though older than a day"
    with store.reading() as book:
        run = book.ticks.run("monday")
    assert run
    assert run.outcome == "1 sent"
