"""Form workbooks as files: read with the tables that lie beside them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from core.forms.form import Option
from core.forms.problems import Problem
from core.forms.xlsform import Compiled, Files, compile_form, options_from_csv
from core.forms.xlsform.area_tables import area_tables
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


def _tables_beside(path: Path) -> Iterator[tuple[str, tuple[Option, ...] | Problem]]:
    for table in sorted(path.parent.glob("*.csv")):
        if table != path:
            yield table.name, options_from_csv(table.read_bytes(), table.name)
