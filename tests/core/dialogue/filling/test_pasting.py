"""Pasted `label: value` lines that fill several questions at once."""

from core.dialogue.session import Stage
from tests.core.dialogue.phone import Phone
from tests.core.dialogue.samples import THREE, WITNESSES, form

BRANCHING = """
| | type | name | label | required | relevant | constraint | constraint_message |
| | select_one ya_tidak | ada | Ada masalah? | yes | | | |
| | text | apa | Masalahnya apa? | yes | ${ada} = 'ya' | | |
| | integer | jumlah | Jumlah orang | yes | | . < 100 | Kurang dari 100. |
| | text | catatan | Apa catatannya? | | | | |
"""


def begun(survey: str) -> Phone:
    phone = Phone((form(survey),))
    phone.send(choice="f:uji")
    return phone


def test_lines_in_any_order_answer_their_questions() -> None:
    phone = begun(THREE)
    reply = phone.send("Aman: ya\nYang hadir: 1.250\n*Catatan* : hujan deras dari pagi")
    assert phone.session.stage is Stage.SUMMARY
    assert phone.answers == {"aman": "ya", "hadir": "1250", "catatan": "hujan deras dari pagi"}
    assert reply.text.startswith("Dicatat: Berapa yang hadir 1.250 · Apa catatannya hujan deras dari pagi")


def test_lines_may_answer_what_becomes_relevant_by_them() -> None:
    phone = begun(BRANCHING)
    phone.send("masalahnya apa: kotak rusak\nada masalah: ya\njumlah orang: 5")
    assert phone.answers == {"ada": "ya", "apa": "kotak rusak", "jumlah": "5"}


def test_lines_for_what_is_not_relevant_or_not_known_are_named() -> None:
    phone = begun(BRANCHING)
    reply = phone.send("ada masalah: tidak\nmasalahnya apa: kotak rusak\njumlah orang: 5\ncuaca: panas")
    assert phone.answers == {"ada": "tidak", "jumlah": "5"}
    assert "Belum terpakai: cuaca: panas; kotak rusak" in reply.text


def test_a_value_that_cannot_be_read_or_breaks_a_rule_is_named_and_asked_again() -> None:
    phone = begun(BRANCHING)
    reply = phone.send("ada masalah: tidak\njumlah orang: 500")
    assert "Jumlah orang: Kurang dari 100." in reply.text
    assert phone.answers == {"ada": "tidak"}
    reply = phone.send("jumlah orang: banyak\ncatatan: hujan")
    assert "Jumlah orang: Angkanya belum terbaca" in reply.text
    assert phone.answers == {"ada": "tidak", "catatan": "hujan"}


def test_a_story_with_a_colon_is_a_story() -> None:
    phone = begun(THREE)
    phone.send("12")
    phone.send("Kata saksi: semuanya aman, jam: 10 baru mulai")
    assert phone.answers["catatan"] == "Kata saksi: semuanya aman, jam: 10 baru mulai"


def test_lines_at_a_repeat_go_to_the_turn_that_is_open() -> None:
    phone = begun(WITNESSES)
    for text in ("Budi Contoh", "Jalan Contoh 1", "ya"):
        phone.send(text)
    phone.send("nama saksi: Ani Contoh\nalamat saksi: Jalan Contoh 2")
    assert phone.answers["saksi[1]/nama"] == "Budi Contoh"
    assert phone.answers["saksi[2]/nama"] == "Ani Contoh"
    assert phone.answers["saksi[2]/alamat"] == "Jalan Contoh 2"


def test_lines_at_one_more_are_the_next_turn() -> None:
    phone = begun(WITNESSES)
    for text in ("Budi Contoh", "Jalan Contoh 1"):
        phone.send(text)
    phone.send("nama saksi: Ani Contoh\nalamat saksi: Jalan Contoh 2")
    assert phone.answers["saksi[1]/nama"] == "Budi Contoh"
    assert phone.answers["saksi[2]/nama"] == "Ani Contoh"
    assert "2 sudah dicatat" in phone.reply.text
