"""A form being filled, and what an answer changes in it."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from core.model.records import Answers, Flag


@dataclass(frozen=True, slots=True)
class Filling:
    """A form being filled by one person."""

    id: str
    form: str
    version: str
    post: int | None
    started_at: datetime
    answers: Answers = field(default_factory=Answers)
    practice: bool = False
    place: str = ""
    """The place somebody went back to; empty: the first open one."""
    closed: frozenset[str] = frozenset()
    """The repeats to which nothing more is added."""
    confirmed: tuple[Flag, ...] = ()
    """Soft rules that were broken and confirmed."""
    revises: str = ""
    """The number of the filed report that this corrects."""
    fresh: tuple[str, float] = ("", 0.0)
    """What uuid() and random() give in it: the same at every look, so that a drawn lot stays drawn."""
    secrecy: str = ""
    """How a citizen wants to be known: one of `Secrecy`; empty for a report."""


def answer(filling: Filling, place: str, value: str) -> Filling:
    """The filling with an answer; an earlier confirmation of that place is void."""
    confirmed = tuple(flag for flag in filling.confirmed if flag.place != place)
    return replace(filling, answers=filling.answers.put(place, value), confirmed=confirmed)


def add_turn(filling: Filling, repeat: str) -> Filling:
    """One more turn of a repeat."""
    count = filling.answers.counts.get(repeat, 1) + 1
    return replace(filling, answers=filling.answers.count(repeat, count))


def drop_turn(filling: Filling, repeat: str) -> Filling:
    """Without the last turn of a repeat."""
    count = filling.answers.counts.get(repeat, 1) - 1
    return replace(filling, answers=filling.answers.count(repeat, count), place="")


def close_repeat(filling: Filling, repeat: str) -> Filling:
    return replace(filling, closed=filling.closed | {repeat})


def confirm(filling: Filling, flag: Flag) -> Filling:
    """A soft rule stays broken: what was written is right."""
    others = tuple(one for one in filling.confirmed if one.place != flag.place)
    return replace(filling, confirmed=(*others, flag))
