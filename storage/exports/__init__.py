"""Filed reports as a spreadsheet: one sheet a form in XLSX; one form, or all in long lines, in CSV.

export_reports(book, Path("laporan.xlsx"))
export_reports(book, Path("ptps.csv"), form="ptps-pungut")
"""

from storage.exports.reports import Exported, NothingToExport, export_reports

__all__ = ["Exported", "NothingToExport", "export_reports"]
