"""Form workbooks as files: read with the tables that lie beside them, written back for an author to edit."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from xlsxwriter import Workbook as ExcelFile

from core.forms.form import Option
from core.forms.problems import Problem
from core.forms.xlsform import Compiled, Files, compile_form, options_from_csv
from core.forms.xlsform.area_tables import area_tables
from core.forms.xlsform.sheets import Workbook, read_workbook
from core.model.areas import Area

KINDS = ("md", "csv", "xlsx", "xls")
BUNDLED = Path(__file__).parent / "bundled"


class UnknownKind(Exception):
    """The name of the file ends in none of .md, .csv, .xlsx and .xls."""


@dataclass(frozen=True, slots=True)
class FormFile:
    """A workbook and the tables beside it (select_one_from_file and pulldata read them)."""

    source: bytes
    kind: str
    name: str
    files: Files
    broken: tuple[Problem, ...]

    def compile(self) -> Compiled:
        compiled = compile_form(self.source, self.kind, self.files, self.name)
        missed = {problem.values.get("file") for problem in compiled.problems}
        return Compiled(compiled.form, (*compiled.problems, *(p for p in self.broken if p.sheet in missed)))


def read_form_file(path: Path, areas: Iterable[Area]) -> FormFile:
    """The workbook with its tables: those of the areas are there unless a file lies beside it."""
    kind = kind_of(path)
    tables = {**area_tables(areas), **dict(_tables_beside(path))}
    files = {name: table for name, table in tables.items() if not isinstance(table, Problem)}
    broken = tuple(table for table in tables.values() if isinstance(table, Problem))
    return FormFile(path.read_bytes(), kind, path.stem, files, broken)


def bundled() -> list[Path]:
    """The forms that come with LaporDesk."""
    return sorted(BUNDLED.glob("*.md"))


def kind_of(path: Path) -> str:
    kind = path.suffix.removeprefix(".").casefold()
    if kind not in KINDS:
        raise UnknownKind
    return kind


def kind_of_source(source: bytes) -> str:
    """What kind of workbook was published, by its first bytes."""
    if source.startswith(b"PK"):
        return "xlsx"
    if source.startswith(b"\xd0\xcf\x11\xe0"):
        return "xls"
    return "md" if source.lstrip(b"\xef\xbb\xbf \r\n").startswith((b"|", b"#", b"<!--")) else "csv"


def as_kind(source: bytes, wanted: str) -> bytes | None:
    """The workbook as it was published, or made an Excel file; None for any other change."""
    kind = kind_of_source(source)
    if kind == wanted:
        return source
    book = read_workbook(source, kind)
    return None if wanted != "xlsx" or isinstance(book, Problem) else _as_excel(book)


def _tables_beside(path: Path) -> Iterator[tuple[str, tuple[Option, ...] | Problem]]:
    for table in sorted(path.parent.glob("*.csv")):
        if table != path:
            yield table.name, options_from_csv(table.read_bytes(), table.name)


def _as_excel(book: Workbook) -> bytes:
    written = BytesIO()
    # A cell of a form may begin with "=": it is the author's text, never a formula.
    with ExcelFile(
        written, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as file:
        heading = file.add_format({"bold": True})
        for name, sheet in book.items():
            page = file.add_worksheet(name[:31])
            page.write_row(0, 0, sheet.header, heading)
            page.freeze_panes(1, 0)
            for number, row in sheet.numbered():
                page.write_row(number - 1, 0, [row.get(column, "") for column in sheet.header])
    return written.getvalue()
