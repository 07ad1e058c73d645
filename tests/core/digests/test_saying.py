"""What may be said of a week: sent from its Sunday on and then corrected; notes and topics while in reach."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from core.digests.digest import Confirmation, Topic
from core.digests.saying import LONGEST, NotSaid, Teller, WeekState, remark, send, set_topic
from core.model.effects import Confirmed, Remarked, TopicSet

MONDAY = date(2024, 11, 18)
DESK = datetime(2024, 11, 25, 1, tzinfo=UTC)
VINA = Teller("staff:3", "Vina Contoh")
KUKAR = WeekState("64.02", "regency", MONDAY, remark="Jalan putus", topics=(Topic("logistik", {}, "belum"),))
SENT = replace(KUKAR, confirmation=Confirmation(DESK, "Vina Contoh", is_nihil=True))


def test_a_week_is_sent_once_and_then_corrected() -> None:
    assert send(KUKAR, VINA, DESK, is_nihil=False) == Confirmed(
        "64.02", MONDAY, False, "Jalan putus", "staff:3", "Vina Contoh"
    )
    assert send(SENT, VINA, DESK, is_nihil=False) == NotSaid("sent")
    assert isinstance(send(SENT, VINA, DESK, is_nihil=False, again=True), Confirmed)


@pytest.mark.parametrize(
    ("state", "now", "why"),
    [
        (replace(KUKAR, area="64", level="province"), DESK, "nobody_above"),
        (KUKAR, datetime(2024, 11, 23, 1, tzinfo=UTC), "too_early"),
        (KUKAR, datetime(2024, 12, 30, 1, tzinfo=UTC), "long_gone"),
        (replace(KUKAR, monday=date(2024, 11, 19)), DESK, "long_gone"),
    ],
)
def test_when_a_week_cannot_be_sent(state: WeekState, now: datetime, why: str) -> None:
    assert send(state, VINA, now, is_nihil=False) == NotSaid(why)  # type: ignore[arg-type]


def test_a_note_waits_for_the_sending_or_corrects_it() -> None:
    assert remark(KUKAR, VINA, DESK, " Jalan \n sudah baik ") == Remarked(
        "64.02", MONDAY, "Jalan sudah baik", "staff:3", "Vina Contoh"
    )
    assert remark(SENT, VINA, DESK, "Jalan sudah baik") == Confirmed(
        "64.02", MONDAY, True, "Jalan sudah baik", "staff:3", "Vina Contoh"
    )
    assert remark(KUKAR, VINA, DESK, "x") == NotSaid("short")
    assert remark(KUKAR, VINA, DESK, "x" * (LONGEST + 1)) == NotSaid("long")


def test_only_a_topic_of_the_list_and_a_mark_that_may_be_said() -> None:
    said = set_topic(KUKAR, VINA, DESK, "logistik", "masalah", "Bilik belum tiba")
    assert said == TopicSet("64.02", MONDAY, "logistik", "masalah", "Bilik belum tiba", "staff:3")
    for topic, mark in (("logistik", "belum"), ("logistik", ""), ("lain", "aman")):
        assert set_topic(KUKAR, VINA, DESK, topic, mark) == NotSaid("no_topic")
