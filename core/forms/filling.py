"""Filling a form: which question is open, what an answer changes, when it is whole.

    survey = take_stock(plan, filling, world)     what is relevant now, in order
    survey.next(filling)                          the spot to ask
    finish(plan, filling, world)                  the answers to be filed
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import assert_never

from core.forms.expressions import as_bool, as_number, as_text, template
from core.forms.form import CHOSEN, METADATA, Group, Item, Kind, Option, Question, Repeat, Words
from core.forms.plan import Plan
from core.forms.scope import FormScope, Seat, Sheet, World, options_of, place_of, seat_of
from core.model.records import Answers, Flag

MOST_TURNS = 100
"""A repeat stops asking here: nobody adds a hundred witnesses by thumb."""
LONGEST_REASON = 300
TOGETHER = frozenset({Kind.INTEGER, Kind.DECIMAL, Kind.TEXT, Kind.DATE, Kind.TIME})
"""The kinds that a field-list can ask in one message."""


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


@dataclass(frozen=True, slots=True)
class Spot:
    """Something to ask now: a question, a group asked in one message, or "add another?" of a repeat."""

    place: str
    item: Item
    seat: Seat
    members: tuple[tuple[str, Question], ...] = ()
    """The relevant questions of a group asked together, by place."""
    notes: tuple[Words, ...] = ()
    """What is told before it."""


@dataclass(frozen=True, slots=True)
class Survey:
    """The form as it stands: the relevant spots in order and the sheet with calculations written in."""

    plan: Plan
    world: World
    spots: tuple[Spot, ...]
    sheet: Sheet
    closing: tuple[Words, ...]
    """Notes after the last question."""

    def next(self, filling: Filling) -> Spot | None:
        """The spot to ask: the one gone back to, else the first open one; None when all is answered."""
        if filling.place and (spot := self.alone(filling.place)):
            return spot
        return next((spot for spot in self.spots if is_open(spot, filling)), None)

    def at(self, place: str) -> Spot | None:
        """The spot that asks for a place, also when it is asked within a group."""
        for spot in self.spots:
            if spot.place == place or any(member == place for member, _ in spot.members):
                return spot
        return None

    def alone(self, place: str) -> Spot | None:
        """The spot of one place, taken out of the group that is asked in one message."""
        spot, question = self.at(place), self.question(place)
        if spot is None or question is None or not spot.members:
            return spot
        return Spot(place, question, seat_of(place))

    def before(self, spot: Spot | None) -> Spot | None:
        """The spot asked before that one (before the summary: the last), passing over "add another?"."""
        whole = self.at(spot.place) if spot else None
        upto = self.spots.index(whole) if whole else len(self.spots)
        return next((s for s in reversed(self.spots[:upto]) if not isinstance(s.item, Repeat)), None)

    def answered(self) -> Iterator[tuple[str, Question]]:
        """The relevant questions that have been answered or skipped, in order."""
        for place, question in self.asked():
            if place in self.sheet.values:
                yield place, question

    def asked(self) -> Iterator[tuple[str, Question]]:
        """The relevant questions, in order."""
        for spot in self.spots:
            if isinstance(spot.item, Question):
                yield spot.place, spot.item
            yield from spot.members

    def question(self, place: str) -> Question | None:
        return next((question for at, question in self.asked() if at == place), None)

    def scope(self, place: str) -> FormScope:
        return FormScope(self.plan, self.sheet, seat_of(place), self.world)

    def options(self, place: str, question: Question) -> tuple[Option, ...]:
        return options_of(question, self.scope(place)) if question.kind in CHOSEN else ()

    def say(self, words: Words, place: str) -> str:
        """A label with its ${references} filled in."""
        return template(self.plan.form.words(words, self.world.language)).fill(self.scope(place))

    def trouble(self, place: str, question: Question) -> str:
        """What is wrong with an answer that breaks its constraint, as its author words it."""
        return self.say(question.constraint_message, place)[:LONGEST_REASON]

    def is_required(self, place: str, question: Question) -> bool:
        return question.required is not None and as_bool(question.required.evaluate(self.scope(place)))

    def proposal(self, place: str, question: Question) -> str:
        """The default that the author wrote, offered while the question is unanswered."""
        if question.default is None or place in self.sheet.values:
            return ""
        return as_text(question.default.evaluate(self.scope(place)))


@dataclass(frozen=True, slots=True)
class Broken:
    """An answer against its constraint; a soft one may be confirmed."""

    place: str
    question: Question
    soft: bool


def is_open(spot: Spot, filling: Filling) -> bool:
    values = filling.answers.values
    match spot.item:
        case Question():
            return spot.place not in values
        case Group():
            return any(place not in values for place, _ in spot.members)
        case Repeat():
            return spot.place not in filling.closed
        case _:
            assert_never(spot.item)


def answer(filling: Filling, place: str, value: str) -> Filling:
    """The filling with an answer; an earlier confirmation of that place is void."""
    confirmed = tuple(flag for flag in filling.confirmed if flag.place != place)
    return replace(filling, answers=filling.answers.put(place, value), confirmed=confirmed)


def add_turn(filling: Filling, repeat: str) -> Filling:
    """One more turn of a repeat."""
    count = filling.answers.counts.get(repeat, 1) + 1
    return replace(filling, answers=filling.answers.count(repeat, count))


def close_repeat(filling: Filling, repeat: str) -> Filling:
    return replace(filling, closed=filling.closed | {repeat})


def confirm(filling: Filling, flag: Flag) -> Filling:
    """A soft rule stays broken: what was written is right."""
    others = tuple(one for one in filling.confirmed if one.place != flag.place)
    return replace(filling, confirmed=(*others, flag))


def broken(survey: Survey, filling: Filling) -> Broken | None:
    """The first answer whose constraint does not hold and was not confirmed.

    A confirmation is of the trouble in its words: with other numbers it is another trouble.
    """
    confirmed = set(filling.confirmed)
    for place, question in survey.answered():
        if not holds(survey, place, question) and Flag(place, survey.trouble(place, question)) not in confirmed:
            return Broken(place, question, question.soft)
    return None


def holds(survey: Survey, place: str, question: Question) -> bool:
    """Does the answer keep its constraint? An empty answer always does, as in ODK."""
    if question.constraint is None or not survey.sheet.value(place):
        return True
    return as_bool(question.constraint.evaluate(survey.scope(place)))


def take_stock(plan: Plan, filling: Filling, world: World) -> Survey:
    """Walk the form until what is relevant no longer changes (an expression may look ahead)."""
    struck: set[str] = set()
    for _ in range(4):
        walk = _Walk(plan, filling, world, struck)
        walk.items(plan.form.items, ())
        if walk.sheet.struck == struck:
            break
        struck = walk.sheet.struck
    return Survey(plan, world, tuple(walk.spots), walk.sheet, tuple(walk.notes))


def finish(plan: Plan, filling: Filling, world: World) -> tuple[Answers, tuple[Flag, ...]]:
    """The answers to be filed: only what is relevant, with calculations and metadata."""
    survey = take_stock(plan, filling, world)
    values = {
        place: value
        for place, value in survey.sheet.values.items()
        if place not in survey.sheet.struck and plan.question(seat_of(place).path)
    }
    for question in plan.form.questions():
        if question.kind in METADATA:
            values["/".join(question.path)] = _metadata(question.kind, filling, world)
    flags = tuple(flag for flag in filling.confirmed if _still_broken(survey, flag.place))
    counts = {place: n for place, n in survey.sheet.counts.items() if n}
    return Answers(values, counts), flags


def _still_broken(survey: Survey, place: str) -> bool:
    question = survey.question(place)
    return question is not None and not holds(survey, place, question)


def _metadata(kind: Kind, filling: Filling, world: World) -> str:
    match kind:
        case Kind.START:
            return filling.started_at.astimezone(world.now.tzinfo).isoformat(timespec="milliseconds")
        case Kind.END:
            return world.now.isoformat(timespec="milliseconds")
        case Kind.TODAY:
            return world.now.date().isoformat()
        case _:
            return world.facts.get(kind.value, "")


class _Walk:
    """One pass over the items in the order of the sheet."""

    def __init__(self, plan: Plan, filling: Filling, world: World, struck: set[str]) -> None:
        self.plan = plan
        self.filling = filling
        self.world = world
        self.before = struck
        counts = dict(filling.answers.counts)
        self.sheet = Sheet(dict(filling.answers.values), counts, set(struck))
        self.found: set[str] = set()
        self.spots: list[Spot] = []
        self.notes: list[Words] = []

    def items(self, items: tuple[Item, ...], turns: tuple[int, ...]) -> None:
        for item in items:
            self.item(item, turns)
        self.sheet.struck -= self.before - self.found

    def item(self, item: Item, turns: tuple[int, ...]) -> None:
        seat = Seat(item.path, turns)
        place = place_of(self.plan, seat)
        if item.relevant is not None and not as_bool(item.relevant.evaluate(self.scope(seat))):
            self.strike(item, place)
            return
        match item:
            case Question():
                self.question(item, place, seat)
            case Group():
                self.group(item, place, seat)
            case Repeat():
                self.repeat(item, place, seat)
            case _:
                assert_never(item)

    def question(self, question: Question, place: str, seat: Seat) -> None:
        values = self.sheet.values
        self.sheet.struck.discard(place)
        if question.calculation is not None:
            values[place] = as_text(question.calculation.evaluate(self.scope(seat)))
        elif question.kind is Kind.HIDDEN:
            values[place] = self._hidden(question, seat)
        elif question.kind in METADATA:
            values[place] = _metadata(question.kind, self.filling, self.world)
        elif question.kind is Kind.NOTE or question.read_only:
            self.notes.append(question.label)
        else:
            self.spots.append(Spot(place, question, seat, notes=self._told()))

    def group(self, group: Group, place: str, seat: Seat) -> None:
        first = len(self.spots)
        for item in group.items:
            self.item(item, seat.turns)
        inside = self.spots[first:]
        if "field-list" in group.appearance and _go_together(inside):
            members = tuple((spot.place, spot.item) for spot in inside if isinstance(spot.item, Question))
            notes = tuple(note for spot in inside for note in spot.notes)
            self.spots[first:] = [Spot(place, group, seat, members, notes)]

    def repeat(self, repeat: Repeat, place: str, seat: Seat) -> None:
        counts = self.sheet.counts
        if repeat.count is not None:
            wanted = as_number(repeat.count.evaluate(self.scope(seat)))
            counts[place] = int(min(max(wanted, 0), MOST_TURNS)) if wanted == wanted else 0
        turns = counts.setdefault(place, 1)
        for turn in range(1, turns + 1):
            for item in repeat.items:
                self.item(item, (*seat.turns, turn))
        if repeat.count is None and turns < MOST_TURNS:
            self.spots.append(Spot(place, repeat, seat))

    def scope(self, seat: Seat) -> FormScope:
        return FormScope(self.plan, self.sheet, seat, self.world)

    def strike(self, item: Item, place: str) -> None:
        """Nothing at or below this place counts."""
        if isinstance(item, Repeat):
            self.sheet.counts[place] = 0
        below = tuple(f"{place}{mark}" for mark in "/[")
        gone = {at for at in self.sheet.values if at == place or at.startswith(below)}
        self.sheet.counts.update({at: 0 for at in self.sheet.counts if at == place or at.startswith(below)})
        self.found |= gone
        self.sheet.struck |= gone

    def _hidden(self, question: Question, seat: Seat) -> str:
        told = self.world.facts.get(question.name)
        if told is not None or question.default is None:
            return told or ""
        return as_text(question.default.evaluate(self.scope(seat)))

    def _told(self) -> tuple[Words, ...]:
        notes = tuple(self.notes)
        self.notes.clear()
        return notes


def _go_together(spots: list[Spot]) -> bool:
    return len(spots) > 1 and all(isinstance(s.item, Question) and s.item.kind in TOGETHER for s in spots)
