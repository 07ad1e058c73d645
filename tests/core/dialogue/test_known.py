"""Which records must be read before a message can be answered."""

from datetime import UTC, datetime

import pytest

from core.dialogue.known import Wanted, wanted
from core.dialogue.session import Session, Stage
from core.model.messages import Address, Channel, Incoming

NOTHING = Session()
REASON = Session(stage=Stage.REASON, subject="withdraw P-7K2-M9Q")


def sent(text: str = "", choice: str = "") -> Incoming:
    return Incoming("1", Address(Channel.SMS, "a", "b"), datetime.now(UTC), text, choice=choice)


@pytest.mark.parametrize(
    ("incoming", "session", "expected"),
    [
        (sent("halo"), NOTHING, Wanted()),
        (sent("12"), NOTHING, Wanted()),
        (sent("laporan saya"), NOTHING, Wanted(recent=True)),
        (sent("perbaiki"), NOTHING, Wanted(recent=True)),
        (sent("perbaiki P-7K2-M9Q"), NOTHING, Wanted(number="P-7K2-M9Q")),
        (sent("tarik p7k2m9q"), NOTHING, Wanted(number="P-7K2-M9Q")),
        (sent("P-7K2-M9Q"), NOTHING, Wanted(number="P-7K2-M9Q")),
        (sent(choice="n:P-7K2-M9Q"), NOTHING, Wanted(number="P-7K2-M9Q")),
        (sent(choice="w:P-7K2-M9Q"), NOTHING, Wanted(number="P-7K2-M9Q")),
        (sent(choice="c:reports"), NOTHING, Wanted(recent=True)),
        (sent(choice="c:menu"), NOTHING, Wanted()),
        (sent("salah ketik"), REASON, Wanted(number="P-7K2-M9Q")),
        (sent("ralat: sama dengan P-111-222"), REASON, Wanted(number="P-7K2-M9Q")),
        (sent("2"), Session(stage=Stage.REPORTS), Wanted(recent=True)),
    ],
)
def test_what_is_wanted(incoming: Incoming, session: Session, expected: Wanted) -> None:
    assert wanted(incoming, session) == expected
