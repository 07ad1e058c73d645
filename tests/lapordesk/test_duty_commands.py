"""`lapordesk elections`, `events` and `ledger` as they are typed."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine

from lapordesk.settings import PREFIX
from lapordesk.workbooks import BUNDLED
from tests.lapordesk.test_cli import Lapordesk, lapordesk, loaded, province, the_store
from tests.storage.duties import SIDODADI

__all__ = ["lapordesk", "loaded", "province"]
FILE = BUNDLED / "elections" / "pilkada-2024.toml"
TODAY = datetime(2026, 11, 25, 4, tzinfo=UTC)
PILKADA = FILE.read_text()


@pytest.fixture(autouse=True)
def a_wednesday() -> Iterator[None]:
    with time_machine.travel(TODAY):
        yield


@pytest.fixture
def running(loaded: Lapordesk) -> Lapordesk:
    """The bundled forms and two supervisors."""
    assert loaded("forms publish --bundled")[0] == 0
    for number, (role, area) in enumerate((("pkd", SIDODADI), ("pkd", "64.02.06.1005")), 1):
        person = ("--name", f"Ani {number} Contoh", "--phone", f"0800000{number:04}")
        assert loaded(f"people add --role {role} --area {area}", *person)[0] == 0
    return loaded


def quiet_today() -> str:
    """The bundled election with the whole of the last and the next week for its quiet period."""
    today = TODAY.date()
    week = timedelta(days=7)
    moved = PILKADA.replace("first = 2024-11-24", f"first = {today - week}")
    return moved.replace("last = 2024-11-26", f"last = {today + week}").replace(
        "due = 20:00:00", "due = 23:59:00\nopens = 00:00:00"
    )


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("elections check nothing.toml", "nothing.toml"),
        ("elections publish", "--bundled"),
        ("elections list", "publish --bundled"),
        ("elections export lain --to x.toml", "lain"),
        ("events import x.doc", "x.doc"),
        ("events import nothing.csv", "nothing.csv"),
        ("events list", "14"),
        ("ledger show --area 99.99", "99.99"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(loaded: Lapordesk, line: str, names: str) -> None:
    code, _, complaint = loaded(line)
    assert code == 1
    assert complaint.startswith("lapordesk: ") and complaint.count("\n") == 1
    assert names in complaint


def test_a_file_is_checked_in_both_languages_without_a_database(lapordesk: Lapordesk) -> None:
    Path("salah.toml").write_text(PILKADA.replace('cadence = "weekly"', 'cadence = "monthly"'))
    code, said, complaint = lapordesk("elections check salah.toml")
    assert (code, complaint) == (1, "")
    assert "salah.toml, baris " in said and "duty[1].cadence:" in said
    assert "tidak dikenal" in said and "is not known" in said


def test_a_good_file_is_told_as_it_was_understood(
    lapordesk: Lapordesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, said, _ = lapordesk("elections check", str(FILE))
    assert code == 0
    assert "lhp-pekanan: lhp, PKD, tiap minggu, paling lambat Minggu 18:00" in said
    assert "situasi: situasi, PTPS, tiap jam" in said
    monkeypatch.setenv(PREFIX + "LANGUAGE", "en")
    assert "every week, by Sunday 18:00" in lapordesk("elections check", str(FILE))[1]


def test_an_election_needs_its_forms(loaded: Lapordesk) -> None:
    code, said, complaint = loaded("elections publish --bundled")
    assert code == 1
    assert "lhp" in said and "pilkada-2024.toml" in complaint
    assert loaded("forms publish --bundled")[0] == 0
    code, said, _ = loaded("elections publish --bundled")
    assert (code, said) == (0, "Berlaku: pilkada-2024 versi 1\n")


def test_it_is_published_listed_changed_and_given_back(running: Lapordesk) -> None:
    Path("satu.toml").write_text(PILKADA)
    assert running("elections publish satu.toml")[0] == 0
    assert "Sudah berlaku" in running("elections publish satu.toml")[1]
    Path("satu.toml").write_text(PILKADA + "\n")
    code, _, complaint = running("elections publish satu.toml")
    assert code == 1 and "versi 1" in complaint
    Path("dua.toml").write_text(PILKADA.replace('version = "1"', 'version = "2"'))
    assert running("elections publish dua.toml")[0] == 0
    _, said, _ = running("elections list")
    assert [line.split()[:2] for line in said.splitlines()] == [["pilkada-2024", "1"], ["pilkada-2024", "2"]]
    assert "versi lama" in said.splitlines()[0] and "2024-11-27" in said
    assert running("elections export pilkada-2024 --to back.toml --version 1")[0] == 0
    assert Path("back.toml").read_text() == PILKADA


def test_what_has_begun_is_opened_and_shown_by_area(running: Lapordesk) -> None:
    Path("kini.toml").write_text(quiet_today())
    code, said, _ = running("elections publish kini.toml")
    assert code == 0
    assert re.search(r"1 periode dibuka, 2 laporan ditunggu", said)
    code, said, _ = running("ledger show --area 64")
    assert code == 0
    lines = [line.split() for line in said.splitlines()]
    assert lines[1] == ["wajib", "lapor", "nihil", "belum", "terlambat", "kosong"]
    assert {line[-7] for line in lines[2:]} >= {"Samarinda", "Seluruhnya"}
    assert lines[-1] == ["Seluruhnya", *["0"] * 6], "nothing is due yet"
    assert len(lines) == 2 + 10 + 1
    with time_machine.travel(TODAY + timedelta(days=1)):
        said = running("ledger show --area 64")[1]
        assert said.splitlines()[-1].split() == ["Seluruhnya", "2", "0", "0", "2", "0", "0"]
        assert ["Samarinda", "1", "0", "0", "1", "0", "0"] in [
            line.split()[-7:] for line in said.splitlines()
        ]
        assert running("ledger show --area 64 --week-of 2026-11-18")[1].splitlines()[-1].split()[1] == "0"


def test_a_schedule_is_previewed_taken_and_listed(running: Lapordesk) -> None:
    headings = "nomor sttp;tanggal;jam;wilayah;tempat"
    row = f"STTP/1;27/11/2026;09.00 - 11.00;{SIDODADI};Gedung Contoh"
    Path("jadwal.csv").write_text(f"{headings}\n{row}\nSTTP/2;kapan;09.00;Atlantis;x\n")
    code, said, _ = running("events import jadwal.csv --dry-run")
    assert code == 1
    assert "Baru: STTP/1, 2026-11-27, Gedung Contoh" in said and "Belum ada yang diubah" in said
    assert running("events list")[0] == 1
    code, said, _ = running("events import jadwal.csv")
    assert "1 acara baru, 0 berubah, 0 tetap, 1 baris keliru" in said
    Path("jadwal.csv").write_text(f"{headings};batal\n{row.replace('09.00', '10.00')};ya\n")
    code, said, _ = running("events import jadwal.csv")
    assert code == 0
    assert "Berubah: STTP/1, 2026-11-27, Gedung Contoh (jam mulai, batal)" in said
    assert "0 acara baru, 1 berubah" in said
    _, said, _ = running("events list --area 64.72")
    assert said == "2026-11-27 10:00–11:00  STTP/1  Gedung Contoh, Sidodadi, Samarinda Ulu  BATAL\n"


def test_the_demo_is_in_the_middle_of_a_campaign(lapordesk: Lapordesk) -> None:
    assert lapordesk("demo")[0] == 0
    code, said, _ = lapordesk("elections list")
    assert code == 0 and said.startswith("demo ")
    with the_store().reading() as book:
        [election] = book.elections.in_force()
        assert election.stage("kampanye").holds(TODAY.date())
        assert {one.opened.duty for one in book.openings.of("demo")} == {"lhp-pekanan"}
        assert {"patroli", "situasi"} < {duty.form for duty in election.duties}
    assert "Berlaku:" not in lapordesk("demo")[1]
