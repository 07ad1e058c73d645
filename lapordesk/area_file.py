"""Areas of one's own in a CSV file: polling stations below their village, or any area with its code.

    desa,tps                          kode,nama,jenis
    64.72.01.1001,12                  64.72.01.1099,Rumah Tahanan,Lokasi khusus
    64.72.01.1001,1-9

One file may hold both. The headings may be English (village, tps, code, name, kind), and `;` separates too.
"""

import csv
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from core.model.areas import Area, Level, level_of, parent_of

HEADINGS = {
    "kode": "code",
    "nama": "name",
    "jenis": "kind",
    "desa": "village",
    "kelurahan": "village",
    "code": "code",
    "name": "name",
    "kind": "kind",
    "village": "village",
    "tps": "tps",
}
CODE = re.compile(r"\d\d(\.\d\d(\.\d\d(\.\d{4}(\.\d{3})?)?)?)?")
STATIONS = re.compile(r"(\d{1,3})(?:\s*-\s*(\d{1,3}))?")
Known = Callable[[str], bool]


class NoAreaFile(Exception):
    """The file has no column `kode` (or `code`), and none of `desa` and `tps` together."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A row that cannot be taken; `reason` is the last part of a sentence's key."""

    row: int
    reason: str
    found: str


def read_areas(content: str, is_there: Known) -> tuple[list[Area], list[Fault]]:
    """The areas of all good rows, and what is wrong with the others; a parent is there or stands above."""
    areas: dict[str, Area] = {}
    faults: list[Fault] = []
    for number, row in _rows(content):
        read = _read(number, row, lambda code: code in areas or is_there(code))
        if isinstance(read, Fault):
            faults.append(read)
        else:
            areas.update((area.code, area) for area in read)
    return list(areas.values()), faults


def _rows(content: str) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Each row that says anything with its number in the file; the headings are row 1."""
    lines = content.removeprefix("\ufeff").splitlines()
    first = lines[0] if lines else ""
    table = csv.reader(lines, delimiter=";" if first.count(";") > first.count(",") else ",")
    headings = [HEADINGS.get(cell.strip().casefold(), "") for cell in next(table, [])]
    if not ("code" in headings or {"village", "tps"} <= set(headings)):
        raise NoAreaFile
    for cells in table:
        row = {heading: cell.strip() for heading, cell in zip(headings, cells, strict=False) if heading}
        if any(row.values()):
            yield table.line_num, row


def _read(number: int, row: Mapping[str, str], is_known: Known) -> Sequence[Area] | Fault:
    return _area(number, row, is_known) if row.get("code") else _stations(number, row, is_known)


def _area(number: int, row: Mapping[str, str], is_known: Known) -> Sequence[Area] | Fault:
    code, name = row["code"], row.get("name", "")
    if not CODE.fullmatch(code):
        return Fault(number, "code", code)
    if not name:
        return Fault(number, "name", code)
    parent = parent_of(code)
    if parent and not is_known(parent):
        return Fault(number, "parent", parent)
    return [Area(code, name, level_of(code), row.get("kind", ""))]


def _stations(number: int, row: Mapping[str, str], is_known: Known) -> Sequence[Area] | Fault:
    village, written = row.get("village", ""), row.get("tps", "")
    if not CODE.fullmatch(village) or level_of(village) is not Level.VILLAGE:
        return Fault(number, "village", village)
    if not is_known(village):
        return Fault(number, "parent", village)
    stations = STATIONS.fullmatch(written)
    if stations is None:
        return Fault(number, "tps", written)
    first, last = int(stations[1]), int(stations[2] or stations[1])
    if not 0 < first <= last:
        return Fault(number, "tps", written)
    return [Area(f"{village}.{tps:03}", f"TPS {tps:03}", Level.TPS, "TPS") for tps in range(first, last + 1)]
