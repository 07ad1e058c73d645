"""What runs beside the doors: a duty that falls over is told of and taken up again; all end within seconds.

async with watch.over([Duty("delivery", delivery.run, delivery.stop), ...]):
    ...                        # watch.fallen: {"delivery"} while it does not keep on its feet
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

import structlog

log = structlog.get_logger(__name__)

REST_SECONDS = 1.0
STEADY_SECONDS = 5.0
"""Whoever has run so long is on their feet again."""
STOP_SECONDS = 6.0


@dataclass(frozen=True, slots=True)
class Duty:
    name: str
    run: Callable[[], Awaitable[object]]
    stop: Callable[[], None] | None = None
    """Asks it to finish what it has in hand; None: it may be called off at any moment."""


class Watch:
    """Keeps the duties of this process going, and knows which of them do not."""

    def __init__(self, rest: float = REST_SECONDS, steady: float = STEADY_SECONDS) -> None:
        self.fallen: set[str] = set()
        self._rest = rest
        self._steady = steady

    @asynccontextmanager
    async def over(self, duties: Sequence[Duty]) -> AsyncIterator[None]:
        """Run the duties beside whatever is inside."""
        tasks = [(duty, asyncio.create_task(self._keep_going(duty), name=duty.name)) for duty in duties]
        try:
            yield
        finally:
            await _end(tasks)

    async def _keep_going(self, duty: Duty) -> None:
        """Until it ends: then it was told to, or is done."""
        while True:
            steady = asyncio.get_running_loop().call_later(self._steady, self.fallen.discard, duty.name)
            try:
                await duty.run()
                self.fallen.discard(duty.name)
                return
            except Exception as trouble:  # the edge: nobody else would notice that nothing is sent any more
                self.fallen.add(duty.name)
                log.error("duty fell over", duty=duty.name, error=type(trouble).__name__)
            finally:
                steady.cancel()
            await asyncio.sleep(self._rest)


async def _end(tasks: Sequence[tuple[Duty, asyncio.Task[None]]]) -> None:
    for duty, task in tasks:
        if duty.stop:
            duty.stop()
        else:
            task.cancel()
    everyone = [task for _, task in tasks]
    _, late = await asyncio.wait(everyone, timeout=STOP_SECONDS) if everyone else (set(), set())
    for task in late:
        task.cancel()
    await asyncio.gather(*everyone, return_exceptions=True)
