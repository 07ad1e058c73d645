"""The hourly job: the right people exactly once, whoever looks and whoever dies; at night it is quiet."""

import asyncio
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from core.model.areas import Area, Level
from core.model.effects import Filed
from core.model.messages import Channel, Reply
from scheduler.periods import periods
from scheduler.reminders import Asking, name_of, reminders
from scheduler.ticker import Job, Ticker
from storage.book import Book
from storage.duties import open_periods
from storage.keys import Keys
from storage.mailing import PATIENT
from storage.outbox import BROADCAST
from storage.record import Origin, record
from storage.store import Store
from storage.tables import tick
from tests.core.elections.samples import CAMPAIGN, duty
from tests.scheduler.dying_at_reminders import PAGE, WITA
from tests.storage.duties import DAILY, PONTIANAK, SIDODADI, enact, hire, person_of, settle, wita
from tests.storage.reachable import phone_of, said, send_all, waiting
from tests.storage.samples import CHAT, filed

HOUSE = Path(__file__).parents[2]
PEOPLE = 10
MANOKWARI = "92.02.12.1001"
"""A village of West Papua: an hour ahead of Samarinda."""
MAKASSAR = name_of("Asia/Makassar")


def prepare(book: Book, count: int = PEOPLE) -> None:
    """So many supervisors in Sidodadi, each with a telephone; the second of the quiet days."""
    settle(book)
    for number in range(1, count + 1):
        phone_of(book, hire(book, number, tps=number))
    enact(book, DAILY)
    open_periods(book, wita(25, 8))


def by_parts() -> Job:
    asking = Asking("Asia/Makassar", PAGE)
    return replace(reminders()[WITA], work=asking.ask, late=asking.ask_late)


def outcomes(book: Book, job: str = MAKASSAR) -> list[str]:
    query = select(tick.c.outcome).where(tick.c.job == job).order_by(tick.c.scheduled_for)
    return list(book.connection.execute(query).scalars())


async def look(store: Store, now: datetime, *jobs: Job) -> None:
    await Ticker(store, jobs or reminders(), lambda: now.astimezone(UTC)).look()


def file(book: Book, post: int, at: datetime) -> None:
    met = book.addresses.meet(CHAT, at)
    report = filed(f"P-{post}-{at:%d%H}", person_of(book, post), post, at)
    record(book, [Filed(report)], Origin(met.id, None, Channel.TELEGRAM, None, at))


@pytest.fixture
def three(database_url: str, keys: Keys) -> Iterator[list[Store]]:
    """The same database three times, as three processes have it."""
    with ExitStack() as closing:
        stores = [Store(database_url, keys, pool=2) for _ in range(3)]
        for one in stores:
            closing.callback(one.close)
        yield stores


async def test_a_day_of_reminders(store: Store) -> None:
    with store.begin() as book:
        prepare(book, 2)
        book.connection.exec_driver_sql("UPDATE expectation SET state = 'void' WHERE due_at < '2024-11-25'")
    now = wita(25, 5)
    while now < wita(26, 10):
        await look(store, now + timedelta(seconds=20))
        if now == wita(25, 18):
            with store.begin() as book:
                send_all(book, now)
                file(book, 1, now)
        now += timedelta(hours=1)
    with store.reading() as book:
        # At 17.00 both; who reported at 18.00 is left alone; at 20.00 it is too late for today.
        assert [person for person, _ in said(book)] == [1, 2, 2]
        told = dict(zip(range(5, 24), outcomes(book), strict=False))
        assert told[17] == "2 reminded, 2 reports, 0 unreachable"
        assert told[20] == "0 reminded, 0 reports, 0 unreachable"
        assert outcomes(book)[27] == "1 reminded, 1 reports, 0 unreachable"


async def test_voting_day_by_the_hour_in_three_zones(store: Store) -> None:
    """At eight, nine … one by each zone's own clocks; whoever reported of the hour is left in peace."""
    places = {1: PONTIANAK, 2: SIDODADI, 3: MANOKWARI}
    hourly = duty("jam", "hourly", "pungut-hitung", time(13), opens=time(7), grace_minutes=30)
    with store.begin() as book:
        settle(book)
        papua = ("92", "92.02", "92.02.12", MANOKWARI)
        book.areas.save(Area(code, f"Timur {code}", level) for code, level in zip(papua, Level, strict=False))
        for number, village in places.items():
            phone_of(book, hire(book, number, village))
        enact(book, hourly, areas=frozenset())
    heard: list[tuple[int, str]] = []
    for hour in range(2, 16):
        now = wita(27, hour) + timedelta(seconds=20)
        await look(store, now, periods(), *reminders())
        with store.begin() as book:
            heard += [(person, f"{now.astimezone(UTC):%H}") for person in send_all(book, now)]
            if hour == 10:
                file(book, 2, wita(27, 10, 35))
    utc = {1: range(1, 7), 2: (0, 1, 2, 4, 5), 3: (23, *range(5))}
    assert Counter(heard) == {(who, f"{hour:02}"): 1 for who, hours in utc.items() for hour in hours}


async def test_three_clocks_share_the_work_and_nobody_is_asked_twice(three: list[Store]) -> None:
    with three[0].begin() as book:
        prepare(book)
    clocks = [Ticker(store, (by_parts(),), lambda: wita(25, 17).astimezone(UTC)) for store in three]
    await asyncio.gather(*(clock.look() for clock in clocks))
    with three[0].reading() as book:
        assert Counter(person for person, _ in said(book)) == dict.fromkeys(range(1, PEOPLE + 1), 1)
        assert outcomes(book) == [f"{PEOPLE} reminded, {2 * PEOPLE} reports, 0 unreachable"]
        run = book.ticks.run(MAKASSAR)
        assert run
        assert run.is_over


@pytest.mark.parametrize("parts", [0, 1, 3])
async def test_whoever_dies_leaves_the_rest_to_the_next(
    database_url: str, tmp_path: Path, parts: int
) -> None:
    store = Store(database_url, Keys.load(tmp_path / "keys"))
    try:
        with store.begin() as book:
            prepare(book)
        command = [sys.executable, "-m", "tests.scheduler.dying_at_reminders", database_url]
        command += [str(tmp_path / "keys"), str(parts)]
        dying = subprocess.run(command, cwd=HOUSE, check=False, timeout=60)
        assert dying.returncode == -signal.SIGKILL
        with store.reading() as book:
            assert len(said(book)) == parts * PAGE
            run = book.ticks.run(MAKASSAR)
            assert (run.is_over if run else None) is (False if parts else None)
        await look(store, wita(25, 17, 1), by_parts())
        await look(store, wita(25, 17, 2), by_parts())
        with store.reading() as book:
            assert Counter(person for person, _ in said(book)) == dict.fromkeys(range(1, PEOPLE + 1), 1)
            assert outcomes(book) == [f"{PEOPLE} reminded, {2 * PEOPLE} reports, 0 unreachable"]
    finally:
        store.close()


async def test_what_has_not_gone_out_by_eight_in_the_evening_waits_for_the_morning(store: Store) -> None:
    with store.begin() as book:
        prepare(book, 3)
    await look(store, wita(25, 19))
    await look(store, wita(25, 20))
    with store.begin() as book:
        assert outcomes(book)[-1] == "0 reminded, 0 reports, 0 unreachable, 3 held"
        assert send_all(book, wita(25, 23)) == []
        assert sorted(send_all(book, wita(26, 8))) == [1, 2, 3]


async def test_whatever_can_wait_is_held_too_and_an_answer_is_not(store: Store) -> None:
    """An evening's list waits; news and answers go out."""
    with store.begin() as book:
        settle(book)
        there = phone_of(book, hire(book, 1))
        book.outbox.put(there, Reply("daftar"), wita(25, 19), topic="silence", priority=PATIENT)
        book.outbox.put(there, Reply("kabar"), wita(25, 19), priority=BROADCAST)
        book.outbox.put(there, Reply("jawaban"), wita(25, 19))
    await look(store, wita(25, 20))
    with store.begin() as book:
        assert len(send_all(book, wita(25, 23))) == 2
        assert [one.text for _, one in said(book, "silence", "waiting")] == ["daftar"]
        assert send_all(book, wita(26, 8)) == [1]


async def test_before_a_usual_sunday_it_waits_for_noon_but_not_where_it_is_a_quiet_day(store: Store) -> None:
    """Saturday the 23rd, in the evening: in Samarinda the quiet period begins tomorrow, in Bontang not."""
    with store.begin() as book:
        settle(book)
        phone_of(book, hire(book, 1))
        phone_of(book, hire(book, 2, "64.74.01.1001"))
        everywhere = replace(DAILY, stage="kampanye")
        enact(book, everywhere, areas=frozenset({"64.72"}))
        other = enact(book, everywhere, areas=frozenset({"64.74"}), name="lain", stages=(CAMPAIGN,))
        assert other.areas == {"64.74"}
        open_periods(book, wita(23, 8))
    await look(store, wita(23, 19))
    await look(store, wita(23, 20))
    with store.begin() as book:
        assert send_all(book, wita(24, 8)) == [1]
    await look(store, wita(24, 8, 1))
    with store.begin() as book:
        assert send_all(book, wita(24, 11, 59)) == [1]
        assert send_all(book, wita(24, 12)) == [2]


async def test_each_zone_at_its_own_hour(store: Store) -> None:
    with store.begin() as book:
        settle(book)
        phone_of(book, hire(book, 1, SIDODADI))
        phone_of(book, hire(book, 2, PONTIANAK))
        enact(book, DAILY, areas=frozenset())
        open_periods(book, wita(24, 9))
    await look(store, wita(24, 17))
    with store.reading() as book:
        assert waiting(book) == [1]
    await look(store, wita(24, 18))
    with store.reading() as book:
        assert waiting(book) == [1, 2]


async def test_a_machine_that_was_off_makes_up_for_it_once_and_says_so(store: Store) -> None:
    with store.begin() as book:
        prepare(book, 2)
    for _ in range(2):
        await look(store, wita(25, 19, 40))
    with store.reading() as book:
        assert len(said(book)) == 2
        assert outcomes(book) == ["2 reminded, 4 reports, 0 unreachable, 40 minutes late"]


async def test_made_up_for_at_night_it_waits_for_the_morning(store: Store) -> None:
    """The moment was 19.00, the machine comes back at 19.59, and a minute later it is night."""
    with store.begin() as book:
        prepare(book, 2)
    await look(store, wita(25, 19, 59))
    await look(store, wita(25, 20, 0))
    with store.begin() as book:
        assert send_all(book, wita(25, 20, 1)) == []
        assert len(send_all(book, wita(26, 8))) == 2


async def test_a_part_keeps_no_other_job_waiting(store: Store) -> None:
    with store.begin() as book:
        prepare(book)
    done: list[str] = []

    def note(name: str, job: Job) -> Job:
        def work(book: Book, moment: datetime) -> object:
            done.append(name)
            return job.work(book, moment)

        return replace(job, work=work)  # type: ignore[arg-type]

    other = Job("other", by_parts().trigger, lambda book, moment: "1 done")
    await look(store, wita(25, 17), note("parts", by_parts()), note("other", other))
    assert done == ["parts", "other", "parts", "parts", "parts", "parts"]
