"""Filling a form: which question is open, what an answer changes, when it is whole.

survey = take_stock(plan, filling, world)     what is relevant now, in order
survey.next(filling)                          the spot to ask
finish(plan, filling, world)                  the answers to be filed
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache
from typing import assert_never

from core.forms.expressions import as_bool, as_number, as_text, template
from core.forms.form import CHOSEN, METADATA, Group, Item, Kind, Option, Question, Repeat, Words
from core.forms.plan import Plan
from core.forms.scope import FormScope, Seat, Sheet, World, options_of, place_of, seat_of
from core.model.records import Answers, Flag

MOST_TURNS = 100
"""A repeat stops asking here: nobody adds a hundred witnesses by thumb."""
MOST_WALKS = 4
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
    fresh: tuple[str, float] = ("", 0.0)
    """What uuid() and random() give in it: the same at every look, so that a drawn lot stays drawn."""


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
    filling_id: str
    live: tuple[str, ...]
    """The places of all that is relevant, silent questions and repeats included."""

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
        return _template(self.plan.form.words(words, self.world.language)).fill(self.scope(place))

    def chosen(self, place: str, question: Question) -> tuple[Option, ...]:
        """The options that were chosen: enough to show an answer, however long the list is."""
        names = frozenset(self.sheet.value(place).split())
        return options_of(question, self.scope(place), names) if question.kind in CHOSEN else ()

    def label(self, option: Option) -> str:
        return self.plan.form.words(option.label, self.world.language) or option.name

    def trouble(self, place: str, question: Question) -> str:
        """What is wrong with an answer that breaks its constraint, in the form's own language."""
        words = self.plan.form.words(question.constraint_message, self.plan.form.default_language)
        return _template(words).fill(self.scope(place))[:LONGEST_REASON]

    def can_judge(self, place: str, question: Question) -> bool:
        """Is everything answered that its constraint goes by? Half a sum is not a wrong one."""
        scope = self.scope(place)
        return all(scope.is_known(name) for name in self.plan.judged_by.get(question.path, ()))

    def is_required(self, place: str, question: Question) -> bool:
        """Must it be answered? Not where its choice_filter leaves nothing to choose."""
        if question.required is None or not as_bool(question.required.evaluate(self.scope(place))):
            return False
        return question.choice_filter is None or bool(self.options(place, question))

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


def broken(survey: Survey, filling: Filling) -> Broken | None:
    """The first answer whose constraint does not hold and was not confirmed.

    A confirmation is of the trouble in its words: with other numbers it is another trouble.
    """
    confirmed = set(filling.confirmed)
    for place, question in survey.answered():
        if holds(survey, place, question) or not survey.can_judge(place, question):
            continue
        if Flag(place, survey.trouble(place, question)) not in confirmed:
            return Broken(place, question, question.soft)
    return None


def holds(survey: Survey, place: str, question: Question) -> bool:
    """Does the answer keep its constraint? An empty answer always does, as in ODK."""
    if question.constraint is None or not survey.sheet.value(place):
        return True
    return as_bool(question.constraint.evaluate(survey.scope(place)))


def take_stock(plan: Plan, filling: Filling, world: World) -> Survey:
    """Walk the form; where an expression looks ahead, until what is relevant no longer changes."""
    walk = _Walk(plan, filling, world, None)
    for _ in range(MOST_WALKS if plan.looks_ahead else 0):
        again = _Walk(plan, filling, world, walk.sheet)
        settled, walk = again.sheet == walk.sheet, again
        if settled:
            break
    return Survey(plan, world, tuple(walk.spots), walk.sheet, tuple(walk.notes), filling.id, tuple(walk.live))


def finish(plan: Plan, filling: Filling, world: World) -> tuple[Answers, tuple[Flag, ...]]:
    """The answers to be filed: only what is relevant, with calculations and metadata."""
    survey = take_stock(plan, filling, world)
    sheet = survey.sheet
    values = {place: sheet.values[place] for place in survey.live if place in sheet.values}
    flags = tuple(flag for flag in filling.confirmed if _still_broken(survey, flag.place))
    counts = {place: sheet.counts[place] for place in survey.live if sheet.counts.get(place)}
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
    """One pass over the items in the order of the sheet; what comes later is known from the pass before."""

    def __init__(self, plan: Plan, filling: Filling, world: World, before: Sheet | None) -> None:
        self.plan = plan
        self.filling = filling
        self.world = world
        self.sheet = Sheet(dict(filling.answers.values), dict(filling.answers.counts), set())
        if before is not None:
            self.sheet = Sheet(before.values | self.sheet.values, dict(before.counts), set(before.struck))
        self.spots: list[Spot] = []
        self.notes: list[Words] = []
        self.live: list[str] = []
        for item in plan.form.items:
            self.item(item, ())

    def item(self, item: Item, turns: tuple[int, ...]) -> None:
        seat = Seat(item.path, turns)
        place = place_of(self.plan, seat)
        if item.relevant is not None and not as_bool(item.relevant.evaluate(self.scope(seat))):
            self.strike(item, place, turns)
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
        self.live.append(place)
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
        turns = self.turns(repeat, place, seat)
        self.sheet.counts[place] = turns
        self.live.append(place)
        for turn in range(1, turns + 1):
            for item in repeat.items:
                self.item(item, (*seat.turns, turn))
        if repeat.count is None and turns < MOST_TURNS:
            self.spots.append(Spot(place, repeat, seat))

    def scope(self, seat: Seat) -> FormScope:
        return FormScope(self.plan, self.sheet, seat, self.world)

    def turns(self, repeat: Repeat, place: str, seat: Seat) -> int:
        if repeat.count is None:
            return self.filling.answers.counts.get(place, 1)
        wanted = as_number(repeat.count.evaluate(self.scope(seat)))
        return int(min(max(wanted, 0), MOST_TURNS)) if wanted == wanted else 0

    def strike(self, item: Item, place: str, turns: tuple[int, ...]) -> None:
        """Nothing at or below this place counts."""
        match item:
            case Question():
                self.sheet.struck.add(place)
            case Repeat():
                self.sheet.counts[place] = 0
            case Group():
                for inner in item.items:
                    self.strike(inner, place_of(self.plan, Seat(inner.path, turns)), turns)

    def _hidden(self, question: Question, seat: Seat) -> str:
        told = self.world.facts.get(question.name)
        if told is not None or question.default is None:
            return told or ""
        return as_text(question.default.evaluate(self.scope(seat)))

    def _told(self) -> tuple[Words, ...]:
        notes = tuple(self.notes)
        self.notes.clear()
        return notes


_template = lru_cache(maxsize=4096)(template)


def _go_together(spots: list[Spot]) -> bool:
    return len(spots) > 1 and all(isinstance(s.item, Question) and s.item.kind in TOGETHER for s in spots)
