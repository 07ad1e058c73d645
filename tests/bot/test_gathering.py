"""Lots: who goes with whom, who waits, and who learns of what."""

import asyncio
from collections.abc import Sequence

import pytest

from bot.gathering import MOST, Gathering


class Work:
    """Remembers the lots, and does each when it is told to."""

    def __init__(self) -> None:
        self.lots: list[list[str]] = []
        self.go = asyncio.Event()

    async def __call__(self, lot: Sequence[str]) -> list[str]:
        self.lots.append(list(lot))
        await self.go.wait()
        if "bad" in lot:
            raise ValueError("bad")
        return [one.upper() for one in lot]


def _chat(one: str) -> str:
    return one[0]


async def _come(gathering: Gathering[str, str], *ones: str) -> list[asyncio.Task[str]]:
    tasks = [asyncio.create_task(gathering.join(one)) for one in ones]
    await asyncio.sleep(0.01)
    return tasks


async def test_who_comes_meanwhile_goes_together_next() -> None:
    work = Work()
    gathering = Gathering(work, _chat)
    first = await _come(gathering, "a1")
    others = await _come(gathering, "b1", "c1")
    assert work.lots == [["a1"]]
    work.go.set()
    assert await asyncio.gather(*first, *others) == ["A1", "B1", "C1"]
    assert work.lots == [["a1"], ["b1", "c1"]]


async def test_a_chat_has_one_at_a_time_in_its_order() -> None:
    work = Work()
    gathering = Gathering(work, _chat)
    work.go.set()
    await asyncio.gather(*await _come(gathering, "a1", "a2", "b1", "a3"))
    assert work.lots == [["a1", "b1"], ["a2"], ["a3"]]


async def test_a_lot_has_an_end() -> None:
    work = Work()
    gathering = Gathering(work, lambda one: one)
    work.go.set()
    await asyncio.gather(*await _come(gathering, *(str(n) for n in range(MOST + 1))))
    assert [len(lot) for lot in work.lots] == [MOST, 1]


async def test_what_is_wrong_with_one_is_told_to_its_lot_alone() -> None:
    work = Work()
    gathering = Gathering(work, lambda one: one)
    lot = await _come(gathering, "a", "bad", "c")
    work.go.set()
    for one in lot:
        with pytest.raises(ValueError, match="bad"):
            await one
    assert await gathering.join("d") == "D"


async def test_who_is_told_to_leave_keeps_nobody_waiting() -> None:
    gathering = Gathering(Work(), _chat)
    waiting = await _come(gathering, "a1", "a2")
    assert gathering._working
    gathering._working.cancel()
    ended = await asyncio.gather(*waiting, return_exceptions=True)
    assert [type(one) for one in ended] == [asyncio.CancelledError] * 2
