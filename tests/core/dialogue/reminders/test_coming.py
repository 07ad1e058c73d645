"""The day before a campaign event: where, when, who, and by when the report is awaited."""

from dataclasses import replace

from core.dialogue.reminders.coming import notice
from tests.core.elections.test_owed import DUE, PATROL, RALLY

EVENT = replace(PATROL, title={"id": "LHP", "en": "Report"}, event=replace(RALLY, organiser="Tim Contoh"))


def test_it_says_what_is_where_and_what_is_awaited() -> None:
    assert notice([EVENT], "id").text == (
        "Ada kampanye yang perlu Bapak/Ibu awasi:\n"
        "• Tim Contoh, Gedung Guru, Senin 25 Nov, 17.00–20.00 WITA\n"
        "Setelahnya kami tunggu LHP, batas Selasa 26 Nov, 20.00 WITA."
    )


def test_three_are_named_and_the_others_counted() -> None:
    many = [replace(EVENT, due=DUE) for _ in range(5)]
    words = notice(many, "id").text
    assert words.count("•") == 3
    assert "dan 2 lagi." in words


def test_those_above_owe_nothing_of_it() -> None:
    words = notice([EVENT], "id", owes=False).text
    assert "Pengawas di tempatnya sudah kami beri tahu." in words


def test_whatsapp_knocks_first() -> None:
    template = notice([EVENT], "id").template
    assert template
    assert template.announces
