"""From a finished form to the case that it opens: the identity split off, what the law wants and is missing.

brought = bring(plan, filling, world, number="K-7K2-M9Q", secrecy=Secrecy.CONFIDENTIAL, province="64")
brought.opening   the case in the making, without anything that tells who brought it
brought.identity  {"pelapor/nama": "Siti Contoh"}
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from core.cases.acts import Opening
from core.forms.answers import Reading, show
from core.forms.expressions import as_bool
from core.forms.filling import Filling
from core.forms.form import MEDIA, Question
from core.forms.marks import identity_paths, is_requirement
from core.forms.plan import Plan, Seat
from core.forms.scope import FormScope, World, seat_of
from core.forms.survey import Survey
from core.forms.walk import finish, take_stock
from core.model.areas import is_code
from core.model.cases import Secrecy
from core.model.records import Answers

LONGEST_TITLE = 80
FLOOD = "flood"
UNUSUAL = 3
"""So many from one chat in a day make an officer look twice,"""
MOST_A_DAY = 10
"""and so many are asked to go on tomorrow."""


@dataclass(frozen=True, slots=True)
class Brought:
    """What a finished form brings."""

    opening: Opening
    identity: Mapping[str, str]
    """By the place of each answer; goes nowhere but under the custodians' seal."""
    media: tuple[str, ...]
    """Our ids of the evidence."""


def opens_case(plan: Plan, filling: Filling, world: World) -> bool:
    """Does the form open a case, with these answers?"""
    purpose = plan.form.purpose
    if not purpose.opens or purpose.opens_if is None:
        return bool(purpose.opens)
    sheet = take_stock(plan, filling, world).sheet
    return as_bool(purpose.opens_if.evaluate(FormScope(plan, sheet, Seat(()), world)))


def bring(
    plan: Plan,
    filling: Filling,
    world: World,
    *,
    number: str,
    secrecy: Secrecy,
    province: str,
    area: str = "",
    report: str = "",
    doubts: frozenset[str] = frozenset(),
) -> Brought:
    """The case that the form opens; `area` stands in where the form tells no place."""
    survey = take_stock(plan, filling, world)
    answers, _ = finish(plan, filling, world)
    open_answers, identity = apart(plan, answers)
    story = _words(survey, "story")
    opening = Opening(
        number=number,
        secrecy=secrecy,
        area=_area(survey) or area,
        province=province,
        form=filling.form,
        form_version=filling.version,
        answers=open_answers,
        title=_title(_words(survey, "title") or story),
        story=story,
        accused=_words(survey, "accused"),
        where=_words(survey, "where"),
        known_on=_day(survey, "known"),
        happened_on=_day(survey, "happened"),
        missing=tuple(dict.fromkeys(question.name for _, question in missing(survey))),
        report=report,
        practice=filling.practice,
        doubts=doubts,
    )
    return Brought(opening, identity, tuple(_evidence(plan, open_answers)))


def apart(plan: Plan, answers: Answers) -> tuple[Answers, Mapping[str, str]]:
    """The answers without those that tell who somebody is, and these."""
    secret = identity_paths(plan.form)
    values, identity = dict[str, str](), dict[str, str]()
    for place, value in answers.values.items():
        if seat_of(place).path not in secret:
            values[place] = value
        elif value:
            identity[place] = value
    return Answers(values, answers.counts), identity


def missing(survey: Survey) -> Iterator[tuple[str, Question]]:
    """What the law wants and nobody has answered."""
    for place, question in survey.asked():
        if is_requirement(question) and not survey.sheet.value(place):
            yield place, question


def doubts_about(opened_today: int) -> frozenset[str]:
    return frozenset({FLOOD}) if opened_today >= UNUSUAL else frozenset()


def _told(survey: Survey, key: str) -> Iterator[tuple[str, Question, str]]:
    """The answers to the questions that tell it, each in every turn of its repeat."""
    for name in survey.plan.form.purpose.about.get(key, "").split():
        for place in survey.live:
            seat = seat_of(place)
            question = survey.plan.question(seat.path)
            if question is not None and question.name == name and (value := survey.sheet.value(place)):
                yield place, question, value


def _words(survey: Survey, key: str) -> str:
    """In words, as an officer reads them: in the form's own language."""
    language = survey.plan.form.default_language or survey.world.language
    shown = (
        show(question, value, Reading(language, survey.world.now, survey.chosen(place, question), language))
        for place, question, value in _told(survey, key)
    )
    return ", ".join(dict.fromkeys(shown))


def _area(survey: Survey) -> str:
    return next((value for _, _, value in _told(survey, "place") if is_code(value)), "")


def _day(survey: Survey, key: str) -> date | None:
    """The day as it was written; a time of day is left off."""
    for _, _, value in _told(survey, key):
        try:
            return date.fromisoformat(value[:10])
        except ValueError:
            continue
    return None


def _title(words: str) -> str:
    line = " ".join(words.split())
    if len(line) <= LONGEST_TITLE:
        return line
    return line[:LONGEST_TITLE].rsplit(" ", 1)[0].rstrip(",;:. ") + "…"


def _evidence(plan: Plan, answers: Answers) -> Iterator[str]:
    for place, value in answers.values.items():
        question = plan.question(seat_of(place).path)
        if question is not None and question.kind in MEDIA:
            yield from value.split()
