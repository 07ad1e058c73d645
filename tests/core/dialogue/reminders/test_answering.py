"""A reminder is answered by one tap or one word: filled in, nothing to report, tomorrow."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from core.dialogue.filling.summary import NIHIL
from core.dialogue.session import Stage
from core.elections.owed import Owed
from core.model.effects import Filed, Postponed
from core.model.messages import Channel
from tests.core.dialogue.phone import PTPS
from tests.core.dialogue.reminders.owing_phone import OwingPhone
from tests.core.dialogue.samples import THREE, form

DUE = datetime(2024, 11, 26, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
AFTERNOON = datetime(2024, 11, 26, 8, tzinfo=UTC)
PATROL = Owed(481, PTPS, "patroli", {"id": "Patroli"}, True, DUE, DUE)
SUPPLIES = Owed(482, PTPS, "logistik", {"id": "Logistik"}, False, DUE, DUE)
FORMS = (
    form(THREE, name="patroli", title="Patroli", nihil="yes"),
    form(THREE, name="logistik", title="Logistik"),
)


def phone(*owed: Owed, **more: object) -> OwingPhone:
    made = OwingPhone(FORMS, owed=owed or (PATROL,), now=AFTERNOON)
    return replace(made, **more)  # type: ignore[arg-type]


def reports(siti: OwingPhone) -> list[Filed]:
    return [effect for effect in siti.effects if isinstance(effect, Filed)]


def test_nihil_is_one_tap_and_says_for_which_day() -> None:
    siti = phone()
    reply = siti.send(choice="b:nihil:481")
    [filed] = reports(siti)
    assert filed.closes == 481
    assert filed.report.post == PTPS.id
    assert filed.report.latest.flags == (NIHIL,)
    assert filed.report.number in reply.text


def test_fill_in_now_asks_the_first_question_at_once() -> None:
    siti = phone()
    assert "Berapa yang hadir?" in siti.send(choice="b:fill:481").text
    assert siti.session.filling
    assert siti.session.filling.post == PTPS.id


def test_of_several_the_one_that_is_tapped_is_asked_about() -> None:
    siti = phone(PATROL, SUPPLIES)
    assert "nihil" in siti.send(choice="b:open:481").text
    assert "Berapa yang hadir?" in siti.send(choice="b:open:482").text


def test_tomorrow_is_the_next_morning_for_all_that_is_owed() -> None:
    siti = phone(PATROL, SUPPLIES)
    reply = siti.send(choice="b:wait")
    assert siti.done(Postponed) == [Postponed((PTPS.id,), datetime(2024, 11, 27, 0, tzinfo=UTC))]
    assert "Rabu 27 Nov, 08.00 WITA" in reply.text


@pytest.mark.parametrize(
    ("now", "until"),
    [
        (datetime(2024, 11, 16, 8, tzinfo=UTC), datetime(2024, 11, 17, 4, tzinfo=UTC)),  # Sunday at noon
        (datetime(2024, 11, 18, 18, tzinfo=UTC), datetime(2024, 11, 19, 0, tzinfo=UTC)),  # two at night
    ],
)
def test_tomorrow_is_no_sunday_morning_and_no_day_more(now: datetime, until: datetime) -> None:
    siti = phone(now=now)
    siti.send(choice="b:wait")
    assert siti.done(Postponed) == [Postponed((PTPS.id,), until)]


@pytest.mark.parametrize("key", ["b:nihil:481", "b:fill:481", "b:open:481", "b:nihil:", "b:nihil:x", "b:"])
def test_an_old_button_files_nothing_again(key: str) -> None:
    siti = phone(SUPPLIES)
    reply = siti.send(choice=key)
    assert "tidak ditunggu lagi" in reply.text
    assert not reports(siti)


def test_of_the_hours_of_voting_day_none_need_be_chosen() -> None:
    """At 08.10 one hour can be told still and the next has begun; an old button leads there as well."""
    seven, eight = (
        replace(SUPPLIES, id=number, period=DUE + n * HOUR, due=DUE + n * HOUR + 1.5 * HOUR)
        for n, number in enumerate((490, 491))
    )
    hours = [replace(one, passes_at=one.period + 2 * HOUR) for one in (seven, eight)]
    siti = phone(*hours, now=DUE + HOUR + timedelta(minutes=10))
    assert "Berapa yang hadir?" in siti.send("isi").text
    later = phone(*hours, now=DUE + 2 * HOUR + timedelta(minutes=10))
    assert "Berapa yang hadir?" in later.send(choice="b:fill:490").text


@pytest.mark.parametrize("words", ["nihil", "Nihil.", "NIHIL PAK"])
def test_where_nothing_can_be_tapped_a_word_will_do(words: str) -> None:
    siti = phone(channel=Channel.SMS)
    siti.send(words)
    assert [filed.closes for filed in reports(siti)] == [481]


def test_the_other_words() -> None:
    siti = phone()
    assert "Berapa yang hadir?" in siti.send("isi sekarang").text
    siti = phone()
    siti.send("besok")
    assert siti.done(Postponed)


def test_of_several_a_word_asks_which() -> None:
    siti = phone(PATROL, replace(PATROL, id=483, due=DUE.replace(day=25)))
    reply = siti.send("nihil")
    assert reply.text == "Nihil untuk laporan yang mana?"
    assert [choice.key for choice in reply.choices][:2] == ["b:nihil:481", "b:nihil:483"]
    siti.send("2")
    assert [filed.closes for filed in reports(siti)] == [483]


def test_who_owes_nothing_is_told_so() -> None:
    siti = phone(owed=())
    for words in ("nihil", "isi", "besok"):
        assert "tidak ada laporan" in siti.send(words).text


def test_a_word_is_no_answer_to_a_reminder_while_a_question_stands_open() -> None:
    siti = phone()
    siti.send(choice="b:fill:481")
    siti.send("12")
    assert "Apa catatannya?" in siti.reply.text
    siti.send("besok")
    assert siti.answers["catatan"] == "besok"
    assert siti.looked[-1] == ""


def test_a_half_filled_report_is_not_lost_by_tomorrow() -> None:
    siti = phone()
    siti.send(choice="b:fill:481")
    siti.send("12")
    siti.send(choice="b:wait")
    assert siti.session.stage is Stage.MENU
    assert "Apa catatannya?" in siti.send(choice="b:fill:481").text


def test_what_is_owed_is_owed_in_earnest() -> None:
    siti = phone()
    siti.send("latihan")
    siti.send(choice="b:nihil:481")
    [filed] = reports(siti)
    assert not filed.report.practice
    assert not siti.session.practice


def test_who_lost_the_post_cannot_file_for_it() -> None:
    siti = phone(replace(PATROL, post=replace(PTPS, id=99)))
    siti.send(choice="b:nihil:481")
    assert not reports(siti)


def test_nothing_of_it_is_read_for_other_messages() -> None:
    siti = phone()
    for words in ("menu", "laporan saya", "halo", "besok saya cuti"):
        siti.send(words)
    assert set(siti.looked) == {""}
