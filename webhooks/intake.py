"""What all doors share: whom they hand a message to, how large a body may be, and what text is let in."""

import hashlib
import re
from typing import Protocol

import structlog

from core.model.messages import Channel, Incoming

log = structlog.get_logger()

BODY_LIMIT = 1_000_000
"""Bytes of one webhook body, far above what the platforms send; a route takes it as `max_body_size`."""

UNFIT = re.compile("[\ud800-\udfff]")
"""Lone surrogates: JSON can say them, but neither UTF-8 nor a database can hold them."""


class Ears(Protocol):
    """Who listens behind the doors. Both methods raise only when nothing could be stored."""

    async def hear(self, incoming: Incoming, raw: bytes) -> None: ...

    async def keep_failure(
        self, channel: Channel, account: str, message_id: str, raw: bytes, reason: str, /
    ) -> None:
        """Keep what is authentic and cannot be read, sealed, for a person to look at."""
        ...


class Unreadable(Exception):
    """It comes from the platform, but is not what the platform says it sends.

    `reason` names the place and never repeats what stands there.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


async def hand_over(ears: Ears, incoming: Incoming, raw: bytes) -> bool:
    """Is it kept? If not, the door answers 5xx, so that the platform sends it again."""
    try:
        await ears.hear(incoming, raw)
    except Exception as trouble:
        _tell("not heard", incoming.address.channel, incoming.id, trouble)
        return False
    return True


async def keep_failure(
    ears: Ears, channel: Channel, account: str, raw: bytes, reason: str, message_id: str = ""
) -> bool:
    """Is the unreadable message kept? Without an id of its own it is known by its bytes."""
    known_as = message_id or "raw-" + hashlib.sha256(raw).hexdigest()[:32]
    log.warning("unreadable", channel=channel.value, message=known_as, reason=reason)
    try:
        await ears.keep_failure(channel, account, known_as, raw, reason)
    except Exception as trouble:
        _tell("not kept", channel, known_as, trouble)
        return False
    return True


def clean(text: str) -> str:
    """The text as a database can hold it: nothing is lost but NUL and halves of characters."""
    return UNFIT.sub("�", text).replace("\0", "")


def _tell(event: str, channel: Channel, message_id: str, trouble: Exception) -> None:
    # An exception's message may quote what was said; its type and its place are enough.
    log.error(event, channel=channel.value, message=message_id, error=type(trouble).__name__)
