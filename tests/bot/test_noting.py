"""What came of an errand is not lost between delivery and the book, whatever falls over on its way."""

import asyncio
from collections.abc import Sequence

import pytest

from bot.noting import Notes
from bot.outcomes import Again, Outcome
from core.model.messages import Address, Channel, Reply
from storage.store import Store
from tests.bot.clock import Clock
from tests.bot.test_delivery import rows

PEER = Address(Channel.WEBCHAT, "web", "ani")


class Mute:
    """A log that cannot be written."""

    def __getattr__(self, _: str) -> object:
        raise OSError(28, "No space left on device")


async def test_it_is_written_though_it_cannot_be_told(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.noting.log", Mute())
    written: list[Outcome] = []
    notes, again = _notes(store, written)
    with pytest.raises(OSError, match="No space"):
        notes.note(again)
    await _run(notes, written)
    assert list(rows(store)) == [("waiting", "down", 1)]


async def test_whoever_runs_it_next_begins_with_what_was_not_written(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[Outcome] = []
    notes, again = _notes(store, written)
    notes.note(again)
    with monkeypatch.context() as broken:
        broken.setattr("bot.noting.write_down", _fail)
        broken.setattr("bot.noting.log", Mute())
        with pytest.raises(OSError, match="No space"):
            await notes.run()
    assert written == []
    await _run(notes, written)
    assert list(rows(store)) == [("waiting", "down", 1)]
    await asyncio.wait_for(notes.all_written(5), 1)


def _notes(store: Store, written: list[Outcome]) -> tuple[Notes, Again]:
    clock = Clock()
    with store.begin() as book:
        book.outbox.put(book.addresses.meet(PEER, clock()).id, Reply("Halo"), clock())
        [errand] = book.outbox.claim(clock(), 45, 1, "us")
    notes = Notes(store, clock, lambda _: None, written.extend, poll=0.01)
    return notes, Again(errand, clock(), "down", 0)


async def _run(notes: Notes, written: Sequence[Outcome]) -> None:
    task = asyncio.create_task(notes.run())
    async with asyncio.timeout(5):
        while not written:
            await asyncio.sleep(0.01)
    task.cancel()


def _fail(*_: object) -> None:
    raise RuntimeError
