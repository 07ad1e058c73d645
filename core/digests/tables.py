"""The figures of a digest as tables: what the workbook's sheets hold, and what the page takes its lines from.

Table("Per wilayah", ("Kode", "Wilayah", "Ditunggu", …), (("64.02.17", "Marang Kayu", 11, …), …))
"""

from dataclasses import dataclass
from datetime import date, datetime

from core.digests.calendar import day_shown, moment_shown
from core.digests.digest import Tally
from core.digests.figures import UNKNOWN, count_shown, percent_of, percent_shown


@dataclass(frozen=True, slots=True)
class Share:
    """Whole percents, as they are shown everywhere."""

    percent: int


Cell = str | int | Share | date | datetime | None
"""None: there is nothing to say. Moments are on the area's clocks."""
Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    name: str
    headings: tuple[str, ...]
    rows: tuple[Row, ...]


def share_of(tally: Tally) -> Share | None:
    percent = percent_of(tally)
    return None if percent is None else Share(percent)


def cell_shown(cell: Cell, zone: str, language: str) -> str:
    """The cell in words, for where it is not kept as a number."""
    match cell:
        case None:
            return UNKNOWN
        case str():
            return cell
        case int():
            return count_shown(cell, language)
        case Share():
            return percent_shown(cell.percent, language)
        case datetime():
            return moment_shown(cell, zone, language)
        case date():
            return day_shown(cell, language)
