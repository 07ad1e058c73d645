"""A schedule of campaign events from a spreadsheet: read generously, each faulty row listed with its remedy.

nomor sttp       tanggal     jam            wilayah             tempat       penyelenggara  bentuk     paslon
STTP/12/X/2024   12/10/2024  09.00 - 11.00  Sidodadi, Sam. Ulu  Gedung Guru  Tim Contoh     pertemuan  01
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from core.elections.events import CampaignEvent
from core.forms.answers.dates import Day, day
from core.forms.answers.times import Clock, clock
from core.model.areas import Level
from core.model.zones import zone_of
from storage.roster.entries import Fault, Unread
from storage.roster.places import Gazetteer, Places
from storage.roster.sheets import Kind, Line, RosterUnreadable, read_lines
from storage.spelling import plain

T = TypeVar("T")
LOOK_FOR_HEADINGS = 15
LONGEST = 200
LASTS = timedelta(hours=3)
"""An event without an end, or with "selesai" for one."""

_NAMES: Mapping[str, tuple[str, ...]] = {
    "number": ("sttp", "nosttp", "nomorsttp", "nomorsuratsttp", "nosurat", "nomorsurat", "receipt", "number"),
    "day": ("tanggal", "tgl", "haritanggal", "haridantanggal", "tanggalkegiatan", "date", "day"),
    "starts": ("jam", "waktu", "pukul", "mulai", "jammulai", "waktumulai", "start", "starts", "time"),
    "ends": ("selesai", "jamselesai", "waktuselesai", "sampai", "berakhir", "end", "ends"),
    "area": (
        "wilayah",
        "kode",
        "kodewilayah",
        "kelurahandesa",
        "desakelurahan",
        "kelurahan",
        "desa",
        "village",
        "area",
    ),
    "district": ("kecamatan", "kec", "distrik", "district"),
    "regency": ("kabupatenkota", "kabkota", "kabupaten", "kota", "regency"),
    "place": ("tempat", "lokasi", "alamat", "tempatkegiatan", "place", "venue"),
    "organiser": ("penyelenggara", "penanggungjawab", "pelaksana", "organiser", "organizer"),
    "method": ("bentuk", "metode", "bentukkampanye", "metodekampanye", "jeniskegiatan", "kegiatan", "method"),
    "pair": ("paslon", "pasangancalon", "nomorurut", "calon", "pair", "candidates"),
    "cancelled": ("batal", "dibatalkan", "cancelled", "canceled"),
}
_COLUMNS = {spelling: column for column, spellings in _NAMES.items() for spelling in spellings}
_NEEDED = frozenset({"number", "day", "starts", "area", "place"})
_UNTIL = re.compile(r"\s*(?:-|–|s\.?\s?/?d\.?|sampai|hingga|until|to)\s*", re.IGNORECASE)
_YES = frozenset({"ya", "y", "batal", "dibatalkan", "yes", "x", "true", "1"})
_NO = frozenset({"", "tidak", "t", "no", "false", "0", "-"})


def read_schedule(
    content: bytes, kind: Kind, places: Places, now: datetime
) -> tuple[list[CampaignEvent], list[Fault]]:
    """The rows that can be taken in, and everything that is wrong with the others.

    `now` tells the year of a day that is written without one. RosterUnreadable: the file is none of ours.
    """
    lines = read_lines(content, kind)
    at, columns = _headings(lines)
    headings = {column: lines[at].cells[place] for column, place in columns.items()}
    gazetteer = Gazetteer(places)
    good: list[CampaignEvent] = []
    faults: list[Fault] = []
    first: dict[tuple[str, str, date], int] = {}
    for line in lines[at + 1 :]:
        event, wrong = _ScheduleRow(line, columns, headings, gazetteer, now).read()
        if event is not None and not wrong and first.setdefault(event.key, line.number) != line.number:
            twice = {"first": str(first[event.key])}
            wrong = [Fault(line.number, headings["number"], "events.twice", twice)]
        faults += wrong
        good += [event] if event is not None and not wrong else []
    return good, faults


def _headings(lines: Sequence[Line]) -> tuple[int, Mapping[str, int]]:
    for at, line in enumerate(lines[:LOOK_FOR_HEADINGS]):
        columns: dict[str, int] = {}
        for place, cell in enumerate(line.cells):
            column = _COLUMNS.get(plain(cell.partition("(")[0])) or _COLUMNS.get(plain(cell))
            if column is not None:
                columns.setdefault(column, place)
        if columns.keys() >= _NEEDED:
            return at, columns
    raise RosterUnreadable("events.no_headings")


class _ScheduleRow:
    """One line; every cell is looked at, so that all faults of a row are listed together."""

    def __init__(
        self,
        line: Line,
        columns: Mapping[str, int],
        headings: Mapping[str, str],
        gazetteer: Gazetteer,
        now: datetime,
    ) -> None:
        self._line = line
        self._columns = columns
        self._headings = headings
        self._gazetteer = gazetteer
        self._now = now
        self._faults: list[Fault] = []

    def read(self) -> tuple[CampaignEvent | None, list[Fault]]:
        number = self._try("number", lambda: self._text("number"))
        place = self._try("place", lambda: self._text("place"))
        on, area = self._try("day", self._day), self._try("area", self._area)
        hours, cancelled = self._try("starts", self._hours), self._try("cancelled", self._is_cancelled)
        if (
            number is None
            or place is None
            or on is None
            or area is None
            or hours is None
            or cancelled is None
        ):
            return None, self._faults
        starts, ends = _moments(on, *hours, ZoneInfo(zone_of(area)))
        organiser, method, pair = (self._cell(name)[:LONGEST] for name in ("organiser", "method", "pair"))
        return CampaignEvent(
            number, area, place, starts, ends, organiser, method, pair, cancelled
        ), self._faults

    def _try(self, column: str, reading: Callable[[], T]) -> T | None:
        try:
            return reading()
        except Unread as unread:
            heading = self._headings.get(column, column)
            self._faults.append(Fault(self._line.number, heading, unread.key, unread.values))
            return None

    def _cell(self, column: str) -> str:
        place = self._columns.get(column, len(self._line.cells))
        return " ".join(self._line.cells[place].split()) if place < len(self._line.cells) else ""

    def _text(self, column: str) -> str:
        text = self._cell(column)
        if not text:
            raise Unread("events.missing")
        if len(text) > (120 if column == "number" else LONGEST):
            raise Unread("events.long")
        return text

    def _day(self) -> date:
        text = self._text("day").removesuffix(" 00:00:00")
        found = day(text, self._now, "id")
        if not isinstance(found, Day):
            raise Unread("events.day", found=text)
        return found.date

    def _hours(self) -> tuple[time, time | None]:
        begins, *until = _UNTIL.split(self._text("starts"), maxsplit=1)
        ends = (until[0] if until else self._cell("ends")).strip()
        is_open = not ends or plain(ends) in ("selesai", "sls", "done")
        return self._clock(begins), None if is_open else self._clock(ends)

    def _clock(self, text: str) -> time:
        found = clock(text, self._now)
        if not isinstance(found, Clock):
            raise Unread("events.clock", found=text)
        return found.time

    def _area(self) -> str:
        parts = [self._cell(column) for column in ("area", "district", "regency")]
        try:
            return self._gazetteer.place(", ".join(part for part in parts if part), Level.VILLAGE).code
        except Unread as unread:
            if unread.key == "roster.area.level":
                raise Unread("events.area", **unread.values) from None
            raise

    def _is_cancelled(self) -> bool:
        word = plain(self._cell("cancelled"))
        if word in _YES | _NO:
            return word in _YES
        raise Unread("events.cancelled", found=self._cell("cancelled"))


def _moments(on: date, begins: time, ends: time | None, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Aware UTC; an end before the beginning is on the next day."""
    starts = datetime.combine(on, begins, zone).astimezone(UTC)
    if ends is None:
        return starts, starts + LASTS
    until = datetime.combine(on if ends > begins else on + timedelta(days=1), ends, zone)
    return starts, until.astimezone(UTC)
