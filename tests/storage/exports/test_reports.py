import csv
import stat
import tracemalloc
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from core.model.messages import Attachment
from core.model.records import Answers, Report
from storage.book import Book
from storage.exports import NothingToExport, export_reports
from storage.store import Store
from tests.storage.kaltim import NOW, appoint
from tests.storage.samples import CHAT, FORM, corrected, filed, publish

OTHER_FORM = replace(FORM, name="logistik", version="3")


def wide(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def with_repeat(report: Report, **values: str) -> Report:
    answers = {
        name.replace("__", "/").replace("_1", "[1]").replace("_2", "[2]"): v for name, v in values.items()
    }
    first = replace(report.latest, answers=Answers({**report.latest.answers.values, **answers}))
    return replace(report, revisions=(first,))


@pytest.fixture
def told(store: Store) -> Store:
    """Two reports and one in practice; the first with a picture and evil words, the second corrected."""
    with store.begin() as book:
        publish(book)
        person = appoint(book)
        holder = book.people.get(person)
        post = holder.posts[0].id if holder else None
        _picture(book)
        first = filed(
            "P-1", person, post, jam_buka="07:20:00.000+08:00", suara__sah="221", catatan="=HYPERLINK(1)"
        )
        first = with_repeat(
            first, kejadian_1__apa="+62 menelepon", kejadian_2__bukti="0123456789abcdef tanpaarsip"
        )
        book.reports.file(first)
        second = filed("P-2", person, post, NOW + timedelta(hours=1), suara__sah="-5")
        book.reports.file(second)
        book.reports.revise("P-2", corrected(second, "salah ketik", suara__sah="198", suara__tidak_sah="7.5"))
        book.reports.file(filed("P-3", person, post, practice=True, suara__sah="1"))
    return store


def _picture(book: Book) -> None:
    met = book.addresses.meet(CHAT, NOW)
    book.media.expect(Attachment("image", "ref", "tps.jpg", media="0123456789abcdef"), met.id, NOW)
    book.media.keep(
        "0123456789abcdef",
        content_type="image/jpeg",
        size=5,
        sha256="ab" * 32,
        path="x",
        data_key=b"k",
        now=NOW,
    )


def test_csv_has_a_column_a_question(told: Store, tmp_path: Path) -> None:
    path = tmp_path / "reports.csv"
    with told.reading() as book:
        done = export_reports(book, path, form=FORM.name)
    first, second = wide(path)
    assert (done.forms, done.reports) == (1, 2)
    assert list(first)[-6:] == [
        "jam_buka",
        "suara/sah",
        "suara/tidak_sah",
        "kejadian[1]/apa",
        "kejadian[2]/bukti",
        "catatan",
    ]
    assert first["kejadian[2]/bukti"] == f"tps.jpg sha256:{'ab' * 32}; tanpaarsip"
    assert (first["number"], first["standing"], first["serial"], first["role"]) == (
        "P-1",
        "filed",
        "1",
        "ptps",
    )
    assert (first["tps"], first["village"], first["regency"]) == ("TPS 012", "Sidodadi", "Kota Samarinda")
    assert (first["person"], first["channel"], first["practice"]) == ("Budi", "telegram", "0")
    assert (first["filed_at"], first["revised_at"]) == ("2024-11-27T08:30:00+08:00", "")
    assert (second["standing"], second["serial"], second["reason"]) == ("corrected", "2", "salah ketik")
    assert (second["suara/sah"], second["flags"]) == ("198", "suara/sah: lebih dari pemilih")
    assert second["revised_at"] == "2024-11-27T10:30:00+08:00"


def test_no_cell_of_a_csv_is_a_formula(told: Store, tmp_path: Path) -> None:
    path = tmp_path / "reports.csv"
    with told.reading() as book:
        export_reports(book, path, form=FORM.name)
    first, _ = wide(path)
    assert first["catatan"] == "'=HYPERLINK(1)"
    assert first["kejadian[1]/apa"] == "'+62 menelepon"


def test_xlsx_has_a_sheet_a_form_with_numbers_as_numbers(told: Store, tmp_path: Path) -> None:
    path = tmp_path / "reports.xlsx"
    with told.begin() as book:
        publish(book, OTHER_FORM)
    with told.reading() as book:
        export_reports(book, path)
    with CalamineWorkbook.from_path(str(path)) as workbook:
        assert workbook.sheet_names == ["ptps-pungut", "logistik"]
        heading, first, second = workbook.get_sheet_by_index(0).to_python()
    one, two = (dict(zip(map(str, heading), row, strict=True)) for row in (first, second))
    assert (one["suara/sah"], two["suara/tidak_sah"]) == (221.0, 7.5)
    assert (one["catatan"], one["jam_buka"]) == ("=HYPERLINK(1)", "07:20:00.000+08:00")


def test_csv_of_all_forms_has_a_line_an_answer(told: Store, tmp_path: Path) -> None:
    path = tmp_path / "reports.csv"
    with told.begin() as book:
        publish(book, OTHER_FORM)
    with told.reading() as book:
        done = export_reports(book, path)
    lines = [(line["number"], line["question"], line["answer"]) for line in wide(path)]
    assert (done.forms, done.reports) == (2, 2)
    assert lines[:3] == [
        ("P-1", "jam_buka", "07:20:00.000+08:00"),
        ("P-1", "suara/sah", "221"),
        ("P-1", "kejadian[1]/apa", "'+62 menelepon"),
    ]
    assert lines[-2:] == [("P-2", "suara/sah", "198"), ("P-2", "suara/tidak_sah", "7.5")]


def test_practice_comes_only_when_asked_for(told: Store, tmp_path: Path) -> None:
    path = tmp_path / "reports.csv"
    with told.reading() as book:
        export_reports(book, path, form=FORM.name, practice=True)
    assert {(row["number"], row["practice"]) for row in wide(path)} == {
        ("P-1", "0"),
        ("P-2", "0"),
        ("P-3", "1"),
    }


def test_the_file_is_for_its_owner_alone_and_whole_or_not_there(told: Store, tmp_path: Path) -> None:
    with told.reading() as book:
        export_reports(book, tmp_path / "reports.csv", form=FORM.name)
        with pytest.raises(NothingToExport, match="nosuch"):
            export_reports(book, tmp_path / "other.csv", form="nosuch")
        with pytest.raises(ValueError, match="xlsx"):
            export_reports(book, tmp_path / "reports.pdf")
    assert [file.name for file in tmp_path.iterdir()] == ["reports.csv"]
    assert stat.S_IMODE((tmp_path / "reports.csv").stat().st_mode) == 0o600


def test_many_reports_need_no_more_memory(store: Store, tmp_path: Path) -> None:
    with store.begin() as book:
        publish(book)
        person = appoint(book)
        for n in range(1500):
            book.reports.file(
                filed(f"P-{n:05}", person, None, NOW + timedelta(seconds=n), catatan="x" * 2000)
            )
    with store.reading() as book:
        tracemalloc.start()
        done = export_reports(book, tmp_path / "reports.csv", form=FORM.name)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert done.reports == 1500
    assert [row["number"] for row in wide(tmp_path / "reports.csv")] == [f"P-{n:05}" for n in range(1500)]
    assert peak < 15_000_000
