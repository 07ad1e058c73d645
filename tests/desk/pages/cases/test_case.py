"""One case at the desk: read whole, worked by the forms of its page, each act followed by a fresh page."""

import re

import pytest

from core.model.cases import NoteKind, Secrecy
from core.model.people import Role
from tests.desk.api.office import PASSPHRASES, VILLAGE
from tests.desk.pages.desk_office import DeskOffice, Officer

REASON = "Alasan yang cukup panjang."


def test_the_page_tells_what_is_known(desk_office: DeskOffice, umi: Officer) -> None:
    number = desk_office.opens()
    page = umi.get(f"/cases/{number}")
    assert page.status_code == 200
    for told in (number, "Pembagian sembako", "amplop di balai desa", "Sidodadi", "Kota Samarinda"):
        assert told in page.text
    assert "Nobody works it" in page.text


def test_an_act_is_done_and_the_page_fetched_anew(desk_office: DeskOffice, umi: Officer) -> None:
    number = desk_office.opens()
    for act, fields, kind in (
        ("assign", {"to": "me"}, NoteKind.ASSIGNED),
        ("note", {"text": "Sudah ditelepon."}, NoteKind.NOTED),
        ("ask", {"text": "Jam berapa?"}, NoteKind.ASKED),
        ("move", {"move": "telusuri"}, NoteKind.MOVED),
        ("hold", {"on": "yes", "reason": REASON}, NoteKind.HELD),
    ):
        answer = umi.act(number, act, **fields)
        assert (answer.status_code, answer.headers["Location"]) == (303, f"/desk/cases/{number}?done={act}")
        assert desk_office.case(number).notes[-1].kind is kind
        assert desk_office.case(number).notes[-1].actor == umi.key
    shown = umi.get(f"/cases/{number}?done=note").text
    assert "The note is kept." in shown
    assert "Sudah ditelepon." in shown
    assert desk_office.woken


def test_a_stale_form_says_so_kindly_and_keeps_what_was_typed(desk_office: DeskOffice, umi: Officer) -> None:
    number = desk_office.opens()
    old = str(desk_office.case(number).serial)
    umi.act(number, "note", text="Yang pertama.")
    answer = umi.post(f"/cases/{number}/note", serial=old, text="Yang kedua & <lain>.")
    assert answer.status_code == 409
    assert "The case has just changed" in answer.text
    assert "Yang kedua &amp; &lt;lain&gt;." in answer.text
    fresh = re.search(r'name="serial" value="(\d+)"', answer.text)
    assert fresh
    assert umi.post(f"/cases/{number}/note", serial=fresh[1], text="Yang kedua.").status_code == 303


@pytest.mark.parametrize("serial", ["", "x", "٣", "-1", "9" * 30])
def test_a_form_without_its_serial_changes_nothing(
    desk_office: DeskOffice, umi: Officer, serial: str
) -> None:
    number = desk_office.opens()
    before = desk_office.case(number).serial
    assert umi.post(f"/cases/{number}/note", serial=serial, text="Catatan.").status_code == 409
    assert desk_office.case(number).serial == before


def test_what_the_rules_refuse_is_told_in_words(desk_office: DeskOffice, umi: Officer) -> None:
    number = desk_office.opens()
    for act, fields in (
        ("note", {"text": "  "}),
        ("move", {"move": "bukan-langkah"}),
        ("assign", {"to": "staff:999"}),
        ("assign", {"to": "hantu"}),
        ("exclude", {"whom": "me", "reason": ""}),
        ("link", {"other": "K-ZZZ-ZZ0"}),
    ):
        answer = umi.act(number, act, **fields)
        assert answer.status_code == 409, act
        assert 'role="alert"' in answer.text


def test_citizens_words_are_never_markup(desk_office: DeskOffice, umi: Officer) -> None:
    nasty = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{7*7}}"
    number = desk_office.opens(title=nasty, story=nasty)
    umi.act(number, "note", text=nasty)
    for path in (f"/cases/{number}", "/cases", "/", f"/cases?q={nasty}"):
        page = umi.get(path).text
        assert "<script>" not in page
        assert "<img src=x" not in page
        assert "{{7*7}}" in page or "7*7" not in page


def test_excluding_oneself_makes_it_as_if_it_were_not_there(desk_office: DeskOffice, umi: Officer) -> None:
    number = desk_office.opens()
    answer = umi.act(number, "exclude", whom="me", reason=REASON)
    assert answer.headers["Location"] == "/desk/cases?done=away"
    assert umi.get(f"/cases/{number}").status_code == 404


def test_a_case_that_grew_out_of_it_is_shown_next(desk_office: DeskOffice, umi: Officer) -> None:
    number = desk_office.opens()
    umi.act(number, "move", move="telusuri")
    answer = umi.act(number, "move", move="jadikan-temuan", reason=REASON)
    grown = re.search(r"/cases/(K-\w+-\w+)\?", answer.headers["Location"])
    assert grown
    assert grown[1] != number
    assert f'href="/desk/cases/{number}"' in umi.get(f"/cases/{grown[1]}").text


def test_evidence_is_shown_as_its_cleaned_copy(desk_office: DeskOffice, umi: Officer) -> None:
    number = desk_office.opens()
    seen = desk_office.pictured(number, "aaaa0000bbbb1111")
    assert f'src="/desk/cases/{number}/media/aaaa0000bbbb1111"' in umi.get(f"/cases/{number}").text
    picture = umi.get(f"/cases/{number}/media/aaaa0000bbbb1111")
    assert (picture.content, picture.headers["Content-Type"]) == (seen, "image/jpeg")
    assert umi.get(f"/cases/{desk_office.opens()}/media/aaaa0000bbbb1111").status_code == 404


@pytest.mark.parametrize("paper", ["papers/laporan.pdf", "papers/tanda-terima.pdf", "evidence.zip"])
def test_papers_are_given_and_that_is_written_down(desk_office: DeskOffice, umi: Officer, paper: str) -> None:
    number = desk_office.opens("laporan")
    answer = umi.get(f"/cases/{number}/{paper}")
    assert answer.status_code == 200
    assert answer.content[:4] in (b"%PDF", b"PK\x03\x04")
    assert desk_office.audit(number)


def test_an_identity_is_behind_the_custodians_door(desk_office: DeskOffice, umi: Officer) -> None:
    one, _ = desk_office.custodians()
    number = desk_office.opens(secrecy=Secrecy.NAMED, identity={"nama": "Budi Contoh"})
    assert "Budi Contoh" not in umi.get(f"/cases/{number}").text
    wrong = umi.act(number, "identity", custodian=str(one), passphrase="bukan", reason=REASON)
    assert wrong.status_code == 409
    assert "Budi Contoh" not in wrong.text
    right = umi.act(number, "identity", custodian=str(one), passphrase=PASSPHRASES[0], reason=REASON)
    assert right.status_code == 200
    assert "Budi Contoh" in right.text
    assert PASSPHRASES[0] not in wrong.text + right.text
    assert desk_office.audit(number)[-2:] == ["identity.withheld", "identity.opened"]
    assert right.headers["Cache-Control"] == "no-store"


def test_wrong_passphrases_are_slowed_down(desk_office: DeskOffice, umi: Officer) -> None:
    one, _ = desk_office.custodians()
    number = desk_office.opens(secrecy=Secrecy.NAMED, identity={"nama": "Budi Contoh"})
    tries = [
        umi.act(number, "identity", custodian=str(one), passphrase="bukan", reason=REASON).status_code
        for _ in range(9)
    ]
    assert tries == [409] * 8 + [429]


def test_another_office_takes_it_over(desk_office: DeskOffice) -> None:
    desk_office.opens(area=VILLAGE)
    number = desk_office.opens("laporan")
    province = desk_office.officer(Role.PROVINSI, "64").enter()
    samarinda = desk_office.officer().enter()
    for move in ("kaji-awal", "limpahkan"):
        answer = province.act(number, "move", move=move, office="64.02", reason=REASON)
        assert answer.status_code == 303, answer.text
    assert samarinda.get(f"/cases/{number}").status_code == 404
