"""The channels at the desk: how each does, what the platforms say, what was given up and why."""

from collections.abc import Sequence

import pytest

from core.model.messages import Address, Channel, Reply
from core.model.people import Role
from desk.overseeing import Answered, Channels, Door, Overseen
from tests.desk.api.office import NOW
from tests.desk.pages.desk_office import DeskOffice, Officer
from tests.desk.pages.monday.test_week import told
from tests.storage.reachable import send_all

BLOCKED = "Forbidden: bot was blocked by the user"
DOORS = (
    Door("telegram", "7001", "webhook"),
    Door("whatsapp", "+628000000001", "webhook", 1000, ("reminder",)),
    Door("webchat", "web"),
)


@pytest.fixture
def overseer(desk_office: DeskOffice) -> Officer:
    async def ask() -> Sequence[Answered]:
        return [
            Answered("telegram", "7001", False, "https://lapor.example.org/x", 3, "Connection timed out", NOW)
        ]

    channels = Channels(DOORS, ask, lambda: ["delivery"])
    object.__setattr__(desk_office.house, "overseen", Overseen(channels=channels))
    with desk_office.store.begin() as book:
        for peer, reason in (("1", ""), ("2", BLOCKED), ("3", BLOCKED), ("4", "window")):
            met = book.addresses.meet(Address(Channel.TELEGRAM, "7001", peer), NOW)
            row = book.outbox.put(met.id, Reply("Halo, ini rahasia"), NOW)
            if reason:
                book.outbox.park(row, reason)
    return desk_office.officer(Role.PROVINSI, "64").enter()


def test_how_each_channel_does(overseer: Officer) -> None:
    page = told(overseer.get("/channels").text)
    assert "Parts that have fallen over: delivery" in page
    assert "Oldest message not sent 20 Nov 2024, 10:00" in page
    assert "Telegram 7001 webhook Nothing came in lately" in page
    assert "Of the last 4 messages: 0 sent, 1 waiting, 3 parked" in page
    assert "Written to first within 24 hours: 0 of 1,000 people · Templates: reminder" in page
    assert "On WhatsApp, until they write 1" in page
    assert f"{BLOCKED} 2 messages, since 20 Nov 2024, 10:00" in page
    assert "rahasia" not in page, "words of nobody"


def test_what_a_platform_says_comes_apart_from_the_page(overseer: Officer) -> None:
    assert 'hx-get="/desk/channels/platforms"' in overseer.get("/channels").text
    alone = overseer.get("/channels/platforms").text
    taken_over = alone[alone.index('<section id="platforms"') :].partition("</section>")[0]
    assert "✕" in taken_over
    assert "/desk/channels" not in taken_over, "a way back to the page that it is put into"
    page = told(alone)
    assert (
        "Telegram 7001 ✕ in trouble Address: https://lapor.example.org/x 3 messages not handed over" in page
    )
    assert "Last error: Connection timed out 20 Nov 2024, 10:00" in page


def test_what_was_given_up_is_let_go_by_its_reason(desk_office: DeskOffice, overseer: Officer) -> None:
    assert overseer.post("/channels/release", reason=BLOCKED).headers["Location"].endswith("done=released")
    assert desk_office.woken
    with desk_office.store.begin() as book:
        assert len(send_all(book, NOW)) == 3
    assert desk_office.audit("outbox") == ["outbox.released"]
    assert "No message was given up" in overseer.get("/channels").text


def test_or_thrown_away(desk_office: DeskOffice, overseer: Officer) -> None:
    assert "2 messages could not be sent" in told(overseer.get("/").text).replace("cannot", "could not")
    overseer.post("/channels/dismiss", reason=BLOCKED)
    with desk_office.store.begin() as book:
        assert len(send_all(book, NOW)) == 1
        assert book.outbox.count_parked() == 0
        assert book.window.count_withheld() == 1
