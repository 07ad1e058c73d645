"""The list of cases: its order, its pages, its filters, and what each line tells."""

from dataclasses import replace
from datetime import timedelta

from core.model.cases import Case
from core.speech.layout import SMS, TELEGRAM, WHATSAPP_RICH, fit
from tests.core.dialogue.coordinators.desk_phone import RANI, DeskPhone, a_case
from tests.core.dialogue.phone import NOON


def cases(count: int) -> list[Case]:
    """Each half a day older than the one before; from the fourth day on they are late."""
    return [
        a_case(
            f"K-{n:03}-AAA",
            title=f"Perkara {n}",
            story=f"Cerita {n}",
            opened_at=NOON - timedelta(hours=12 * n),
        )
        for n in range(count)
    ]


def desk(*some: Case) -> DeskPhone:
    phone = DeskPhone(())
    phone.put(*some)
    return phone


def test_what_runs_out_first_stands_in_front_and_what_is_over_is_marked() -> None:
    phone = desk(*cases(7))
    reply = phone.send("kasus")
    assert reply.choices[0].label == "Perkara 6"
    assert reply.choices[0].hint == "Samarinda Ulu, Diterima, ⚠️ 26 Nov"
    assert "⚠️" not in reply.choices[3].hint


def test_five_stand_on_a_page_and_the_last_page_ends() -> None:
    phone = desk(*cases(12))
    seen = []
    phone.send("kasus")
    while True:
        seen += [label for label in phone.choices if label.startswith("Perkara")]
        if "Berikutnya" not in phone.choices:
            break
        phone.tap("Berikutnya")
    assert len(seen) == len(set(seen)) == 12
    assert "(3/3)" in phone.reply.text


def test_a_page_beyond_the_end_is_the_last_one() -> None:
    assert "(3/3)" in desk(*cases(12)).send(choice="q:all:77").text


def test_filters_say_how_many_they_show() -> None:
    late, mine, *rest = cases(8)[::-1]
    phone = desk(late, replace(mine, assigned=f"person:{RANI.id}"), *rest)
    phone.send("kasus")
    assert {"Habis tenggat (2)", "Punya saya (1)", "Baru (7)"} <= set(phone.choices)
    phone.tap("Punya saya")
    assert [label for label in phone.choices if label.startswith("Perkara")] == ["Perkara 6"]
    phone.tap("Semua (8)")
    phone.tap("Habis tenggat")
    assert {label for label in phone.choices if label.startswith("Perkara")} == {"Perkara 7", "Perkara 6"}


def test_a_filter_that_shows_nothing_any_more_says_so_and_is_no_dead_end() -> None:
    phone = desk(*cases(1))
    assert "Tidak ada yang seperti itu" in phone.send(choice="q:late:0").text
    assert "Semua (1)" in phone.choices


def test_an_unknown_filter_is_the_whole_list() -> None:
    assert "Kasus terbuka: 2" in desk(*cases(2)).send(choice="q:what:x").text


def test_closed_cases_are_not_listed() -> None:
    closed = replace(a_case(), closed_at=NOON)
    assert "Tidak ada kasus terbuka" in desk(closed).send("kasus").text


def test_a_hundred_is_more_than_is_counted() -> None:
    assert "lebih dari 100" in desk(*cases(101)).send("kasus").text


def test_every_channel_can_show_it_in_one_message() -> None:
    phone = desk(*cases(12))
    reply = phone.send("kasus")
    for layout in (TELEGRAM, WHATSAPP_RICH, SMS):
        assert len(fit(reply, layout)) == 1
    assert fit(reply, WHATSAPP_RICH)[0].rows
