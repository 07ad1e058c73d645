"""Somebody jokes: asked once in earnest, then a polite nothing."""

from core.dialogue.session import Stage
from core.model.effects import Forgot
from tests.core.dialogue.citizens.citizen import STORY, Citizen


def test_a_joke_at_the_door() -> None:
    citizen = Citizen()
    assert citizen.send("wkwkwk").text.startswith("Saluran ini untuk kejadian nyata")
    assert Forgot() not in citizen.effects
    assert citizen.send("hahaha").text.startswith("Baik, terima kasih sudah mampir.")
    assert Forgot() in citizen.effects
    assert not citizen.drawer.cases


def test_whoever_means_it_after_all_is_heard() -> None:
    citizen = Citizen()
    citizen.send("wkwkwk")
    citizen.bring()
    assert citizen.drawer.case.story == STORY
    assert citizen.send("wkwk").text
    assert citizen.drawer.forgotten == 0


def test_a_joke_instead_of_the_story() -> None:
    citizen = Citizen()
    citizen.send("aduan")
    citizen.tap("Setuju")
    citizen.tap("Rahasia")
    assert citizen.send("asdfgh").text.startswith("Supaya petugas bisa bertindak")
    assert citizen.session.stage is Stage.QUESTION
    assert citizen.send("wkwkwkwk").text.startswith("Baik, terima kasih sudah mampir.")
    assert Forgot() in citizen.effects
    assert not citizen.session.begun()


def test_laughter_after_a_story_belongs_to_it() -> None:
    citizen = Citizen()
    citizen.send("aduan")
    citizen.tap("Setuju")
    citizen.tap("Rahasia")
    citizen.send("asdfgh")
    citizen.send("maaf, ini betul: pak lurah membagikan beras")
    citizen.send("wkwk lucu ya")
    assert citizen.answers["uraian"] == "maaf, ini betul: pak lurah membagikan beras\nwkwk lucu ya"


def test_who_is_only_short_is_no_joker() -> None:
    citizen = Citizen()
    for word in ("pak", "bu", "ok", "hm", "?"):
        citizen.send(word)
    assert citizen.drawer.forgotten == 0
    citizen.send("aduan")
    citizen.tap("Setuju")
    citizen.tap("Rahasia")
    for word in ("ya", "ok", "ya"):
        assert citizen.send(word).text.startswith("Supaya petugas bisa bertindak")
    assert citizen.drawer.forgotten == 0
