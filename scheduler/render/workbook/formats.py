"""How the workbook's cells look: by what a cell holds, not by where it stands."""

from datetime import date, datetime

import xlsxwriter
from xlsxwriter.format import Format

from core.digests.tables import Cell, Share

HEAD = {"bold": True, "bg_color": "#1A5C78", "font_color": "#FFFFFF", "text_wrap": True, "valign": "vcenter"}


class Formats:
    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self.title: Format = book.add_format({"bold": True, "font_size": 14})
        self.subtitle: Format = book.add_format({"font_color": "#555555"})
        self.heading: Format = book.add_format(HEAD)
        self.text: Format = book.add_format({"text_wrap": True, "valign": "top"})
        self._count: Format = book.add_format({"num_format": "#,##0", "valign": "top"})
        self._share: Format = book.add_format({"num_format": "0%", "valign": "top"})
        self._day: Format = book.add_format({"num_format": "dd/mm/yyyy", "align": "left", "valign": "top"})
        self._moment: Format = book.add_format(
            {"num_format": "dd/mm/yyyy hh:mm", "align": "left", "valign": "top"}
        )

    def of(self, cell: Cell) -> Format:
        match cell:
            case Share():
                return self._share
            case datetime():
                return self._moment
            case date():
                return self._day
            case int():
                return self._count
            case _:
                return self.text
