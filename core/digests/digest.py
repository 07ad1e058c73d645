"""A digest: one area's week in figures; every rendering reads its figures here and counts nothing itself.

64.02 Kutai Kartanegara, 18–24 Nov: 237 expected, 166 filed, 40 nihil, 31 silent …
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from core.forms.form import Words

Mark = Literal["aman", "perhatian", "masalah", "belum"]
"""Safe, needs attention, trouble; or nobody has said."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Expected reports of a period: expected = filed + nihil + silent; vacant posts are not expected."""

    expected: int = 0
    filed: int = 0
    nihil: int = 0
    silent: int = 0
    late: int = 0
    """Of those filed or nihil, how many came after their due time."""
    vacant: int = 0

    @property
    def told(self) -> int:
        return self.filed + self.nihil

    @property
    def share(self) -> float:
        """0 to 1; 1 where nothing was expected."""
        return self.told / self.expected if self.expected else 1.0


@dataclass(frozen=True, slots=True)
class Confirmation:
    """The area's coordinator sent its digest up."""

    at: datetime
    by: str
    """A name, or the role where no name may be shown."""
    is_nihil: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """An area one level below."""

    code: str
    name: str
    tally: Tally
    before: Tally
    """The week before."""
    confirmation: Confirmation | None = None
    topics: Mapping[str, Mark] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Day:
    day: date
    filed: int
    nihil: int
    due: int


@dataclass(frozen=True, slots=True)
class Silence:
    """A post that owes something: who is asked, and since when."""

    post: int
    role: str
    area: str
    place: tuple[str, ...]
    """Names from the post's area up."""
    holder: str
    """A supervisor's name: an official's, never a citizen's."""
    owed: int
    since: datetime
    """The oldest due time that passed."""
    last_told: datetime | None
    called: datetime | None = None
    """When somebody noted that they phoned."""


@dataclass(frozen=True, slots=True)
class FormCount:
    form: str
    title: Words
    tally: Tally
    before: Tally


@dataclass(frozen=True, slots=True)
class CaseCount:
    """Cases of one procedure; never a word of any of them."""

    procedure: str
    title: Words
    opened: int
    closed: int
    open: int
    overdue: int
    due_soon: int
    """Their clock ends within three days."""
    by_state: Mapping[str, int] = field(default_factory=dict)
    state_labels: Mapping[str, Words] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Decision:
    """Something that needs a decision by a day: a case's clock, or a topic in trouble."""

    kind: Literal["case", "topic"]
    subject: str
    """The case's number, or the topic's name."""
    area: str
    place: str
    due: date | None


@dataclass(frozen=True, slots=True)
class Topic:
    name: str
    label: Words
    mark: Mark
    note: str = ""
    troubled: tuple[str, ...] = ()
    """Names of the areas below that report trouble or attention."""


@dataclass(frozen=True, slots=True)
class Logistics:
    """One kind of goods: how many posts have it complete, how many miss something."""

    name: str
    label: Words
    complete: int
    lacking: int


@dataclass(frozen=True, slots=True)
class Digest:
    area: str
    name: str
    level: str
    zone: str
    first: date
    """Monday."""
    last: date
    """Sunday."""
    made_for: datetime
    """The moment of the timetable: the same digest made later says the same."""
    stage: Words
    tally: Tally
    before: Tally
    parts: tuple[Part, ...] = ()
    days: tuple[Day, ...] = ()
    forms: tuple[FormCount, ...] = ()
    hours: tuple[FormCount, ...] = ()
    """The forms that are asked for by the hour: in none of the other figures."""
    silences: tuple[Silence, ...] = ()
    """The most overdue first; all of them, a rendering shows what fits."""
    cases: tuple[CaseCount, ...] = ()
    decisions: tuple[Decision, ...] = ()
    topics: tuple[Topic, ...] = ()
    logistics: tuple[Logistics, ...] = ()
    findings: int = 0
    """Reports that told of a suspected violation."""
    confirmation: Confirmation | None = None
    late_parts: tuple[str, ...] = ()
    """Names of the areas below that have not confirmed."""
    is_catching_up: bool = False
    """Made later than the timetable said, since nobody was there."""
