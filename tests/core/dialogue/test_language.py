"""Changing the language, also in the middle of a question."""

import pytest

from core.dialogue.session import Stage
from core.model.effects import Spoke
from tests.core.dialogue.phone import Phone
from tests.core.dialogue.samples import THREE, form


def begun() -> Phone:
    phone = Phone((form(THREE),))
    phone.send(choice="f:uji")
    return phone


@pytest.mark.parametrize("word", ["english", "/english", "bahasa inggris"])
def test_a_question_that_stood_open_is_asked_again_in_the_new_language(word: str) -> None:
    phone = begun()
    assert phone.send(word).text == "All right, English it is.\n1/3 · How many came?"
    assert Spoke(1, "en") in phone.effects
    assert phone.session.language == "en"
    assert phone.session.stage is Stage.QUESTION
    assert phone.send("12").text.startswith("2/3 · What is there to note?")


def test_back_to_indonesian() -> None:
    phone = begun()
    phone.send("english")
    assert phone.send("indonesian").text.endswith("1/3 · Berapa yang hadir?")


def test_it_can_be_chosen_from_a_list_and_the_question_comes_back() -> None:
    phone = begun()
    reply = phone.send("bahasa")
    assert [choice.label for choice in reply.choices] == ["Bahasa Indonesia", "English"]
    assert phone.send("2").text.endswith("1/3 · How many came?")


def test_in_the_menu_the_menu_comes_in_the_new_language() -> None:
    phone = Phone((form(THREE),))
    phone.send("menu")
    assert "What now?" in phone.send("english").text or phone.session.stage is Stage.MENU


def test_at_the_summary_the_summary_comes_in_the_new_language() -> None:
    phone = begun()
    for text in ("12", "lewati", "ya", "english"):
        phone.send(text)
    assert "3 Was it safe: Yes" in phone.reply.text
    assert phone.session.stage is Stage.SUMMARY


def test_a_language_that_we_do_not_speak_changes_nothing() -> None:
    phone = begun()
    phone.send(choice="l:xx")
    assert phone.session.language == "id"


def test_english_commands_and_labels_work_in_english() -> None:
    phone = begun()
    for text in ("english", "12", "skip", "yes", "summary", "back", "yes", "send"):
        phone.send(text)
    assert phone.reply.text.startswith("✅ ")
    assert phone.reports[0].latest.answers.values == {"hadir": "12", "catatan": "", "aman": "ya"}
