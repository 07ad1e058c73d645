"""From the sheet's lines to rows: which column is which, whatever it is called."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from storage.roster.entries import Row
from storage.roster.sheets import Kind, Line, RosterUnreadable, each_line
from storage.spelling import plain

__all__ = ["RosterUnreadable", "each_row", "read_roster"]

LOOK_FOR_HEADINGS = 15
"""Rosters often begin with a title or a letterhead."""
NEEDED = ("name", "phone", "role", "area")

_NAMES: Mapping[str, tuple[str, ...]] = {
    "name": ("nama", "namalengkap", "namapengawas", "namapetugas", "name", "fullname"),
    "phone": (
        *(
            "telepon",
            "telpon",
            "telp",
            "notelepon",
            "notelp",
            "nomortelepon",
            "nomortelpon",
            "phone",
            "kontak",
        ),
        *(
            "hp",
            "nohp",
            "nomorhp",
            "handphone",
            "nohandphone",
            "wa",
            "nowa",
            "nomorwa",
            "whatsapp",
            "nowhatsapp",
        ),
        *("nohpwa", "nomorwhatsapp", "notelphp", "phonenumber", "nomorhandphone", "ponsel", "nomorponsel"),
    ),
    "role": ("jabatan", "posisi", "peran", "tugas", "role", "position"),
    "area": ("wilayah", "wilayahtugas", "wilayahkerja", "kode", "kodewilayah", "area", "daerah", "region"),
    "village": ("kelurahandesa", "desakelurahan", "keldesa", "desakel", "kelurahan", "desa", "village"),
    "district": ("kecamatan", "kec", "distrik", "district"),
    "regency": ("kabupatenkota", "kabkota", "kabupaten", "kota", "regency"),
    "tps": ("tps", "notps", "nomortps", "pollingstation"),
}
_COLUMNS = {spelling: column for column, spellings in _NAMES.items() for spelling in spellings}


def read_roster(content: bytes, kind: Kind) -> list[Row]:
    """The rows below the headings; RosterUnreadable when the file is none of ours."""
    return list(each_row(content, kind))


def each_row(content: bytes, kind: Kind) -> Iterator[Row]:
    """The same, one after the other, for a roster of the whole country."""
    lines = each_line(content, kind)
    for line in islice(lines, LOOK_FOR_HEADINGS):
        columns = _columns(line.cells)
        if {"name", "phone"} <= columns.keys():
            _refuse_without_post(columns)
            headings = {column: line.cells[place] for column, place in columns.items()}
            return (_row(below, columns, headings) for below in lines)
    raise RosterUnreadable("roster.file.no_headings")


def _columns(cells: Sequence[str]) -> dict[str, int]:
    """Which place each column has; the first wins where two are alike."""
    found: dict[str, int] = {}
    for place, cell in enumerate(cells):
        column = _COLUMNS.get(plain(cell.partition("(")[0])) or _COLUMNS.get(plain(cell))
        if column is not None:
            found.setdefault(column, place)
    return found


def _refuse_without_post(columns: Mapping[str, int]) -> None:
    if "role" not in columns:
        raise RosterUnreadable("roster.file.no_role")
    if not columns.keys() & {"area", "village", "district", "regency"}:
        raise RosterUnreadable("roster.file.no_area")


def _row(line: Line, columns: Mapping[str, int], headings: Mapping[str, str]) -> Row:
    def cell(column: str) -> str:
        place = columns.get(column, len(line.cells))
        return line.cells[place] if place < len(line.cells) else ""

    parts = [cell(column) for column in ("area", "village", "district", "regency")]
    area = ", ".join(part for part in parts if part)
    return Row(line.number, cell("name"), cell("phone"), cell("role"), area, cell("tps"), headings)
