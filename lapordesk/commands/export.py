"""`lapordesk export`: what was filed, as a workbook or a table."""

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from lapordesk.commands.console import CommandFailed, Given
from storage.exports import NothingToExport, export_reports

Practice = Annotated[bool, Parameter(name="--practice", negative=())]


def reports(*, to: Path, form: str = "", practice: Practice = False, console: Given) -> None:
    if to.suffix.lower() not in (".xlsx", ".csv"):
        raise CommandFailed("commands.export.kind", file=to.name)
    with console.store() as store, store.reading() as book:
        try:
            exported = export_reports(book, to, form=form, practice=practice)
        except NothingToExport:
            raise CommandFailed(
                "commands.export.unknown" if form else "commands.forms.none", form=form
            ) from None
    console.say("commands.export.written", count=console.number(exported.reports), file=to)
