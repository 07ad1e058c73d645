"""What is longer than a screen: the whole story with its answers, and all that was done; shown in parts."""

from collections.abc import Iterator

from core.dialogue.filling.asking import title
from core.dialogue.filling.summary import short
from core.dialogue.officers.casewords import actor, say, state_label
from core.dialogue.talk import Talk
from core.forms.filling import Filling
from core.forms.form import MEDIA, Question
from core.forms.scope import World
from core.forms.survey import Survey
from core.forms.walk import take_stock
from core.model.cases import Case, Note, NoteKind
from core.model.records import Standing
from core.speech.cutting import split

PART = 900
"""Letters of one part: it can be read without scrolling back."""


def story(talk: Talk, case: Case) -> list[str]:
    """The story, then every answer, cut into parts."""
    survey = _survey(talk, case)
    answers = _answers(talk, survey, case.story) if survey else ()
    brought = sorted({name for note in case.notes for name in note.media})
    pictures = say(talk, "pictures", count=len(brought)) if brought else ""
    return _parts(line for line in (case.story, *answers, pictures) if line.strip())


def history(talk: Talk, case: Case) -> list[str]:
    """All that was done, the latest first, cut into parts."""
    return _parts(note_line(talk, case, note) for note in reversed(case.notes))


def note_line(talk: Talk, case: Case, note: Note) -> str:
    """27 Nov 08.04 WITA · Dipindah: Diregistrasi — lengkap"""
    said = " ".join(note.text.split())
    return f"{talk.moment(note.at)} · {_what(talk, case, note)}" + (f" — {said}" if said else "")


def _what(talk: Talk, case: Case, note: Note) -> str:
    """What an act was; names of officers are in no chat."""
    about = note.details
    if report := about.get("report"):
        return say(talk, f"note.report.{about.get('standing', Standing.CORRECTED.value)}", report=report)
    what = say(talk, f"note.{note.kind.value}")
    if "move" in about:
        return f"{what}: {state_label(talk, case, about.get('to', ''))}"
    if note.kind is NoteKind.JOINED:
        return f"{what}: {about.get('case', '')}"
    return say(talk, "note.to_you") if about.get("to") == actor(talk).key else what


def missing(talk: Talk, case: Case) -> list[str]:
    """The requirements that are not met, as the form calls them."""
    plan = talk.forms.get(case.form, case.form_version)
    labels = {q.name: plan.form.words(q.label, talk.language) for q in plan.form.questions()} if plan else {}
    return [short(labels.get(name, name)) for name in case.missing]


def _parts(lines: Iterator[str]) -> list[str]:
    return split("\n".join(lines), PART, PART) or ["—"]


def _answers(talk: Talk, survey: Survey, story: str) -> Iterator[str]:
    """Every answer in words, but the one that is the story itself."""
    for place, question in survey.answered():
        if question.kind not in MEDIA and survey.sheet.value(place) not in ("", story):
            yield f"{_heading(survey, place, question)}: {talk.shown(survey, place, question)}"


def _heading(survey: Survey, place: str, question: Question) -> str:
    return short(title(survey, place, question))


def _survey(talk: Talk, case: Case) -> Survey | None:
    """The form as it stood for whoever filled it: what was filled in for them is not ours."""
    plan = talk.forms.get(case.form, case.form_version)
    if plan is None:
        return None
    filling = Filling(case.number, case.form, case.form_version, None, case.opened_at, case.answers)
    return take_stock(plan, filling, World(talk.now, talk.language, case.answers.values))
