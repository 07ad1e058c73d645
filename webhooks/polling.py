"""Telegram without a public address: updates are fetched, and confirmed only once they are kept.

A request confirms all up to its `after`. What was fetched and not kept comes again, and with it what came
behind it: the inbox knows what it has seen.
"""

import asyncio
import json
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import NoReturn, Protocol

import structlog

from bot.channels.telegram import PlatformFailed
from webhooks.intake import Ears
from webhooks.telegram import Taken, take
from webhooks.telegram_updates import chat_of

log = structlog.get_logger()

LONGEST_REST = 30.0

Rest = Callable[[float], Awaitable[object]]


class Feed(Protocol):
    """What polling needs of a bot; TelegramOutlet has it."""

    account: str

    async def close_webhook(self) -> None: ...

    async def updates(self, after: int | None) -> list[object]: ...

    async def acknowledge(self, tap: str) -> None: ...


async def poll(feed: Feed, ears: Ears, rest: Rest = asyncio.sleep) -> NoReturn:
    """Fetch one bot's updates for ever; cancel it to stop. Only one process may do so for a bot."""
    polling = _Polling(feed, ears)
    failures = 0
    while True:
        wait = 0.0
        try:
            well = await polling.once()
        except PlatformFailed as failed:
            well, wait = False, failed.wait
            tell = log.error if failed.alarm else log.warning
            tell("not polled", account=feed.account, error=failed.reason)
        failures = 0 if well else failures + 1
        if not well:
            await rest(max(wait, min(LONGEST_REST, 2.0 ** min(failures, 8) / 2)))


class _Polling:
    def __init__(self, feed: Feed, ears: Ears) -> None:
        self.feed = feed
        self.ears = ears
        self.after: int | None = None
        self.is_free = False
        self.courtesies: set[asyncio.Task[None]] = set()

    async def once(self) -> bool:
        """Fetch, keep, and remember how far; False when something could not be kept."""
        try:
            await self._free_from_webhook()
            found = await self.feed.updates(self.after)
        except PlatformFailed:
            self.is_free = False
            raise
        kept = await self._keep_all(found)
        for number in sorted(kept):
            if not kept[number]:
                return False
            self.after = number
        return bool(kept) or not found

    async def _free_from_webhook(self) -> None:
        """While a webhook is set Telegram gives no updates; another process may have set one again."""
        if not self.is_free:
            await self.feed.close_webhook()
            self.is_free = True

    async def _keep_all(self, found: Sequence[object]) -> dict[int, bool]:
        """Which updates are kept: each chat's in its order, the chats side by side."""
        chats: dict[str, list[Mapping[str, object]]] = defaultdict(list)
        for update in found:
            if isinstance(update, Mapping):
                chats[chat_of(update)].append(update)
        each = await asyncio.gather(*(self._keep(updates) for updates in chats.values()))
        return {number: is_kept for kept in each for number, is_kept in kept.items()}

    async def _keep(self, updates: Sequence[Mapping[str, object]]) -> dict[int, bool]:
        kept: dict[int, bool] = {}
        is_kept = True
        for update in updates:
            if is_kept:
                taken = await take(self.ears, self.feed.account, json.dumps(update).encode())
                is_kept = taken.kept
                self._acknowledge(taken)
            if isinstance(number := update.get("update_id"), int):
                kept[number] = is_kept
        return kept

    def _acknowledge(self, taken: Taken) -> None:
        if taken.tap and taken.kept:
            task = asyncio.create_task(self.feed.acknowledge(taken.tap))
            self.courtesies.add(task)
            task.add_done_callback(self.courtesies.discard)
