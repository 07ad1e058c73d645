"""A procedure: the states of a case, the moves between them, the clocks; data that an operator can change.

laporan (pilkada)   diterima ─▶ kajian-awal ─▶ diregistrasi ─▶ klarifikasi ─▶ … ─▶ pelanggaran
                          clock "kajian-awal": 2 calendar days, the first not counted
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from core.forms.form import Words
from core.model.people import Role

Counting = Literal["calendar", "working"]
Who = Role | Literal["citizen", "clock"]
Need = Literal["reason", "number", "result", "office", "identity"]
"""What a move asks for: a reason in words, the official number, one of `Procedure.results`, the area of
another office, the named identity of the one who brought it."""
Telling = Literal["citizen", "office", "province"]
Since = Literal["entered", "known", "happened"]
ProcedureKind = Literal["tip", "complaint", "finding", "dispute", "information"]


@dataclass(frozen=True, slots=True)
class State:
    name: str
    label: Words
    """For officers."""
    told: Words
    """For the citizen: what it means, in plain words."""
    ahead: Words = field(default_factory=dict)
    """For the citizen: what comes next; may hold {due}, the day of the running clock."""
    is_end: bool = False


@dataclass(frozen=True, slots=True)
class Move:
    name: str
    label: Words
    sources: frozenset[str]
    target: str
    """A state; "" for a move that leaves the case where it stands and changes only what it needs."""
    who: frozenset[Who]
    needs: tuple[Need, ...] = ()
    results: tuple[str, ...] = ()
    """Which results it may end with; none named: all of the procedure's. A single one needs no asking."""
    tells: frozenset[Telling] = frozenset()
    opens: str = ""
    """The procedure of a new case that grows out of this one: a tip becomes a complaint."""
    within_days: int = 0
    """Only so many days after the case entered the state (a citizen's objection); 0: always."""
    within_counting: Counting = "calendar"
    extends: str = ""
    """The clock that this move prolongs by its extension."""

    def leads_to(self, state: str) -> str:
        """Where a case in that state stands afterwards."""
        return self.target or state


@dataclass(frozen=True, slots=True)
class Term:
    """A clock of the procedure: begins when a state is entered, ends when the case leaves its states."""

    name: str
    label: Words
    states: frozenset[str]
    """It runs while the case is in one of these."""
    days: int
    counting: Counting
    since: Since = "entered"
    """From which day it counts; "known" is the reporting term: it flags and never refuses. Where nobody told
    that day, from the day the case came in: the right one is no later."""
    counts_first_day: bool = False
    extension: int = 0
    """Days of the one extension that the law allows."""
    warn_days: int = 1
    escalates: frozenset[Role] = frozenset()


@dataclass(frozen=True, slots=True)
class Retention:
    """How long after closing things are kept, in days."""

    reply_address: int = 30
    identity: int = 365
    content: int = 1825


@dataclass(frozen=True, slots=True)
class Procedure:
    name: str
    version: str
    law: str
    """pilkada or pemilu."""
    title: Words
    kind: ProcedureKind
    start: str
    states: Mapping[str, State]
    moves: tuple[Move, ...]
    terms: tuple[Term, ...] = ()
    results: Mapping[str, Words] = field(default_factory=dict)
    number_pattern: str = ""
    number_example: str = ""
    worked_by: frozenset[Role] = frozenset({Role.KABKOTA, Role.PROVINSI})
    hours: Words = field(default_factory=dict)
    """When the counter is open, in words."""
    requirements: Mapping[str, Words] = field(default_factory=dict)
    """Papers and conditions that are told to whoever asks for the formal way."""
    papers: Mapping[str, Words] = field(default_factory=dict)
    """What the body calls its own forms: {"tanda-terima": {"id": "Formulir Model A.3", …}}."""
    retention: Retention = Retention()


@dataclass(frozen=True, slots=True)
class Rulebook:
    """The procedures in force, and every version that a case may still follow."""

    current: Callable[[str], Procedure | None]
    get: Callable[[str, str], Procedure | None]


NO_RULES = Rulebook(lambda name: None, lambda name, version: None)
