"""How a case sounds to an officer: its state, its place, its days."""

from datetime import date, datetime

from babel.dates import get_month_names

from core.cases.acts import in_language
from core.cases.lifecycle import may_see
from core.cases.procedure import Procedure
from core.dialogue.talk import Talk
from core.model.cases import Actor, Case, Clock, actor_of
from core.model.messages import Choice

LATE = "⚠️"
KECAMATAN = 3
"""Parts in the code of one."""


def say(talk: Talk, key: str, **values: object) -> str:
    return talk.texts.say(f"casework.{key}", **values)


def actor(talk: Talk) -> Actor:
    """Nobody has no seats, and sees nothing."""
    return actor_of(talk.known.person) if talk.known.person else Actor("person")


def can_see(talk: Talk, case: Case) -> bool:
    procedure = procedure_of(talk, case)
    return procedure is not None and may_see(actor(talk), case, procedure)


def opener(talk: Talk, case: Case) -> Choice:
    """The button that opens it."""
    return Choice(f"x:{case.number}", say(talk, "button.open", number=case.number))


def procedure_of(talk: Talk, case: Case) -> Procedure | None:
    return talk.known.rules.get(case.procedure, case.version)


def state_label(talk: Talk, case: Case, name: str = "") -> str:
    """Where it stands, or what another of its states is called."""
    procedure, name = procedure_of(talk, case), name or case.state
    state = procedure.states.get(name) if procedure else None
    return in_language(state.label, talk.language) if state else name


def procedure_label(talk: Talk, case: Case) -> str:
    procedure = procedure_of(talk, case)
    return in_language(procedure.title, talk.language) if procedure else case.procedure


def clock_label(talk: Talk, case: Case, clock: Clock) -> str:
    procedure = procedure_of(talk, case)
    terms = procedure.terms if procedure else ()
    term = next((term for term in terms if term.name == clock.name), None)
    return in_language(term.label, talk.language) if term else clock.name


def running(case: Case) -> list[Clock]:
    """What ends first stands in front."""
    return sorted(case.clocks, key=lambda clock: clock.due_at)


def is_over(clock: Clock, now: datetime) -> bool:
    return clock.due_at < now


def is_late(case: Case, now: datetime) -> bool:
    return any(is_over(clock, now) for clock in case.clocks)


def clock_line(talk: Talk, case: Case, clock: Clock) -> str:
    """Tenggat 29 Nov (Kajian awal)."""
    key = "clock.over" if is_over(clock, talk.fresh.now) else "clock.runs"
    return say(talk, key, day=day(talk, clock.due_on), clock=clock_label(talk, case, clock))


def due_words(talk: Talk, clock: Clock) -> str:
    """29 Nov, with a mark when it is over."""
    shown = day(talk, clock.due_on)
    return f"{LATE} {shown}" if is_over(clock, talk.fresh.now) else shown


def day(talk: Talk, when: date) -> str:
    """29 Nov; with its year when it is another one."""
    month = get_month_names("abbreviated", locale=talk.language)[when.month]
    year = f" {when.year}" if when.year != talk.now.year else ""
    return f"{when.day} {month}{year}"


def place_words(talk: Talk, case: Case) -> str:
    """The kecamatan where it happened; the office's area where nobody told."""
    parts = case.area.split(".")
    names = talk.known.names(".".join(parts[:KECAMATAN]) if len(parts) >= KECAMATAN else case.office)
    return names[0] if names else case.where or case.office


def title_of(case: Case) -> str:
    """One line to know it by."""
    return " ".join((case.title or case.story or case.number).split())
