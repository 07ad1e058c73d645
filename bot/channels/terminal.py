"""The way out to a terminal: what is said is printed."""

import secrets
from collections.abc import AsyncIterator, Callable

from bot.channels.base import FetchFailed
from core.model.messages import Address, Attachment
from core.speech.layout import TERMINAL, Part

ACCOUNT = "terminal"


class TerminalOutlet:
    def __init__(self, write: Callable[[str], None] = print) -> None:
        self.layout = TERMINAL
        self._write = write

    async def send(self, to: Address, part: Part) -> str:
        self._write(part.text)
        return secrets.token_hex(8)

    def fetch(self, attachment: Attachment, limit: int) -> AsyncIterator[bytes]:
        raise FetchFailed("read from the disk, never fetched", again=False)

    async def close(self) -> None:
        """There is nothing to let go of."""
