"""A form is begun for a post, or gone on with."""

from dataclasses import replace

from core.dialogue.session import Stage
from core.model.messages import Channel
from core.model.people import Role
from tests.core.dialogue.phone import PKD, PTPS, SITI, Phone
from tests.core.dialogue.samples import THREE, form

FACTS = """
| | type | name | label | required | relevant | calculation |
| | hidden | petugas_nama | | | | |
| | hidden | petugas_jabatan | | | | |
| | hidden | petugas_wilayah | | | | |
| | hidden | petugas_tempat | | | | |
| | start | mulai | | | | |
| | end | akhir | | | | |
| | today | hari | | | | |
| | username | siapa | | | | |
| | phonenumber | telepon | | | | |
| | deviceid | lewat | | | | |
| | integer | n | Berapa, ${petugas_nama}? | yes | | |
| | calculate | dua_kali | | | | ${n} * 2 |
| | text | banyak | Kenapa ${dua_kali}? | | ${dua_kali} > 10 | |
"""
DRAWN = """
| | type | name | label | calculation |
| | calculate | undi | | once(random()) |
| | calculate | tanda | | once(uuid()) |
| | text | a | A? | |
| | text | b | B? | |
"""
OTHER = replace(PTPS, id=9, place=("TPS 013", *PTPS.place[1:]))


def test_hidden_questions_are_filled_with_who_fills_and_where() -> None:
    phone = Phone((form(FACTS),))
    assert phone.send(choice="f:uji").text == "1/1 · Berapa, Siti Contoh?"
    phone.send("6")
    assert phone.reply.text == "2/2 · Kenapa 12?"
    phone.send("lewati")
    phone.send("kirim")
    values = phone.reports[0].latest.answers.values
    assert values == {
        "petugas_nama": "Siti Contoh",
        "petugas_jabatan": "PTPS",
        "petugas_wilayah": "64.72.05.1004.012",
        "petugas_tempat": "TPS 012, Sidodadi, Samarinda Ulu",
        "mulai": "2024-11-27T12:00:10.000+08:00",
        "akhir": "2024-11-27T12:00:40.000+08:00",
        "hari": "2024-11-27",
        "siapa": "Siti Contoh",
        "telepon": "+628000000012",
        "lewat": "whatsapp",
        "n": "6",
        "dua_kali": "12",
        "banyak": "",
    }


def test_a_lot_stays_drawn() -> None:
    phone = Phone((form(DRAWN),))
    phone.send(choice="f:uji")
    drawn = phone.survey.sheet.values["tanda"]
    assert drawn == "uuid1"
    for text in ("satu", "dua", "kirim"):
        phone.send(text)
    assert phone.reports[0].latest.answers.values["tanda"] == drawn
    assert phone.reports[0].latest.answers.values["undi"] == "0.5"


def test_somebody_with_two_posts_says_for_which() -> None:
    phone = Phone((form(THREE),), replace(SITI, posts=(PTPS, OTHER)))
    reply = phone.send(choice="f:uji")
    assert [choice.label for choice in reply.choices] == [
        "PTPS 012 Sidodadi, Samarinda Ulu",
        "PTPS 013 Sidodadi, Samarinda Ulu",
    ]
    phone.send("2")
    for text in ("12", "lewati", "ya", "kirim"):
        phone.send(text)
    assert phone.reports[0].post == 9


def test_the_same_form_may_be_open_for_two_posts() -> None:
    phone = Phone((form(THREE),), replace(SITI, posts=(PTPS, OTHER)))
    for text in ("f:uji", "p:uji:7"):
        phone.send(choice=text)
    phone.send("12")
    phone.send("menu")
    phone.send(choice="f:uji")
    assert [choice.label for choice in phone.reply.choices] == [
        "PTPS 012 Sidodadi, Samarinda Ulu — lanjutkan",
        "PTPS 013 Sidodadi, Samarinda Ulu",
    ]
    phone.send("2")
    assert phone.answers == {}
    phone.send("menu")
    phone.send(choice="f:uji")
    phone.send("1")
    assert phone.answers == {"hadir": "12"}


def test_only_posts_of_the_forms_audience_count() -> None:
    phone = Phone((form(THREE, audience="pkd"),), replace(SITI, posts=(PTPS, PKD)))
    assert "Berapa yang hadir?" in phone.send(choice="f:uji").text
    assert phone.session.filling is not None
    assert phone.session.filling.post == PKD.id


def test_a_form_for_others_is_not_begun() -> None:
    phone = Phone((form(THREE, audience="pkd"),))
    assert "tidak bisa dibuka" in phone.send(choice="f:uji").text
    assert phone.send(choice="p:uji:8").choices
    assert not phone.session.begun()


def test_nihil_is_one_tap() -> None:
    phone = Phone((form(THREE, nihil="yes"),))
    reply = phone.send(choice="f:uji")
    assert phone.session.stage is Stage.NIHIL
    assert [choice.label for choice in reply.choices] == ["Isi laporan", "Nihil"]
    assert phone.send("nihil").text.startswith("✅ Nihil diterima: Uji coba, nomor P-002-AAA")
    (report,) = phone.reports
    assert report.latest.answers.values == {}
    assert [(flag.place, flag.reason) for flag in report.latest.flags] == [("", "nihil")]


def test_a_form_with_nihil_can_be_filled_too_and_corrected_from_nihil() -> None:
    phone = Phone((form(THREE, nihil="yes"),))
    phone.send(choice="f:uji")
    assert "Berapa yang hadir?" in phone.send("1").text
    phone.send("batal")
    phone.send("ya")
    phone.send(choice="f:uji")
    phone.send("2")
    phone.send(f"perbaiki {phone.reports[0].number}")
    for text in ("12", "lewati", "ya", "kirim", "ternyata ada"):
        phone.send(text)
    assert phone.reports[0].latest.answers.values["hadir"] == "12"
    assert phone.reports[0].latest.flags == ()


def test_a_form_that_was_begun_is_gone_on_with() -> None:
    phone = Phone((form(THREE),))
    phone.send(choice="f:uji")
    phone.send("12")
    phone.send("menu")
    assert "Uji coba — lanjutkan" in [choice.label for choice in phone.reply.choices]
    assert "baru 1 jawaban" in phone.reply.text
    assert phone.tap("Uji coba").text.startswith("Lanjut: Uji coba.\n2/3 · ")


def test_two_forms_may_be_open_and_each_is_gone_on_with() -> None:
    phone = Phone((form(THREE), form(THREE, name="lain", title="Yang lain")))
    phone.send(choice="f:uji")
    phone.send("12")
    phone.send(choice="f:lain")
    phone.send("34")
    assert phone.answers == {"hadir": "34"}
    phone.send("menu")
    phone.tap("Uji coba")
    assert phone.answers == {"hadir": "12"}
    phone.send("menu")
    phone.send("lanjut")
    assert phone.session.filling is not None
    assert phone.session.filling.form == "uji"


def test_it_goes_on_another_day_on_another_channel() -> None:
    phone = Phone((form(THREE),), channel=Channel.WHATSAPP)
    phone.send(choice="f:uji")
    phone.send("12")
    phone.channel = Channel.TELEGRAM
    phone.introduce("contact")
    assert "baru 1 jawaban" in phone.send("/start").text
    assert "Apa catatannya?" in phone.send("lanjut").text
    for text in ("lewati", "ya", "kirim"):
        phone.send(text)
    assert phone.reports[0].latest.channel is Channel.TELEGRAM
    assert phone.reports[0].latest.answers.values["hadir"] == "12"


def test_with_nothing_begun_there_is_nothing_to_go_on_with() -> None:
    assert phone_text("lanjut").startswith("Belum ada laporan yang dibuka.")


def phone_text(text: str) -> str:
    return Phone((form(THREE),)).send(text).text


def test_a_form_with_a_very_long_name_has_short_keys() -> None:
    names = ["laporan-pengawasan-" + "x" * 44 + end for end in ("a", "b")]
    forms = tuple(form(THREE, name=name, title=name[-1], nihil="yes") for name in names)
    phone = Phone(forms, replace(SITI, posts=(PTPS, OTHER)))
    phone.send("menu")
    phone.tap("b")
    phone.send("2")
    phone.send("1")
    assert phone.session.filling is not None
    assert phone.session.filling.form == names[1]


def test_roles_without_a_post_are_told_whom_to_ask() -> None:
    phone = Phone((form(THREE),), replace(SITI, posts=()))
    assert "koordinator" in phone.send("halo").text
    assert Role.PTPS not in phone.person.roles if phone.person else True
