"""The export of cases: a row each, with where it stands, what is due by when, and how much there is of it.

Nothing in it tells what somebody wrote or who they are: no story, accused, place in words, identity or code.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from zoneinfo import ZoneInfo

from core.cases.acts import in_language
from core.cases.procedure import Rulebook
from core.forms.form import Form, Kind
from core.forms.written import from_json
from core.model.areas import Area, Level, lineage
from core.model.cases import Case, Clock
from core.model.zones import zone_of
from storage.areas import label
from storage.book import Book
from storage.cases.search import PAGE
from storage.exports.rows import moment_in, places
from storage.exports.whole import written_whole
from storage.exports.writers import Cell, writing

COLUMNS = (
    *("number", "procedure", "version", "law", "kind", "topic", "state", "result", "official", "secrecy"),
    *("office", "office_name", "area", *(level.value for level in reversed(Level))),
    *("opened_at", "entered_at", "closed_at", "known_on", "happened_on"),
    *("clocks", "due_on", "overdue", "assigned", "awaits", "held", "report", "parent"),
    *("missing", "doubts", "notes", "evidence", "practice"),
)


@dataclass(frozen=True, slots=True)
class Around:
    """What is known beside the cases, for one page of them."""

    rules: Rulebook
    areas: Mapping[str, Area]
    evidence: Mapping[str, int]
    topics: Mapping[str, str]
    now: datetime


def export_cases(book: Book, to: Path, now: datetime, *, practice: bool = False) -> int:
    """Write the cases to an `.xlsx` or `.csv` file, whole or not at all; give how many there are."""
    count = 0
    with written_whole(to) as path, writing(path, to.suffix) as writer:
        writer.table("cases", COLUMNS)
        for row in _rows(book, now, practice):
            writer.row([row[name] for name in COLUMNS])
            count += 1
    return count


def _rows(book: Book, now: datetime, practice: bool) -> Iterator[Mapping[str, Cell]]:
    """Those that count, then those in practice if asked for; a page of them in memory at a time."""
    for is_practice in (False, True) if practice else (False,):
        cases = book.cases.every(practice=is_practice)
        while page := list(islice(cases, PAGE)):
            yield from case_rows(book, page, now)


def case_rows(book: Book, page: Sequence[Case], now: datetime) -> list[Mapping[str, Cell]]:
    """A page of cases, with a few looks for all of them."""
    codes = {above for one in page for code in (one.area, one.office) for above in _above(code)}
    evidence = book.media.counts_of_cases([one.number for one in page])
    topics = {one.number: _topic(book, one) for one in page}
    around = Around(book.procedures.rulebook(), book.areas.several(codes), evidence, topics, now)
    return [_row(one, around) for one in page]


def _row(case: Case, around: Around) -> Mapping[str, Cell]:
    zone = ZoneInfo(zone_of(case.office))
    procedure = around.rules.get(case.procedure, case.version)
    office = around.areas.get(case.office)
    return {
        "number": case.number,
        "procedure": case.procedure,
        "version": case.version,
        "law": procedure.law if procedure else "",
        "kind": procedure.kind if procedure else "",
        "topic": around.topics[case.number],
        "state": case.state,
        "result": case.result,
        "official": case.official,
        "secrecy": case.secrecy.value,
        "office": case.office,
        "office_name": label(office) if office else "",
        "area": case.area,
        **places(case.area, around.areas),
        "opened_at": moment_in(case.opened_at, zone),
        "entered_at": moment_in(case.entered_at, zone),
        "closed_at": moment_in(case.closed_at, zone) if case.closed_at else "",
        "known_on": str(case.known_on or ""),
        "happened_on": str(case.happened_on or ""),
        "clocks": "; ".join(map(_clock, case.clocks)),
        "due_on": str(min((clock.due_on for clock in case.clocks), default="")),
        "overdue": int(any(clock.due_at < around.now for clock in case.clocks)),
        "assigned": case.assigned,
        "awaits": int(case.awaits),
        "held": int(case.held),
        "report": case.report,
        "parent": case.parent,
        "missing": " ".join(case.missing),
        "doubts": " ".join(sorted(case.doubts)),
        "notes": case.serial,
        "evidence": around.evidence.get(case.number, 0),
        "practice": int(case.practice),
    }


def _clock(clock: Clock) -> str:
    return f"{clock.name} {clock.due_on}{' +' if clock.extended else ''}"


def _topic(book: Book, case: Case) -> str:
    """What it is about, where that was chosen from a list: a title in free words stays with the case."""
    try:
        form = from_json(book.forms.load(case.form, case.form_version))
    except KeyError:
        return ""  # brought by no form, or its words are erased
    return ", ".join(_chosen(form, case))


def _chosen(form: Form, case: Case) -> Iterator[str]:
    titles = form.purpose.about.get("title", "").split()
    for question in form.questions():
        if question.name in titles and question.kind is Kind.SELECT_ONE:
            value = case.answers.values.get("/".join(question.path), "")
            for option in form.lists.get(question.options, ()):
                if option.name == value:
                    yield in_language(option.label, form.default_language)


def _above(code: str) -> tuple[str, ...]:
    return lineage(code) if code else ()
