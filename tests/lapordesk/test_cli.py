"""The commands as they are typed: what they print, what they leave behind, and the exit code."""

import csv
import os
import re
import socket
from collections.abc import Callable
from pathlib import Path
from shutil import copytree

import pytest
from openpyxl import load_workbook

from lapordesk.cli import COMMANDS, run
from lapordesk.commands.console import Console
from lapordesk.procedure_files import bundled_procedures
from lapordesk.settings import PREFIX, read_settings
from lapordesk.workbooks import bundled
from storage.keys import Keys
from storage.store import Store

FORM = """
| survey |         |          |               |
|        | type    | name     | label         |
|        | integer | hadir    | Berapa hadir? |
| settings |       |          |               |
|        | form_id | version  | form_title    |
|        | coba    | {version} | Uji coba     |
"""
ROSTER = """nama,telepon,jabatan,wilayah,tps
Ani Contoh,0800 0000 101,PTPS,64.72.03.1005,12
Budi Contoh,satu,PTPS,64.72.03.1005,13
,0800 0000 103,Raja,64.72.03.1005,14
"""

Said = tuple[int, str, str]
Lapordesk = Callable[..., Said]


@pytest.fixture
def lapordesk(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> Lapordesk:
    """Run a command in an empty folder: exit code, what it said, what it complained."""
    for name in os.environ:
        if name.startswith(PREFIX):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)

    def call(line: str, *more: str) -> Said:
        capsys.readouterr()
        code = run([*line.split(), *more])
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a database that holds the areas of province 64: made once, copied by each test."""
    data = tmp_path_factory.mktemp("province")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(PREFIX + "DATA", str(data))
        assert run(["migrate"]) == 0
        assert run(["areas", "load"]) == 0
    return data


@pytest.fixture
def loaded(lapordesk: Lapordesk, province: Path) -> Lapordesk:
    copytree(province, "data")
    return lapordesk


def the_store() -> Store:
    settings = read_settings()
    return Store(settings.database_url, Keys.load(settings.key_file))


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(
    lapordesk: Lapordesk, monkeypatch: pytest.MonkeyPatch, command: str, language: str
) -> None:
    monkeypatch.setenv(PREFIX + "LANGUAGE", language)
    code, said, _ = lapordesk(f"{command} --help")
    assert code == 0
    assert f"lapordesk {command}" in said
    assert ":param" not in said


def test_the_help_speaks_the_language_of_the_settings(
    lapordesk: Lapordesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Menjalankan LaporDesk" in lapordesk("--help")[1]
    monkeypatch.setenv(PREFIX + "LANGUAGE", "en")
    assert "Run LaporDesk" in lapordesk("--help")[1]


@pytest.mark.parametrize(
    ("line", "code", "names"),
    [
        ("serv", 2, "serve"),
        ("areas load --provinse 64", 2, "--province"),
        ("people add --name X", 2, "--phone"),
        ("serve --role king", 2, "king"),
        ("doctor extra", 2, "extra"),
        ("areas load --province 99", 1, "provinsi"),
        ("forms check nothing.md", 1, "nothing.md"),
        ("forms check .", 1, "."),
        ("forms check letter.doc", 1, "letter.doc"),
        ("forms publish", 1, "--bundled"),
        ("forms list", 1, "publish --bundled"),
        ("forms export nothing --to x.xlsx", 1, "nothing"),
        ("forms guide nothing --to x.pdf", 1, "nothing"),
        ("forms guide nothing --to x.docx", 1, "x.docx"),
        ("export reports --to x.pdf", 1, "x.pdf"),
        ("export reports --to x.xlsx", 1, "publish --bundled"),
        ("people import nothing.csv", 1, "nothing.csv"),
        ("people import nothing.doc", 1, "nothing.doc"),
        ("people invite --phone +628000000012", 1, "+628000000012"),
        ("people invite --phone satu", 1, "satu"),
        ("areas import nothing.csv", 1, "nothing.csv"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(loaded: Lapordesk, line: str, code: int, names: str) -> None:
    ended, _, complaint = loaded(line)
    assert ended == code
    assert complaint.startswith("lapordesk: ")
    assert complaint.count("\n") == 1
    assert names in complaint


@pytest.mark.parametrize(
    "line", ["areas load", "people import x.csv", "forms list", "serve", "export reports --to x.csv"]
)
def test_without_a_database_it_says_what_to_do_first(lapordesk: Lapordesk, line: str) -> None:
    Path("x.csv").write_text(ROSTER)
    code, _, complaint = lapordesk(line)
    assert code == 1
    assert "lapordesk migrate" in complaint


def test_wrong_settings_are_told_a_line_each(lapordesk: Lapordesk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PREFIX + "PORT", "x")
    monkeypatch.setenv(PREFIX + "TIMEZONE", "y")
    code, _, complaint = lapordesk("doctor")
    assert code == 1
    assert [line.split(":")[1].strip() for line in complaint.splitlines()] == [
        PREFIX + "PORT",
        PREFIX + "TIMEZONE",
    ]


def test_a_database_that_does_not_answer_is_told_without_its_password(
    lapordesk: Lapordesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PREFIX + "DATABASE_URL", "postgresql://me:topsecret@127.0.0.1:9/lapor")
    code, _, complaint = lapordesk("migrate")
    assert code == 1
    assert complaint.count("\n") == 1
    assert "topsecret" not in complaint


def test_an_unexpected_failure_is_not_hidden(lapordesk: Lapordesk, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: Console) -> bool:
        raise ZeroDivisionError

    monkeypatch.setattr(Console, "prepare", fail)
    with pytest.raises(ZeroDivisionError):
        lapordesk("migrate")


def test_migrating_twice_does_nothing_the_second_time(lapordesk: Lapordesk) -> None:
    assert lapordesk("migrate")[1] != lapordesk("migrate")[1]


def test_areas_of_other_provinces_and_from_a_file(loaded: Lapordesk) -> None:
    assert loaded("areas load --province 65 64")[0] == 0
    Path("tps.csv").write_text("desa,tps\n64.72.03.1005,1-3\n64.72.03.1005,x\n")
    code, said, _ = loaded("areas import tps.csv")
    assert code == 1
    assert "Baris 3" in said
    with the_store().reading() as book:
        assert book.areas.get("65.71")
        assert book.areas.get("64.72.03.1005.003")


def test_a_roster_is_checked_without_being_taken(loaded: Lapordesk) -> None:
    Path("roster.csv").write_text(ROSTER)
    code, said, _ = loaded("people import roster.csv --dry-run")
    assert code == 1
    assert len(re.findall(r"\b[34]\b.*", said)) >= 3
    assert "1 orang" in said
    with the_store().reading() as book:
        assert book.people.by_phone("+628000000101") is None


def test_the_good_rows_of_a_roster_are_taken(loaded: Lapordesk) -> None:
    Path("roster.csv").write_text(ROSTER)
    code, said, _ = loaded("people import roster.csv")
    assert code == 1
    assert "1 orang masuk, 2 baris keliru" in said
    with the_store().reading() as book:
        ani = book.people.by_phone("+628000000101")
        assert ani and ani.posts[0].place[:2] == ("TPS 012", "Sidodadi")


def test_a_roster_tells_what_would_change_and_who_is_missing(loaded: Lapordesk) -> None:
    Path("roster.csv").write_text(ROSTER)
    _, said, _ = loaded("people import roster.csv --preview")
    assert "Orang baru: 1" in said and "Ani Contoh: PTPS, TPS 012, Sidodadi" in said
    with the_store().reading() as book:
        assert book.people.by_phone("+628000000101") is None
    loaded("people import roster.csv")
    Path("roster.csv").write_text(ROSTER.replace("3.1005,12", "3.1005,14"))
    _, said, _ = loaded("people import roster.csv")
    assert "Mendapat jabatan lain: 1" in said and "Jabatan menjadi kosong: 1" in said
    code, said, _ = loaded("people vacancies --area 64.72")
    assert code == 0
    assert "PTPS: 1 dari 2 jabatan kosong" in said and "64.72.03.1005.012" in said
    assert loaded("people vacancies --area 64.02")[1] == ""


def test_one_person_is_added_and_invited(loaded: Lapordesk, monkeypatch: pytest.MonkeyPatch) -> None:
    person = ("--name", "Ani Contoh", "--phone", "0800 0000 012", "--role", "ptps")
    code, said, _ = loaded("people add --area 64.72.03.1005 --tps 12", *person)
    assert (code, said) == (0, "Ani Contoh ditambahkan: PTPS, TPS 012, Sidodadi, Samarinda Ulu.\n")
    monkeypatch.setenv(PREFIX + "TELEGRAM_TOKEN", "1:aa")
    code, said, _ = loaded("people invite --phone +628000000012")
    spoken = re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}", said)
    assert code == 0 and spoken
    assert f"?start={spoken[0].replace('-', '')}" in said
    with the_store().reading() as book:
        found = book.invitations.find(spoken[0], Console.open().now)
        assert found and found.person_id == book.people.by_phone("+628000000012").id


def test_a_person_who_cannot_be_added_is_told_why(loaded: Lapordesk) -> None:
    code, _, complaint = loaded("people add --name Ani --phone 12 --role raja --area 64.72.03.1005")
    assert code == 1
    assert "--phone" in complaint and "--role" in complaint
    assert complaint.count("\n") == 1


def test_a_form_is_checked_published_listed_and_given_back(loaded: Lapordesk) -> None:
    Path("coba.md").write_text(FORM.format(version=1))
    assert loaded("forms check coba.md")[0] == 0
    assert "Terbit: coba versi 1" in loaded("forms publish coba.md")[1]
    assert "Sudah terbit" in loaded("forms publish coba.md")[1]
    Path("coba.md").write_text(FORM.format(version=2))
    assert loaded("forms publish coba.md")[0] == 0
    _, said, _ = loaded("forms list")
    assert [line.split()[:2] for line in said.splitlines()] == [["coba", "1"], ["coba", "2"]]
    assert "versi lama" in said.splitlines()[0]
    assert loaded("forms export coba --to back.md --version 1")[0] == 0
    assert Path("back.md").read_text() == FORM.format(version=1)


def test_a_bundled_form_comes_back_as_a_workbook_that_can_be_published(loaded: Lapordesk) -> None:
    assert loaded("forms publish --bundled")[0] == 0
    name = loaded("forms list")[1].split()[0]
    assert loaded(f"forms export {name} --to form.xlsx")[0] == 0
    assert {"survey", "settings"} <= set(load_workbook("form.xlsx").sheetnames)
    code, said, complaint = loaded("forms check form.xlsx")
    assert (code, complaint) == (0, ""), said
    assert loaded(f"forms export {name} --to form.xls")[0] == 1


def test_a_form_with_errors_is_refused_with_every_problem(loaded: Lapordesk) -> None:
    Path("salah.md").write_text(
        FORM.format(version=1).replace("integer", "intejer").replace("hadir ", "1 hadir ")
    )
    code, said, _ = loaded("forms check salah.md --language en")
    assert code == 1
    assert "row" in said
    code, said, complaint = loaded("forms publish salah.md")
    assert code == 1
    assert "baris" in said and "salah.md" in complaint


def test_other_words_under_the_same_version_are_refused(loaded: Lapordesk) -> None:
    Path("coba.md").write_text(FORM.format(version=1))
    assert loaded("forms publish coba.md")[0] == 0
    Path("coba.md").write_text(FORM.format(version=1).replace("hadir?", "pulang?"))
    code, _, complaint = loaded("forms publish coba.md")
    assert code == 1
    assert "coba versi 1" in complaint


def test_a_guide_is_printed_of_a_form_with_codes(loaded: Lapordesk, tmp_path: Path) -> None:
    assert loaded("forms publish --bundled")[0] == 0
    assert loaded("forms guide hitung --to panduan.pdf --number +628000000000")[0] == 0
    assert Path("panduan.pdf").read_bytes().startswith(b"%PDF-")
    code, _, wrong = loaded("forms guide lhp --to lain.pdf")
    assert code == 1
    assert "lhp" in wrong
    assert not Path("lain.pdf").exists()


def test_an_export_without_reports_has_the_headings(loaded: Lapordesk) -> None:
    Path("coba.md").write_text(FORM.format(version=1))
    loaded("forms publish coba.md")
    assert loaded("export reports --to out.csv --form coba")[0] == 0
    headings = next(csv.reader(Path("out.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert "number" in headings and "hadir" in headings
    assert loaded("export reports --to out.csv --form lain")[0] == 1


def test_the_demo_makes_everything_ready_and_can_be_repeated(lapordesk: Lapordesk) -> None:
    code, said, _ = lapordesk("demo")
    assert code == 0
    assert "http://127.0.0.1:8000/chat" in said
    again = lapordesk("demo")
    assert again[0] == 0
    assert "Terbit:" not in again[1]
    code, said, _ = lapordesk("doctor")
    assert code == 0, said
    assert "RUSAK" not in said
    assert len(lapordesk("forms list")[1].splitlines()) == len(bundled())
    in_force = lapordesk("procedures list")[1].splitlines()
    assert len(in_force) == len(bundled_procedures("pilkada")) == 5
    assert all("pilkada" in line for line in in_force)


def test_the_demo_leaves_procedures_that_are_there(lapordesk: Lapordesk) -> None:
    lapordesk("migrate")
    assert lapordesk("procedures publish --law pemilu")[0] == 0
    assert lapordesk("demo")[0] == 0
    assert all("pemilu" in line for line in lapordesk("procedures list")[1].splitlines())


def test_the_demo_stays_away_from_real_people(loaded: Lapordesk) -> None:
    loaded("people add --name Ani --phone 0800-0000-500 --role pkd --area 64.72.03.1005")
    code, _, complaint = loaded("demo")
    assert code == 1
    assert "orang sungguhan" in complaint


def test_the_doctor_finds_what_is_broken(loaded: Lapordesk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PREFIX + "TELEGRAM_TOKENS", "1:aa")
    code, said, _ = loaded("doctor")
    assert code == 0
    assert PREFIX + "TELEGRAM_TOKENS" in said
    assert "Huruf untuk gambar dan halaman rekap ada." in said
    with monkeypatch.context() as patch:
        patch.setattr("scheduler.render.fonts_here.fault", lambda: "OSError: unknown file format")
        code, said, _ = loaded("doctor")
    assert code == 1
    assert "unknown file format. Pasang ulang" in said
    Path("data/keys").chmod(0o644)
    code, said, _ = loaded("doctor")
    assert code == 1
    assert "RUSAK" in said and "chmod 600" in said
    Path("data/keys").unlink()
    Keys.load(Path("data/keys"))
    code, said, _ = loaded("doctor")
    assert code == 1
    assert "kunci lain" in said


def test_the_doctor_says_what_citizens_cannot_do(loaded: Lapordesk) -> None:
    def warned() -> str:
        code, said, _ = loaded("doctor")
        assert code == 0
        return "\n".join(line for line in said.splitlines() if line.startswith("lihat"))

    assert "Belum ada prosedur kasus: lapordesk procedures publish --law pilkada" in warned()
    Path("coba.md").write_text(FORM.format(version=1))
    loaded("forms publish coba.md")
    assert "Belum ada formulir untuk warga" in warned()
    assert loaded("forms publish --bundled")[0] == 0
    assert "formulir untuk warga" not in warned()
    assert loaded("procedures publish --law pilkada")[0] == 0
    assert "prosedur" not in warned()
    assert "Formulir untuk warga: aduan, ppid" in loaded("doctor")[1]
    store = the_store()
    with store.begin() as book:
        book.connection.exec_driver_sql("DELETE FROM procedure_version WHERE name = 'informasi-awal'")
    store.close()
    assert "Formulir aduan membuka prosedur informasi-awal yang tidak berlaku" in warned()


def test_the_doctor_says_that_twilio_needs_an_address(
    loaded: Lapordesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("ACCOUNT_SID", "AC1"), ("AUTH_TOKEN", "t"), ("SMS_FROM", "12345")):
        monkeypatch.setenv(f"{PREFIX}TWILIO_{name}", value)
    code, said, _ = loaded("doctor")
    assert code == 1
    assert "PUBLIC_URL" in said


def test_keys_of_another_database_are_refused(loaded: Lapordesk) -> None:
    Path("data/keys").unlink()
    code, _, complaint = loaded("areas load")
    assert code == 1
    assert "kunci lain" in complaint


def test_a_port_that_is_taken_is_named(loaded: Lapordesk, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        monkeypatch.setenv(PREFIX + "PORT", port)
        code, said, complaint = loaded("serve")
    assert (code, said) == (1, "")
    assert port in complaint and "LAPORDESK_PORT" in complaint
