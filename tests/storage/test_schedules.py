"""A schedule of the campaign as somebody types it: read generously, each faulty row told with its remedy."""

import io
from collections.abc import Iterator
from datetime import date, datetime, time

import pytest
import xlsxwriter

from core.elections.events import CampaignEvent
from core.speech.texts import LANGUAGES, texts
from storage.areas import Areas
from storage.keys import Keys
from storage.roster import Fault, RosterUnreadable, sentence
from storage.schedules import read_schedule
from storage.store import Store
from tests.databases import Databases
from tests.storage.duties import SIDODADI, wita
from tests.storage.kaltim import settle

HEADINGS = "Nomor STTP;Tanggal;Jam;Wilayah;Tempat;Penyelenggara;Bentuk;Paslon;Batal"
NOW = datetime.fromisoformat("2024-11-01T10:00:00+08:00")


@pytest.fixture(scope="module")
def areas(databases: Databases, keys: Keys) -> Iterator[Areas]:
    store = Store(databases.sqlite(), keys)
    with store.begin() as book:
        settle(book)
    with store.reading() as book:
        yield book.areas
    store.close()


def read(areas: Areas, *rows: str, headings: str = HEADINGS) -> tuple[list[CampaignEvent], list[Fault]]:
    return read_schedule("\n".join([headings, *rows]).encode(), "csv", areas, NOW)


def test_a_row_is_understood(areas: Areas) -> None:
    row = (
        f"STTP/12/XI/2024;Selasa 12 Nov 2024;09.00 - 11.30;{SIDODADI};Gedung Contoh;Tim Contoh;pertemuan;01;"
    )
    assert read(areas, row) == (
        [
            CampaignEvent(
                "STTP/12/XI/2024",
                SIDODADI,
                "Gedung Contoh",
                wita(12, 9),
                wita(12, 11, 30),
                "Tim Contoh",
                "pertemuan",
                "01",
            )
        ],
        [],
    )


@pytest.mark.parametrize(
    "hours, starts, ends",
    [
        ("09.00", wita(12, 9), wita(12, 12)),
        ("09.00 s.d. selesai", wita(12, 9), wita(12, 12)),
        ("jam 9 pagi - 11.00 wita", wita(12, 9), wita(12, 11)),
        ("20:00–01:00", wita(12, 20), wita(13, 1)),
        ("19.30 sampai 22.00", wita(12, 19, 30), wita(12, 22)),
    ],
)
def test_hours_as_they_are_written(areas: Areas, hours: str, starts: datetime, ends: datetime) -> None:
    [one], faults = read(areas, f"1;12/11/2024;{hours};{SIDODADI};Lapangan;;;;")
    assert (one.starts_at, one.ends_at, faults) == (starts, ends, [])


def test_the_hours_are_those_of_the_place(areas: Areas) -> None:
    [one], _ = read(areas, "1;12/11/2024;09.00;Sidodadi, Samarinda Ulu;Lapangan;;;;")
    assert one.starts_at == wita(12, 9)
    assert one.day == date(2024, 11, 12)


def test_columns_of_their_own_for_end_and_places(areas: Areas) -> None:
    headings = "STTP;Tgl;Mulai;Selesai;Kelurahan/Desa;Kecamatan;Lokasi"
    [one], faults = read(areas, "1;12/11/2024;09.00;11.00;Sidomulyo;Anggana;Lapangan", headings=headings)
    assert (one.area, one.ends_at, faults) == ("64.02.04.2007", wita(12, 11), [])


def test_a_workbook_with_real_dates_and_times(areas: Areas) -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["JADWAL KAMPANYE"])
        sheet.write_row(2, 0, HEADINGS.split(";"))
        sheet.write_row(3, 0, ["STTP/1"])
        sheet.write_datetime(3, 1, datetime(2024, 11, 12), book.add_format({"num_format": "dd/mm/yyyy"}))
        sheet.write_datetime(3, 2, time(9), book.add_format({"num_format": "hh:mm"}))  # type: ignore[arg-type]
        sheet.write_row(3, 3, [SIDODADI, "Lapangan"])
    [one], faults = read_schedule(buffer.getvalue(), "xlsx", areas, NOW)
    assert (one.starts_at, faults) == (wita(12, 9), [])


def test_all_faults_of_all_rows_are_told_in_both_languages(areas: Areas) -> None:
    good, faults = read(
        areas,
        ";kapan-kapan;pagi buta;Atlantis;;;;;mungkin",
        f"1;12/11/2024;09.00;{SIDODADI};Lapangan;;;;",
        f"1;12/11/2024;13.00;{SIDODADI};Gedung;;;;",
        "2;12/11/2024;09.00;64.72.03;Lapangan;;;;",
        "3;Rabu 12/11/2024;09.00;Sidomulyo;Lapangan;;;;",
    )
    assert [one.number for one in good] == ["1"]
    assert {(fault.row, fault.column, fault.key) for fault in faults} == {
        (2, "Nomor STTP", "events.missing"),
        (2, "Tanggal", "events.day"),
        (2, "Jam", "events.clock"),
        (2, "Wilayah", "roster.area.unknown"),
        (2, "Tempat", "events.missing"),
        (2, "Batal", "events.cancelled"),
        (4, "Nomor STTP", "events.twice"),
        (5, "Wilayah", "events.area"),
        (6, "Tanggal", "events.day"),
        (6, "Wilayah", "roster.area.several"),
    }
    for language in LANGUAGES:
        assert all(str(fault.row) in sentence(fault, texts(language)) for fault in faults)


def test_a_cancelled_event_says_so(areas: Areas) -> None:
    [one], _ = read(areas, f"1;12/11/2024;09.00;{SIDODADI};Lapangan;;;;YA")
    assert one.is_cancelled


@pytest.mark.parametrize("text", ["a;b;c\n1;2;3", "", "Nomor STTP;Tanggal;Jam\n1;2;3"])
def test_a_file_of_something_else_is_refused(areas: Areas, text: str) -> None:
    with pytest.raises(RosterUnreadable) as refused:
        read_schedule(text.encode(), "csv", areas, NOW)
    assert refused.value.key == "events.no_headings"
