import csv
import stat
import tracemalloc
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast

import pytest
from python_calamine import CalamineWorkbook

from core.forms.form import Form, Kind, Option, Purpose, Question
from core.model.cases import CLOCK, NoteKind
from core.model.messages import Attachment
from core.model.records import Answers
from storage.book import Book
from storage.exports import export_cases
from storage.exports.cases import COLUMNS
from storage.store import Store
from tests.storage.case_samples import CODE, clock, follow, noted, opened
from tests.storage.kaltim import NOW, settle
from tests.storage.samples import CHAT, publish
from tests.storage.test_custodians import two_and_recovery

CANARY = "kenari"
KINDS = {"jenis": (Option("uang", {"id": "Politik uang"}), Option("apk", {"id": "Spanduk"}))}
TIP = Form(
    "aduan",
    "1",
    {"id": "Aduan"},
    (
        Question(("cerita",), Kind.TEXT, {"id": "Ceritakan"}),
        Question(("jenis",), Kind.SELECT_ONE, {"id": "Soal apa?"}, options="jenis"),
    ),
    KINDS,
    Purpose("tip", about={"title": "jenis cerita", "story": "cerita"}),
)
AFTER = datetime(2024, 11, 29, 16, 30, tzinfo=UTC)
"""Half an hour after the last day of the clock has ended."""


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def town(store: Store) -> Store:
    """A tip with words of every sort, a finding with nothing, a tip in practice."""
    with store.begin() as book:
        settle(book)
        follow(book)
        follow(book, "temuan")
        publish(book, TIP)
        two_and_recovery(book)
        _bring_tip(book)
        bare = {"procedure": "temuan", "area": "", "form": "", "answers": Answers(), "missing": ()}
        later = {"opened_at": NOW + timedelta(hours=1), "doubts": frozenset(), "clocks": ()}
        done = {"official": "=1+1", "result": "pelanggaran", "closed_at": NOW + timedelta(days=1)}
        book.cases.open(opened("K-2", "", is_theirs=False, **bare, **later, **done), None, NOW)
        book.cases.open(opened("K-3", "", is_theirs=False, practice=True), None, NOW)
    return store


def _bring_tip(book: Book) -> None:
    words = {"title": CANARY, "story": CANARY, "accused": CANARY, "where": CANARY}
    answers = Answers({"cerita": CANARY, "jenis": "uang", "bukti": "aaaaaaaaaaaaaaaa"})
    tip = opened(
        "K-1", CODE, answers=answers, clocks=(clock(), replace(clock(5, "lain"), extended=True)), **words
    )
    met = book.addresses.meet(CHAT, NOW)
    book.cases.open(tip, met.id, NOW)
    book.identities.seal("K-1", {"nama": CANARY}, NOW)
    book.media.expect(Attachment("image", "ref", f"{CANARY}.jpg", media="aaaaaaaaaaaaaaaa"), met.id, NOW)
    book.media.belong_to_case({"aaaaaaaaaaaaaaaa"}, "K-1", met.id, None)
    book.cases.note(noted(tip.case, NoteKind.NOTED, CANARY, assigned="person:20"))


def test_a_row_tells_how_a_case_stands(town: Store, tmp_path: Path) -> None:
    path = tmp_path / "cases.csv"
    with town.reading() as book:
        assert export_cases(book, path, AFTER) == 2
    first, second = rows(path)
    assert tuple(first) == COLUMNS
    assert first == {
        "number": "K-1",
        "procedure": "informasi-awal",
        "version": "pilkada-2024-1",
        "law": "pilkada",
        "kind": "tip",
        "topic": "Politik uang",
        "state": "diterima",
        "result": "",
        "official": "",
        "secrecy": "rahasia",
        "office": "64.72",
        "office_name": "Kota Samarinda",
        "area": "64.72.03.1005",
        "tps": "",
        "village": "Sidodadi",
        "district": "Samarinda Ulu",
        "regency": "Kota Samarinda",
        "province": "Kalimantan Timur",
        "opened_at": "2024-11-27T08:30:00+08:00",
        "entered_at": "2024-11-27T08:30:00+08:00",
        "closed_at": "",
        "known_on": "2024-11-26",
        "happened_on": "2024-11-25",
        "clocks": "kajian-awal 2024-11-29; lain 2024-12-02 +",
        "due_on": "2024-11-29",
        "overdue": "1",
        "assigned": "person:20",
        "awaits": "0",
        "held": "0",
        "report": "",
        "parent": "",
        "missing": "saksi",
        "doubts": "flood",
        "notes": "2",
        "evidence": "1",
        "practice": "0",
    }
    assert (second["number"], second["kind"], second["topic"]) == ("K-2", "finding", "")
    assert (second["area"], second["village"], second["office_name"]) == ("", "", "Kota Samarinda")
    assert (second["clocks"], second["due_on"], second["overdue"]) == ("", "", "0")
    assert (second["closed_at"], second["result"]) == ("2024-11-28T08:30:00+08:00", "pelanggaran")


def test_a_deadline_is_not_missed_on_its_last_day(town: Store, tmp_path: Path) -> None:
    with town.reading() as book:
        export_cases(book, tmp_path / "cases.csv", AFTER - timedelta(hours=1))
    assert rows(tmp_path / "cases.csv")[0]["overdue"] == "0"


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_no_word_name_or_code_is_in_it(town: Store, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"cases.{ending}"
    with town.reading() as book:
        export_cases(book, path, AFTER, practice=True)
        assert CANARY in str(book.cases.get("K-1")), "or nothing is proved"
    told = path.read_text() if ending == "csv" else str(sheet(path))
    assert "K-1" in told
    assert CANARY not in told
    assert CODE not in told


def test_nothing_is_a_formula_and_numbers_are_numbers(town: Store, tmp_path: Path) -> None:
    with town.reading() as book:
        for ending in ("csv", "xlsx"):
            export_cases(book, tmp_path / f"cases.{ending}", AFTER)
    assert rows(tmp_path / "cases.csv")[1]["official"] == "'=1+1"
    _, first, second = sheet(tmp_path / "cases.xlsx")
    assert second[COLUMNS.index("official")] == "=1+1"
    assert first[COLUMNS.index("notes")] == 2.0


def test_practice_comes_only_when_asked_for(town: Store, tmp_path: Path) -> None:
    path = tmp_path / "cases.csv"
    with town.reading() as book:
        assert export_cases(book, path, AFTER, practice=True) == 3
    assert {(row["number"], row["practice"]) for row in rows(path)} == {
        ("K-1", "0"),
        ("K-2", "0"),
        ("K-3", "1"),
    }


def test_of_an_erased_case_its_dates_stay(town: Store, tmp_path: Path) -> None:
    with town.begin() as book:
        book.retention.erase("K-2", "Diminta pelapor", CLOCK, AFTER)
    with town.reading() as book:
        export_cases(book, tmp_path / "cases.csv", AFTER)
    erased = rows(tmp_path / "cases.csv")[1]
    assert (erased["number"], erased["state"], erased["closed_at"]) == (
        "K-2",
        "diterima",
        "2024-11-28T08:30:00+08:00",
    )


def test_the_file_is_for_its_owner_alone_and_whole_or_not_there(town: Store, tmp_path: Path) -> None:
    with town.reading() as book:
        export_cases(book, tmp_path / "cases.xlsx", AFTER)
        with pytest.raises(ValueError, match="xlsx"):
            export_cases(book, tmp_path / "cases.pdf", AFTER)
    assert [file.name for file in tmp_path.iterdir()] == ["cases.xlsx"]
    assert stat.S_IMODE((tmp_path / "cases.xlsx").stat().st_mode) == 0o600


def test_many_cases_need_no_more_memory(store: Store, tmp_path: Path) -> None:
    with store.begin() as book:
        follow(book)
        for n in range(1200):
            late = {"opened_at": NOW + timedelta(seconds=n), "story": "x" * 20_000}
            book.cases.open(opened(f"K-{n:05}", "", is_theirs=False, **late), None, NOW)
    with store.reading() as book:
        tracemalloc.start()
        assert export_cases(book, tmp_path / "cases.csv", AFTER) == 1200
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert [row["number"] for row in rows(tmp_path / "cases.csv")] == [f"K-{n:05}" for n in range(1200)]
    assert peak < 16_000_000


def sheet(path: Path) -> list[list[object]]:
    with CalamineWorkbook.from_path(str(path)) as workbook:
        return cast(list[list[object]], workbook.get_sheet_by_name("cases").to_python())
