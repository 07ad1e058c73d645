"""The way out to the web chat: the page fetches its messages itself, so to send is to ring its bell.

The hub knows only the pages that this process serves; with several processes the page's own poll finds
what another process wrote.
"""

import asyncio
import secrets
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager

from bot.channels.base import FetchFailed
from bot.waiting import pause
from core.model.messages import Address, Attachment
from core.speech.layout import WEBCHAT, Part

ACCOUNT = "web"


class Bell:
    """One open page. A ring while nobody waits is heard at the next wait."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()

    def ring(self) -> None:
        self._rung.set()

    async def wait(self, seconds: float) -> None:
        """Until it rings, at most so many seconds."""
        await pause(self._rung, seconds)
        self._rung.clear()


class Hub:
    """The pages that are open in this process, by visitor. To be used on the event loop."""

    def __init__(self) -> None:
        self._bells: dict[str, set[Bell]] = {}
        self._closed = False

    @property
    def is_closed(self) -> bool:
        return self._closed

    def wake(self, peer: str | None) -> None:
        """There may be something new for this visitor; None: for anybody."""
        peers = tuple(self._bells) if peer is None else (peer,)
        for one in peers:
            for bell in self._bells.get(one, ()):
                bell.ring()

    def count(self, peer: str) -> int:
        """How many pages this visitor has open here."""
        return len(self._bells.get(peer, ()))

    @contextmanager
    def listening(self, peer: str) -> Iterator[Bell]:
        bell = Bell()
        self._bells.setdefault(peer, set()).add(bell)
        try:
            yield bell
        finally:
            self._bells[peer].discard(bell)
            if not self._bells[peer]:
                del self._bells[peer]

    def close(self) -> None:
        """Let all pages go: the server stops, and would wait for them."""
        self._closed = True
        self.wake(None)


class WebChatOutlet:
    def __init__(self, hub: Hub) -> None:
        self.layout = WEBCHAT
        self._hub = hub

    async def send(self, to: Address, part: Part) -> str:
        self._hub.wake(to.peer)
        return secrets.token_hex(8)

    def fetch(self, attachment: Attachment, limit: int) -> AsyncIterator[bytes]:
        raise FetchFailed("uploaded by the page, never fetched", again=False)

    async def close(self) -> None:
        self._hub.close()
