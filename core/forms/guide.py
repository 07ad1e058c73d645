"""What the printed guide to a coded SMS says of a form: its codes, what stands behind each, an example."""

import re
from dataclasses import dataclass

from core.forms.coded import slots_of
from core.forms.form import Form, Kind, Question
from core.speech.texts import texts

_SENTENCES = re.compile(r"(?<=[.?!])\s+")
MANY = 4
"""Of a list with more options than these, a few are named."""


@dataclass(frozen=True, slots=True)
class Code:
    """One code and its answers, in the order in which they are written behind it."""

    code: str
    answers: tuple[str, ...]
    how: str


@dataclass(frozen=True, slots=True)
class Guide:
    title: str
    word: str
    """What the SMS begins with."""
    codes: tuple[Code, ...]
    example: str
    practice: bool = False
    """As every paper has it: this one is never of a practice report."""


def guide_of(form: Form, language: str) -> Guide | None:
    """None for a form without codes."""
    slots = slots_of(form)
    if not slots:
        return None
    codes = tuple(
        Code(code, tuple(_label(form, one, language) for one in asked), _how(form, asked, language))
        for code, asked in slots.items()
    )
    title = form.words(form.title, language) or form.name
    return Guide(title, form.name.upper(), codes, form.purpose.sms)


def _label(form: Form, question: Question, language: str) -> str:
    """The question, without what only the dialogue can fill in."""
    label = form.words(question.label, language).split("\n", 1)[0].strip()
    fixed = (sentence for sentence in _SENTENCES.split(label) if "${" not in sentence)
    return " ".join(fixed) or question.name


def _how(form: Form, asked: tuple[Question, ...], language: str) -> str:
    say = texts(language).say
    match asked[0].kind:
        case Kind.SELECT_ONE:
            options = form.lists.get(asked[0].options, ())
            labels = [form.words(option.label, language) or option.name for option in options]
            named = ", ".join(labels[:MANY]) + ("…" if len(labels) > MANY else "")
            return say("coded.guide.choice" if len(asked) == 1 else "coded.guide.choices", options=named)
        case Kind.TEXT:
            return say("coded.guide.text")
        case Kind.TIME:
            return say("coded.guide.time")
        case _:
            return say("coded.guide.number" if len(asked) == 1 else "coded.guide.numbers", count=len(asked))
