"""Handing in: a case, a code alone in its message, and the last four asked back."""

from dataclasses import replace
from datetime import date

import pytest

from core.cases.procedure import NO_RULES
from core.dialogue.session import Stage
from core.model.cases import Secrecy
from core.model.effects import Alerted, Opened, Say
from core.model.messages import Channel
from tests.core.dialogue.citizens.citizen import STORY, Citizen
from tests.core.dialogue.officers.drawer import Drawer


def test_the_case_that_is_opened() -> None:
    citizen = Citizen()
    citizen.hand_in(kejadian="kemarin", diketahui="hari ini", desa="loa janan ulu", terlapor="pak Contoh")
    case = citizen.drawer.case
    assert (case.procedure, case.state, case.office) == ("informasi-awal", "diterima", "64.02")
    assert case.story == STORY
    assert case.accused == "pak Contoh"
    assert (case.happened_on, case.known_on) == (date(2024, 11, 26), date(2024, 11, 27))
    assert case.missing == ("alamat_terlapor", "bukti")
    assert case.secrecy is Secrecy.CONFIDENTIAL
    assert case.answers.values["kerahasiaan"] == "rahasia"


def test_the_code_comes_alone_and_is_secret() -> None:
    citizen = Citizen()
    citizen.hand_in()
    opened, alert, first, code = citizen.effects
    assert isinstance(opened, Opened) and isinstance(alert, Alerted)
    assert isinstance(first, Say) and isinstance(code, Say)
    assert opened.is_theirs
    assert code.reply.text == opened.code
    assert code.secret and not code.reply.choices
    assert opened.code not in first.reply.text
    assert opened.code.replace("-", "") not in str(citizen.session)
    assert STORY not in str(citizen.session)


@pytest.mark.parametrize("channel", [Channel.TELEGRAM, Channel.WHATSAPP, Channel.SMS, Channel.WEBCHAT])
@pytest.mark.parametrize("how", ["{}", " {} ", "-{}", "(lower)", "(whole)"])
def test_the_last_four_are_asked_back(channel: Channel, how: str) -> None:
    citizen = Citizen(channel)
    code = citizen.hand_in(desa="loa janan ulu")
    sent = {"(lower)": code[-4:].lower(), "(whole)": code}.get(how, how.format(code[-4:]))
    text = citizen.send(sent).text
    assert text.startswith("Betul.")
    assert "Jumat 29 November 2024" in text
    assert "status" in text
    assert citizen.session.stage is Stage.CASE


def test_wrong_letters_are_no_dead_end() -> None:
    citizen = Citizen()
    code = citizen.hand_in()
    for wrong in ("abcd", "12", "", "halo", "?"):
        assert citizen.send(wrong).text
        assert citizen.session.confirm == code[-4:]
    text = citizen.send("lewati").text
    assert text.startswith("Baik. Simpan kodenya")
    assert (citizen.session.following, citizen.session.confirm) == ("", "")


def test_what_comes_to_mind_meanwhile_is_added() -> None:
    citizen = Citizen()
    code = citizen.hand_in()
    assert "4 huruf terakhirnya" in citizen.send("oh ya pelakunya naik mobil putih").text
    citizen.photo("m9")
    assert [note.kind.value for note in citizen.drawer.case.notes] == ["opened", "answered", "answered"]
    assert citizen.drawer.case.notes[2].media == ("m9",)
    assert citizen.send(code[-4:]).text.startswith("Betul.")


def test_named_the_identity_goes_apart() -> None:
    citizen = Citizen(can_seal=True)
    citizen.hand_in(secrecy="Bernama", nama="Siti Contoh", telepon="0800 0000 012")
    case = citizen.drawer.case
    assert case.secrecy is Secrecy.NAMED
    assert citizen.drawer.identities[case.number]["pelapor/nama"] == "Siti Contoh"
    assert "Siti Contoh" not in str(case)
    assert case.missing[-1] == "alamat"


def test_named_without_a_name_is_confidential() -> None:
    citizen = Citizen(can_seal=True)
    citizen.hand_in(secrecy="Bernama")
    assert citizen.drawer.case.secrecy is Secrecy.CONFIDENTIAL
    assert not citizen.drawer.identities


def test_when_custodians_have_gone_meanwhile_the_name_goes_nowhere() -> None:
    citizen = Citizen(can_seal=True)
    citizen.begin(secrecy="Bernama")
    while citizen.session.subject != "pelapor/nama":
        citizen.send("lewati")
    citizen.send("Siti Contoh")
    citizen.can_seal = False
    while citizen.session.stage is Stage.QUESTION:
        citizen.send("lewati")
    citizen.tap("Kirim")
    assert citizen.drawer.case.secrecy is Secrecy.CONFIDENTIAL
    assert "Siti" not in str(citizen.drawer.case)
    assert not citizen.drawer.identities


def test_anonymous_nobody_can_be_reached() -> None:
    citizen = Citizen()
    text = citizen.send(citizen.hand_in(secrecy="Anonim")[-4:]).text
    assert "hanya lewat kode" in text
    assert not citizen.drawer.owners


def test_many_in_a_day_are_marked_and_very_many_go_on_tomorrow() -> None:
    citizen = Citizen()
    for _ in range(10):
        citizen.bring()
        citizen.send("selesai")
    doubts = [case.doubts for case in citizen.drawer.cases.values()]
    assert doubts == [frozenset()] * 3 + [frozenset({"flood"})] * 7
    assert citizen.send("lagi, di rt 6 juga ada pembagian beras").text.startswith("Hari ini sudah banyak")
    citizen.drawer.brought.clear()
    citizen.send("aduan")
    citizen.tap("Setuju")
    citizen.tap("Rahasia")
    assert citizen.answers["uraian"] == "lagi, di rt 6 juga ada pembagian beras"


def test_a_flood_at_the_last_step_loses_nothing() -> None:
    citizen = Citizen()
    citizen.begin()
    while citizen.session.stage is Stage.QUESTION:
        citizen.send("lewati")
    citizen.drawer.brought[citizen.peer] = 10
    assert citizen.tap("Kirim").text.startswith("Hari ini sudah banyak")
    citizen.drawer.brought.clear()
    citizen.tap("Kirim")
    assert citizen.drawer.case.story == STORY


def test_without_its_procedure_nothing_is_lost() -> None:
    citizen = Citizen(drawer=Drawer(rules=NO_RULES))
    citizen.begin()
    while citizen.session.stage is Stage.QUESTION:
        citizen.send("lewati")
    assert "belum bisa diterima sekarang" in citizen.tap("Kirim").text
    citizen.drawer.rules = replace(Drawer().rules)
    citizen.tap("Kirim")
    assert citizen.drawer.case.story == STORY
