"""The room of procedures: read in plain words by all; a file checked, its faults told, put in force."""

import pytest

from core.model.people import Role
from tests.desk.api.office import PROCEDURES
from tests.desk.pages.desk_office import SAME, Answer, DeskOffice, Officer

FILE = (PROCEDURES / "laporan.toml").read_text()
NEWER = FILE.replace('version = "pilkada-2024-1"', 'version = "kaltim-2"').replace(
    'id = "Laporan"', 'id = "Laporan dugaan"', 1
)
FAULTY = NEWER.replace('start = "diterima"', 'start = "ditrima"').replace(
    'to = "kajian-awal"', 'to = "kajain-awal"', 1
)


@pytest.fixture
def tono(desk_office: DeskOffice) -> Officer:
    return desk_office.officer(Role.PROVINSI, "64").enter()


def brought(
    officer: Officer, content: str | bytes, act: str = "publish", name: str = "laporan.toml"
) -> Answer:
    sent, files = {"csrf": officer.mark(), "act": act}, {"file": (name, content)}
    return officer.browser.post("/desk/procedures", data=sent, files=files, headers=SAME)


def test_all_read_them_in_plain_words(umi: Officer) -> None:
    assert "/desk/procedures/laporan" in umi.get("/procedures").text
    page = umi.get("/procedures/laporan").text
    for words in ("2 calendar days", "The first day does not count.", "Begin the initial study", "Needs: "):
        assert words in page
    assert umi.get("/procedures/laporan/file.toml").text == FILE
    assert "multipart" not in umi.get("/procedures").text
    for path in ("/procedures/tidak-ada", "/procedures/laporan?version=9", "/procedures/x/file.toml"):
        assert umi.get(path).status_code == 404


def test_a_version_is_checked_then_put_in_force(desk_office: DeskOffice, tono: Officer) -> None:
    begun = desk_office.opens("laporan")
    checked = brought(tono, NEWER, "check")
    assert checked.status_code == 200
    assert "Nothing is wrong with laporan.toml" in checked.text
    assert "kaltim-2" not in tono.get("/procedures/laporan").text
    assert brought(tono, NEWER).headers["Location"] == "/desk/procedures/laporan?done=published"
    page = tono.get("/procedures/laporan").text
    assert "kaltim-2" in page
    assert "pilkada-2024-1" in page
    assert "An older version" in tono.get("/procedures/laporan?version=pilkada-2024-1").text
    assert desk_office.case(begun).version == "pilkada-2024-1"
    assert desk_office.case(desk_office.opens("laporan")).version == "kaltim-2"
    assert desk_office.audit("procedure:laporan") == ["procedure.published"]
    assert brought(tono, NEWER).headers["Location"].endswith("done=published_before")
    assert "with other words" in brought(tono, NEWER + "\n# lain\n").text
    assert desk_office.audit("procedure:laporan") == ["procedure.published"]


@pytest.mark.parametrize("act", ["check", "publish"])
def test_every_fault_is_told_at_once(tono: Officer, act: str) -> None:
    answer = brought(tono, FAULTY, act, "../<b>laporan.toml")
    assert answer.status_code == 422
    assert "ditrima" in answer.text
    assert "kajain-awal" in answer.text
    assert answer.text.count("laporan.toml, line") >= 2
    assert "<b>" not in answer.text
    assert "kaltim-2" not in tono.get("/procedures/laporan").text


def test_what_is_no_procedure_is_refused_kindly(tono: Officer) -> None:
    assert "not UTF-8" in brought(tono, b"\xff\xfe\x00").text
    assert brought(tono, b"PK\x03\x04 zip").status_code == 422
    assert brought(tono, "x" * 70_000).status_code == 413
    sent = {"csrf": tono.mark(), "act": "publish"}
    assert "Choose a file" in tono.browser.post("/desk/procedures", data=sent, headers=SAME).text
