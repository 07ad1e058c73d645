"""An operator works cases as one of the staff, and may no more than that one; staff come and go."""

import csv
import json
import re
from pathlib import Path
from shutil import copytree

import pytest

from lapordesk.cli import run
from lapordesk.settings import PREFIX
from storage.store import Store
from tests.lapordesk.test_cli import Lapordesk, lapordesk, the_store

__all__ = ["lapordesk"]
WAHYU, VINA = "wahyu@contoh.example", "vina@contoh.example"


@pytest.fixture(scope="module")
def demo_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo, made once."""
    data = tmp_path_factory.mktemp("demo")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(PREFIX + "DATA", str(data))
        patch.setenv(PREFIX + "LANGUAGE", "en")
        assert run(["demo"]) == 0
    return data


@pytest.fixture
def demo(lapordesk: Lapordesk, demo_data: Path, monkeypatch: pytest.MonkeyPatch) -> Lapordesk:
    monkeypatch.setenv(PREFIX + "LANGUAGE", "en")
    copytree(demo_data, "data")
    return lapordesk


def rows(lapordesk: Lapordesk, *more: str, who: str = WAHYU) -> dict[str, str]:
    """Each number with its whole line."""
    _, said, _ = lapordesk("cases list --as", who, *more)
    return {line.split()[0]: line for line in said.splitlines()}


def of(lapordesk: Lapordesk, words: str, *more: str) -> str:
    return next(number for number, line in rows(lapordesk, *more).items() if words in line)


def test_the_demo_has_cases_in_many_states(demo: Lapordesk) -> None:
    lines = rows(demo, "--closed")
    assert len(lines) == 13  # a finding grew out of one of the twelve
    states = {line.split()[2] for line in lines.values()}
    assert {"diterima", "penelusuran", "ditinjau", "dihentikan", "klarifikasi", "dicatat"} <= states
    store: Store = the_store()
    with store.reading() as book:
        assert book.custodians.can_seal()
        assert book.audit.verify().broken_at is None
        assert len(book.staff.every()) == 1
    store.close()


def test_the_demo_again_adds_nothing_but_a_token(demo: Lapordesk) -> None:
    before = rows(demo, "--closed")
    code, said, _ = demo("demo")
    assert code == 0
    assert re.search(r"ld_[\w-]{43}", said)
    assert rows(demo, "--closed") == before


def test_a_case_is_shown_with_what_can_be_done(demo: Lapordesk) -> None:
    number = of(demo, "Kepala desa")
    code, said, _ = demo(f"cases show {number.lower()} --as", WAHYU)
    assert code == 0
    assert "Kepala desa naik panggung" in said
    assert "jadikan-temuan" in said
    assert "Budi" not in said


def test_each_act_is_done_as_one_of_the_staff(demo: Lapordesk) -> None:
    number = of(demo, "Pembagian sembako malam")
    assert demo(f"cases assign {number} {WAHYU} --as", WAHYU)[0] == 0
    assert demo(f"cases note {number} --as", WAHYU, "Sudah ditelepon.")[0] == 0
    assert demo(f"cases ask {number} --as", WAHYU, "Jam berapa?")[0] == 0
    assert demo(f"cases move {number} telusuri --as", WAHYU)[1].startswith(f"{number}: Being looked into")
    assert demo(f"cases hold {number} --as", WAHYU, "--reason", "Dipakai di sidang.")[0] == 0
    said = demo(f"cases show {number} --as", WAHYU)[1]
    for word in ("Sudah ditelepon.", "Jam berapa?", "move=telusuri", "Dipakai di sidang.", "staff:1"):
        assert word in said


def test_what_the_rules_refuse_is_one_line(demo: Lapordesk) -> None:
    number = of(demo, "Pembagian sembako malam")
    code, _, complaint = demo(f"cases move {number} jadikan-temuan --as", WAHYU, "--reason", "Ada bukti.")
    assert code == 1
    assert complaint.startswith("lapordesk: That cannot be: ")
    assert complaint.count("\n") == 1


def test_nobody_may_more_than_the_one_they_act_as(demo: Lapordesk) -> None:
    number = of(demo, "Pembagian sembako malam")
    assert demo("staff add --role kabkota --area 64.02 --email", VINA)[0] == 0
    assert number not in rows(demo, who=VINA)
    for line in (f"cases show {number}", f"cases note {number} Halo", f"cases move {number} telusuri"):
        there = demo(line, "--as", VINA)
        nowhere = demo(line.replace(number, "K-ZZZ-ZZZ"), "--as", VINA)
        assert there == nowhere
        assert there[0] == 1
    assert demo(f"cases show {number} --as nobody@contoh.example")[0] == 1


def test_only_what_is_closed_and_not_held_is_erased(demo: Lapordesk) -> None:
    open_one, done = of(demo, "Pembagian sembako malam"), of(demo, "Baliho dirusak", "--closed")
    assert demo(f"cases erase {open_one} --as", WAHYU, "--reason", "Diminta pelapor.")[0] == 1
    assert demo(f"cases hold {done} --as", WAHYU, "--reason", "Dipakai di sidang.")[0] == 0
    assert demo(f"cases erase {done} --as", WAHYU, "--reason", "Diminta pelapor.")[0] == 1
    assert demo(f"cases hold {done} --off --as", WAHYU, "--reason", "Sidang selesai.")[0] == 0
    assert demo(f"cases erase {done} --as", WAHYU, "--reason", "x")[0] == 1
    assert demo(f"cases erase {done} --as", WAHYU, "--reason", "Diminta pelapor.")[0] == 0
    assert "Baliho" not in demo(f"cases show {done} --as", WAHYU)[1]
    store = the_store()
    with store.reading() as book:
        typed, erased = book.audit.of(done)[-2:]
    store.close()
    assert (typed.actor, typed.act, typed.details) == ("operator", "operator.acted", {"as": "staff:1"})
    assert (erased.actor, erased.act) == ("staff:1", "case.erased")


def test_the_subject_gets_what_is_kept_of_them(demo: Lapordesk) -> None:
    number = of(demo, "Amplop di rumah")
    assert demo(f"cases export {number} --to data/theirs.json --as", WAHYU)[0] == 0
    told = json.loads(Path("data/theirs.json").read_text())
    assert told["story"].startswith("Warga dipanggil")


def test_all_cases_are_exported_without_their_words(demo: Lapordesk) -> None:
    code, said, _ = demo("export cases --to data/cases.csv")
    assert (code, said) == (0, "13 cases written to data/cases.csv.\n")
    with Path("data/cases.csv").open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.DictReader(file))
    assert {line["number"] for line in lines} == set(rows(demo, "--closed"))
    assert "Warga dipanggil" not in Path("data/cases.csv").read_text()
    assert demo("export cases --to data/cases.pdf")[0] == 1
    store = the_store()
    with store.reading() as book:
        assert [(one.actor, one.act) for one in book.audit.of("cases")] == [("operator", "case.exported")]
    store.close()


def test_staff_come_get_tokens_and_go(demo: Lapordesk) -> None:
    assert demo("staff add --role kabkota --area", "Kota Samarinda", "--email", VINA)[0] == 0
    code, said, _ = demo(f"staff token {VINA} --scopes cases:read,papers --days 7 --label", "daftar perkara")
    assert code == 0
    token = re.search(r"ld_[\w-]{43}", said)
    assert token
    assert "daftar perkara" in demo("staff list")[1]
    assert token[0] not in demo("staff list")[1]
    assert demo("staff revoke 2")[0] == 0
    assert "daftar perkara" not in demo("staff list")[1]
    assert demo("staff revoke 2")[0] == 1
    assert demo(f"staff end {VINA}")[0] == 0
    assert demo(f"staff token {VINA} --scopes papers")[0] == 1
    store = the_store()
    with store.reading() as book:
        acts = [entry.act for entry in book.audit.of("staff:2")]
        assert acts == ["staff.added", "token.made", "token.revoked", "staff.ended"]
    store.close()


@pytest.mark.parametrize(
    "line",
    [
        "staff add --email vina --role kabkota --area 64.72",
        "staff add --email vina@contoh.example --role kabkota --area 64",
        "staff add --email vina@contoh.example --role kabkota --area 99.99",
        "staff add --email vina@contoh.example --role kabkota",
        "staff add --email vina@contoh.example --role ri --area 64",
        f"staff add --email {WAHYU} --role kabkota --area 64.72",
        f"staff token {WAHYU} --scopes everything",
        f"staff token {WAHYU} --scopes papers --days 0",
        "staff end nobody@contoh.example",
    ],
)
def test_what_cannot_be_is_said_in_one_line(demo: Lapordesk, line: str) -> None:
    code, _, complaint = demo(line)
    assert code == 1
    assert complaint.startswith("lapordesk: ")
    assert complaint.count("\n") == 1


def test_the_doctor_sees_a_clock_that_does_not_run_and_a_log_that_was_changed(demo: Lapordesk) -> None:
    assert demo("doctor")[0] == 0
    store = the_store()
    with store.begin() as book:
        book.connection.exec_driver_sql("UPDATE case_clock SET due_at = '2024-01-01 00:00:00.000000'")
        book.connection.exec_driver_sql("DROP TRIGGER audit_no_update")
        book.connection.exec_driver_sql("UPDATE audit SET actor = 'person:9' WHERE id = 5")
        for one in book.custodians.active():
            book.custodians.retire(one.id, one.made_at)
    store.close()
    code, said, _ = demo("doctor")
    assert code == 1
    assert "broken at row 5" in said
    assert "nobody was told" in said
    assert "0 of 2 custodians, 0 of 1 recovery key" in said
