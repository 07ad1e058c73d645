"""`lapordesk export`: what was filed, and how the cases stand, as a workbook or a table."""

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from core.model.cases import OPERATOR
from lapordesk.commands.console import CommandFailed, Given
from storage.exports import NothingToExport, export_cases, export_reports

Practice = Annotated[bool, Parameter(name="--practice", negative=())]


def reports(*, to: Path, form: str = "", practice: Practice = False, console: Given) -> None:
    _require_table(to)

    def tell(count: int) -> None:
        console.say("commands.export.so_far", count=console.number(count))

    with console.store() as store, store.reading() as book:
        try:
            exported = export_reports(book, to, form=form, practice=practice, tell=tell)
        except NothingToExport:
            raise CommandFailed(
                "commands.export.unknown" if form else "commands.forms.none", form=form
            ) from None
    console.say("commands.export.written", count=console.number(exported.reports), file=to)


def cases(*, to: Path, practice: Practice = False, console: Given) -> None:
    _require_table(to)
    with console.store() as store:
        with store.begin() as book:
            book.audit.write(OPERATOR.key, "case.exported", "cases", {}, console.now)
        with store.reading() as book:
            count = export_cases(book, to, console.now, practice=practice)
    console.say("commands.export.cases", count=console.number(count), file=to)


def _require_table(to: Path) -> None:
    if to.suffix.lower() not in (".xlsx", ".csv"):
        raise CommandFailed("commands.export.kind", file=to.name)
