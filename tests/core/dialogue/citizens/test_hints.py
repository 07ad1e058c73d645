"""What the story tells already is offered, not asked once more."""

import pytest

from tests.core.dialogue.citizens.citizen import Citizen


@pytest.mark.parametrize(("story", "day"), [
    ("pak td malam ada yang bagi2 uang di rt 5", "2024-11-26"),
    ("kemarin sore lurah membagikan beras kepada warga", "2024-11-26"),
    ("tgl 20 Nov ada kampanye di masjid kami", "2024-11-20"),
    ("pada 19/11/2024 baliho dipasang di sekolah", "2024-11-19"),
    ("2 hari lalu ada yang bagi2 uang di pasar", "2024-11-25"),
])  # fmt: skip
def test_the_day(story: str, day: str) -> None:
    citizen = Citizen()
    citizen.begin(story)
    assert citizen.session.subject == "kejadian"
    assert "betul?" in citizen.reply.text
    citizen.tap("Pakai:")
    assert citizen.answers["kejadian"] == day


@pytest.mark.parametrize("story", [
    "ada yang bagi2 uang di rt 5, pelakunya timses",
    "kemarin dan 20 nov ada yang bagi2 uang di rt 5",
    "besok tanggal 30 des 2024 akan ada pembagian uang",
    "ada 3 orang membawa 5 karung beras ke balai desa",
])  # fmt: skip
def test_no_day_or_too_many(story: str) -> None:
    citizen = Citizen()
    citizen.begin(story)
    assert citizen.session.subject == "kejadian"
    assert "betul?" not in citizen.reply.text


def test_yes_is_enough_and_another_answer_too() -> None:
    citizen = Citizen()
    citizen.begin("td malam di Loa Janan Ulu ada yang bagi2 uang")
    citizen.send("iya pak")
    assert citizen.answers["kejadian"] == "2024-11-26"
    citizen.send("lewati")
    assert "Loa Janan Ulu, Loa Janan, Kukar, betul?" in citizen.reply.text
    citizen.send("sidodadi")
    assert citizen.answers["desa"] == "64.72.05.1004"


def test_the_village_if_only_one_is_called_so() -> None:
    citizen = Citizen()
    citizen.begin("di sidodadi ada yang bagi2 uang")
    citizen.send("lewati")
    citizen.tap("Pakai: Sidodadi")
    assert citizen.answers["desa"] == "64.72.05.1004"


@pytest.mark.parametrize("where", ["di loa janan", "di sidodadinya", "di kampung saya"])
def test_no_village(where: str) -> None:
    citizen = Citizen()
    citizen.begin(f"{where} ada yang bagi2 uang pak")
    citizen.send("lewati")
    assert citizen.session.subject == "desa"
    assert "betul?" not in citizen.reply.text


def test_it_can_still_be_skipped() -> None:
    citizen = Citizen()
    citizen.begin("td malam di sidodadi ada yang bagi2 uang")
    citizen.send("lewati")
    assert citizen.answers["kejadian"] == ""
