"""The database dies in a commit, which takes effect or does not: nobody waits for a lease to end.

Time goes on by less than a lease in each of these: what would come back by itself then has not come yet.
"""

import asyncio

import pytest

from bot.channels.base import SendFailed
from core.model.messages import Channel, Reply
from core.speech.layout import Layout
from storage.outbox import REPLY
from storage.store import Store
from tests.bot.chatting import Town
from tests.bot.clock import Clock
from tests.bot.test_delivery import WEB, Outlet, clock, deliverer, put, rows, running, states
from tests.bot.test_window import KNOCK, Desk, desk, later, twilio
from tests.breaking import Moment, breaking

__all__ = ["clock", "desk", "twilio"]

SECONDS = 30
MOMENTS: tuple[Moment, ...] = ("before", "after")
BY_ID = r"WHERE outbox\.id = "
COMMITS = {
    "claim": r"^WITH heads",
    "sent": r"sent_at=.*" + BY_ID,
    "again": r"reason=.*" + BY_ID,
    "release": r"attempts - .*" + BY_ID,
}


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("commit", COMMITS)
async def test_every_reply_goes_out_once_and_in_order(
    store: Store, clock: Clock, commit: str, moment: Moment
) -> None:
    outlet = Outlet()
    troubles = {"again": [SendFailed("down")], "release": [SendFailed("too many", wait=2.0)]}.get(commit, [])
    outlet.trouble = lambda peer, text: troubles.pop() if peer == "ani" and troubles else None
    said = [(chat, text) for text in ("satu", "dua") for chat in ("ani", "budi")]
    put(store, clock, *said)
    with breaking(store, COMMITS[commit], moment) as broken:
        async with running(deliverer(store, {WEB: outlet}, clock)):
            await _pass(store, clock)
    assert broken.times == 1
    assert [outlet.texts(chat) for chat in ("ani", "budi")] == [["satu", "dua"]] * 2
    tries = [attempts for _, _, attempts in rows(store)]
    assert tries == [2 if commit == "again" else 1, 1, 1, 1], "what the database did is nobody's try"


@pytest.mark.parametrize("moment", MOMENTS)
async def test_the_parts_of_a_reply_go_out_once(store: Store, clock: Clock, moment: Moment) -> None:
    outlet = Outlet(Layout("words", text=20))
    put(store, clock, ("ani", "Satu kalimat.\n\nDua kalimat.\n\nTiga kalimat."))
    with breaking(store, r"SET parts_done=.*" + BY_ID, moment) as broken:
        async with running(deliverer(store, {WEB: outlet}, clock)):
            await _pass(store, clock)
    assert broken.times == 1
    assert len(outlet.texts("ani")) == len(set(outlet.texts("ani"))) == 3


async def test_what_a_run_before_had_claimed_is_taken_at_once(store: Store, clock: Clock) -> None:
    """It was called off in its claim: the database's thread went on, and claimed for nobody."""
    outlet = Outlet()
    put(store, clock, ("ani", "satu"), ("budi", "satu"))
    with store.begin() as book:
        claimed = book.outbox.claim(clock(), 45, 10, "us")
        book.outbox.sent(claimed[1].id, "p1", 1, clock())
        book.outbox.put(claimed[1].address_id, Reply("dua"), clock(), priority=REPLY)
        book.outbox.claim(clock(), 45, 10, "somebody else")
    async with running(deliverer(store, {WEB: outlet}, clock)):
        async with asyncio.timeout(5):
            while not outlet.sent:
                await asyncio.sleep(0.01)
        await asyncio.sleep(0.1)
    assert outlet.sent == [("ani", "satu")]
    assert [(state, attempts) for state, _, attempts in rows(store)] == [
        ("sent", 1),
        ("sent", 1),
        ("leased", 1),
    ]


@pytest.mark.parametrize("moment", MOMENTS)
async def test_what_waits_for_them_to_write_goes_out_when_they_do(desk: Desk, moment: Moment) -> None:
    ani = desk.hears(1)
    later(desk, 25)
    desk.says(ani, Reply("Putusan ada."))
    with breaking(desk.store, r"^UPDATE outbox SET state=.*reason=", moment) as broken:
        delivering = asyncio.create_task(desk.delivers())
        while not delivering.done():
            desk.clock.advance(0.5)
            await asyncio.sleep(0.02)
        await delivering
    assert (broken.times, desk.rows()) == (1, [("parked", "window")])
    desk.hears(1)
    await desk.delivers()
    assert desk.told == ["Putusan ada."]


@pytest.mark.parametrize("moment", MOMENTS)
async def test_whoever_is_knocked_at_is_knocked_at_once(desk: Desk, moment: Moment) -> None:
    desk.people_a_day = 1
    ani = desk.hears(1)
    later(desk, 25)
    desk.says(ani, Reply("Ada kabar: logistik tiba.", template=KNOCK))
    with breaking(desk.store, r"INSERT INTO approach", moment) as broken:
        delivering = asyncio.create_task(desk.delivers())
        while not delivering.done():
            desk.clock.advance(0.5)
            await asyncio.sleep(0.02)
        await delivering
    assert (broken.times, len(desk.told), desk.rows()) == (1, 1, [("parked", "window")])


@pytest.mark.parametrize("times", [1, 2])
@pytest.mark.parametrize("moment", MOMENTS)
async def test_a_turn_is_answered_once(store: Store, tmp_path: object, moment: Moment, times: int) -> None:
    """The second time is when each message goes alone; then the platform sends it again."""
    town = Town(store, tmp_path)  # type: ignore[arg-type]
    phone = town.phone(Channel.TELEGRAM, "500")
    with breaking(store, r"^INSERT INTO inbox", moment, times) as broken:
        for _ in range(2):
            try:
                await phone.sends("halo", name="m-1")
            except Exception as trouble:
                assert "Operational" in type(trouble).__name__
    assert broken.times in (1, times)
    assert states(store) == ["waiting"]
    assert town.failed() == []


async def _pass(store: Store, clock: Clock) -> None:
    """Time goes on until all is sent, but not for as long as a lease."""
    for _ in range(SECONDS):
        for _ in range(20):
            if set(states(store)) == {"sent"}:
                return
            await asyncio.sleep(0.01)
        clock.advance(1)
    raise AssertionError(list(rows(store)))
