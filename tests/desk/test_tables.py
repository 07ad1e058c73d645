"""Tables given out while they are written: read by a spreadsheet, harmless, in constant memory."""

import tracemalloc
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from io import BytesIO

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from desk import tables
from desk.tables import Ending, pieces_of
from storage.exports import Table
from storage.exports.writers import Cell

NOW = datetime(2024, 11, 27, tzinfo=UTC)
EVIL = ["=1+1", "+62", "-5", "@SUM(A1)", "a\x00b<c>&\"d'", "  baris\nkedua ", "😀", "x" * 40_000]


def table(pages: Iterator[list[Sequence[Cell]]], name: str = "lhp") -> Table:
    return Table(name, lambda: ["number", "answer"], lambda: pages)


def test_a_workbook_holds_words_as_words_and_numbers_as_numbers() -> None:
    rows: list[Sequence[Cell]] = [[n, one] for n, one in enumerate([*EVIL, 2.5, ""], 1)]
    content = b"".join(pieces_of("xlsx", table(iter([rows, []]), "a/b:c"), NOW))
    sheet = openpyxl.load_workbook(BytesIO(content))["a-b-c"]
    read = [row[1].value for row in sheet.iter_rows(min_row=2)]
    assert read[:4] == EVIL[:4]
    assert {cell.data_type for row in sheet.iter_rows(max_row=5, min_col=2) for cell in row} == {"s"}
    assert read[4:7] == ["ab<c>&\"d'", "  baris\nkedua ", "😀"]
    assert len(read[7]) == 32_767
    assert read[8:] == [2.5, None]


def test_a_full_sheet_is_followed_by_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "ROWS", 4)
    rows: list[Sequence[Cell]] = [[n, "a"] for n in range(7)]
    book = CalamineWorkbook.from_filelike(BytesIO(b"".join(pieces_of("xlsx", table(iter([rows])), NOW))))
    read = [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]
    assert [[row[0] for row in sheet] for sheet in read] == [
        ["number", 0, 1, 2],
        ["number", 3, 4, 5],
        ["number", 6],
    ]


def test_nothing_to_tell_is_a_heading_alone() -> None:
    content = b"".join(pieces_of("xlsx", table(iter([[]])), NOW))
    assert CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python() == [
        ["number", "answer"]
    ]
    assert b"".join(pieces_of("csv", table(iter([[]])), NOW)) == "\ufeffnumber,answer\r\n".encode()


def test_a_csv_computes_nothing() -> None:
    content = b"".join(pieces_of("csv", table(iter([[[1, one] for one in EVIL[:4]]])), NOW)).decode()
    assert content.splitlines()[1:] == ["1,'=1+1", "1,+62", "1,-5", "1,'@SUM(A1)"]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_many_rows_take_no_more_memory_than_few(ending: Ending) -> None:
    def pages(many: int) -> Iterator[list[Sequence[Cell]]]:
        for _ in range(many):
            yield [[n, "jawaban yang agak panjang, baris demi baris"] for n in range(100)]

    def peak(many: int) -> int:
        tracemalloc.start()
        for _ in pieces_of(ending, table(pages(many)), NOW):
            pass
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    peak(1)
    assert peak(60) < peak(6) * 1.5
