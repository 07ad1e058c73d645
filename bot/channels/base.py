"""The contract of a way out."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Literal, Protocol

from core.model.messages import Address, Attachment, Enclosure
from core.speech.layout import Layout, Part

Again = Literal["later", "never", "unknown"]
ReadFile = Callable[[Enclosure], Awaitable[bytes]]
"""Gives the bytes of a file that we send; SendFailed, about the file, when it is kept no more."""


class SendFailed(Exception):
    """The message could not be sent.

    again: try later ("later"), not at all ("never"), or nobody knows whether it arrived ("unknown").
    wait: seconds that the platform asked for, 0 when it named none.
    alarm: a person has to put something right before any message of this account can go out.
    of_file: what was refused may be the file alone; its words can still be sent.
    """

    def __init__(
        self,
        reason: str,
        again: Again = "later",
        wait: float = 0.0,
        *,
        alarm: bool = False,
        of_file: bool = False,
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.again = again
        self.wait = wait
        self.alarm = alarm
        self.of_file = of_file


class FetchFailed(Exception):
    """The attachment could not be fetched."""

    def __init__(self, reason: str, *, again: bool) -> None:
        super().__init__(reason)
        self.reason = reason
        self.again = again


class Outlet(Protocol):
    """A way out: one account of one platform (a bot, a number, the web chat)."""

    layout: Layout

    async def send(self, to: Address, part: Part) -> str:
        """Send one part and give the provider's id for it; SendFailed with what to do about it."""
        ...

    def fetch(self, attachment: Attachment, limit: int) -> AsyncIterator[bytes]:
        """The bytes of an attachment in pieces; FetchFailed past `limit` bytes or when it is gone."""
        ...

    async def close(self) -> None: ...
