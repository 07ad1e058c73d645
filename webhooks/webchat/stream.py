"""Server-sent events: what we say, written to the open page as it happens.

    id: 41                          ← from where the page goes on after a break
    data: {"who": "us", "id": 41, "parts": […]}

A message may come twice over a break; the page knows it by its own id.
"""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime, timedelta

from fastapi.sse import format_sse_event

from bot.channels.webchat import Hub
from webhooks.webchat.conversation import News

POLL = 1.5
"""Another process may have written: the database is asked even when nobody rang."""
SLOW_POLL = 6.0
LIVELY = timedelta(minutes=2)
"""So long after their last word a visitor waits for something; later the poll is slow."""
HEARTBEAT = 15.0
ALIVE = format_sse_event(event="alive", data_str="{}")
"""An event and no mere comment: the page notices by its absence that the line is dead."""
RETRY_MS = 2000


async def stream(
    look: Callable[[int], Awaitable[News]],
    hub: Hub,
    peer: str,
    after: int,
    clock: Callable[[], datetime],
    is_gone: Callable[[], Awaitable[bool]],
) -> AsyncIterator[bytes]:
    """Events until the page goes or the server stops."""
    shown: set[int] = set()
    spoke_at = clock()
    with hub.listening(peer) as bell:
        yield format_sse_event(retry=RETRY_MS, comment="lapordesk")
        while not (hub.is_closed or await is_gone()):
            found = await look(after)
            for event in _events(found, shown):
                yield event
                spoke_at = clock()
            after = found.resume
            shown = {one for one in shown if one > after}
            if (clock() - spoke_at).total_seconds() > HEARTBEAT:
                yield ALIVE
                spoke_at = clock()
            await bell.wait(_patience(found.last_in_at, clock()))


def _events(found: News, shown: set[int]) -> list[bytes]:
    """The lines not written yet; all but the last go on where the stream stood, lest a break lose one."""
    fresh = [(number, line) for number, line in found.lines if number not in shown]
    shown.update(number for number, _ in fresh)
    return [
        format_sse_event(data_str=json.dumps(line, ensure_ascii=False), id=str(min(number, found.resume)))
        for number, line in fresh
    ]


def _patience(last_in_at: datetime | None, now: datetime) -> float:
    return POLL if last_in_at is None or now - last_in_at < LIVELY else SLOW_POLL
