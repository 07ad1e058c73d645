"""Labels, beginnings and numbers of choices, typed."""

from datetime import UTC, datetime

import pytest

from core.dialogue.session import Session
from core.dialogue.typed import as_choice, typed_choice
from core.model.messages import Address, Attachment, Channel, Choice, Incoming

OFFERED = (
    Choice("f:pungut", "Laporan pemungutan suara"),
    Choice("f:lhp", "Formulir A (LHP)"),
    Choice("c:reports", "Laporan saya"),
    Choice("a:F0001:3:1", "Surat suara"),
)
NUMBERED = Session(offered=OFFERED, numbered=True)
WORDS_ONLY = Session(offered=OFFERED, numbered=False)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("laporan saya", "c:reports"),
        ("LAPORAN SAYA.", "c:reports"),
        ("2", "f:lhp"),
        ("2.", "f:lhp"),
        ("no 2", "f:lhp"),
        ("Nomor 4", "a:F0001:3:1"),
        ("formulir a", "f:lhp"),
        ("Formulir", "f:lhp"),
        ("laporan pemungutan", "f:pungut"),
        ("surat suara", "a:F0001:3:1"),
    ],
)
def test_what_is_meant(text: str, key: str) -> None:
    found = typed_choice(NUMBERED, text)
    assert found is not None
    assert found.key == key


@pytest.mark.parametrize(
    "text", ["", "laporan", "la", "form", "9", "0", "-1", "1234567", "²", "surat", "suara"]
)
def test_what_is_not_clear_is_left_to_others(text: str) -> None:
    assert typed_choice(NUMBERED, text) is None


def test_where_a_number_is_an_answer_only_words_are_choices() -> None:
    assert typed_choice(WORDS_ONLY, "2") is None
    assert typed_choice(WORDS_ONLY, "laporan saya") == OFFERED[2]


def test_two_choices_with_the_same_label_are_told_apart_by_number_only() -> None:
    twins = Session(offered=(Choice("a", "Sidodadi"), Choice("b", "Sidodadi")), numbered=True)
    assert typed_choice(twins, "sidodadi") is None
    assert typed_choice(twins, "2") == Choice("b", "Sidodadi")


def test_taps_and_pictures_stay_what_they_are() -> None:
    address = Address(Channel.SMS, "a", "b")
    tap = Incoming("1", address, datetime.now(UTC), "2", choice="zzz")
    picture = Incoming("2", address, datetime.now(UTC), "2", attachments=(Attachment("image", "ref"),))
    assert as_choice(NUMBERED, tap) is tap
    assert as_choice(NUMBERED, picture) is picture
