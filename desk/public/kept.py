"""What is looked up once for many readers, and anew after a quarter of an hour; only the first one waits."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

SECONDS = 900.0

T = TypeVar("T")


class Kept(Generic[T]):
    """Something that is made rarely; `moment` is the clock it ages by."""

    def __init__(
        self, make: Callable[[], Awaitable[T]], moment: Callable[[], float] = time.monotonic
    ) -> None:
        self._make = make
        self._moment = moment
        self._lock = asyncio.Lock()
        self._held: tuple[float, T] | None = None

    async def get(self) -> T:
        """As it was made last; while it is made anew, others are given the old one."""
        held = self._held
        if held is not None and (self._is_fresh(held) or self._lock.locked()):
            return held[1]
        async with self._lock:
            held = self._held
            if held is None or not self._is_fresh(held):
                held = (self._moment(), await self._make())
                self._held = held
        return held[1]

    def _is_fresh(self, held: tuple[float, T]) -> bool:
        return self._moment() - held[0] < SECONDS
