"""Where the processor's time of a turn goes, measured in the running server: the seconds of each stage.

A stage is a few functions; what they take of their own thread's time is added up. Of one that waits (a send)
every step between two waits counts. What belongs to no stage is the rest: uvicorn, the event loop, commits.
To look at a thread's clock costs as much as a part of a stage, so the whole is measured without.
"""

import inspect
from collections import defaultdict
from collections.abc import Awaitable, Callable, Generator
from functools import wraps
from time import thread_time
from typing import Any

import bot.noting
import bot.turn
import webhooks.telegram
from bot.delivery import Delivery
from bot.knowing import Knowing
from storage.addresses import Addresses
from storage.inbox import Inbox
from storage.outbox import Outbox
from storage.sessions import Sessions

STAGES: dict[str, tuple[tuple[object, str], ...]] = {
    "parse": ((webhooks.telegram, "parse"), (webhooks.telegram, "translate")),
    "take in": ((Addresses, "meet_all"), (Inbox, "receive_all")),
    "know": ((Knowing, "meet"), (Knowing, "of")),
    "respond": ((bot.turn, "respond"),),
    "record": ((bot.turn, "record_all"), (Sessions, "keep_all")),
    "lease, note": ((Outbox, "claim"), (bot.noting, "write_down")),
    "send": ((Delivery, "_deliver"),),
}


class Stopwatch:
    """Puts itself around every function of the stages, as long as the process lives."""

    def __init__(self) -> None:
        self.spent: defaultdict[str, float] = defaultdict(float)
        for stage, functions in STAGES.items():
            for owner, name in functions:
                setattr(owner, name, self._watched(stage, getattr(owner, name)))

    def _watched(self, stage: str, work: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(work)
        def measured(*given: Any, **named: Any) -> Any:
            began = thread_time()
            try:
                return work(*given, **named)
            finally:
                self.spent[stage] += thread_time() - began

        @wraps(work)
        async def followed(*given: Any, **named: Any) -> Any:
            return await _Steps(self, stage, work(*given, **named))

        return followed if inspect.iscoroutinefunction(work) else measured


class _Steps:
    """A coroutine whose steps are measured, not its waits."""

    def __init__(self, watch: Stopwatch, stage: str, work: Awaitable[Any]) -> None:
        self.watch, self.stage, self.work = watch, stage, work

    def __await__(self) -> Generator[Any, Any, Any]:
        steps = self.work.__await__()
        go, given = steps.send, None
        while True:
            began = thread_time()
            try:
                waits_for = go(given)
            except StopIteration as end:
                return end.value
            finally:
                self.watch.spent[self.stage] += thread_time() - began
            try:
                go, given = steps.send, (yield waits_for)
            except BaseException as trouble:
                go, given = steps.throw, trouble  # type: ignore[assignment]
