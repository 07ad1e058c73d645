"""Pictures and their words: albums, further pictures, pictures before they are asked for."""

from core.dialogue.session import Stage
from core.dialogue.talk import ALBUM_HOLD
from core.model.effects import Say
from core.model.messages import Attachment, Channel
from tests.core.dialogue.phone import Phone
from tests.core.dialogue.samples import EVIDENCE, THREE, form


def begun(survey: str = EVIDENCE, channel: Channel = Channel.TELEGRAM) -> Phone:
    phone = Phone((form(survey),), channel=channel)
    phone.send(choice="f:uji")
    return phone


def said(phone: Phone) -> Say:
    return next(effect for effect in phone.effects if isinstance(effect, Say))


def test_a_picture_answers_and_several_at_once_are_one_answer() -> None:
    phone = begun()
    phone.send("ya")
    phone.photo("a", "b")
    assert phone.answers["foto"] == "a b"


def test_pictures_of_one_album_stay_together_though_the_next_question_wants_one_too() -> None:
    phone = begun()
    phone.send("ya")
    phone.photo("a", album="77")
    assert "C.HASIL" in phone.reply.text
    phone.photo("b", album="77")
    phone.photo("c", album="77")
    assert phone.answers == {"aman": "ya", "foto": "a b c"}
    assert phone.reply.text.startswith("📷 3 sudah tercatat.")
    phone.photo("d", album="78")
    assert phone.answers["hasil"] == "d"


def test_an_album_has_one_reply_that_waits_for_its_pictures() -> None:
    phone = begun()
    phone.send("ya")
    for picture in "abc":
        phone.photo(picture, album="77")
        assert (said(phone).topic, said(phone).hold) == ("pictures", ALBUM_HOLD)


def test_where_pictures_come_in_one_message_nobody_waits() -> None:
    phone = begun(channel=Channel.WEBCHAT)
    phone.send("ya")
    phone.photo("a", "b")
    assert (said(phone).topic, said(phone).hold) == ("", 0)


def test_one_more_picture_after_the_last_is_added_to_it() -> None:
    phone = begun()
    for text in ("ya", "lewati"):
        phone.send(text)
    phone.photo("a")
    assert "Apa catatannya?" in phone.reply.text
    phone.photo("b")
    assert phone.answers["hasil"] == "a b"
    assert "Apa catatannya?" in phone.reply.text


def test_the_same_picture_counts_once() -> None:
    phone = begun()
    for text in ("ya", "lewati"):
        phone.send(text)
    phone.photo("a")
    phone.photo("a")
    assert phone.answers["hasil"] == "a"


def test_one_more_picture_at_the_summary_does_not_show_it_all_again() -> None:
    phone = begun()
    for text in ("ya", "lewati"):
        phone.send(text)
    phone.photo("a")
    phone.send("lewati")
    phone.photo("b")
    assert phone.session.stage is Stage.SUMMARY
    assert phone.answers["hasil"] == "a b"
    assert "Periksa dulu" not in phone.reply.text


def test_a_picture_before_it_is_asked_for_is_kept_and_offered() -> None:
    phone = begun()
    phone.photo("a")
    assert phone.reply.text.startswith("📷 Diterima dan disimpan untuk nanti.")
    assert "Apakah aman?" in phone.reply.text
    phone.send("ya")
    assert [choice.label for choice in phone.reply.choices] == ["Pakai yang tadi (1)", "Lewati"]
    phone.tap("Pakai yang tadi")
    assert phone.answers["foto"] == "a"
    assert phone.session.spare == ()


def test_a_picture_before_a_report_is_chosen_is_kept_for_it() -> None:
    phone = Phone((form(EVIDENCE),))
    phone.send("halo")
    phone.photo("a")
    assert "Untuk laporan yang mana?" in phone.reply.text
    phone.tap("Uji coba")
    phone.send("ya")
    phone.tap("Pakai yang tadi")
    assert phone.answers["foto"] == "a"


def test_a_recording_is_no_picture() -> None:
    phone = begun()
    phone.send("ya")
    phone.send(attachments=(Attachment("audio", "ref", media="suara"),))
    assert "foto" not in phone.answers
    phone.photo("a")
    phone.send(attachments=(Attachment("audio", "ref", media="suara2"),))
    assert phone.answers["foto"] == "a"


def test_what_no_question_asks_for_is_told_and_counted_at_the_summary() -> None:
    phone = begun(THREE)
    phone.photo("a")
    assert phone.reply.text.startswith("Kiriman diterima dan disimpan, tetapi laporan ini tidak memintanya.")
    for text in ("12", "lewati", "ya"):
        phone.send(text)
    assert "1 kiriman belum terpakai" in phone.reply.text
    phone.send("kirim")
    assert phone.session.spare == ()


def test_the_words_under_a_picture_answer_the_question_that_stands_open() -> None:
    phone = begun()
    phone.photo("a", text="ya")
    assert phone.answers == {"aman": "ya"}
    assert phone.reply.text.startswith("📷 Diterima dan disimpan untuk nanti.")


def test_words_under_a_picture_that_are_no_answer_are_refused_with_the_picture_kept() -> None:
    phone = begun()
    phone.photo("a", text="depan TPS")
    assert "Jawabannya belum cocok" in phone.reply.text
    assert phone.session.spare == ("image:a",)


def test_words_under_a_picture_that_was_asked_for_are_offered_where_words_are_asked() -> None:
    phone = begun()
    for text in ("ya", "lewati"):
        phone.send(text)
    phone.photo("a", text="papan roboh kena angin")
    assert 'Tulisan "papan roboh kena angin" disimpan' in phone.reply.text
    assert [choice.label for choice in phone.reply.choices] == ["Pakai: papan roboh kena angin", "Lewati"]
    phone.tap("Pakai")
    assert phone.answers["catatan"] == "papan roboh kena angin"
    assert phone.session.stage is Stage.SUMMARY


def test_words_that_were_offered_and_not_taken_are_not_offered_again() -> None:
    two = EVIDENCE + "| | text | lagi | Ada lagi? | |\n"
    phone = begun(two)
    for text in ("ya", "lewati"):
        phone.send(text)
    phone.photo("a", text="papan roboh")
    phone.send("hujan deras")
    assert [choice.label for choice in phone.reply.choices] == ["Lewati"]
    assert phone.session.spare == ()


def test_a_picture_for_a_question_that_may_still_come_is_kept_for_later() -> None:
    survey = """
| | type | name | label | relevant |
| | select_one ya_tidak | ada | Ada masalah? | |
| | image | foto | Fotonya | ${ada} = 'ya' |
"""
    phone = begun(survey)
    phone.photo("a")
    assert phone.reply.text.startswith("📷 Diterima dan disimpan untuk nanti.")
    phone.send("ya")
    phone.tap("Pakai yang tadi")
    assert phone.answers["foto"] == "a"


def test_lines_under_a_picture_fill_their_questions() -> None:
    phone = begun()
    for text in ("ya", "lewati"):
        phone.send(text)
    phone.photo("a", text="apakah aman: tidak\ncatatan: hujan")
    assert phone.answers == {"aman": "tidak", "foto": "", "hasil": "a", "catatan": "hujan"}


def test_commands_under_a_picture_are_no_commands() -> None:
    phone = begun()
    phone.photo("a", text="batal")
    assert phone.session.filling is not None
    assert phone.session.stage is Stage.QUESTION


def test_a_first_picture_from_somebody_just_recognised_is_kept() -> None:
    phone = Phone((form(EVIDENCE),))
    phone.introduce()
    phone.photo("a")
    assert phone.session.spare == ("image:a",)
    assert "disimpan" in phone.reply.text


def test_by_sms_no_picture_can_come_and_it_says_where_to_go_on() -> None:
    phone = begun(channel=Channel.SMS)
    assert "Lewat SMS foto tidak bisa dikirim" in phone.send("ya").text
