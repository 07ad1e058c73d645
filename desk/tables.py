"""A table given out while it is written, as CSV or as a workbook: formula-safe, never whole in memory.

yield from pieces_of("xlsx", table_of_reports(store, "lhp", wanted), moment)
"""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from io import StringIO
from itertools import chain
from typing import Literal
from xml.sax.saxutils import escape

from desk.papers.archive import Archive
from storage.exports import Table
from storage.exports.writers import ROWS, Cell, fitting, harmless

Ending = Literal["csv", "xlsx"]
KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_MARK = "\ufeff".encode()
"""Makes Excel read a CSV as UTF-8; and it goes out before anything is looked up."""
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML cannot hold."""
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def pieces_of(ending: Ending, table: Table, at: datetime) -> Iterator[bytes]:
    return _csv(table) if ending == "csv" else _xlsx(table, at)


def _csv(table: Table) -> Iterator[bytes]:
    yield _MARK
    yield _lines([table.heading()])
    for page in table.pages():
        yield _lines(page)


def _lines(rows: Iterable[Sequence[Cell]]) -> bytes:
    written = StringIO()
    csv.writer(written).writerows([[harmless(cell) for cell in row] for row in rows])
    return written.getvalue().encode()


def _xlsx(table: Table, at: datetime) -> Iterator[bytes]:
    """A sheet, and a further one where a sheet is full; what lists them comes last."""
    archive, sheets = Archive(at), 0
    heading = table.heading()
    rows = chain.from_iterable(table.pages())
    first: Sequence[Cell] | None = next(rows, None)
    while first is not None or not sheets:
        sheets += 1
        body = _Sheet(heading, first, rows)
        yield from archive.add(f"xl/worksheets/sheet{sheets}.xml", body.pieces(), packed=True)
        first = body.left
    for name, content in _lists(table.name, sheets):
        yield from archive.add(name, [f"{_HEAD}{content}".encode()], packed=True)
    yield from archive.close()


class _Sheet:
    """Takes rows until it is full; `left` is the first one that did not fit."""

    def __init__(
        self, heading: Sequence[str], first: Sequence[Cell] | None, rows: Iterator[Sequence[Cell]]
    ) -> None:
        self._heading = heading
        self._rows = rows if first is None else chain([first], rows)
        self.left: Sequence[Cell] | None = None

    def pieces(self) -> Iterator[bytes]:
        pane = '<pane xSplit="1" ySplit="1" topLeftCell="B2" activePane="bottomRight" state="frozen"/>'
        views = f'<sheetViews><sheetView workbookViewId="0">{pane}</sheetView></sheetViews>'
        yield f'{_HEAD}<worksheet xmlns="{_MAIN}">{views}<sheetData>'.encode()
        yield _row(self._heading)
        for number, row in enumerate(self._rows, 2):
            if number > ROWS:
                self.left = row
                break
            yield _row(row)
        yield b"</sheetData></worksheet>"


def _row(cells: Sequence[Cell]) -> bytes:
    return f"<row>{''.join(map(_cell, cells))}</row>".encode()


def _cell(cell: Cell) -> str:
    """Words as words: what stands inline is never computed."""
    if not isinstance(cell, str):
        return f"<c><v>{cell}</v></c>"
    if not cell:
        return "<c/>"
    words = escape(_UNWRITABLE.sub("", fitting(cell)))
    return f'<c t="inlineStr"><is><t xml:space="preserve">{words}</t></is></c>'


def _lists(name: str, sheets: int) -> Iterator[tuple[str, str]]:
    numbers = range(1, sheets + 1)
    parts = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_TYPE}.worksheet+xml"/>'
        for n in numbers
    )
    book = f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
    links = "application/vnd.openxmlformats-package.relationships+xml"
    defaults = f'<Default Extension="rels" ContentType="{links}"/>'
    yield (
        "[Content_Types].xml",
        f'<Types xmlns="{_PACKAGE}/content-types">{defaults}{book}{parts}</Types>',
    )
    yield "_rels/.rels", _links([("officeDocument", "xl/workbook.xml")])
    yield (
        "xl/_rels/workbook.xml.rels",
        _links([("worksheet", f"worksheets/sheet{n}.xml") for n in numbers]),
    )
    title = escape(re.sub(r"[\[\]:*?/\\']", "-", name)[:26], {'"': "&quot;"}) or "-"
    named = "".join(
        f'<sheet name="{title if n == 1 else f"{title} {n}"}" sheetId="{n}" r:id="r{n}"/>' for n in numbers
    )
    yield (
        "xl/workbook.xml",
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{named}</sheets></workbook>',
    )


def _links(targets: Sequence[tuple[str, str]]) -> str:
    inner = "".join(
        f'<Relationship Id="r{n}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{inner}</Relationships>'
