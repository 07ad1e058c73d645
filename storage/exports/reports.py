"""The export of reports: practice left out unless asked for, withdrawn ones in with their standing."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from core.forms.form import Form
from core.forms.written import from_json
from storage.book import Book
from storage.exports.columns import Columns
from storage.exports.rows import ABOUT, filled
from storage.exports.whole import written_whole
from storage.exports.writers import Cell, Writer, writing

TOLD_EVERY = 50_000
Tell = Callable[[int], None]


class NothingToExport(Exception):
    """No form of that name is published."""


@dataclass(frozen=True, slots=True)
class Exported:
    forms: int
    reports: int


def export_reports(
    book: Book, to: Path, *, form: str = "", practice: bool = False, tell: Tell = lambda _: None
) -> Exported:
    """Write the reports to an `.xlsx` or `.csv` file, whole or not at all; give how many there are.

    XLSX has a sheet a form and a column a question. So has CSV for one form; for all of them it has a
    line an answer. Reading twice keeps the memory flat where a form has repeats: first which columns there
    are, then the rows. How many rows are written so far is told now and then.
    """
    published = families(book, form)
    if not published:
        raise NothingToExport(form or NothingToExport.__doc__)
    with written_whole(to) as path, writing(path, to.suffix) as writer:
        if to.suffix.lower() == ".csv" and not form and len(published) > 1:
            count = _long(book, published, writer, practice, tell)
        else:
            count = 0
            for versions in published:
                count = _wide(book, versions, writer, practice, count, tell)
    return Exported(len(published), count)


def families(book: Book, form: str = "") -> list[list[Form]]:
    """The versions of each form, the newest last."""
    found: dict[str, list[Form]] = {}
    for one in book.forms.versions():
        if form in ("", one.name):
            found.setdefault(one.name, []).append(from_json(book.forms.load(one.name, one.version)))
    return list(found.values())


def _wide(book: Book, versions: list[Form], writer: Writer, practice: bool, before: int, tell: Tell) -> int:
    """How many there are with those before."""
    columns, count = Columns(versions), before
    places = columns.always()
    if columns.has_repeats:
        reports = book.reports.every(versions[-1].name, practice=practice)
        places.update(place for one in reports for place in one.latest.answers.values)
    order = columns.sorted(places)
    writer.table(versions[-1].name, [*ABOUT, *order])
    for one in filled(book, versions, practice=practice):
        answers = (typed(one.answers.get(place, ""), columns.is_number(place)) for place in order)
        writer.row([*(one.about[name] for name in ABOUT), *answers])
        count = _told(count, tell)
    return count


def _told(count: int, tell: Tell) -> int:
    if (count + 1) % TOLD_EVERY == 0:
        tell(count + 1)
    return count + 1


def _long(book: Book, families: Iterable[list[Form]], writer: Writer, practice: bool, tell: Tell) -> int:
    writer.table("reports", [*ABOUT, "question", "answer"])
    count = 0
    for versions in families:
        columns = Columns(versions)
        for one in filled(book, versions, practice=practice):
            about = [one.about[name] for name in ABOUT]
            for place in columns.sorted(one.answers) or [""]:
                writer.row([*about, place, one.answers.get(place, "")])
            count = _told(count, tell)
    return count


def typed(text: str, is_number: bool) -> Cell:
    if not is_number:
        return text
    try:
        return int(text)
    except ValueError:
        pass
    try:
        number = float(text)
    except ValueError:
        return text
    return number if abs(number) < 1e15 else text
