"""The answers of a report in the words of its form, as whoever reads it at the desk sees them.

Kegiatan 2 / Bentuk pengawasan: Langsung          changed: "Tidak langsung" before the correction
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from core.forms.answers import Reading, show
from core.forms.form import MEDIA, SILENT, Group, Option, Question, Repeat
from core.forms.marks import identity_paths
from core.forms.plan import Plan
from core.forms.scope import seat_of
from core.model.records import Answers

_WHENEVER = datetime(2000, 1, 1, tzinfo=UTC)
"""Nothing is read here, so that it does not matter when it is."""


@dataclass(frozen=True, slots=True)
class Told:
    """One answer."""

    place: str
    heading: str
    """The group or the turn of a repeat that it stands in; empty outside of all."""
    label: str
    value: str
    is_story: bool
    """Long enough for lines of its own."""


LONG = 80


def told(plan: Plan, answers: Answers, language: str, zone: str) -> tuple[Told, ...]:
    """Every answer that a person gave, in the order of the form; pictures stand elsewhere."""
    hidden = identity_paths(plan.form)
    rows = []
    for place, value in answers.values.items():
        question = plan.question(seat_of(place).path)
        if (
            question is None
            or question.kind in SILENT | MEDIA
            or question.path in hidden
            or not value.strip()
        ):
            continue
        shown = _shown(plan, question, value, language, zone)
        is_story = len(shown) > LONG or "\n" in shown
        rows.append(
            Told(
                place,
                heading(plan, place, language),
                _words(plan, question, language) or question.name,
                shown,
                is_story,
            )
        )
    return tuple(rows)


def heading(plan: Plan, place: str, language: str) -> str:
    """What the groups around a place are called, each turn of a repeat by its number."""
    steps = place.split("/")[:-1]
    path = seat_of(place).path
    named = []
    for depth, step in enumerate(steps, 1):
        item = plan.items.get(path[:depth])
        if not isinstance(item, Group | Repeat):
            continue
        label = plan.form.words(item.label, language).strip()
        turn = step.partition("[")[2].rstrip("]")
        if label or turn:
            named.append(f"{label or item.name} {turn}".strip())
    return " / ".join(named)


def label_of(plan: Plan | None, place: str, language: str) -> str:
    """What the question of a place asks; the bare place where no such question is known."""
    question = plan.question(seat_of(place).path) if plan else None
    return (_words(plan, question, language) if plan and question else "") or place


def pictures(plan: Plan | None, answers: Answers, language: str) -> dict[str, str]:
    """Of each picture, voice or file by our id, which question it answers."""
    if plan is None:
        return {}
    hidden = identity_paths(plan.form)
    return {
        word: _words(plan, question, language) or question.name
        for place, value in answers.values.items()
        if (question := plan.question(seat_of(place).path)) is not None
        and question.kind in MEDIA
        and question.path not in hidden
        for word in value.split()
    }


@dataclass(frozen=True, slots=True)
class Change:
    label: str
    before: str
    after: str
    """Empty where there is none."""


def changes(plan: Plan, before: Answers, after: Answers, language: str, zone: str) -> tuple[Change, ...]:
    """What a correction changed, answer by answer."""
    old = {one.place: one for one in told(plan, before, language, zone)}
    new = {one.place: one for one in told(plan, after, language, zone)}
    return tuple(
        Change(
            (new.get(place) or old[place]).label,
            old[place].value if place in old else "",
            new[place].value if place in new else "",
        )
        for place in dict.fromkeys((*new, *old))
        if before.values.get(place, "") != after.values.get(place, "")
    )


def _words(plan: Plan, question: Question, language: str) -> str:
    return plan.form.words(question.label, language).strip()


def _shown(plan: Plan, question: Question, value: str, language: str, zone: str) -> str:
    names = frozenset(value.split())
    chosen: tuple[Option, ...] = tuple(
        one for one in plan.form.lists.get(question.options, ()) if one.name in names
    )
    here = _WHENEVER.astimezone(ZoneInfo(zone))
    return show(question, value, Reading(language, here, chosen, plan.form.default_language))
