"""The form as it stands: what is relevant, what is open, which rule is broken.

survey = take_stock(plan, filling, world)     (core.forms.walk)
survey.next(filling)                          the spot to ask
broken(survey, filling)                       the first answer against its rule
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import assert_never

from core.forms.expressions import as_bool, as_text, template
from core.forms.filling import Filling
from core.forms.form import CHOSEN, Group, Item, Option, Question, Repeat, Words
from core.forms.plan import Plan, Seat
from core.forms.scope import FormScope, Sheet, World, options_of, seat_of
from core.model.records import Flag

LONGEST_REASON = 300


@dataclass(slots=True)
class Spot:
    """Something to ask now: a question, a group asked in one message, or "add another?" of a repeat.

    Not frozen: a walk makes one for each question, and this is three times as quick.
    """

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
    offered: dict[str, tuple[Option, ...]] = field(default_factory=dict, compare=False, repr=False)
    """What was found by `options`: a choice_filter over all villages is not passed twice."""

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
        if question.kind not in CHOSEN:
            return ()
        if place not in self.offered:
            self.offered[place] = options_of(question, self.scope(place))
        return self.offered[place]

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
        proposed = as_text(question.default.evaluate(self.scope(place)))
        if question.kind not in CHOSEN:
            return proposed
        names = {option.name for option in self.options(place, question)}
        return proposed if names.issuperset(proposed.split()) else ""


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


_template = lru_cache(maxsize=4096)(template)
