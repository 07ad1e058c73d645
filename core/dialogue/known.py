"""What a turn is given: who writes, where the conversation stands, which forms there are, what is new."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from core.cases.procedure import NO_RULES, Rulebook
from core.cases.tracking import code_in
from core.dialogue.commands import Command, case_number_in, command_in, number_in
from core.dialogue.coordinators.desk_asked import WeekAsked, week_asked
from core.dialogue.coordinators.desk_known import WeekKnown
from core.dialogue.officers.draft import from_json as draft_of
from core.dialogue.reminders.reminded import said
from core.dialogue.session import Session, Stage
from core.elections.election import Election
from core.elections.owed import Owed
from core.elections.silent import Silent
from core.forms.catalogue import Catalogue
from core.model.cases import Case
from core.model.effects import Effect
from core.model.messages import Incoming
from core.model.people import Person, Post
from core.model.records import Inquiry, Report

REPORTS_SHOWN = 5
NOT_FILLING = frozenset({Stage.START, Stage.MENU, Stage.REPORTS, Stage.CASES, Stage.CASEFILE})
"""Where the number of a case in one's words is no answer to a question."""
AT_REST = NOT_FILLING | {Stage.POST, Stage.NIHIL}
"""Where "besok" is no answer either."""
CASES_LISTED = 100
"""Of an officer's cases so many are read: twenty pages, what runs out first in front."""
SILENT_SHOWN = 5
"""Of those who are silent so many stand in one message."""


@dataclass(frozen=True, slots=True)
class House:
    """Whose line this is: settings that the conversation speaks of."""

    name: str = "Bawaslu Kalimantan Timur"
    zone: str = "Asia/Makassar"
    web: str = ""
    """The address of the web chat, when it can be reached."""
    province: str = "64"
    """Whose the cases are that happened nobody knows where."""


@dataclass(frozen=True, slots=True)
class Introduction:
    """Somebody new was recognised in this turn."""

    person: Person
    how: Literal["number", "contact", "invitation", "demo"]
    invitation: int | None = None


@dataclass(frozen=True, slots=True)
class Known:
    house: House
    person: Person | None
    session: Session
    forms: Catalogue
    introduction: Introduction | None = None
    demo: tuple[Person, ...] = ()
    """Whom a visitor of the demo may be."""
    reports: tuple[Report, ...] = ()
    """What `wanted` asked for, newest first."""
    rules: Rulebook = NO_RULES
    case: Case | None = None
    """The case in hand: whose code was given, whose number an officer named, or which the session follows.
    None where there is no such case for this person."""
    cases: tuple[Case, ...] = ()
    """An officer's list, what runs out first in front; for a citizen the cases of this very address."""
    question: Case | None = None
    """A case of this very address whose question waits for an answer."""
    guess: Literal["", "wrong", "wait"] = ""
    """A code was given: it is nobody's, or too many were tried from here."""
    can_seal: bool = False
    """Custodians and a recovery key are there: an identity may be asked for."""
    opened_today: int = 0
    """Cases opened from this address within a day."""
    names: Callable[[str], tuple[str, ...]] = lambda code: ()
    """The names of an area from it up."""
    owed: tuple[Owed, ...] = ()
    """What the person's posts owe now, the most urgent first; read when they answer a reminder."""
    silent: Silent | None = None
    """Who is silent in the area that a coordinator's tap is about."""
    elections: tuple[Election, ...] = ()
    """Those in force; read with the two above."""
    week: WeekKnown | None = None
    """The week that a coordinator asks about."""
    inquiry: Inquiry | None = None
    """The desk's question about a report that they answer now."""

    @property
    def zone(self) -> ZoneInfo:
        """The time zone we speak in."""
        posts = self.person.posts if self.person else ()
        return ZoneInfo(posts[0].zone if posts else self.house.zone)

    def post(self, wanted: int | None) -> Post | None:
        posts = self.person.posts if self.person else ()
        return next((post for post in posts if post.id == wanted), None)


@dataclass(frozen=True, slots=True)
class Fresh:
    """What a pure function cannot make: the time and new names. Each is used at most once a turn."""

    now: datetime
    """Aware, UTC."""
    key: str
    """For a new filling: 5 letters or digits."""
    number: str
    """For a new report: P-7K2-M9Q."""
    code: str
    """For opening another channel: K7Q2-M9TD."""
    uuid: str = ""
    """For uuid() in a new filling."""
    chance: float = 0.0
    """For random() in a new filling: 0 to 1."""
    case: str = ""
    """For a new case: K-7K2-M9Q."""
    tracking: str = ""
    """For whoever brings it: 16 letters and digits in groups of four, the last one a check."""


@dataclass(frozen=True, slots=True)
class Step:
    """What a turn decided."""

    session: Session
    effects: tuple[Effect, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which records must be read before `respond` can decide."""

    recent: bool = False
    number: str = ""
    case: str = ""
    """The number of a case."""
    code: str = ""
    """A tracking code."""
    of_report: str = ""
    """The number of a report whose case is meant."""
    cases: bool = False
    """The list of the cases that one may work; a citizen's own."""
    owed: bool = False
    """What they owe."""
    silent: str = ""
    """Whose silence, as the button says it: `again:64.72.03`."""
    week: WeekAsked | None = None
    """What of a week."""


LONGEST_WITH_CODE = 60
"""While a form is filled a code is looked for in short texts only: a story is a story."""


def code_given(incoming: Incoming, session: Session) -> str:
    """The tracking code that a message gives, from whomever it comes."""
    is_story = session.filling is not None and len(incoming.text) > LONGEST_WITH_CODE
    return "" if is_story or incoming.choice else code_in(incoming.text)


def wanted(incoming: Incoming, session: Session) -> Wanted:
    """The records that this message is about. A tracking code comes first, from whomever it comes."""
    if code := code_given(incoming, session):
        return replace(_reports_wanted(incoming, session), code=code)
    others, week = _others_wanted(incoming, session), week_asked(incoming.choice, incoming.text, session)
    return replace(others, week=week) if week else others


def _others_wanted(incoming: Incoming, session: Session) -> Wanted:
    kind, _, rest = incoming.choice.partition(":")
    if (asked := _of_duties(incoming, session, kind, rest)) is not None:
        return asked
    if (asked := _of_cases(incoming, session, kind, rest)) is not None:
        return asked
    reports = _reports_wanted(incoming, session)
    if not session.following and kind != "t":
        return reports
    return replace(reports, case=session.following, cases=not session.following)


def _reports_wanted(incoming: Incoming, session: Session) -> Wanted:
    kind, _, rest = incoming.choice.partition(":")
    if kind in ("n", "k", "w"):
        return Wanted(number=rest)
    if incoming.choice == "c:send" and session.filling and session.filling.revises:
        return Wanted(number=session.filling.revises)
    if incoming.choice:
        return Wanted(recent=incoming.choice in ("c:reports", "c:correct"))
    if session.stage is Stage.REASON:
        number = session.subject.partition(" ")[2]
        return Wanted(number=number, of_report=number)
    number = number_in(incoming.text)
    if number:
        return Wanted(number=number)
    listing = (Command.REPORTS, Command.CORRECT, Command.WITHDRAW)
    return Wanted(recent=command_in(incoming.text) in listing or session.stage is Stage.REPORTS)


def _of_duties(incoming: Incoming, session: Session, kind: str, rest: str) -> Wanted | None:
    """A reminder's button, or a word that answers one; a button of the evening's list."""
    if kind == "e":
        return Wanted(silent=rest)
    is_said = not incoming.choice and session.stage in AT_REST and said(incoming.text)
    return Wanted(owed=True, case=session.following) if kind == "b" or is_said else None


def _of_cases(incoming: Incoming, session: Session, kind: str, rest: str) -> Wanted | None:
    """An officer's list, or one case; with both where another case is chosen for it."""
    if kind == "q" or incoming.choice == "c:cases":
        return Wanted(cases=True)
    if kind == "x":
        number, _, what = rest.partition(":")
        return Wanted(case=number, cases=what == "a:join" or what.startswith("g:"))
    if incoming.choice:
        return None
    command = command_in(incoming.text)
    if command is Command.CASES and (named := case_number_in(incoming.text)):
        return Wanted(case=named)
    if command is Command.CASES or (command is Command.BACK and session.stage is Stage.CASEFILE):
        return Wanted(cases=True)
    if session.stage is Stage.ACTING:
        begun = draft_of(session.subject)
        return Wanted(case=begun.number, cases=begun.act == "join") if begun else Wanted()
    number = case_number_in(incoming.text) if session.stage in NOT_FILLING else ""
    return Wanted(case=number) if number else None
