"""What runs beside the doors: taken up again after a fall, seen while it lies, ended within seconds."""

import asyncio
import time
from collections.abc import Callable

from structlog.testing import capture_logs

from lapordesk.duties import Duty, Watch


class Clumsy:
    """Falls over so many times, then runs until it is told to stop."""

    def __init__(self, falls: int) -> None:
        self.falls = falls
        self.begun = 0
        self.finished = False
        self._told = asyncio.Event()

    async def run(self) -> None:
        self.begun += 1
        if self.begun <= self.falls:
            raise ZeroDivisionError("the words of a report")
        await self._told.wait()
        self.finished = True

    def stop(self) -> None:
        self._told.set()


async def until(done: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not done():
            await asyncio.sleep(0.001)


async def test_a_duty_that_falls_over_is_told_of_and_taken_up_again() -> None:
    clumsy, watch = Clumsy(falls=2), Watch(rest=0)
    with capture_logs() as told:
        async with watch.over([Duty("delivery", clumsy.run, clumsy.stop)]):
            await until(lambda: clumsy.begun == 3)
    assert clumsy.finished
    fall = {"event": "duty fell over", "duty": "delivery", "error": "ZeroDivisionError", "log_level": "error"}
    assert told == [fall, fall], "and none of its words"


async def test_it_counts_as_fallen_until_it_keeps_on_its_feet() -> None:
    clumsy, steady, watch = Clumsy(falls=1), Clumsy(falls=0), Watch(rest=0, steady=0.05)
    duties = [Duty("delivery", clumsy.run, clumsy.stop), Duty("clock", steady.run, steady.stop)]
    async with watch.over(duties):
        await until(lambda: clumsy.begun == 2)
        assert watch.fallen == {"delivery"}
        await until(lambda: not watch.fallen)


async def test_one_that_falls_over_again_and_again_stays_fallen() -> None:
    clumsy, watch = Clumsy(falls=1000), Watch(rest=0.001, steady=0.05)
    async with watch.over([Duty("delivery", clumsy.run)]):
        await until(lambda: clumsy.begun > 5)
        for _ in range(100):
            assert watch.fallen == {"delivery"}
            await asyncio.sleep(0.001)


async def test_one_that_is_done_is_not_begun_again() -> None:
    done, watch = Clumsy(falls=0), Watch(rest=0)
    done.stop()
    async with watch.over([Duty("webhook", done.run)]):
        await until(lambda: done.finished)
        await asyncio.sleep(0.02)
    assert done.begun == 1


async def test_what_need_not_finish_is_called_off_at_once() -> None:
    polling, watch = Clumsy(falls=0), Watch()
    since = time.monotonic()
    async with watch.over([Duty("telegram", polling.run)]):
        await until(lambda: polling.begun == 1)
    assert time.monotonic() - since < 1
    assert not polling.finished


async def test_the_end_comes_also_when_nothing_runs_or_what_is_inside_fails() -> None:
    clumsy, watch = Clumsy(falls=0), Watch()
    async with watch.over([]):
        pass
    try:
        async with watch.over([Duty("delivery", clumsy.run, clumsy.stop)]):
            await until(lambda: clumsy.begun == 1)
            raise KeyError
    except KeyError:
        pass
    assert clumsy.finished
