"""One message, one transaction: what it reads and writes, and what happens when something is in the way."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.letters import crockford
from core.model.codes import one_time_code
from core.model.messages import Address, Channel, Incoming
from core.model.people import Role
from core.model.records import Standing
from storage.store import Store
from tests.bot.chatting import NOON, OKI, SITI, Phone, Town, code_in
from tests.small_house import OPENING, VILLAGE, publish

REPORT = ("Laporan pembukaan", "06:50", "12", "lewati", "lewati")
"""All of it but the sending."""


@pytest.fixture
def town(store: Store, tmp_path: Path) -> Town:
    return Town(store, tmp_path)


async def test_a_message_that_comes_again_takes_no_effect(town: Town) -> None:
    siti = town.siti()
    first = await siti.sends("halo", name="m-once")
    for _ in range(3):
        await siti.sends("something else", name="m-once")
    await asyncio.gather(*(siti.sends("halo", name="m-twice") for _ in range(5)))
    assert len(siti.heard) == 2
    assert siti.heard[0] == first


async def test_of_what_comes_again_the_others_are_not_woken(town: Town) -> None:
    woken: list[str] = []
    town.turns = replace(town.turns, wake=lambda incoming: woken.append(incoming.id))
    for name in ("a", "a", "b"):
        await town.siti().sends("halo", name=name)
    assert woken == ["a", "b"]


async def test_what_became_of_each_message_and_when_is_told(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[Channel, str, float]] = []
    spent: dict[str, float] = {}
    town.turns = replace(town.turns, heard=lambda *one: told.append(one), spent=spent.__setitem__)
    siti = town.siti()
    await siti.sends("halo", name="a")
    await siti.sends("halo", name="a")
    monkeypatch.setattr(town.store, "perform", _away)
    with pytest.raises(OSError, match="away"):
        await siti.sends("halo", name="b")
    assert [(channel, outcome) for channel, outcome, _ in told] == [
        (Channel.WHATSAPP, "new"),
        (Channel.WHATSAPP, "again"),
        (Channel.WHATSAPP, "lost"),
    ]
    assert set(spent) == {"waiting", "deciding", "writing", "transaction"}
    assert 0 < spent["deciding"] + spent["writing"] <= spent["transaction"]


async def _away(_: object) -> None:
    raise OSError("the database is away")


# ── names that are taken ─────────────────────────────────────────────────────────────────────────────────


class Letters:
    """Draws as always, but for report numbers what was put here."""

    def __init__(self) -> None:
        self.numbers: list[str] = []

    def __call__(self, count: int) -> str:
        return self.numbers.pop(0) if count == 3 and self.numbers else crockford(count)


async def test_a_number_that_is_taken_is_drawn_again(town: Town) -> None:
    letters = Letters()
    town.turns = replace(town.turns, letters=letters)
    siti = town.siti()
    await siti.says("halo", *REPORT)
    letters.numbers = ["111", "111"]
    assert "P-111-111" in await siti.says("kirim")
    await siti.says("menu", *REPORT)
    letters.numbers = ["111", "111", "111", "111", "222", "222"]
    assert "P-222-222" in await siti.says("kirim")
    assert {report.number for report in town.reports()} == {"P-111-111", "P-222-222"}
    assert sum("Diterima" in reply.text for reply in siti.heard) == 2
    assert town.failed() == []


async def test_when_no_number_is_free_the_message_is_kept_and_the_answers_too(town: Town) -> None:
    letters = Letters()
    town.turns = replace(town.turns, letters=letters)
    siti = town.siti()
    await siti.says("halo", *REPORT)
    letters.numbers = ["111", "111"]
    await siti.says("kirim", "menu", *REPORT)
    letters.numbers = ["111"] * 12  # a number for a report and one for a case, three times
    assert (await siti.says("kirim")).startswith("Maaf")
    assert town.failed() == ["IntegrityError"]
    await siti.says("kirim")
    assert len(town.reports()) == 2


@pytest.mark.parametrize(
    ("drawn", "code"), [("K7Q2M9TD", "K7Q2M9TD"), ("ABCDEFGH", "ABCDEFG7"), ("ZZZZZZZZ", "ZZZZZZZ1")]
)
def test_a_code_is_never_a_word(drawn: str, code: str) -> None:
    assert one_time_code(lambda count: drawn[:count]) == code


# ── who it is ────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_code_that_two_use_at_once_opens_one_telephone(town: Town) -> None:
    for round_ in range(8):
        town.invite(1, f"AB12CD{round_:02}")
        two = [town.phone(Channel.TELEGRAM, f"{n}{round_}") for n in (1, 2)]
        await asyncio.gather(*(phone.sends(f"ab12-cd{round_:02}") for phone in two))
        assert sorted(phone.person is not None for phone in two) == [False, True]
        [late] = [phone for phone in two if phone.person is None]
        assert late.last.text.startswith("Kode itu tidak cocok")
    assert town.failed() == []


async def test_a_stranger_keeps_the_language_they_chose(town: Town) -> None:
    stranger = town.phone(Channel.TELEGRAM, "4471")
    assert "Selamat datang" in await stranger.says("halo")
    assert "Welcome" in await stranger.says("english")
    assert "Welcome" in await stranger.says("hello")
    assert "Welcome, Siti Contoh" in await stranger.shares(SITI)
    assert "What" in await stranger.says("menu")


async def test_a_house_may_speak_english_first(town: Town) -> None:
    town.turns = replace(town.turns, language="en")
    assert "Welcome" in await town.phone(Channel.TELEGRAM, "4471").says("halo")


async def test_a_language_is_the_persons_on_every_channel(town: Town) -> None:
    await town.siti().says("halo", "english")
    other = town.phone(Channel.TELEGRAM, "4471")
    await other.says("halo")
    assert "Welcome" in await other.shares(SITI)


async def test_who_leaves_is_a_stranger_there_and_loses_nothing(town: Town) -> None:
    telegram, whatsapp = town.phone(Channel.TELEGRAM, "4471"), town.siti()
    await telegram.shares(SITI)
    await telegram.says("Laporan pembukaan", "06:50")
    assert "dilepas" in await telegram.says("keluar")
    assert telegram.person is None
    assert "Selamat datang di saluran" in await telegram.says("12")
    assert "1 jawaban" in await whatsapp.says("halo")
    await whatsapp.says("lanjut", "12", "lewati", "lewati", "kirim")
    [report] = town.reports()
    assert report.latest.answers.values["hadir"] == "12"


async def test_somebody_elses_telephone_begins_anew(town: Town) -> None:
    """Siti leaves it, Oki takes it: nothing of hers is shown to him."""
    phone = town.phone(Channel.TELEGRAM, "4471")
    await phone.shares(SITI)
    await phone.says("Laporan pembukaan", "06:50", "keluar")
    assert "Oki Contoh" in await phone.shares(OKI)
    assert "Laporan pembukaan" not in phone.last.text
    assert "Belum ada" in await phone.says("lanjut")


# ── where one stood ──────────────────────────────────────────────────────────────────────────────────────


async def test_a_report_goes_on_from_channel_to_channel(town: Town) -> None:
    """Begun by WhatsApp, gone on with in Telegram, ended in the web chat that a code opened."""
    whatsapp = town.siti()
    await whatsapp.says("halo", "Laporan pembukaan", "jam 7 lewat 20")
    telegram = town.phone(Channel.TELEGRAM, "4471")
    assert "baru 1 jawaban" in await telegram.shares(SITI)
    assert "Apa sebabnya terlambat?" in await telegram.says("lanjut")
    await telegram.taps("Cuaca atau banjir")
    code = code_in(await telegram.says("web"))
    page = town.phone(Channel.WEBCHAT, "ab" * 32)
    assert "Siti Contoh" in await page.says("halo", code.lower().replace("-", " "))
    assert "Berapa pemilih" in await page.says("lanjut")
    assert "Diterima" in await page.says("12", "lewati", "lewati", "kirim")
    [report] = town.reports()
    assert report.latest.channel is Channel.WEBCHAT
    values = report.latest.answers.values
    assert (values["dibuka"][:5], values["sebab"], values["hadir"]) == ("07:20", "cuaca", "12")
    assert "Belum ada" in await whatsapp.says("lanjut"), "it is filed, here too"


async def test_a_code_for_the_web_works_once_and_not_for_long(town: Town) -> None:
    first, late = (town.phone(Channel.WEBCHAT, mark * 32) for mark in ("ab", "cd"))
    code = code_in(await town.siti().says("halo", "web"))
    await first.says(code)
    assert first.person == 1
    assert "tidak cocok" in await late.says(code)
    code = code_in(await town.siti().says("web"))
    town.now = NOON.replace(hour=5)
    assert "tidak cocok" in await late.says(code)
    assert late.person is None


async def test_two_halves_at_one_instant_on_two_channels_are_both_kept(town: Town) -> None:
    telegram = town.phone(Channel.TELEGRAM, "4471")
    await telegram.shares(SITI)
    await telegram.says("Laporan pembukaan", "06:50")
    await asyncio.gather(telegram.sends("12"), town.siti().sends("13"))
    answered = sorted(reply.text for phone in (telegram, town.siti()) for reply in (phone.last,))
    assert len(answered) == 2
    assert town.failed() == []


async def test_pictures_are_named_before_they_are_fetched(town: Town) -> None:
    siti = town.siti()
    await siti.says("halo", *REPORT[:3])
    await siti.sends(pictures=2)
    await siti.says("lewati", "kirim")
    [report] = town.reports()
    pictures = report.latest.answers.values["foto"].split()
    assert len(set(pictures)) == 2
    with town.store.reading() as book:
        assert all(book.media.get(picture) for picture in pictures)


# ── what changes meanwhile ───────────────────────────────────────────────────────────────────────────────


async def test_who_loses_the_post_files_nothing_for_it(town: Town) -> None:
    siti = town.siti()
    await siti.says("halo", *REPORT)
    with town.store.begin() as book:
        person = book.people.get(1)
        assert person
        book.people.leave(1, Role.PTPS, person.posts[0].area, town.now)
    assert "belum memegang tugas" in await siti.says("kirim")
    assert (town.reports(), town.failed()) == ([], [])


async def test_who_changed_the_post_is_told_why_it_cannot_be_sent(town: Town) -> None:
    siti = town.siti()
    await siti.says("halo", *REPORT)
    with town.store.begin() as book:
        other = book.people.assign(1, Role.PTPS, book.areas.add_tps(VILLAGE, 13).code, town.now)
        book.people.hold_only({1: other}, town.now)
    assert "tidak lagi memegang tugas" in await siti.says("kirim")
    assert town.reports() == []
    await siti.says(*REPORT, "kirim")
    assert [report.post for report in town.reports()] == [other]


async def test_a_filling_stays_on_the_version_it_began_with(town: Town) -> None:
    siti = town.siti()
    await siti.says("halo", "Laporan pembukaan", "06:50")
    changed = OPENING.replace("| buka | 1 |", "| buka | 2 |").replace(
        "Berapa pemilih", "Hitung berapa pemilih"
    )
    with town.store.begin() as book:
        publish(book, changed, town.now)
    await siti.says("12", "lewati", "lewati", "kirim")
    assert "Hitung berapa pemilih" in await siti.says("menu", "Laporan pembukaan", "06:55")
    await siti.says("13", "lewati", "lewati", "kirim")
    assert sorted(report.version for report in town.reports()) == ["1", "2"]
    assert {report.latest.standing for report in town.reports()} == {Standing.FILED}


# ── when it falls over ───────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def fallen(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    def respond(*_: object) -> None:
        raise LookupError("amplop-kenari")

    monkeypatch.setattr("bot.turn.respond", respond)
    yield
    monkeypatch.undo()


async def test_a_turn_that_falls_over_leaves_the_conversation_as_it_was(
    town: Town, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    siti = town.siti()
    await siti.says("halo", "Laporan pembukaan", "06:50")
    with monkeypatch.context() as broken:
        broken.setattr("bot.turn.record_all", lambda *_: 1 / 0)
        assert (await siti.says("12")).startswith("Maaf")
    assert town.failed() == ["ZeroDivisionError"]
    assert "foto" in (await siti.says("12")).lower()
    told = capsys.readouterr().out
    assert "error=ZeroDivisionError" in told
    assert "at=test_turn.py:" in told


async def test_its_regrets_are_in_the_persons_language(town: Town, fallen: None) -> None:
    stranger = town.phone(Channel.TELEGRAM, "4471")
    assert (await stranger.says("amplop-kenari")).startswith("Maaf")
    town.turns = replace(town.turns, language="en")
    assert (await stranger.says("amplop-kenari")).startswith("Sorry")


async def test_what_no_door_could_read_is_kept_once(town: Town) -> None:
    for _ in range(2):
        await town.turns.keep_failure(Channel.TELEGRAM, "our", "raw-1", b"amplop", "not JSON")
    assert town.failed() == ["not JSON"]
    await town.turns.hear(Incoming("raw-1", Address(Channel.TELEGRAM, "our", "4471"), NOON, "halo"), b"")
    assert Phone(town, Address(Channel.TELEGRAM, "our", "4471")).heard == []
