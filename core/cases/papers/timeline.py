"""The history of a case as a paper: every act in order, who did it, in which words."""

from dataclasses import dataclass
from datetime import datetime

from core.cases.papers.dates import local, short_day_words, time_words
from core.cases.procedure import Procedure
from core.forms.form import Words
from core.model.cases import Case, Note
from core.speech.texts import Texts, texts


@dataclass(frozen=True, slots=True)
class Act:
    serial: int
    day: str
    time: str
    who: str
    what: str
    text: str


@dataclass(frozen=True, slots=True)
class Timeline:
    case: str
    official: str
    procedure: str
    state: str
    opened: str
    acts: tuple[Act, ...]
    practice: bool


def timeline(case: Case, procedure: Procedure, language: str = "id") -> Timeline:
    """The case has to come with all of its notes."""
    say = texts(language)
    state = procedure.states.get(case.state)
    return Timeline(
        case=case.number,
        official=case.official,
        procedure=_words(procedure.title, language) or case.procedure,
        state=(_words(state.label, language) if state else "") or case.state,
        opened=_moment(case.opened_at, case.office),
        acts=tuple(_act(note, case, procedure, say) for note in case.notes),
        practice=case.practice,
    )


def _act(note: Note, case: Case, procedure: Procedure, say: Texts) -> Act:
    at = local(note.at, case.office)
    what = say.say(f"papers.act.{note.kind.value}")
    if detail := _detail(note, procedure, say.language):
        what = f"{what}: {detail}"
    return Act(
        note.serial, short_day_words(at.date()), time_words(at), _who(note.actor, say), what, note.text
    )


def _detail(note: Note, procedure: Procedure, language: str) -> str:
    details = note.details
    move = next((one for one in procedure.moves if one.name == details.get("move")), None)
    if move is not None:
        return _words(move.label, language) or move.name
    return details.get("paper", "")


def _who(actor: str, say: Texts) -> str:
    """The one who brought it, the clock, or an officer by our own number of them: never a name."""
    kind, _, number = actor.partition(":")
    return say.say(f"papers.actor.{kind or 'citizen'}", number=number)


def _words(words: Words, language: str) -> str:
    return words.get(language) or next(iter(words.values()), "")


def _moment(at: datetime, area: str) -> str:
    there = local(at, area)
    return f"{short_day_words(there.date())}, {time_words(there)}"
