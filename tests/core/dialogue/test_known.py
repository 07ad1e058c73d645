"""Which records must be read before a message can be answered."""

from datetime import UTC, datetime

import pytest

from core.dialogue.known import Wanted, wanted
from core.dialogue.officers.draft import Draft, to_json
from core.dialogue.session import Session, Stage
from core.model.messages import Address, Channel, Incoming

NOTHING = Session()
REASON = Session(stage=Stage.REASON, subject="withdraw P-7K2-M9Q")
ASKING = Session(stage=Stage.ACTING, subject=to_json(Draft("K-7K2-M9Q", "ask")))
JOINING = Session(stage=Stage.ACTING, subject=to_json(Draft("K-7K2-M9Q", "join")))


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
        (sent("salah ketik"), REASON, Wanted(number="P-7K2-M9Q", of_report="P-7K2-M9Q")),
        (
            sent("ralat: sama dengan P-111-222"),
            REASON,
            Wanted(number="P-7K2-M9Q", of_report="P-7K2-M9Q"),
        ),
        (sent("2"), Session(stage=Stage.REPORTS), Wanted(recent=True)),
        (sent("kasus"), NOTHING, Wanted(cases=True)),
        (sent("/kasus K-7K2-M9Q"), Session(stage=Stage.QUESTION), Wanted(case="K-7K2-M9Q")),
        (sent(choice="c:cases"), NOTHING, Wanted(cases=True)),
        (sent(choice="q:late:1"), NOTHING, Wanted(cases=True)),
        (sent(choice="x:K-7K2-M9Q"), NOTHING, Wanted(case="K-7K2-M9Q")),
        (sent(choice="x:K-7K2-M9Q:m:registrasi"), NOTHING, Wanted(case="K-7K2-M9Q")),
        (sent(choice="x:K-7K2-M9Q:a:join"), NOTHING, Wanted(case="K-7K2-M9Q", cases=True)),
        (sent("k 7k2 m9q"), Session(stage=Stage.MENU), Wanted(case="K-7K2-M9Q")),
        (sent("K-7K2-M9Q"), Session(stage=Stage.QUESTION), Wanted()),
        (sent("kembali"), Session(stage=Stage.CASEFILE, subject="K-7K2-M9Q"), Wanted(cases=True)),
        (sent("K-111-222"), ASKING, Wanted(case="K-7K2-M9Q")),
        (sent("K-111-222"), JOINING, Wanted(case="K-7K2-M9Q", cases=True)),
        (sent("apa saja"), Session(stage=Stage.ACTING, subject="rusak"), Wanted()),
    ],
)
def test_what_is_wanted(incoming: Incoming, session: Session, expected: Wanted) -> None:
    assert wanted(incoming, session) == expected
