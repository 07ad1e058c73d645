"""The words that steer, and report numbers however they are typed."""

import pytest

from core.dialogue.commands import WORDS, Command, command_in, number_in

EACH = [(word, command) for command, words in WORDS.items() for word in words]


@pytest.mark.parametrize(("word", "command"), EACH)
def test_each_word_is_heard_in_any_case_with_or_without_a_slash(word: str, command: Command) -> None:
    for written in (
        word,
        word.upper(),
        f"/{word}",
        f" {word}. ",
        word.replace(" ", "  "),
        f"/{word}@LaporBot",
    ):
        assert command_in(written) is command


def test_no_word_means_two_commands() -> None:
    assert len({word for word, _ in EACH}) == len(EACH)


@pytest.mark.parametrize(
    "text",
    ["", "saya kembali besok", "kirim salam", "menu makan siang", "tarik napas dulu", "perbaiki jalan itu"],
)
def test_a_word_within_a_sentence_is_no_command(text: str) -> None:
    assert command_in(text) is None


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("perbaiki P-7K2-M9Q", Command.CORRECT),
        ("ralat: jumlahnya 12", Command.CORRECT),
        ("Tarik laporan p 7k2 m9q", Command.WITHDRAW),
        ("withdraw P-7K2-M9Q", Command.WITHDRAW),
    ],
)
def test_a_command_may_name_its_report(text: str, command: Command) -> None:
    assert command_in(text) is command


@pytest.mark.parametrize(
    "text",
    ["P-7K2-M9Q", "p-7k2-m9q", "P 7K2 M9Q", "p7k2m9q", "laporan P-7K2-M9Q tadi", "p - 7k2 - m9q", "P7K2-M9Q"],
)
def test_a_number_is_read_however_it_is_typed(text: str) -> None:
    assert number_in(text) == "P-7K2-M9Q"


def test_letters_that_look_like_figures_are_figures() -> None:
    assert number_in("P-OIL-A0B") == "P-011-A0B"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "PTPS 012",
        "ptps 012 Sidodadi",
        "selamat pagi pak",
        "pemilih 300",
        "P-7K2",
        "pagi-pagi",
        "P-7K2-M9QQ",
    ],
)
def test_what_only_looks_like_a_number_is_none(text: str) -> None:
    assert number_in(text) == ""
