"""How fast an account and a chat may be written to; pure: the time comes in, in seconds from any beginning.

An account (a bot, a number) has its pace, lowered when the platform says "too many" and rising again by
itself; a chat has a slower one of its own, with room for a few messages in a row.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from core.model.messages import Channel

TELEGRAM_PACE = 30.0
"""Messages a second a bot may send (telegra.ph/Hitting-limits-bot-FAQ)."""
TWILIO_PACE = 80.0
"""Messages a second a number may send (developers.facebook.com, Cloud API throughput)."""

CHAT_PACES: Mapping[Channel, tuple[float, float]] = {
    Channel.TELEGRAM: (1.0, 3.0),
    Channel.WHATSAPP: (1 / 6, 20.0),
    Channel.SMS: (1.0, 3.0),
}
"""Messages a second to one chat, and how many may come at once; others have no limit. WhatsApp: one in about
6 s to one person (error 131056); Meta lets bursts borrow from the time to come, and whoever taps yes and no
through a form needs that. A refusal is waited out like any other."""

LEAST = 1.0
"""An account is never slowed below this."""
FULL_PACES: Mapping[Channel, float] = {
    Channel.TELEGRAM: TELEGRAM_PACE,
    Channel.WHATSAPP: TWILIO_PACE,
    Channel.SMS: TWILIO_PACE,
}
UNLIMITED = 10_000.0
"""Our own web chat and the terminal."""
RISE_SECONDS = 60.0
"""How long an account takes from standing still to its full pace."""
TOGETHER = 5.0
"""Refusals and failures of several chats within so many seconds mean the account, not the chat."""
LONGEST_REST = 60.0
CHATS_REMEMBERED = 20_000


@dataclass(slots=True)
class Bucket:
    """Tokens that come back with time; a message takes one."""

    rate: float
    burst: float
    tokens: float = field(init=False)
    at: float = 0.0

    def __post_init__(self) -> None:
        self.tokens = self.burst

    def wait(self, now: float) -> float:
        """Seconds until the next message may go."""
        self._fill(now)
        return max(0.0, (1.0 - self.tokens) / self.rate)

    def take(self, now: float) -> None:
        self._fill(now)
        self.tokens -= 1.0

    def is_full(self, now: float) -> bool:
        self._fill(now)
        return self.tokens >= self.burst

    def _fill(self, now: float) -> None:
        self.tokens = min(self.burst, self.tokens + max(0.0, now - self.at) * self.rate)
        self.at = max(self.at, now)


class AccountPace:
    """One account's pace: halved at a refusal, up again in a minute; at rest while nothing gets through."""

    def __init__(self, full: float) -> None:
        self._whole = self._full = full
        self._bucket = Bucket(full, max(1.0, full / 10))
        self._risen_at = 0.0
        self._slowed_at = -math.inf
        self._rests_until = 0.0
        self._trouble = _Trouble()

    @property
    def rate(self) -> float:
        return self._bucket.rate

    @property
    def is_doubtful(self) -> bool:
        """After a rest: one message alone tries whether anything gets through again."""
        return self._trouble.rests > 0

    def suspects(self, chat: int) -> bool:
        """In doubt, a chat that was in trouble already is a bad one to try."""
        return self.is_doubtful and chat in self._trouble.chats

    def divide(self, among: int) -> None:
        """Several processes send for this account from now on, each at its part of the pace."""
        full = self._whole / among
        self._bucket.rate *= full / self._full
        self._bucket.burst = max(1.0, full / 10)
        self._bucket.tokens = min(self._bucket.tokens, self._bucket.burst)
        self._full = full

    def wait(self, now: float) -> float:
        self._rise(now)
        return max(self._rests_until - now, self._bucket.wait(now))

    def rest(self, now: float) -> float:
        """Seconds that the account will still stand still."""
        return max(0.0, self._rests_until - now)

    def take(self, now: float) -> None:
        self._bucket.take(now)

    def arrived(self) -> None:
        """Something got through."""
        self._trouble = _Trouble()

    def refused(self, chat: int, wait: float, now: float) -> None:
        """The platform said "too many". One chat may have its own limit; of two, it is the account's."""
        self._rise(now)
        if now - self._slowed_at >= 1.0:  # those already under way come back refused together: halve once
            self._bucket.rate = max(min(LEAST, self._full), self._bucket.rate / 2)
            self._slowed_at = now
        if self._trouble.seen(chat, now) > 1:
            self._rests_until = max(self._rests_until, now + wait)

    def failed(self, chat: int, now: float) -> None:
        """No connection, or a fault over there. When it is not one chat alone, wait before asking again."""
        chats = self._trouble.seen(chat, now)
        if chats > 1 and now >= self._rests_until:
            self._trouble.rests += 1
            self._rests_until = now + min(LONGEST_REST, 2.0**self._trouble.rests)

    def halt(self, now: float) -> None:
        """A person has to put something right first; ask again now and then."""
        self._trouble.rests += 1
        self._rests_until = now + LONGEST_REST

    def _rise(self, now: float) -> None:
        elapsed, self._risen_at = now - self._risen_at, now
        if self._bucket.rate < self._full and elapsed > 0:
            self._bucket.rate = min(self._full, self._bucket.rate + self._full * elapsed / RISE_SECONDS)


@dataclass(slots=True)
class _Trouble:
    """What went wrong since something last got through."""

    chats: dict[int, float] = field(default_factory=dict)
    rests: int = 0

    def seen(self, chat: int, now: float) -> int:
        """How many chats are in trouble now, this one among them."""
        if not self.rests:
            self.chats = {one: at for one, at in self.chats.items() if now - at <= TOGETHER}
        self.chats[chat] = now
        return len(self.chats)


class ChatPaces:
    """The pace of every chat of one channel; a chat that has been quiet is forgotten."""

    def __init__(self, rate: float, burst: float) -> None:
        self._rate, self._burst = rate, burst
        self._buckets: dict[int, Bucket] = {}
        self._taken_over_at = -math.inf

    def take_over(self, now: float) -> None:
        """Others sent to some of these chats until now: who knows how much of a burst is left there."""
        self._taken_over_at = now

    def wait(self, chat: int, now: float) -> float:
        bucket = self._buckets.get(chat)
        return bucket.wait(now) if bucket else 0.0

    def take(self, chat: int, now: float) -> None:
        if chat not in self._buckets:
            self._forget_the_quiet(now)
            self._buckets[chat] = self._fresh(now)
        self._buckets[chat].take(now)

    def _fresh(self, now: float) -> Bucket:
        bucket = Bucket(self._rate, self._burst, at=now)
        bucket.tokens = min(self._burst, 1.0 + (now - self._taken_over_at) * self._rate)
        return bucket

    def _forget_the_quiet(self, now: float) -> None:
        if len(self._buckets) >= CHATS_REMEMBERED:
            self._buckets = {chat: one for chat, one in self._buckets.items() if not one.is_full(now)}
