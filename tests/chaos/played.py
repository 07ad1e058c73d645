"""Days of an election played with clocks that are killed, and what each has to hear, worked out by hand.

Sundays of the campaign   due at 18.00, asked at 17 and 19; in the lists until Wednesday
Saturday 23 November      the campaign's last day, due at 18.00; the telephone network is down from 17.00 on
24, 25, 26 November       quiet days, due at 20.00: asked at 17, and when it is morning again
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any

from core.model.people import Role
from storage.store import Store
from tests.chaos.clocks import Clockworks, clockworks
from tests.chaos.people import (
    BEGINS,
    COORDINATORS,
    ENDS,
    FIVE,
    NOON,
    SEVEN,
    WITA,
    Election,
    Message,
    at,
    settle,
)
from tests.conversations.stage import Clock

NIGHT, MORNING = time(3), time(7)
ASLEEP = date(2024, 10, 14)
"""A Monday on which no clock runs before noon."""
LANDED = 5
"""At least one kill in so many has to interrupt something."""


def play(
    store: Store, key_file: Path, folder: Path, days: list[date], hours: Callable[[date], list[time]]
) -> None:
    """Each day one of the clocks is killed; then everybody has heard what they should, and nothing else."""
    clock = Clock(at(days[0] - timedelta(days=1), NOON))
    election, chance = settle(store, clock), Random(27_11_2024)
    with clockworks(chance, store.url, key_file, folder) as clocks, asyncio.Runner() as runner:
        for day in days:
            unlucky = chance.choice(hours(day))
            for hour in hours(day):
                clock.now = at(day, hour)
                runner.run(_hour(election, clocks, kill=hour == unlucky))
    check(election, days)
    assert clocks.killed == len(days)
    assert clocks.at_work * LANDED >= clocks.killed, "the kills found nobody at work"


async def _hour(election: Election, clocks: Clockworks, *, kill: bool) -> None:
    await asyncio.to_thread(clocks.tell, election.clock(), kill=kill)
    await election.before_the_post()
    if not (election.local.date() == ENDS and election.local.time() > NOON):
        await election.react(election.deliver())
        election.deliver()


def check(election: Election, days: list[date]) -> None:
    first, last = days[0], days[-1]
    unasked = [one for one in election.heard if one.topic]
    assert [one for one in unasked if one.local.time() == NIGHT] == []
    ought = [one for one in (*reminders(), *evenings(), *mondays(days)) if first <= one.local.date() <= last]
    _same(Counter(unasked), Counter(ought))
    answers = Counter(one.who for one in election.heard if not one.topic)
    _same(answers, Counter(one.who for one in election.answered))
    _same(election.unsaid(), unsaid(days))
    assert election.troubles() == []


def _same(found: Counter[Any], wanted: Counter[Any]) -> None:
    assert found == wanted, f"too many: {sorted(found - wanted)}, lacking: {sorted(wanted - found)}"


def reminders() -> Iterator[Message]:
    for sunday in _sundays():
        yield from _to(("biasa", "lambat", "diam"), "owed", sunday, FIVE)
        yield from _to(("lambat", "diam"), "owed", sunday, SEVEN)
    for day, hour, who in (
        (24, NOON, ("biasa", "lambat", "diam")),  # about the day before; what they send stands for today's
        (24, FIVE, ("diam",)),
        (25, NOON, ("diam",)),
        (25, FIVE, ("biasa", "lambat", "diam")),
        (26, NOON, ("lambat", "diam")),  # again: what "lambat" sends is today's, yesterday's stays open
        (26, FIVE, ("biasa", "diam")),
        (27, NOON, ("diam",)),
    ):
        yield from _to(who, "owed", date(2024, 11, day), hour)


def evenings() -> Iterator[Message]:
    for sunday in _sundays():
        yield from _list(Role.KABKOTA, sunday, SEVEN, 2)  # "lambat" files when it is sent
        for later in (1, 2, 3):
            yield from _lists(sunday + timedelta(days=later), 1)
    yield from _list(Role.KABKOTA, date(2024, 11, 24), NOON, 3)  # that of Saturday evening
    for day, silent in ((24, 3), (25, 3), (26, 3), (27, 2), (28, 2), (29, 1)):
        yield from _lists(date(2024, 11, day), silent)


def mondays(days: Iterable[date]) -> Iterator[Message]:
    for monday in (day for day in days if day.weekday() == 0):
        is_late = monday == ASLEEP
        for message in _to(COORDINATORS, "digest", monday, NOON if is_late else MORNING):
            yield replace(message, says="late" if is_late else "")


def unsaid(days: list[date]) -> Counter[tuple[str, str, str]]:
    """Stopped by the report that came first; while the network was down, replaced by a later one."""
    stopped = {day for day in (*_sundays(), *(date(2024, 11, n) for n in range(23, 27))) if day in days}
    counts = {"sigap": len(stopped), "biasa": 1, "lambat": 1, "diam": 1}
    return Counter({(who, "owed", "dropped"): count for who, count in counts.items()})


def _sundays() -> list[date]:
    """Of the campaign: the last of them is the 17th of November."""
    first = BEGINS + timedelta(days=4)
    return [first + timedelta(days=7 * n) for n in range(8)]


def _lists(day: date, silent: int) -> Iterator[Message]:
    yield from _list(Role.PANWASCAM, day, FIVE, silent)
    yield from _list(Role.KABKOTA, day, SEVEN, silent)


def _list(role: Role, day: date, hour: time, silent: int) -> Iterator[Message]:
    yield Message(datetime.combine(day, hour, WITA), role.value, "silence", str(silent))


def _to(people: Iterable[str], topic: str, day: date, hour: time) -> Iterator[Message]:
    return (Message(datetime.combine(day, hour, WITA), str(who), topic) for who in people)
