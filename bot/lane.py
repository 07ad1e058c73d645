"""The errands in hand for one account: which may go now, and which go back; pure but for what it holds."""

import math
from bisect import insort
from dataclasses import dataclass, field

from bot.channels.base import Outlet
from bot.pace import AccountPace, ChatPaces
from storage.outbox import Errand

IN_FLIGHT = 32
"""Sends at a time: enough for 80/s at a third of a second each, and a platform that hangs holds no more."""
FEWEST, MOST = 8, 240
"""How many are taken in hand: a little work ahead, so little that a later answer soon has its place."""
SECONDS_OF_WORK = 1.5
PATIENCE = 15.0
"""Seconds that an errand may wait in hand; with a send's time-out it ends well before the lease does."""
LONG_REST = 5.0


@dataclass(eq=False, slots=True)
class Held:
    errand: Errand
    since: float


@dataclass(eq=False, slots=True)
class Lane:
    outlet: Outlet
    pace: AccountPace
    chats: ChatPaces | None = None
    waiting: list[Held] = field(default_factory=list)
    """Whose turn it is stands first."""
    in_flight: int = 0
    _is_full: bool = False

    def has_room(self, now: float) -> bool:
        """May more be claimed? Once full, not before a quarter of it is gone."""
        if self.pace.rest(now) > LONG_REST:
            return False
        most = FEWEST if self.pace.is_doubtful else max(FEWEST, min(MOST, SECONDS_OF_WORK * self.pace.rate))
        in_hand = len(self.waiting) + self.in_flight
        self._is_full = in_hand >= (most * 0.75 if self._is_full else most)
        return not self._is_full

    def add(self, errand: Errand, now: float) -> None:
        insort(self.waiting, Held(errand, now), key=_turn)

    def take(self, now: float) -> Errand | float:
        """What may be sent now, answers first and the oldest first; or the seconds until something may."""
        if not self.waiting or self.in_flight >= (1 if self.pace.is_doubtful else IN_FLIGHT):
            return math.inf
        if wait := self.pace.wait(now):
            return wait
        for held in self._in_turn():
            if self._chat_wait(held.errand, now) <= 0:
                self.waiting.remove(held)
                self.in_flight += 1
                self.spend(held.errand, now)
                return held.errand
        return min(self._chat_wait(held.errand, now) for held in self.waiting)

    def spend(self, errand: Errand, now: float) -> None:
        """One message to this chat."""
        self.pace.take(now)
        if self.chats:
            self.chats.take(errand.address_id, now)

    def divide(self, among: int, now: float) -> None:
        """So many processes send for this account from now on."""
        self.pace.divide(among)
        if self.chats:
            self.chats.take_over(now)

    def landed(self) -> None:
        self.in_flight -= 1

    def give_back(self, now: float) -> list[Errand]:
        """What cannot go soon: its lease must not run out here while another could send it."""
        rests = self.pace.rest(now) > LONG_REST
        back = [held for held in self.waiting if rests or now - held.since > PATIENCE]
        if back:
            self.waiting = [held for held in self.waiting if held not in back]
        return [held.errand for held in back]

    def _in_turn(self) -> list[Held]:
        """In doubt, a chat without trouble is tried first."""
        if not self.pace.is_doubtful:
            return self.waiting
        return sorted(self.waiting, key=lambda held: self.pace.suspects(held.errand.address_id))

    def _chat_wait(self, errand: Errand, now: float) -> float:
        return self.chats.wait(errand.address_id, now) if self.chats else 0.0


def _turn(held: Held) -> tuple[int, int]:
    return held.errand.priority, held.errand.id
