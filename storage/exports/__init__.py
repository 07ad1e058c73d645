"""Filed reports and cases as a spreadsheet.

Reports: one sheet a form in XLSX; one form, or all in long lines, in CSV.
Cases: a row each, without their words.

export_reports(book, Path("laporan.xlsx"))
export_reports(book, Path("ptps.csv"), form="ptps-pungut")
export_cases(book, Path("kasus.xlsx"), now)
"""

from storage.exports.cases import export_cases
from storage.exports.reports import Exported, NothingToExport, export_reports
from storage.exports.tables import Table, table_of_cases, table_of_reports

__all__ = [
    "Exported",
    "NothingToExport",
    "Table",
    "export_cases",
    "export_reports",
    "table_of_cases",
    "table_of_reports",
]
