"""The words of a reminder, as a tired PTPS reads them at four in the afternoon."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.dialogue.reminders.owing import reminder
from core.elections.owed import Owed
from core.model.messages import Template
from core.model.people import Post, Role
from core.speech.layout import SMS, TELEGRAM, WHATSAPP_RICH, fit
from core.speech.texts import texts
from tests.core.elections.test_owed import DUE, HOURS, PATROL, RALLY

OTHER = Post(9, Role.PTPS, "64.72.05.1004.013", ("TPS 013", "Sidodadi", "Samarinda Ulu"), "Asia/Makassar")
LOGISTICS = replace(
    PATROL, id=482, form="logistik", title={"id": "Logistik", "en": "Logistics"}, nihil=False, due=DUE
)


def owing(count: int) -> list[Owed]:
    named = [{"id": f"Laporan {n}", "en": f"Report {n}"} for n in range(1, count + 1)]
    return [replace(PATROL, id=n, title=title) for n, title in enumerate(named, 1)]


def test_one_report_in_four_lines_with_what_can_be_tapped() -> None:
    reply = reminder("Siti Contoh", [PATROL], "id")
    assert reply.text == (
        "Patroli dari PTPS 012 Sidodadi, Samarinda Ulu belum kami terima. "
        "Batasnya Selasa 26 Nov, 20.00 WITA.\n"
        "Kalau tidak ada yang dilaporkan, cukup pilih Nihil."
    )
    tapped = [(choice.key, choice.label) for choice in reply.choices]
    assert tapped == [("b:fill:481", "Isi sekarang"), ("b:nihil:481", "Nihil"), ("b:wait", "Besok")]
    assert reply.template == Template("reminder", ("Siti Contoh", "Patroli", "Selasa 26 Nov, 20.00 WITA"))


def test_nothing_to_report_is_offered_only_where_the_form_allows_it() -> None:
    reply = reminder("Siti Contoh", [LOGISTICS], "id")
    assert "Nihil" not in reply.text
    assert [choice.label for choice in reply.choices] == ["Isi sekarang", "Besok"]


def test_on_voting_day_there_is_no_tomorrow() -> None:
    reply = reminder("Siti Contoh", [PATROL], "id", may_wait=False)
    assert [choice.key for choice in reply.choices] == ["b:fill:481", "b:nihil:481"]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("id", "Situasi TPS jam 07.00–08.00 dari PTPS 012 Sidodadi, Samarinda Ulu belum kami terima. "),
        ("en", "Polling station now, 07.00–08.00"),
    ],
)
def test_an_hour_is_named_by_the_clocks_of_the_place(language: str, words: str) -> None:
    hour = replace(HOURS[0], title={"id": "Situasi TPS", "en": "Polling station now"})
    reply = reminder("Siti Contoh", [hour], language, may_wait=False)
    assert words in reply.text
    assert "08.30 WITA" in reply.text
    assert [choice.key for choice in reply.choices] == ["b:fill:0"]
    assert reply.template
    assert "07.00–08.00" in reply.template.variables[1]


@pytest.mark.parametrize(("count", "counted"), [(2, ""), (3, ""), (4, "dan 1 lagi."), (9, "dan 6 lagi.")])
def test_three_are_named_and_the_others_counted(count: int, counted: str) -> None:
    reply = reminder("Siti Contoh", owing(count), "id")
    lines = reply.text.splitlines()
    assert sum(line.startswith("•") for line in lines) == min(count, 3)
    assert (counted in lines) is bool(counted)
    assert [choice.key for choice in reply.choices][:2] == ["b:open:1", "b:open:2"]
    assert reply.template
    assert reply.template.variables[1] == f"Laporan 1 dan {count - 1} laporan lain"


def test_of_several_posts_each_is_named() -> None:
    words = reminder("Siti Contoh", [PATROL, replace(PATROL, id=5, post=OTHER)], "id").text
    assert "PTPS 012 Sidodadi" in words
    assert "PTPS 013 Sidodadi" in words


def test_a_campaign_event_is_asked_about_by_its_place_and_hours() -> None:
    rally = replace(RALLY, organiser="Tim Contoh", method="pertemuan")
    words = reminder("Oki Contoh", [replace(PATROL, event=rally)], "id").text
    assert "Tim Contoh (pertemuan), Gedung Guru, Senin 25 Nov, 17.00–20.00 WITA" in words


@pytest.mark.parametrize("language", ["id", "en"])
def test_it_says_when_by_the_weekday_since_nobody_knows_when_it_is_read(language: str) -> None:
    words = reminder("Siti Contoh", [PATROL], language).text.casefold()
    assert not any(day in words for day in ("hari ini", "besok", "kemarin", "today", "tomorrow", "yesterday"))


@pytest.mark.parametrize("count", [1, 2, 3, 12])
@pytest.mark.parametrize("language", ["id", "en"])
def test_it_is_one_short_message_everywhere(count: int, language: str) -> None:
    reply = reminder("Siti Contoh", owing(count), language)
    assert len(reply.text) <= 350
    assert len(reply.text.splitlines()) <= 8
    for layout in (TELEGRAM, WHATSAPP_RICH, SMS):
        assert len(fit(reply, layout, texts(language))) == 1


def test_the_hour_is_that_of_the_post() -> None:
    west = replace(PATROL, post=replace(PATROL.post, zone="Asia/Jakarta"), due=DUE + timedelta(hours=1))
    assert "Selasa 26 Nov, 20.00 WIB" in reminder("Siti Contoh", [west], "id").text
