"""What a citizen wants, in a tap or in words."""

import pytest

from core.dialogue.citizens.wishes import WORDS, Wish, is_afraid, key, tells, wish_in, wished
from core.dialogue.keys import pressed


@pytest.mark.parametrize("wish", Wish)
def test_a_button_says_what_it_is_and_nothing_else(wish: Wish) -> None:
    assert wished(key(wish)) is wish
    assert pressed(key(wish)) is None


@pytest.mark.parametrize("choice", ["", "u:", "u:entah", "c:menu", "t:1", "status"])
def test_other_buttons(choice: str) -> None:
    assert wished(choice) is None


def test_no_word_means_two_things() -> None:
    words = [word for several in WORDS.values() for word in several]
    assert len(words) == len(set(words))


@pytest.mark.parametrize(("text", "wish"), [
    ("Status", Wish.STATUS), ("/status", Wish.STATUS), ("cek kabar.", Wish.STATUS), ("Lapor!", Wish.TIP),
    ("hapus data saya", Wish.ERASE), ("KEBERATAN", Wish.CONTEST), ("status pemilu gimana", None),
])  # fmt: skip
def test_in_words(text: str, wish: Wish | None) -> None:
    assert wish_in(text) is wish


@pytest.mark.parametrize(("text", "does"), [
    ("ada bagi2 uang di rt 5", True), ("bagi2 uang rt 5", True), ("mau tanya dong pak", False),
    ("pak", False), ("apakah lurah boleh kampanye?", False), ("saya takut pak", False),
    ("pak lurah mengancam warga, katanya kalau tidak pilih 02 bansos dicabut, apa boleh?", True),
])  # fmt: skip
def test_is_it_the_beginning_of_a_story(text: str, does: bool) -> None:
    assert tells(text) == does


@pytest.mark.parametrize(("text", "is_"), [("aman ga pak", True), ("warga jadi takut ke tps", False)])
def test_fear(text: str, is_: bool) -> None:
    assert is_afraid(text) == is_
