"""Who comes while others are under way waits a moment, and goes with the next lot.

    join ─▶ waiting ─▶ lot of up to 64 ─▶ work ─▶ each is given its result

A lot of one starts at once: nobody waits for company.
"""

import asyncio
from collections.abc import Awaitable, Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")

MOST = 64


@dataclass(eq=False, slots=True)
class Waiting(Generic[T, R]):
    """Somebody, and the one who waits for what becomes of them."""

    one: T
    future: asyncio.Future[R]


class Gathering(Generic[T, R]):
    """`work` is given a lot in the order of its coming, never two that are `alike` in one."""

    def __init__(
        self, work: Callable[[Sequence[T]], Awaitable[Sequence[R]]], alike: Callable[[T], Hashable]
    ) -> None:
        self._work = work
        self._alike = alike
        self._waiting: list[Waiting[T, R]] = []
        self._working: asyncio.Task[None] | None = None

    async def join(self, one: T) -> R:
        """What became of it; raises what the work raised, for all of its lot alike."""
        waiting: Waiting[T, R] = Waiting(one, asyncio.get_running_loop().create_future())
        self._waiting.append(waiting)
        if self._working is None or self._working.done():
            self._working = asyncio.create_task(self._work_off())
        return await waiting.future

    async def _work_off(self) -> None:
        while self._waiting:
            lot = self._next_lot()
            try:
                results = await self._work([waiting.one for waiting in lot])
            except Exception as trouble:
                for waiting in lot:
                    _settle(waiting.future, trouble)
            except asyncio.CancelledError:
                for waiting in (*lot, *self._waiting):
                    waiting.future.cancel()
                raise
            else:
                for waiting, result in zip(lot, results, strict=True):
                    _settle(waiting.future, result)

    def _next_lot(self) -> list[Waiting[T, R]]:
        lot: dict[Hashable, Waiting[T, R]] = {}
        later: list[Waiting[T, R]] = []
        for waiting in self._waiting:
            alike = self._alike(waiting.one)
            if len(lot) < MOST and alike not in lot:
                lot[alike] = waiting
            else:
                later.append(waiting)
        self._waiting = later
        return list(lot.values())


def _settle(future: asyncio.Future[R], result: R | Exception) -> None:
    if future.done():
        return
    if isinstance(result, Exception):
        future.set_exception(result)
    else:
        future.set_result(result)
