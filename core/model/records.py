"""What is kept: answers, reports and their revisions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from core.model.messages import Channel

NOTHING: Mapping[str, str] = MappingProxyType({})
NONE_YET: Mapping[str, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Answers:
    """What was answered, each value in its XForms lexical form, by its place in the form.

        values = {"jam_buka": "07:20:00.000+08:00", "kegiatan[1]/bentuk": "langsung", "barang": "kotak tinta"}
        counts = {"kegiatan": 1}

    A place is the question's path with groups, repeats carrying their 1-based turn. A skipped question
    is there with an empty value; one that was never asked is not there. A value with several words
    (select_multiple, rank, media ids) has them space-separated; a geopoint is "lat lon altitude accuracy".
    """

    values: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    counts: Mapping[str, int] = field(default_factory=lambda: NONE_YET)
    """How many turns each repeat has, by the repeat's own place."""

    def put(self, place: str, value: str) -> "Answers":
        return Answers({**self.values, place: value}, self.counts)

    def drop(self, *places: str) -> "Answers":
        return Answers({k: v for k, v in self.values.items() if k not in places}, self.counts)

    def count(self, repeat: str, number: int) -> "Answers":
        return Answers(self.values, {**self.counts, repeat: number})


class Standing(StrEnum):
    """Where a report stands; `value` is what exports say."""

    FILED = "filed"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Flag:
    """An answer that broke a soft rule and was confirmed by its writer."""

    place: str
    reason: str


@dataclass(frozen=True, slots=True)
class Revision:
    """One state of a report: the filing, or a later one with its reason. Nothing is overwritten."""

    serial: int
    standing: Standing
    answers: Answers
    flags: tuple[Flag, ...]
    person: int
    channel: Channel
    filed_at: datetime
    """Our time, aware UTC."""
    sent_at: datetime
    """The sender's time."""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """A filed report. `number` can be read aloud: P-7K2-M9Q."""

    number: str
    form: str
    version: str
    post: int | None
    person: int
    practice: bool
    started_at: datetime
    revisions: tuple[Revision, ...]

    @property
    def latest(self) -> Revision:
        return self.revisions[-1]


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A question of the desk about a filed report, and its answer."""

    id: int
    report: str
    person: int
    """Who was asked."""
    actor: str
    """`Actor.key` of who asked."""
    asked_at: datetime
    question: str
    answer: str = ""
    answered_at: datetime | None = None
    channel: Channel | None = None
    """Where the answer came from."""
