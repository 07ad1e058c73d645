"""Messages that come at the same time: they share a transaction, and no one's trouble is another's."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.turn import Turn, Turns
from core.dialogue.known import Fresh, Known, Step
from core.dialogue.respond import respond
from core.model.messages import Channel, Incoming
from storage.book import Book
from storage.store import Store
from tests.bot.chatting import SITI, Phone, Town


@pytest.fixture
def town(store: Store, tmp_path: Path) -> Town:
    return Town(store, tmp_path)


@pytest.fixture
def lots(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The texts of each transaction that was tried."""
    tried: list[list[str]] = []
    take = Turns.take

    def watched(turns: Turns, book: Book, lot: Sequence[Turn]) -> None:
        tried.append([turn.incoming.text for turn in lot])
        take(turns, book, lot)

    monkeypatch.setattr(Turns, "take", watched)
    return tried


def _strangers(town: Town, many: int) -> list[Phone]:
    return [town.phone(Channel.TELEGRAM, f"{500 + n}") for n in range(many)]


async def test_who_comes_meanwhile_shares_a_transaction(town: Town, lots: list[list[str]]) -> None:
    phones = _strangers(town, 5)
    await asyncio.gather(*(phone.sends(f"halo {n}") for n, phone in enumerate(phones)))
    assert [text for lot in lots for text in lot] == [f"halo {n}" for n in range(5)]
    assert len(lots) < 5
    assert [len(phone.heard) for phone in phones] == [1] * 5


async def test_one_that_falls_over_takes_nobody_along(
    town: Town, lots: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def answer(incoming: Incoming, known: Known, fresh: Fresh) -> Step:
        if incoming.text == "racun":
            raise LookupError
        return respond(incoming, known, fresh)

    monkeypatch.setattr("bot.turn.respond", answer)
    phones = _strangers(town, 5)
    said = ["halo", "halo", "racun", "halo", "halo"]
    await asyncio.gather(*(phone.sends(text) for phone, text in zip(phones, said, strict=True)))
    assert max(map(len, lots)) > 1
    assert town.failed() == ["LookupError"]
    assert [len(phone.heard) for phone in phones] == [1] * 5
    assert [phone.last.text.startswith("Maaf") for phone in phones] == [text == "racun" for text in said]


async def test_one_that_came_before_changes_nothing_for_the_others(town: Town) -> None:
    again, *others = _strangers(town, 4)
    await again.sends("halo", name="m-again")
    met_at = _last_in(town, again)
    await asyncio.gather(*(one.sends("halo") for one in others), again.sends("halo", name="m-again"))
    assert [len(one.heard) for one in (again, *others)] == [1] * 4
    assert _last_in(town, again) == met_at


async def test_a_person_on_two_channels_at_once_loses_neither_answer(town: Town) -> None:
    """The second sees what the first has written, or one of two answers would be gone."""
    whatsapp, telegram = town.siti(), town.phone(Channel.TELEGRAM, "4471")
    await telegram.shares(SITI)
    await telegram.says("Laporan pembukaan")
    busy = _strangers(town, 3)
    await asyncio.gather(*(one.sends("halo") for one in busy), telegram.sends("06:50"), whatsapp.sends("12"))
    assert [one.last.text[:4] for one in (telegram, whatsapp)] == ["2/4 ", "3/4 "]
    assert town.failed() == []


def _last_in(town: Town, phone: Phone) -> object:
    with town.store.reading() as book:
        met = book.addresses.find(phone.address)
    assert met
    return met.last_in_at
