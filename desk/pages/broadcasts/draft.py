"""A broadcast as it was typed: what of it cannot be sent, and what those who send it see before they do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from core.elections.humane import next_chance
from core.forms.answers.prose import cleaned
from core.model.messages import Channel
from core.model.people import Role
from desk import broadcasting
from desk.broadcasting import LONGEST, RECIPIENTS
from desk.pages.names import where_is
from desk.pages.sent import Sent
from desk.pages.visitor import Visitor
from storage.areas import label
from storage.book import Book
from storage.broadcasts import Audience


@dataclass(frozen=True, slots=True)
class Draft:
    area: str
    """Empty: the whole country."""
    roles: tuple[Role, ...]
    text: str
    urgent: bool

    @property
    def problem(self) -> str:
        """Ends the key of a sentence; empty when it may be sent."""
        if not self.roles:
            return "roles"
        if not self.text:
            return "words"
        return "long" if len(self.text) > LONGEST else ""


@dataclass(frozen=True, slots=True)
class Preview:
    draft: Draft
    place: str
    audience: Audience
    channels: Sequence[tuple[Channel, int]]
    at: datetime
    is_now: bool


def draft_of(sent: Sent, own: str) -> Draft:
    """One field a role: a form's mark stands for each that was ticked."""
    roles = tuple(role for role in RECIPIENTS if sent.get(f"role_{role.value}"))
    text = "\n".join(line.rstrip() for line in cleaned(sent.get("text", "")).strip().splitlines())
    return Draft(sent.get("area", own)[:20], roles, text, sent.get("urgent") == "yes")


def preview_of(book: Book, visitor: Visitor, draft: Draft, now: datetime) -> Preview:
    """To how many it would go, by what, and when."""
    audience = broadcasting.preview(book, visitor.actor, draft.area, draft.roles)
    at = now if draft.urgent else next_chance(book.elections.in_force(), draft.area, now)
    ordered = sorted(audience.channels.items(), key=lambda one: -one[1])
    place = where_is(book, [draft.area]).get(draft.area, "")
    return Preview(draft, place, audience, ordered, at, at <= now)


def areas_offered(book: Book, own: str) -> Sequence[tuple[str, str]]:
    """The own area and those one level below."""
    here = book.areas.get(own) if own else None
    named: Mapping[str, str] = {one.code: label(one) for one in book.areas.children(own)}
    return [(own, label(here) if here else ""), *named.items()]
