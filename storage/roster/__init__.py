"""A roster of supervisors from a spreadsheet: read generously, each faulty row listed, the good taken in.

nama          telepon        jabatan       wilayah              tps
Siti Aminah   0800-0000-012  Pengawas TPS  Sidomulyo, Anggana   012

rows = read_roster(content, "xlsx")
good, faults = check_roster(rows, book.areas)
done = import_roster(book, good, now)
"""

from storage.roster.checking import check_roster, good_rows
from storage.roster.entries import Entry, Fault, sentence
from storage.roster.importing import Imported, import_roster, preview_roster
from storage.roster.reading import RosterUnreadable, each_row, read_roster
from storage.roster.scoped import PlacesInside, only_inside

__all__ = [
    "Entry",
    "Fault",
    "Imported",
    "PlacesInside",
    "RosterUnreadable",
    "check_roster",
    "each_row",
    "good_rows",
    "import_roster",
    "only_inside",
    "preview_roster",
    "read_roster",
    "sentence",
]
