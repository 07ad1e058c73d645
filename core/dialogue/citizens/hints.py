"""What a citizen's story tells already: the day and the village are offered instead of asked once more.

"pak di loa janan ulu td malam ada bagi2 uang"  ─▶  Kapan kejadiannya? [Pakai: Selasa 26 November 2024]
"""

import re
from dataclasses import dataclass, replace

from core.dialogue.talk import Talk
from core.forms.answers import Understood, read
from core.forms.answers.spelling import plain
from core.forms.filling import answer
from core.forms.form import Kind, Question
from core.forms.survey import Survey, holds
from core.model.messages import Incoming

LONGEST_STORY = 2_000
"""Further on nobody repeats when and where it was."""
SHORTEST_NAME = 5
_MONTHS = r"(?:jan|peb|feb|mar|apr|mei|may|jun|jul|agu|agt|ags|aug|sep|okt|oct|nop|nov|des|dec)[a-z]*"
_DAY = re.compile(
    r"\b(?:(?:tadi|td|kemarin|kmrn|kemaren|last) (?:pagi|siang|sore|malam|mlm|subuh|night)"
    r"|kemarin dulu|kemarin|kmrn|kemaren|barusan|hari ini|yesterday|today"
    rf"|\d{{1,2}} (?:hari|minggu) (?:yang )?(?:lalu|yg lalu)|\d{{1,2}} {_MONTHS}(?: \d{{4}})?"
    r"|\d{1,2}[/-]\d{1,2}[/-]\d{2,4})\b"
)


@dataclass(frozen=True, slots=True)
class Hint:
    """`quote` is how the story says it, `value` the answer that it would be."""

    quote: str
    value: str


def hint(talk: Talk, survey: Survey, place: str, question: Question) -> Hint | None:
    """What the story says to this question; None where it says nothing, or too much."""
    filling = talk.known.session.filling
    if filling is None or not filling.secrecy or survey.sheet.value(place):
        return None
    about, story = survey.plan.form.purpose.about, plain(_story(survey)[:LONGEST_STORY])
    if question.kind is Kind.DATE and question.name in about.get("happened", "").split():
        found = _day_in(story, talk, survey, place, question)
    elif question.kind is Kind.SELECT_ONE and question.name in about.get("place", "").split():
        found = _place_in(story, survey, place, question)
    else:
        return None
    return found if found and _is_allowed(talk, survey, place, question, found.value) else None


def _day_in(story: str, talk: Talk, survey: Survey, place: str, question: Question) -> Hint | None:
    days = dict[str, str]()
    for phrase in _DAY.findall(story):
        said = replace(_nothing(talk), text=phrase)
        match read(question, said, talk.reading(survey, place, question)):
            case Understood(value):
                days.setdefault(value, phrase)
            case _:
                pass
    return Hint(*reversed(next(iter(days.items())))) if len(days) == 1 else None


def _place_in(story: str, survey: Survey, place: str, question: Question) -> Hint | None:
    """The longest name that stands in it, if only one place is called so."""
    names = [(plain(survey.label(option)), option.name) for option in survey.options(place, question)]
    found = [(name, code) for name, code in names if len(name) >= SHORTEST_NAME and _stands(name, story)]
    longest = max((len(name) for name, _ in found), default=0)
    best = [(name, code) for name, code in found if len(name) == longest]
    return Hint(*best[0]) if len(best) == 1 else None


def _stands(name: str, story: str) -> bool:
    return name in story and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", story) is not None


def _is_allowed(talk: Talk, survey: Survey, place: str, question: Question, value: str) -> bool:
    filling = talk.known.session.filling
    return filling is not None and holds(
        talk.survey(survey.plan, answer(filling, place, value)), place, question
    )


def _story(survey: Survey) -> str:
    names = survey.plan.form.purpose.about.get("story", "").split()
    return "\n".join(survey.sheet.value(at) for at, question in survey.asked() if question.name in names)


def _nothing(talk: Talk) -> Incoming:
    return replace(talk.incoming, text="", choice="", attachments=(), location=None, contact=None)
