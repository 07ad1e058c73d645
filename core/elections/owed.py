"""One report that a post owes, and whether its holder is to be asked for it now.

          opened        due − 3 h            due                 due + 3 days
asked:       never    ── once ──▶    ── once more ──▶          no longer: it is the coordinator's

An hour of voting day is asked for once, when it is over; an hour later the next takes its place.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.elections.events import CampaignEvent
from core.forms.form import Words
from core.model.people import Post

HOUR = timedelta(hours=1)
BEFORE = timedelta(hours=3)
"""So long before it is due a report is asked for; that of a campaign event, once the event is over."""
PAST = timedelta(days=3)
"""What was due longer ago is nobody asked for any more."""
ASKED_BEFORE, ASKED_AFTER = 1, 2
"""What `reminded` counts up to: asked before it was due, and after."""


@dataclass(frozen=True, slots=True)
class Owed:
    id: int
    """Of its row in the ledger."""
    post: Post
    form: str
    title: Words
    """The form's."""
    nihil: bool
    """One tap may say that there is nothing to report."""
    period: datetime
    due: datetime
    reminded: int = 0
    waits_until: datetime | None = None
    """Its holder asked to be left in peace until then."""
    event: CampaignEvent | None = None
    passes_at: datetime | None = None
    """From then on nobody is asked for it any more: the next hour has taken its place. None: it stays."""

    @property
    def asked_from(self) -> datetime:
        if self.passes_at is not None:
            return self.passes_at - HOUR
        return self.event.ends_at if self.event else self.due - BEFORE

    def is_past(self, now: datetime) -> bool:
        return self.passes_at is not None and self.passes_at <= now

    def waits(self, now: datetime) -> bool:
        return self.waits_until is not None and now < self.waits_until


def is_spoken_of(owed: Owed, now: datetime) -> bool:
    """Does it stand in a reminder that goes out now?"""
    is_time = owed.asked_from <= now < owed.due + PAST and not owed.is_past(now)
    return is_time and not owed.waits(now)


def is_to_be_asked(owed: Owed, now: datetime) -> bool:
    """Is it a reason to send one? Once before it is due, once after."""
    steps = ASKED_AFTER if owed.due <= now else ASKED_BEFORE
    return is_spoken_of(owed, now) and owed.reminded < steps


def at_hand(owed: Iterable[Owed], now: datetime) -> list[Owed]:
    """What can still be told of: of the hours of a form only the one that a report sent now would close."""
    known = [one for one in owed if not one.is_past(now)]
    hours: dict[tuple[int, str], Owed] = {}
    for one in known:
        whose = (one.post.id, one.form)
        if one.passes_at is not None and (whose not in hours or hours[whose].due < now):
            hours[whose] = one
    return [one for one in known if one.passes_at is None or hours[one.post.id, one.form] is one]


def spoken_of(owed: Iterable[Owed], now: datetime) -> list[Owed]:
    """What stands in a reminder that goes out now; nothing when there is no reason for one.

    All that is still awaited, the hour first, unless it is the only reason: what was asked for already would
    be said again every hour of a busy day.
    """
    known = list(owed)
    reasons = [one for one in known if is_to_be_asked(one, now)]
    if all(one.passes_at is not None for one in reasons):
        return reasons
    spoken = (one for one in known if is_spoken_of(one, now))
    return sorted(spoken, key=lambda one: one.passes_at is None)
