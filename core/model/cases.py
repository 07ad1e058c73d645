"""A case: what came in, where it stands, who works it. Every act leaves a note, and no note is ever changed.

K-7K2-M9Q  informasi-awal, state "diterima", office 64.02, clock "kajian-awal" due 29 Nov
  1 opened   by the citizen
  2 asked    by person:20: "Jam berapa kejadiannya?"
  3 answered by the citizen: "sekitar jam 9 malam"
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Literal

from core.model.people import Person, Role
from core.model.records import NOTHING, Answers


class Secrecy(StrEnum):
    """How the one who brought it wants to be known; the value is what forms and exports say."""

    CONFIDENTIAL = "rahasia"
    """Nobody reads who it is; news come to the chat they wrote from."""
    NAMED = "bernama"
    """The identity is sealed to the custodians; news come to the chat."""
    ANONYMOUS = "anonim"
    """Nothing leads back: news are fetched with the code."""
    OFFICIAL = "resmi"
    """Brought by a supervisor or entered by an officer: there is nobody to hide."""


ActorKind = Literal["citizen", "person", "staff", "clock", "operator"]


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something to a case."""

    kind: ActorKind
    id: int = 0
    seats: tuple[tuple[Role, str], ...] = ()
    """The roles held now, each with its area's code."""

    @property
    def key(self) -> str:
        """How notes, exclusions and the audit log name them: person:12, staff:3, citizen, clock, operator."""
        return f"{self.kind}:{self.id}" if self.id else self.kind


CITIZEN = Actor("citizen")
CLOCK = Actor("clock")
OPERATOR = Actor("operator")
"""Whoever types commands on the machine. It has no seat: a case it works as one of the staff."""


def actor_of(person: Person) -> Actor:
    return Actor("person", person.id, tuple((post.role, post.area) for post in person.posts))


class NoteKind(StrEnum):
    """What an act was; `value` is what the database and the exports say."""

    OPENED = "opened"
    MOVED = "moved"
    NOTED = "noted"
    ASKED = "asked"
    """An officer asks the one who brought it."""
    ANSWERED = "answered"
    """They answered, or told more unasked."""
    ASSIGNED = "assigned"
    EXCLUDED = "excluded"
    """Somebody with a conflict of interest sees it no longer."""
    JOINED = "joined"
    """Another case is about the same: hinted, never merged."""
    EXTENDED = "extended"
    ESCALATED = "escalated"
    """A clock ran out, or is about to."""
    FORMAL = "formal"
    """They want it to become a formal complaint and were told the way."""
    RATED = "rated"
    CONTESTED = "contested"
    ERASURE = "erasure"
    """They asked that it be erased."""
    HELD = "held"
    """Kept from being erased, or no longer."""
    OPENED_IDENTITY = "identity"
    PRINTED = "printed"


@dataclass(frozen=True, slots=True)
class Note:
    """One act. Its serial counts from 1 within the case."""

    serial: int
    kind: NoteKind
    at: datetime
    actor: str
    """`Actor.key`."""
    text: str = ""
    """What was said, asked, answered, or the reason."""
    details: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    """What the kind needs: {"move": "registrasi", "from": "kajian-awal", "to": "diregistrasi"}."""
    media: tuple[str, ...] = ()
    """Our ids of what came with it."""


@dataclass(frozen=True, slots=True)
class Clock:
    """A deadline that runs. The last day counts whole: it is due at the end of it, in the office's zone."""

    name: str
    started_on: date
    due_on: date
    due_at: datetime
    """Aware, UTC."""
    extended: bool = False
    warned: bool = False
    escalated: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """One case as it stands. Whoever reads it never sees an identity: that lies elsewhere, sealed."""

    number: str
    """For officers: K-7K2-M9Q. It says nothing about the tracking code."""
    procedure: str
    version: str
    """Of the procedure; a case stays on the version it began with."""
    state: str
    secrecy: Secrecy
    area: str
    """Where it happened, as exactly as it is known; "" for not known."""
    office: str
    """The area of the office that works it: a kab/kota (64.02), or the province."""
    opened_at: datetime
    entered_at: datetime
    """Since when it stands in this state."""
    known_on: date | None = None
    """When it became known: the clock of the reporting term starts there."""
    happened_on: date | None = None
    form: str = ""
    form_version: str = ""
    answers: Answers = field(default_factory=Answers)
    """All that was answered but the identity."""
    title: str = ""
    """One line for lists, from the form's own words."""
    story: str = ""
    accused: str = ""
    where: str = ""
    """The place in words."""
    missing: tuple[str, ...] = ()
    """The requirements that are not met yet: names of questions marked `formal` or `materiel`."""
    clocks: tuple[Clock, ...] = ()
    assigned: str = ""
    """`Actor.key` of the officer who works it."""
    excluded: frozenset[str] = frozenset()
    """`Actor.key`s of those who must not see it."""
    official: str = ""
    """The number in the body's register, entered by an officer."""
    result: str = ""
    """What it ended with: one of the procedure's results."""
    report: str = ""
    """The supervisor's report that it comes from."""
    parent: str = ""
    """The case that it comes from: the tip that became a complaint."""
    practice: bool = False
    held: bool = False
    """Nothing of it may be erased."""
    awaits: bool = False
    """A question to the one who brought it is open."""
    doubts: frozenset[str] = frozenset()
    """Why an officer may want to look twice: "flood" (many from one chat on one day)."""
    closed_at: datetime | None = None
    notes: tuple[Note, ...] = ()
    """In order; only the last ones where a list is shown."""
    serial: int = 0
    """Of the latest note; the next act must be serial + 1, or somebody else was faster."""
