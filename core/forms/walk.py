"""Walking through a form: what is relevant now, what is calculated, and what will be filed."""

from typing import assert_never

from core.forms.expressions import as_bool, as_number, as_text
from core.forms.filling import Filling
from core.forms.form import METADATA, Group, Item, Kind, Question, Repeat, Words
from core.forms.marks import IDENTITY
from core.forms.plan import Plan, Seat
from core.forms.scope import FormScope, Sheet, World, place_of
from core.forms.survey import Spot, Survey, holds
from core.model.records import Answers, Flag

MOST_TURNS = 100
"""A repeat stops asking here: nobody adds a hundred witnesses by thumb."""
MOST_WALKS = 4
TOGETHER = frozenset({Kind.INTEGER, Kind.DECIMAL, Kind.TEXT, Kind.DATE, Kind.TIME})
"""The kinds that a field-list can ask in one message."""


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
        seat = Seat(item.path, turns) if turns else self.plan.seats[item.path]
        place = self.plan.fixed.get(item.path) or place_of(self.plan, seat)
        if not self.is_relevant(item, seat) or (not self.world.can_seal and is_secret(item)):
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

    def is_relevant(self, item: Item, seat: Seat) -> bool:
        return item.relevant is None or as_bool(item.relevant.evaluate(self.scope(seat)))

    def question(self, question: Question, place: str, seat: Seat) -> None:
        values = self.sheet.values
        self.sheet.struck.discard(place)
        self.live.append(place)
        if question.path in self.plan.asked:
            self.spots.append(Spot(place, question, seat, notes=self._told()))
        elif question.calculation is not None:
            values[place] = as_text(question.calculation.evaluate(self.scope(seat)))
        elif question.kind is Kind.HIDDEN:
            values[place] = self._hidden(question, seat)
        elif question.kind in METADATA:
            values[place] = _metadata(question.kind, self.filling, self.world)
        else:
            self.notes.append(question.label)

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
        if not self.notes:
            return ()
        notes = tuple(self.notes)
        self.notes.clear()
        return notes


def is_secret(item: Item) -> bool:
    """Does it ask who somebody is? Where nothing can be sealed that is not asked."""
    return not isinstance(item, Repeat) and IDENTITY in item.appearance


def _go_together(spots: list[Spot]) -> bool:
    return len(spots) > 1 and all(isinstance(s.item, Question) and s.item.kind in TOGETHER for s in spots)
