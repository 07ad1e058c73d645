"""Outside WhatsApp's window, the whole way: through delivery to a Twilio that is as strict as Twilio."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.channels.twilio import TwilioOutlet
from bot.delivery import Delivery
from bot.outcomes import Outcome
from core.model.messages import Address, Channel, Reply, Template
from core.speech.templates import Approved, Templates
from storage.store import Store
from storage.tables import outbox
from tests.bot.clock import Clock
from tests.standins.twilio import TwilioStandin

OURS = "+628000000900"
TEXT = "Yth. {{1}}, {{2}} belum kami terima. Batasnya {{3}}. Balas untuk mengisinya."
NEWS = "Ada kabar untuk Anda. Balas pesan ini untuk membacanya."
OWED = Template("reminder", ("Ani Contoh", "LHP Selasa", "20.00 WITA"))
KNOCK = Template("news", announces=True)


@dataclass
class Desk:
    """One number of ours, and the people who wrote to it."""

    store: Store
    twilio: TwilioStandin
    people_a_day: int = 250
    clock: Clock = field(default_factory=Clock)
    outcomes: list[Outcome] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.twilio.clock = lambda: self.clock().timestamp()
        approved = (
            Approved("reminder", "id", self.twilio.approve(TEXT), TEXT),
            Approved("news", "id", self.twilio.approve(NEWS), NEWS),
        )
        self.templates = Templates(approved, self.people_a_day)

    def hears(self, number: int) -> int:
        peer = f"+62800{number:07}"
        self.twilio.open_window(peer)
        with self.store.begin() as book:
            return book.addresses.meet(Address(Channel.WHATSAPP, OURS, peer), self.clock()).id

    def says(self, to: int, reply: Reply, topic: str = "") -> None:
        with self.store.begin() as book:
            book.outbox.put(to, reply, self.clock(), topic=topic)

    async def delivers(self) -> None:
        """Until nothing is left that could go out now."""
        twilio = self.twilio
        out = TwilioOutlet(twilio.account_sid, twilio.auth_token, OURS, Channel.WHATSAPP, twilio.url)
        delivery = Delivery(
            self.store,
            {(Channel.WHATSAPP, OURS): out},
            self.clock,
            "us",
            templates=self.templates,
            chat_paces={},
            poll=0.02,
            count=self.outcomes.append,
        )
        task = asyncio.create_task(delivery.run())
        async with asyncio.timeout(20):
            while {"waiting", "leased"} & {state for state, _ in self.rows()} or delivery.in_hand:
                await asyncio.sleep(0.01)
        delivery.stop()
        await task
        await out.close()

    def rows(self) -> list[tuple[str, str]]:
        with self.store.reading() as book:
            found = book.connection.execute(select(outbox.c.state, outbox.c.reason).order_by(outbox.c.id))
            return [(row.state, row.reason) for row in found]

    @property
    def told(self) -> list[str]:
        return [message["text"] for message in self.twilio.sent]


@pytest.fixture
def twilio() -> Iterator[TwilioStandin]:
    with TwilioStandin() as standin:
        yield standin


@pytest.fixture
def desk(store: Store, twilio: TwilioStandin) -> Desk:
    return Desk(store, twilio)


def later(desk: Desk, hours: float) -> None:
    desk.clock.advance(timedelta(hours=hours).total_seconds())


async def test_within_the_day_the_words_themselves_go_out(desk: Desk) -> None:
    ani = desk.hears(1)
    later(desk, 23.9)
    desk.says(ani, Reply("Laporan Selasa belum ada.", template=OWED))
    await desk.delivers()
    assert desk.told == ["Laporan Selasa belum ada."]


async def test_after_it_the_approved_words(desk: Desk) -> None:
    ani = desk.hears(1)
    later(desk, 24)
    desk.says(ani, Reply("Laporan Selasa belum ada.", template=OWED))
    await desk.delivers()
    assert desk.told == [
        "Yth. Ani Contoh, LHP Selasa belum kami terima. Batasnya 20.00 WITA. Balas untuk mengisinya."
    ]
    assert desk.rows() == [("sent", "")]


async def test_free_words_are_not_even_tried(desk: Desk) -> None:
    ani = desk.hears(1)
    later(desk, 24)
    desk.says(ani, Reply("Rekap"))
    desk.says(ani, Reply("Rekap", template=Template("digest", ("Ani", "Kukar", "47"))))
    await desk.delivers()
    assert desk.twilio.requests == 0
    assert desk.rows() == [("parked", "window")] * 2
    assert {type(outcome).__name__ for outcome in desk.outcomes} == {"Withheld"}
    desk.hears(1)
    await desk.delivers()
    assert desk.told == ["Rekap", "Rekap"]


async def test_an_announcement_knocks_once_and_the_words_follow_the_answer(desk: Desk) -> None:
    ani = desk.hears(1)
    later(desk, 30)
    for words in ("Kasus Anda diregistrasi.", "Kasus Anda dibahas."):
        desk.says(ani, Reply(words, template=KNOCK))
    await desk.delivers()
    assert desk.told == [NEWS]
    assert desk.rows() == [("parked", "window")] * 2
    desk.hears(1)
    await desk.delivers()
    assert desk.told == [NEWS, "Kasus Anda diregistrasi.", "Kasus Anda dibahas."]


async def test_no_more_people_a_day_than_allowed(store: Store, twilio: TwilioStandin) -> None:
    desk = Desk(store, twilio, people_a_day=2)
    people = [desk.hears(number) for number in range(4)]
    later(desk, 25)
    for one in people:
        desk.says(one, Reply("Laporan belum ada.", template=OWED), topic="owed")
    await desk.delivers()
    assert len(desk.told) == 2
    assert [state for state, _ in desk.rows()].count("parked") == 2
    later(desk, 24)
    for one in people[2:]:
        desk.says(one, Reply("Laporan belum ada.", template=OWED), topic="owed")
    await desk.delivers()
    assert len(desk.told) == 4, "the next day the others, each once"
    assert [state for state, _ in desk.rows()].count("dropped") == 2


@pytest.mark.parametrize("status", ["pending", "rejected"])
async def test_a_template_that_whatsapp_took_back_leaves_the_words_waiting(desk: Desk, status: str) -> None:
    sid = desk.twilio.approve(TEXT, status=status)
    desk.templates = Templates((Approved("reminder", "id", sid, TEXT),))
    desk.twilio.behave("window")
    ani = desk.hears(1)
    later(desk, 25)
    desk.says(ani, Reply("Laporan belum ada.", template=OWED))
    await desk.delivers()
    assert (desk.told, desk.rows()) == ([], [("parked", "window")])
    desk.hears(1)
    await desk.delivers()
    assert desk.told == ["Laporan belum ada."]


async def test_a_failing_twilio_costs_neither_words_nor_places(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.outcomes.FIRST_WAIT", 0.0)
    desk.twilio.behave("error", 2)
    ani = desk.hears(1)
    later(desk, 25)
    desk.says(ani, Reply("Laporan belum ada.", template=OWED))
    await desk.delivers()
    assert len(desk.told) == 1
    with desk.store.reading() as book:
        assert book.window.approached(OURS, desk.clock()) == 1


async def test_who_writes_between_the_claim_and_the_sending_gets_the_words(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    ani = desk.hears(1)
    later(desk, 25)
    desk.says(ani, Reply("Laporan belum ada.", template=OWED))
    perform = desk.store.perform
    written = []

    async def writing_meanwhile(job: Callable[..., object]) -> object:
        done = await perform(job)
        if isinstance(done, list) and done and not written:
            written.append(desk.hears(1))
        return done

    monkeypatch.setattr(desk.store, "perform", writing_meanwhile)
    await desk.delivers()
    assert desk.told == ["Laporan belum ada."]
