"""The desk asks back about a report: it arrives in the chat, and the answer is kept with the report."""

from pathlib import Path

import pytest

from core.model.cases import Actor
from core.model.messages import Channel
from core.model.people import Role
from core.model.records import Inquiry
from core.reports.asking import inquire
from storage.record import Origin, record
from storage.store import Store
from tests.bot.chatting import Phone, Town

OFFICER = Actor("staff", 3, ((Role.KABKOTA, "64.72"),))
REPORT = ("halo", "Laporan pembukaan", "06:50", "12", "lewati", "lewati", "kirim")


@pytest.fixture
def town(store: Store, tmp_path: Path) -> Town:
    return Town(store, tmp_path)


async def filed(siti: Phone) -> str:
    await siti.says(*REPORT)
    return siti.town.reports()[-1].number


def ask(town: Town, number: str, question: str = "Jam berapa kotak tiba?") -> None:
    with town.store.begin() as book:
        report = book.reports.get(number)
        assert report
        asked = inquire(report, OFFICER, question)
        record(book, (asked,), Origin.silent(town.now))  # type: ignore[arg-type]  # not refused


def inquiries(town: Town, number: str) -> list[Inquiry]:
    with town.store.reading() as book:
        return book.inquiries.of_report(number)


async def test_a_tap_and_then_the_answer(town: Town) -> None:
    siti = town.siti()
    number = await filed(siti)
    ask(town, number)
    assert "Jam berapa kotak tiba?" in siti.last.text
    assert "Tulis jawaban Anda" in await siti.taps("Jawab")
    assert number in await siti.says("sekitar jam 6 pagi")
    (kept,) = inquiries(town, number)
    assert (kept.answer, kept.channel, kept.actor) == ("sekitar jam 6 pagi", Channel.WHATSAPP, "staff:3")
    assert kept.answered_at is not None
    await siti.sends(choice=f"j:{number}")
    assert "Tidak ada pertanyaan" in siti.last.text
    assert inquiries(town, number) == [kept]


@pytest.mark.parametrize("words", ["jawab {answer}", "Jawab: {answer}", "JAWAB {number}, {answer}"])
async def test_in_one_message_where_there_are_no_buttons(town: Town, words: str) -> None:
    siti = town.siti()
    number = await filed(siti)
    ask(town, number)
    await siti.says(words.format(answer="pagi jam 6, saksi lengkap", number=number))
    assert [one.answer for one in inquiries(town, number)] == ["pagi jam 6, saksi lengkap"]


async def test_a_report_that_is_being_filled_waits_and_goes_on(town: Town) -> None:
    siti = town.siti()
    number = await filed(siti)
    await siti.says("menu", "Laporan pembukaan", "06:55")
    ask(town, number)
    await siti.says("15")  # still the form's answer
    assert inquiries(town, number)[0].answered_at is None
    await siti.sends(choice=f"j:{number}")
    await siti.says("dua saksi")
    assert inquiries(town, number)[0].answer == "dua saksi"
    await siti.sends(choice=next(one.key for one in siti.last.choices if one.key.startswith("r:")))
    await siti.says("lewati", "lewati", "kirim")
    assert len(town.reports()) == 2


async def test_pictures_are_kept_with_the_report(town: Town) -> None:
    siti = town.siti()
    number = await filed(siti)
    ask(town, number)
    await siti.taps("Jawab")
    await siti.sends(pictures=1)
    assert inquiries(town, number)[0].answered_at is not None
    with town.store.reading() as book:
        assert len(book.media.of_report(number)) == 1


async def test_menu_is_no_answer_and_nobody_answers_for_another(town: Town) -> None:
    siti, oki = town.siti(), town.phone(Channel.WHATSAPP, "+628000000013")
    number = await filed(siti)
    ask(town, number)
    await siti.taps("Jawab")
    await siti.says("menu")
    await oki.says("halo")
    await oki.sends(choice=f"j:{number}")
    assert "Tidak ada pertanyaan" in oki.last.text
    await oki.says("jawab saya tahu")
    assert inquiries(town, number)[0].answered_at is None


async def test_of_several_questions_the_one_named_is_answered(town: Town) -> None:
    siti = town.siti()
    first = await filed(siti)
    second = next(number for number in {await filed(siti), *(r.number for r in town.reports())} - {first})
    ask(town, first, "Satu?")
    ask(town, second, "Dua?")
    await siti.says(f"jawab {first} satu")
    await siti.says("jawab dua")
    assert [inquiries(town, number)[0].answer for number in (first, second)] == ["satu", "dua"]
