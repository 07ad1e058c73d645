"""What a decision wants to happen; `storage/record.py` writes each of them down, in one transaction."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from core.model.cases import Case, Note
from core.model.messages import Reply
from core.model.people import Role
from core.model.records import Report, Revision


@dataclass(frozen=True, slots=True)
class Say:
    """Answer the one who wrote. A later Say of the same topic takes the place of one not yet sent."""

    reply: Reply
    topic: str = ""
    hold: float = 0.0
    """Seconds to wait before sending: an album's pictures arrive one by one and want one answer."""
    secret: bool = False
    """Its words are erased as soon as they have arrived: the tracking code stays in no row of ours."""


@dataclass(frozen=True, slots=True)
class Filed:
    """A report with its first revision."""

    report: Report
    closes: int | None = None
    """The row of the ledger that it was meant for, where a reminder asked for that very one."""


@dataclass(frozen=True, slots=True)
class Revised:
    """A correction or a withdrawal of a filed report."""

    number: str
    revision: Revision


@dataclass(frozen=True, slots=True)
class Linked:
    """This address is that person's from now on."""

    person: int
    how: Literal["number", "contact", "invitation", "demo"]
    invitation: int | None = None
    """The invitation that was used up by it."""


@dataclass(frozen=True, slots=True)
class Unlinked:
    """This address is nobody's any more: its person left it."""


@dataclass(frozen=True, slots=True)
class Invited:
    """A one-time code for opening another channel as the same person; stored only as its HMAC."""

    person: int
    code: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Spoke:
    """The person chose a language."""

    person: int
    language: str


@dataclass(frozen=True, slots=True)
class Opened:
    """A new case with its first note."""

    case: Case
    note: Note
    code: str = ""
    """The tracking code, kept only as its HMAC; empty for a case that nobody follows from outside."""
    identity: Mapping[str, str] = field(default_factory=dict)
    """Who brought it: sealed to the custodians, apart from the story."""
    is_theirs: bool = False
    """The one who wrote is the one who brought it: news go to their address, unless it is anonymous, and the
    words of this conversation are erased from inbox, outbox and session."""


@dataclass(frozen=True, slots=True)
class Noted:
    """An act: the case as it stands after it, and the note of it."""

    case: Case
    note: Note


@dataclass(frozen=True, slots=True)
class Told:
    """News for the one who brought a case, in each language; goes nowhere when there is no way to them."""

    number: str
    replies: Mapping[str, Reply]


@dataclass(frozen=True, slots=True)
class Alerted:
    """News of a case, in each language, for those who hold one of these roles in its area or above it,
    except those excluded from it; or for one officer, and for these only where no chat reaches that one."""

    number: str
    replies: Mapping[str, Reply]
    roles: frozenset[Role] = frozenset()
    area: str = ""
    to: str = ""
    """`Actor.key` of the one officer."""


@dataclass(frozen=True, slots=True)
class Guessed:
    """A tracking code was tried from this address."""

    right: bool


@dataclass(frozen=True, slots=True)
class Forgot:
    """Nothing of this conversation is to be kept: its words are erased from inbox and outbox."""


@dataclass(frozen=True, slots=True)
class Postponed:
    """Whoever holds these posts is not reminded of what they owe before then."""

    posts: tuple[int, ...]
    until: datetime


@dataclass(frozen=True, slots=True)
class Chased:
    """The silent ones of the area are reminded now, once more."""

    area: str


@dataclass(frozen=True, slots=True)
class Called:
    """The holder of the post was phoned."""

    post: int
    by: str
    """`Actor.key` of who did."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class TopicSet:
    """How a topic of the desk stands, for an area and the week of that Monday; what was said before stays."""

    area: str
    week: date
    topic: str
    mark: str
    note: str
    actor: str
    """Like `Actor.key`."""
    report: str = ""
    """The desk report that says so."""


@dataclass(frozen=True, slots=True)
class Remarked:
    """A coordinator's note on the area's week, kept until the week is sent up."""

    area: str
    week: date
    note: str
    actor: str
    by: str


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A coordinator sends the area's week up; doing it again corrects it, and what was sent first stays."""

    area: str
    week: date
    is_nihil: bool
    note: str
    actor: str
    by: str
    """Their name, as the ones above read it."""


@dataclass(frozen=True, slots=True)
class Flagged:
    """Something in a report cannot wait until Monday: news, in each language, for those who hold one of these
    roles in the area or above it. Once a report, whatever comes after."""

    report: str
    filed_at: datetime
    area: str
    roles: frozenset[Role]
    replies: Mapping[str, Reply]


@dataclass(frozen=True, slots=True)
class Inquired:
    """The desk asks whoever filed a report: the question in each language, to where they last wrote from."""

    report: str
    person: int
    actor: str
    """`Actor.key` of who asks."""
    question: str
    replies: Mapping[str, Reply]


@dataclass(frozen=True, slots=True)
class Answered:
    """They answered; kept once, whatever comes after."""

    inquiry: int
    report: str
    person: int
    text: str
    media: tuple[str, ...] = ()
    """Our ids of what came with it."""


CaseEffect = Opened | Noted | Told | Alerted | Guessed | Forgot
DutyEffect = Postponed | Chased | Called
DeskEffect = TopicSet | Remarked | Confirmed | Flagged
InquiryEffect = Inquired | Answered
Effect = (
    Say
    | Filed
    | Revised
    | Linked
    | Unlinked
    | Invited
    | Spoke
    | CaseEffect
    | DutyEffect
    | DeskEffect
    | InquiryEffect
)
