"""Form workbooks as files: read with the tables that lie beside them."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from core.forms.xlsform import Compiled, Files, Sources, area_tables, compile_beside
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
    beside: Sources
    built_in: Files

    def compile(self) -> Compiled:
        return compile_beside(self.source, self.kind, self.beside, self.built_in, self.name)


def read_form_file(path: Path, areas: Iterable[Area]) -> FormFile:
    """The workbook with its tables: those of the areas are there unless a file lies beside it."""
    kind = kind_of(path)
    beside = {table.name: table.read_bytes() for table in sorted(path.parent.glob("*.csv")) if table != path}
    return FormFile(path.read_bytes(), kind, path.stem, beside, area_tables(areas))


def bundled() -> list[Path]:
    """The forms that come with LaporDesk."""
    return sorted(BUNDLED.glob("*.md"))


def kind_of(path: Path) -> str:
    kind = path.suffix.removeprefix(".").casefold()
    if kind not in KINDS:
        raise UnknownKind
    return kind
