"""The hub of the web chat: who is rung, and that no ring is lost."""

import asyncio

import pytest

from bot.channels.base import FetchFailed
from bot.channels.webchat import ACCOUNT, Hub, WebChatOutlet
from core.model.messages import Address, Attachment, Channel
from core.speech.layout import Part

ANI = Address(Channel.WEBCHAT, ACCOUNT, "a")


async def test_sending_rings_all_pages_of_that_visitor_and_no_other() -> None:
    hub = Hub()
    with hub.listening("a") as first, hub.listening("a") as second, hub.listening("b") as other:
        assert await WebChatOutlet(hub).send(ANI, Part("x"))
        for bell in (first, second):
            await asyncio.wait_for(bell.wait(9), 1)
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(other.wait(9), 0.01)


async def test_a_ring_while_nobody_waits_is_heard_once() -> None:
    hub = Hub()
    with hub.listening("a") as bell:
        hub.wake(None)
        await asyncio.wait_for(bell.wait(9), 1)
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(bell.wait(9), 0.01)


async def test_pages_are_counted_while_they_are_open() -> None:
    hub = Hub()
    with hub.listening("a"):
        with hub.listening("a"):
            assert hub.count("a") == 2
        assert hub.count("a") == 1
    assert hub.count("a") == 0
    hub.wake("a")


async def test_closing_rings_everybody() -> None:
    hub = Hub()
    with hub.listening("a") as bell:
        await WebChatOutlet(hub).close()
        await asyncio.wait_for(bell.wait(9), 1)
    assert hub.is_closed


def test_an_upload_is_never_fetched() -> None:
    with pytest.raises(FetchFailed) as failed:
        WebChatOutlet(Hub()).fetch(Attachment("image", ""), 9)
    assert not failed.value.again
