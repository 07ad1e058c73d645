"""What an act on a case is given and what comes of it: the case after it with its effects, or a refusal."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from core.forms.answers.showing import date_shown
from core.model.cases import Actor, Case, Note, NoteKind, Secrecy
from core.model.effects import Effect, Noted
from core.model.records import NOTHING, Answers
from core.speech.texts import Texts

LONGEST = 4000
"""Of a reason or a note, in letters."""


@dataclass(frozen=True, slots=True)
class Acted:
    case: Case
    """As it stands afterwards."""
    effects: tuple[Effect, ...]
    """The first is the `Noted` of the act."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why it cannot be done. Some values are labels in several languages or days: let `say` fill them in."""

    key: str
    values: Mapping[str, object] = field(default_factory=dict)

    def say(self, texts: Texts) -> str:
        return texts.say(
            self.key, **{name: in_words(value, texts.language) for name, value in self.values.items()}
        )


Act = Acted | Refusal


@dataclass(frozen=True, slots=True)
class Opening:
    """What is known when a case begins."""

    number: str
    secrecy: Secrecy
    area: str
    province: str
    """Whose case it is while the place is not known."""
    form: str = ""
    form_version: str = ""
    answers: Answers = field(default_factory=Answers)
    title: str = ""
    story: str = ""
    accused: str = ""
    where: str = ""
    known_on: date | None = None
    happened_on: date | None = None
    missing: tuple[str, ...] = ()
    report: str = ""
    parent: str = ""
    practice: bool = False
    doubts: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Given:
    """What whoever makes a move adds to it."""

    reason: str = ""
    number: str = ""
    """In the body's register."""
    result: str = ""
    office: str = ""
    """The area code of the office that goes on with it."""
    case: str = ""
    """A fresh number for the case that may grow out of it."""


def noted(
    case: Case,
    kind: NoteKind,
    actor: Actor,
    now: datetime,
    text: str = "",
    details: Mapping[str, str] = NOTHING,
    media: tuple[str, ...] = (),
) -> Noted:
    """The note of an act, and the case with it."""
    note = Note(case.serial + 1, kind, now, actor.key, text, details, media)
    return Noted(replace(case, serial=note.serial, notes=(*case.notes, note)), note)


def acted(noted: Noted, *others: Effect) -> Acted:
    return Acted(noted.case, (noted, *others))


def in_language(words: Mapping[str, str], language: str) -> str:
    """The words in that language, else in the first there is."""
    return words.get(language) or next(iter(words.values()), "")


def in_words(value: object, language: str) -> object:
    """A label or a day as it is said in that language; anything else as it is."""
    if isinstance(value, Mapping):
        return in_language(value, language)
    return date_shown(value, language) if isinstance(value, date) else value
