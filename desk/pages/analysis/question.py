"""One question of one form, answered by many: what is shown of it, gathered in one look."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from babel.dates import format_date

from core.analysis.figures import REST, by_area, by_day, choices_of, numbers_of
from core.analysis.sums import CHOICES, Numbers, Sums, countable, merged
from core.forms.form import Form, Question
from core.speech.texts import Texts
from storage.analysis import OWN, VILLAGE
from storage.areas import label
from storage.book import Book

BY = ("area", "day", "week")
LONGEST = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Asked:
    form: str
    question: str
    by: str
    area: str
    """Empty for the whole country."""
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Shown:
    label: str
    kind: str
    """choices or numbers"""
    reports: int
    nihil: int
    heads: tuple[str, ...]
    rows: list[list[str | float]]
    """What is drawn: the counts of choices, or means."""
    whole: list[tuple[str, int]]
    """Of all together: each choice with its share, and how often."""
    numbers: Numbers | None
    parts: list[tuple[str, Numbers]]


def questions_of(form: Form, words: Texts) -> list[tuple[str, str]]:
    """Those that can be counted, by their path."""
    return [
        (path, form.words(one.label, words.language).strip() or one.name)
        for path, one in countable(form).items()
    ]


def look_at(book: Book, form: Form, asked: Asked, words: Texts) -> Shown | None:
    """None for a question that is not counted."""
    question = countable(form).get(asked.question)
    if question is None:
        return None
    named = _parts(book, asked.area, words)
    areas = [asked.area] if asked.by != "area" and asked.area else list(named)
    found = book.analysis.read(asked.form, areas, asked.first, asked.last)
    if asked.by == "area":
        parts = by_area(found, areas)
        parts = {key: one for key, one in parts.items() if one.reports or not key.endswith(OWN)}
    else:
        parts = by_day(found, asked.first, asked.last, weeks=asked.by == "week")
        named = {key: _day(date.fromisoformat(key), words.language) for key in parts}
    return _shown(form, question, asked, parts, named, words)


def _shown(
    form: Form,
    question: Question,
    asked: Asked,
    parts: Mapping[str, Sums],
    named: Mapping[str, str],
    words: Texts,
) -> Shown:
    path, whole = asked.question, merged(parts.values())
    text = form.words(question.label, words.language).strip() or question.name
    first = words.say(f"desk_analysis.by.{asked.by}")
    if question.kind not in CHOICES:
        numbers = numbers_of(path, parts)
        rows: list[list[str | float]] = [[named[key], round(one.mean, 2)] for key, one in numbers.items()]
        each = [(named[key], one) for key, one in numbers.items()]
        heads = (first, words.say("desk_analysis.mean"))
        return Shown(
            text, "numbers", whole.reports, whole.nihil, heads, rows, [], whole.numbers.get(path), each
        )
    options = {
        one.name: form.words(one.label, words.language) for one in form.lists.get(question.options, ())
    }
    chosen = choices_of(path, parts, list(options))
    labels = [
        words.say("desk_analysis.rest") if name == REST else options.get(name) or name
        for name in chosen.names
    ]
    return Shown(
        text,
        "choices",
        whole.reports,
        whole.nihil,
        (first, *labels),
        [[named[key], *counts] for key, counts in chosen.rows],
        _shares(labels, chosen.whole),
        None,
        [],
    )


def _shares(labels: Sequence[str], counts: Sequence[int]) -> list[tuple[str, int]]:
    """Ya (96%)"""
    total = sum(counts) or 1
    return [
        (f"{name} ({100 * count / total:.0f}%)", count) for name, count in zip(labels, counts, strict=True)
    ]


def _day(day: date, language: str) -> str:
    """Sel 26 Nov"""
    return format_date(day, "EEE d MMM", locale=language)


def _parts(book: Book, area: str, words: Texts) -> dict[str, str]:
    """The areas one level below and the own seat; of a village itself."""
    if len(area) >= VILLAGE:
        found = book.areas.get(area)
        return {area: label(found) if found else area}
    below = {one.code: label(one) for one in book.areas.children(area)}
    return below | ({area + OWN: words.say("desk_analysis.own")} if area else {})
