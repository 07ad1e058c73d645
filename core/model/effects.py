"""What a decision wants to happen; `storage/record.py` writes each of them down, in one transaction."""

from dataclasses import dataclass
from typing import Literal

from core.model.messages import Reply
from core.model.records import Report, Revision


@dataclass(frozen=True, slots=True)
class Say:
    """Answer the one who wrote. A later Say of the same topic takes the place of one not yet sent."""

    reply: Reply
    topic: str = ""
    hold: float = 0.0
    """Seconds to wait before sending: an album's pictures arrive one by one and want one answer."""


@dataclass(frozen=True, slots=True)
class Filed:
    """A report with its first revision."""

    report: Report


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


Effect = Say | Filed | Revised | Linked | Unlinked | Invited | Spoke
