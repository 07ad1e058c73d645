"""The whole counting form in one SMS: read, checked, completed, filed by the ordinary filling."""

from dataclasses import replace
from functools import cache

import pytest

from core.dialogue.session import Stage
from core.forms.form import Form
from core.model.effects import Filed
from core.model.messages import Channel
from lapordesk.workbooks import bundled
from tests.core.dialogue.phone import PTPS, SITI, Phone, form_of
from tests.core.dialogue.samples import THREE, form

WHOLE = "HITUNG 012 DPT 150 148 298 PG 240 2 3 245 SS 306 245 1 60 01 130 02 108 S 238 TS 7 TOT 245 H TTTTT"
MOST = 306
"""Two SMS put together."""


@cache
def hitung() -> Form:
    return form_of(next(file for file in bundled() if file.stem == "hitung").read_text(encoding="utf-8"))


def phone(channel: Channel = Channel.SMS, **more: object) -> Phone:
    return Phone((hitung(), form(THREE)), channel=channel, **more)  # type: ignore[arg-type]


def test_one_sms_and_kirim_file_the_report() -> None:
    siti = phone()
    reply = siti.send(WHOLE)
    assert "SS 306 245 1 60" in reply.text
    assert "KIRIM" in reply.text
    assert len(reply.text) <= MOST
    siti.send("KIRIM")
    answers = siti.reports[0].latest.answers.values
    assert answers["pengguna/pengguna_total"] == "245"
    assert answers["h6"] == "tidak"
    assert answers["foto_c_hasil"] == ""
    assert siti.reports[0].latest.flags == ()
    assert siti.reports[0].post == PTPS.id


def test_it_is_the_same_as_what_the_questions_give() -> None:
    coded, asked = phone(), phone()
    coded.send(WHOLE)
    asked.send(choice="f:hitung")
    for text in ("150 148 298", "240 2 3 245", "306 245 1 60", "130 108 238 7 245"):
        asked.send(text)
    numbers = {place: value for place, value in coded.answers.items() if "/" in place}
    assert numbers == asked.answers


def test_what_is_missing_is_named_and_may_follow_alone() -> None:
    siti = phone()
    reply = siti.send("HITUNG 12 DPT 150 148 298 PG 240 2 SS 306 245 1 60 01 130 02 108 S 238")
    assert "PG (Tambahan (DPK), Pengguna jumlah); TS (Suara tidak sah); TOT (Suara total); H" in reply.text
    siti.send("kirim")
    assert siti.reports == []
    siti.send("HITUNG PG 3 245 TS 7")
    reply = siti.send("tot 245 h ttttt")
    assert "Masih kurang" not in reply.text
    siti.send("ya")
    assert siti.reports[0].latest.answers.values["pengguna/pengguna_tambahan"] == "3"


def test_what_does_not_add_up_is_told_and_flagged_when_sent() -> None:
    siti = phone()
    reply = siti.send(WHOLE.replace("TOT 245", "TOT 244").replace("01 130", "01 131"))
    assert "Suara sah tertulis 238; 01 + 02 = 239, selisih 1." in reply.text
    assert len(reply.text) <= MOST + 150
    siti.send("kirim")
    flagged = {flag.place for flag in siti.reports[0].latest.flags}
    assert flagged == {"suara/suara_sah", "suara/suara_total"}


def test_a_code_sent_again_mends_it() -> None:
    siti = phone()
    siti.send(WHOLE.replace("TOT 245", "TOT 244"))
    reply = siti.send("HITUNG TOT 245")
    assert "selisih" not in reply.text
    siti.send("kirim")
    assert siti.reports[0].latest.flags == ()


def test_kirim_is_sure_only_of_what_was_told() -> None:
    siti = phone()
    siti.send(WHOLE.replace("TOT 245", "TOT 244"))
    siti.send("ringkasan")
    siti.send("kirim")
    assert siti.reports == []
    assert siti.session.stage is Stage.DOUBT


def test_what_cannot_be_read_is_named() -> None:
    siti = phone()
    reply = siti.send(WHOLE.replace("TS 7", "TS abc 55").replace("01 130", "01 99999"))
    assert "Belum terbaca: 01 99999; TS abc." in reply.text
    assert "Belum terpakai: 55." in reply.text


def test_an_issue_wants_its_words() -> None:
    siti = phone()
    reply = siti.send(WHOLE.replace("H TTTTT", "H YTTTT"))
    assert "H1 (Kendalanya apa" in reply.text
    siti.send("HITUNG H1 sinyal mati dari jam 9")
    siti.send("kirim")
    assert siti.reports[0].latest.answers.values["h1_uraian"] == "sinyal mati dari jam 9"


def test_somebody_elses_post_is_refused() -> None:
    siti = phone()
    assert "TPS 13 bukan tugas" in siti.send(WHOLE.replace("012", "013")).text
    assert siti.session.begun() == ()


def test_of_several_posts_one_must_be_named() -> None:
    other = replace(PTPS, id=9, area="64.72.05.1004.014")
    siti = phone(person=replace(SITI, posts=(PTPS, other)))
    assert "12, 14" in siti.send(WHOLE.replace("012 ", "")).text
    siti.send(WHOLE.replace("012", "014"))
    siti.send("kirim")
    assert siti.reports[0].post == other.id


@pytest.mark.parametrize("channel", [Channel.TELEGRAM, Channel.WHATSAPP, Channel.WEBCHAT])
def test_pasted_elsewhere_the_picture_is_asked_for(channel: Channel) -> None:
    siti = phone(channel)
    assert "foto C.HASIL" in siti.send(WHOLE).text
    assert siti.session.stage is Stage.QUESTION
    siti.photo("m1234567")
    siti.send("kirim")
    assert siti.reports[0].latest.answers.values["foto_c_hasil"] == "m1234567"


def test_it_goes_on_with_what_was_begun() -> None:
    siti = phone()
    siti.send(choice="f:hitung")
    siti.send("150 148 298")
    reply = siti.send(WHOLE.replace("DPT 150 148 298 ", ""))
    assert "Masih kurang" not in reply.text
    assert len(siti.session.begun()) == 1


def test_in_english() -> None:
    siti = phone(language="en", person=replace(SITI, language="en"))
    assert "All there. Reply KIRIM" in siti.send(WHOLE).text


def test_words_that_begin_like_it_are_words() -> None:
    siti = phone()
    siti.send(choice="f:uji")
    siti.send("12")
    siti.send("hitung suara 01 selesai jam 5, 02 belum")
    assert siti.answers["catatan"].startswith("hitung suara")
    assert not any(isinstance(effect, Filed) for effect in siti.effects)


def test_the_very_first_sms_may_be_the_report() -> None:
    siti = phone()
    siti.introduce()
    assert "Sudah lengkap" in siti.send(WHOLE).text


def test_a_correction_takes_codes_too() -> None:
    siti = phone()
    siti.send(WHOLE.replace("TOT 245", "TOT 244"))
    siti.send("kirim")
    siti.send(f"perbaiki {siti.reports[0].number}")
    siti.send("HITUNG TOT 245")
    siti.send("kirim")
    siti.send("salah ketik")
    assert siti.reports[0].latest.answers.values["suara/suara_total"] == "245"
    assert siti.reports[0].latest.flags == ()
