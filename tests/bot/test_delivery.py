"""Delivery on the real store, with outlets that fail as platforms do and a clock that the test moves."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, closing, suppress
from dataclasses import replace

import pytest
from sqlalchemy import select, update

from bot.channels.base import SendFailed
from bot.delivery import LEASE_SECONDS, Account, Delivery
from bot.lane import Lane
from bot.outcomes import TRIES, Outcome
from core.model.messages import Address, Attachment, Channel, Choice, Enclosure, Reply
from core.speech.enclosing import XLSX
from core.speech.layout import TELEGRAM, WEBCHAT, Layout, Part
from core.speech.texts import texts
from storage.outbox import BROADCAST, REPLY
from storage.store import Store
from storage.tables import outbox, outbox_part
from tests.bot.clock import Clock

WEB = (Channel.WEBCHAT, "web")
OTHER = (Channel.WEBCHAT, "other")
BOT = (Channel.TELEGRAM, "1001")


class Outlet:
    """Keeps what was sent; `trouble` says what happens to a message before it is."""

    def __init__(self, layout: Layout = WEBCHAT) -> None:
        self.layout = layout
        self.sent: list[tuple[str, str]] = []
        self.tries: Counter[str] = Counter()
        self.trouble: Callable[[str, str], SendFailed | None] = lambda peer, text: None
        self.refuses: Callable[[Part], SendFailed | None] = lambda part: None
        self.hanging: set[str] = set()

    async def send(self, to: Address, part: Part) -> str:
        self.tries[to.peer] += 1
        if to.peer in self.hanging:
            await asyncio.Event().wait()
        if trouble := self.trouble(to.peer, part.text) or self.refuses(part):
            raise trouble
        self.sent.append((to.peer, part.text or part.files[0].name))
        return f"sent-{len(self.sent)}"

    def fetch(self, attachment: Attachment, limit: int) -> AsyncIterator[bytes]:
        raise NotImplementedError

    async def close(self) -> None: ...

    def texts(self, peer: str) -> list[str]:
        return [text for to, text in self.sent if to == peer]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def outlet() -> Outlet:
    return Outlet()


@pytest.fixture
def delivery(store: Store, outlet: Outlet, clock: Clock) -> Delivery:
    return deliverer(store, {WEB: outlet}, clock)


def deliverer(
    store: Store, outlets: dict[Account, Outlet], clock: Clock, holder: str = "us", **more: object
) -> Delivery:
    options: dict[str, object] = {"chance": lambda: 0.5, "poll": 0.02} | more
    return Delivery(store, outlets, clock, holder, **options)  # type: ignore[arg-type]


@asynccontextmanager
async def running(delivery: Delivery) -> AsyncIterator[None]:
    task = asyncio.create_task(delivery.run())
    yield
    delivery.stop()
    await task


async def until(done: Callable[[], bool], seconds: float = 10.0) -> None:
    async with asyncio.timeout(seconds):
        while not done():
            await asyncio.sleep(0.005)


def put(
    store: Store, clock: Clock, *said: tuple[str, str], account: Account = WEB, priority: int = REPLY
) -> None:
    """Each (peer, text) in one transaction, in order."""
    with store.begin() as book:
        for peer, text in said:
            whom = book.addresses.meet(Address(*account, peer), clock())
            book.outbox.put(whom.id, Reply(text), clock(), priority=priority)


def rows(store: Store) -> Iterator[tuple[str, str, int]]:
    """State, reason and attempts of all rows in their order."""
    with store.reading() as book:
        for row in book.connection.execute(select(outbox).order_by(outbox.c.id)):
            yield row.state, row.reason, row.attempts


def states(store: Store) -> list[str]:
    return [state for state, _, _ in rows(store)]


async def settle(delivery: Delivery, store: Store, clock: Clock, step: float = 40.0) -> None:
    """Let time go on, whenever nothing is in hand, until nothing is left to do."""
    async with asyncio.timeout(30):
        while {"waiting", "leased"} & set(states(store)):
            if not delivery.in_hand:
                clock.advance(step)
            await asyncio.sleep(0.02)


async def test_a_reply_goes_out_once_and_its_id_is_kept(
    store: Store, delivery: Delivery, outlet: Outlet, clock: Clock
) -> None:
    put(store, clock, ("ani", "Halo"))
    async with running(delivery):
        await until(lambda: states(store) == ["sent"])
        delivery.wake()
    assert outlet.sent == [("ani", "Halo")]
    with store.reading() as book:
        assert book.connection.execute(select(outbox.c.provider_id)).scalar_one() == "sent-1"


async def test_after_a_fault_of_ours_it_can_be_run_again(
    store: Store, delivery: Delivery, outlet: Outlet, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(lane: Lane, now: float) -> float:
        if lane.waiting:
            raise ZeroDivisionError
        return 0.01

    put(store, clock, ("ani", "satu"), ("budi", "dua"))
    with monkeypatch.context() as patch:
        patch.setattr(Lane, "take", fail)
        with pytest.raises(ZeroDivisionError):
            await delivery.run()
    assert [(state, attempts) for state, _, attempts in rows(store)] == [("waiting", 0)] * 2
    async with running(delivery):
        await until(lambda: states(store) == ["sent"] * 2)
    assert sorted(outlet.sent) == [("ani", "satu"), ("budi", "dua")]


async def test_once_told_to_stop_it_stays_so(store: Store, delivery: Delivery, clock: Clock) -> None:
    put(store, clock, ("ani", "satu"))
    delivery.stop()
    await asyncio.wait_for(delivery.run(), 5)
    assert states(store) == ["waiting"]


async def test_a_wake_is_enough_without_waiting_for_the_poll(
    store: Store, outlet: Outlet, clock: Clock
) -> None:
    delivery = deliverer(store, {WEB: outlet}, clock, poll=600.0)
    async with running(delivery):
        await asyncio.sleep(0.05)
        put(store, clock, ("ani", "satu"), ("ani", "dua"))
        delivery.wake()
        await until(lambda: len(outlet.sent) == 2)
        put(store, clock, ("ani", "tiga"))
        delivery.wake(after=0.05)
        await until(lambda: len(outlet.sent) == 3)


async def test_order_in_each_chat_holds_through_failures(
    store: Store, delivery: Delivery, outlet: Outlet, clock: Clock
) -> None:
    chats = [f"chat {n}" for n in range(20)]
    said = [(chat, f"{n}") for n in range(5) for chat in chats]
    failing = {f"{chat}/{n}" for chat in chats[::2] for n in (0, 2)} | {f"{chats[1]}/4"}

    def once(peer: str, text: str) -> SendFailed | None:
        if f"{peer}/{text}" not in failing:
            return None
        failing.discard(f"{peer}/{text}")
        return SendFailed("down")

    outlet.trouble = once
    put(store, clock, *said)
    async with running(delivery):
        await settle(delivery, store, clock)
    assert not failing
    assert {chat: outlet.texts(chat) for chat in chats} == {chat: list("01234") for chat in chats}


async def test_one_poisoned_chat_among_a_hundred_delays_nobody(
    store: Store, delivery: Delivery, outlet: Outlet, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.delivery.SEND_SECONDS", 0.3)
    chats = [f"chat {n}" for n in range(100)]
    outlet.hanging = {chats[0]}
    put(store, clock, *((chat, text) for chat in chats for text in ("satu", "dua")))
    async with running(delivery):
        await until(lambda: len(outlet.sent) == 198)
        await settle(delivery, store, clock)
    assert all(outlet.texts(chat) == ["satu", "dua"] for chat in chats[1:])
    assert [(state, why) for state, why, _ in rows(store) if state != "sent"] == [("parked", "unknown")] * 2
    assert outlet.tries[chats[0]] == 4


async def test_what_is_lost_on_the_way_is_taken_up_anew(
    store: Store, delivery: Delivery, outlet: Outlet, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A library that keeps a cancellation to itself never comes back."""
    for name, seconds in (("SEND_SECONDS", 0.02), ("LOST_SECONDS", 0.3), ("STOP_SECONDS", 0.1)):
        monkeypatch.setattr(f"bot.delivery.{name}", seconds)
    sending = outlet.send

    async def deaf_at_first(to: Address, part: Part) -> str:
        if outlet.tries[to.peer]:
            return await sending(to, part)
        outlet.tries[to.peer] += 1
        with suppress(asyncio.CancelledError):
            await asyncio.Event().wait()
        await asyncio.Event().wait()
        raise AssertionError

    monkeypatch.setattr(outlet, "send", deaf_at_first)
    put(store, clock, ("ani", "Halo"))
    async with running(delivery):
        await until(lambda: outlet.tries["ani"] == 1)
        clock.advance(LEASE_SECONDS + 1)
        await asyncio.sleep(0.15)
        assert outlet.tries["ani"] == 1
        await asyncio.sleep(0.2)
        clock.advance(LEASE_SECONDS + 1)
        await until(lambda: outlet.texts("ani") == ["Halo"])


async def test_what_was_being_written_at_a_fault_is_written_by_the_next_run(
    store: Store, delivery: Delivery, outlet: Outlet, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.delivery.STOP_SECONDS", 0.05)
    put(store, clock, ("ani", "Halo"))
    with monkeypatch.context() as patch:
        patch.setattr("bot.noting.write_down", _dead)
        run = asyncio.create_task(delivery.run())
        await until(lambda: outlet.texts("ani") == ["Halo"])
        patch.setattr(Lane, "take", _dead)
        with pytest.raises(RuntimeError):
            await run
    assert delivery.in_hand == 1
    async with running(delivery):
        await until(lambda: not delivery.in_hand)
    assert (outlet.tries["ani"], states(store)) == (1, ["sent"])


async def test_who_dies_between_sending_and_writing_sends_twice_at_most_and_loses_nothing(
    store: Store, outlet: Outlet, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = [(f"chat {n}", text) for n in range(10) for text in ("satu", "dua")]
    put(store, clock, *said)

    def dead(*_: object) -> None:
        raise RuntimeError("the process is gone")

    with monkeypatch.context() as patch:
        patch.setattr("bot.noting.write_down", dead)
        patch.setattr("bot.delivery.STOP_SECONDS", 0.05)
        async with running(deliverer(store, {WEB: outlet}, clock)):
            await until(lambda: len(outlet.sent) == 10)
        # The dead write nothing any more: what they had handed to the database's thread fails here, too.
        await store.perform(lambda book: None)
        await asyncio.sleep(0.1)
    assert set(states(store)) == {"leased", "waiting"}

    successor = deliverer(store, {WEB: outlet}, clock, "successor")
    async with running(successor):
        clock.advance(LEASE_SECONDS - 1)
        await asyncio.sleep(0.06)
        assert len(outlet.sent) == 10
        clock.advance(2)
        await until(lambda: set(states(store)) == {"sent"})
    assert Counter(outlet.sent) == {one: 2 if one[1] == "satu" else 1 for one in said}
    assert all(outlet.texts(f"chat {n}") == ["satu", "satu", "dua"] for n in range(10))


async def test_a_refused_pace_is_no_try_and_holds_only_its_chat(
    store: Store, delivery: Delivery, outlet: Outlet, clock: Clock
) -> None:
    refusals = iter(range(2 * TRIES))

    def too_many(peer: str, text: str) -> SendFailed | None:
        return (
            SendFailed("too fast", wait=7.0) if peer == "ani" and next(refusals, None) is not None else None
        )

    outlet.trouble = too_many
    put(store, clock, ("ani", "Halo"), ("budi", "Halo"))
    async with running(delivery):
        await until(lambda: outlet.texts("budi") == ["Halo"])
        await until(lambda: not delivery.in_hand)
        tries = outlet.tries["ani"]
        clock.advance(6.9)
        await asyncio.sleep(0.06)
        assert outlet.tries["ani"] == tries
        await settle(delivery, store, clock, step=8.0)
    assert outlet.texts("ani") == ["Halo"]
    assert [attempts for _, _, attempts in rows(store)] == [1, 1]


@pytest.mark.parametrize(
    ("trouble", "reason", "tries"),
    [
        (SendFailed("window", "never"), "window", 1),
        (SendFailed("no answer", "unknown"), "unknown", 2),
        (SendFailed("down", "later"), "down", TRIES),
    ],
    ids=lambda value: value.again if isinstance(value, SendFailed) else None,
)
async def test_what_cannot_be_sent_is_parked_and_the_next_one_goes(
    store: Store,
    delivery: Delivery,
    outlet: Outlet,
    clock: Clock,
    trouble: SendFailed,
    reason: str,
    tries: int,
) -> None:
    outlet.trouble = lambda peer, text: trouble if text == "satu" else None
    put(store, clock, ("ani", "satu"), ("ani", "dua"))
    async with running(delivery):
        await settle(delivery, store, clock, step=2000.0)
    assert [(state, why) for state, why, _ in rows(store)] == [("parked", reason), ("sent", "")]
    assert (outlet.tries["ani"], outlet.sent) == (tries + 1, [("ani", "dua")])


async def test_a_channel_that_is_off_parks(store: Store, delivery: Delivery, clock: Clock) -> None:
    put(store, clock, ("ani", "Halo"), account=BOT)
    async with running(delivery):
        await until(lambda: list(rows(store)) == [("parked", "channel off", 1)])


async def test_a_row_that_does_not_open_stops_nobody(
    store: Store, delivery: Delivery, outlet: Outlet, clock: Clock
) -> None:
    put(store, clock, ("ani", "satu"), ("budi", "dua"))
    with store.begin() as book:
        book.connection.execute(update(outbox).where(outbox.c.id == 1).values(reply_sealed=b"rusak"))
    async with running(delivery):
        await until(lambda: states(store) == ["parked", "sent"])
    assert outlet.sent == [("budi", "dua")]


async def test_a_fault_of_ours_in_one_message_stops_nobody(
    store: Store, delivery: Delivery, outlet: Outlet, clock: Clock
) -> None:
    def fault(peer: str, text: str) -> None:
        if peer == "ani":
            raise ZeroDivisionError

    outlet.trouble = fault
    put(store, clock, ("ani", "satu"), ("budi", "dua"))
    async with running(delivery):
        await settle(delivery, store, clock, step=2000.0)
    assert next(rows(store))[:2] == ("parked", "ZeroDivisionError")
    assert outlet.sent == [("budi", "dua")]


async def test_another_try_begins_after_the_parts_that_are_through(store: Store, clock: Clock) -> None:
    outlet = Outlet(Layout("small", text=40))
    failures = iter([SendFailed("down")])
    outlet.trouble = lambda peer, text: next(failures, None) if "tiga" in text else None
    with store.begin() as book:
        whom = book.addresses.meet(Address(*WEB, "ani"), clock())
        book.outbox.put(
            whom.id, Reply("\n\n".join(f"{word} {'x' * 30}" for word in ("satu", "dua", "tiga"))), clock()
        )
    delivery = deliverer(store, {WEB: outlet}, clock)
    async with running(delivery):
        await settle(delivery, store, clock)
    assert [text[:4].strip() for text in outlet.texts("ani")] == ["satu", "dua", "tiga"]
    assert outlet.tries["ani"] == 4


PNG = Enclosure("rekap.png", "image/png", "a1", 6)
BOOK = Enclosure("rekap.xlsx", XLSX, "b2", 4)
PDF = Enclosure("rekap.pdf", "application/pdf", "c3", 4)
REKAP = Reply("Rekap", files=(PNG, BOOK, PDF))
OF_FILE = SendFailed("file refused", "never", of_file=True)


def put_files(store: Store, clock: Clock, reply: Reply = REKAP) -> None:
    with store.begin() as book:
        book.outbox.put(book.addresses.meet(Address(*BOT, "ani"), clock()).id, reply, clock())


async def test_words_and_files_go_out_in_order_and_each_once(store: Store, clock: Clock) -> None:
    outlet = Outlet(TELEGRAM)
    failures = iter([None, SendFailed("down"), None, SendFailed("down")])
    outlet.refuses = lambda part: next(failures, None)
    put_files(store, clock)
    delivery = deliverer(store, {BOT: outlet}, clock)
    async with running(delivery):
        await settle(delivery, store, clock)
    assert outlet.texts("ani") == ["Rekap", "rekap.xlsx", "rekap.pdf"]
    assert outlet.tries["ani"] == 5
    with store.reading() as book:
        parts = book.connection.execute(select(outbox_part.c.part, outbox_part.c.provider_id)).all()
    assert sorted(map(tuple, parts)) == [(0, "sent-1"), (1, "sent-2")]


async def test_who_dies_between_two_parts_leaves_only_what_was_not_sent(
    store: Store, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each part that is through was written down before the next was begun."""
    monkeypatch.setattr("bot.delivery.STOP_SECONDS", 0.05)
    dying = Outlet(TELEGRAM)
    begun = asyncio.Event()
    send = dying.send

    async def hang_at_the_last(to: Address, part: Part) -> str:
        if part.files == (PDF,):
            dying.hanging.add("ani")
            begun.set()
        return await send(to, part)

    monkeypatch.setattr(dying, "send", hang_at_the_last)
    put_files(store, clock)
    with monkeypatch.context() as patch, closing(Store(store.url, store.keys)) as theirs:
        delivery = deliverer(theirs, {BOT: dying}, clock)
        task = asyncio.create_task(delivery.run())
        await asyncio.wait_for(begun.wait(), 10)
        patch.setattr("bot.noting.write_down", _dead)
        delivery.stop()
        await task
    assert dying.texts("ani") == ["Rekap", "rekap.xlsx"]

    successor = Outlet(TELEGRAM)
    async with running(deliverer(store, {BOT: successor}, clock, "successor")):
        clock.advance(LEASE_SECONDS - 1)
        await asyncio.sleep(0.1)
        assert successor.sent == []
        clock.advance(2)
        await until(lambda: states(store) == ["sent"])
    assert successor.texts("ani") == ["rekap.pdf"]


def _dead(*_: object) -> None:
    raise RuntimeError("the process is gone")


@pytest.mark.parametrize("refused", [PNG, BOOK, PDF], ids=lambda file: file.name)
async def test_a_refused_file_does_not_take_the_words_along(
    store: Store, clock: Clock, refused: Enclosure
) -> None:
    outlet = Outlet(TELEGRAM)
    outlet.refuses = lambda part: OF_FILE if refused in part.files else None
    put_files(store, clock, replace(REKAP, choices=(Choice("y", "Kirim"),)))
    async with running(deliverer(store, {BOT: outlet}, clock)):
        await until(lambda: states(store) == ["sent"])
    told = outlet.texts("ani")
    named = texts("id").say("channels.files_elsewhere", names=refused.name)
    assert len(told) == 3
    assert told[0].startswith("Rekap")
    assert [text for text in told if named in text] != []
    assert {file.name for file in (BOOK, PDF)} - {refused.name} <= set(told)


async def test_a_chat_that_refuses_everything_is_parked(store: Store, clock: Clock) -> None:
    outlet = Outlet(TELEGRAM)
    outlet.refuses = lambda part: OF_FILE if part.files else SendFailed("BadRequest: chat not found", "never")
    put_files(store, clock)
    async with running(deliverer(store, {BOT: outlet}, clock)):
        await until(lambda: states(store) == ["parked"])
    assert next(rows(store))[1] == "BadRequest: chat not found"
    assert outlet.tries["ani"] == 2


async def test_stopping_lets_sends_end_and_gives_leases_back(
    store: Store, outlet: Outlet, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.delivery.STOP_SECONDS", 0.1)
    outlet.hanging = {"ani"}
    delivery = deliverer(store, {WEB: outlet, BOT: Outlet()}, clock, paces={Channel.TELEGRAM: 1e-6})
    put(store, clock, ("ani", "Halo"))
    put(store, clock, ("budi", "satu"), ("citra", "dua"), account=BOT)
    async with running(delivery):
        await until(lambda: outlet.tries["ani"] == 1 and delivery.in_hand == 2)
    assert sorted(rows(store)) == [
        ("sent", "", 1),
        ("waiting", "", 0),
        ("waiting", "unknown: stopped", 1),
    ]


async def test_an_account_in_trouble_does_not_touch_the_other(
    store: Store, outlet: Outlet, clock: Clock
) -> None:
    broken = Outlet()
    broken.trouble = lambda peer, text: SendFailed("token revoked", "never", alarm=True)
    delivery = deliverer(store, {WEB: outlet, OTHER: broken}, clock)
    for n in range(80):
        put(store, clock, (f"chat {n}", "Halo"), account=OTHER)
    put(store, clock, *((f"chat {n}", "Halo") for n in range(20)))
    async with running(delivery):
        await until(lambda: len(outlet.sent) == 20)
        await until(lambda: not delivery.in_hand)
        clock.advance(61)
        await asyncio.sleep(0.06)
    assert broken.tries.total() < 40
    waiting = [(state, attempts) for state, _, attempts in rows(store) if state != "sent"]
    assert waiting == [("waiting", 0)] * 80


async def test_an_answer_overtakes_a_broadcast_that_is_under_way(store: Store, clock: Clock) -> None:
    outlet = Outlet()
    delivery = deliverer(store, {BOT: outlet}, clock, paces={Channel.TELEGRAM: 40.0})
    put(store, clock, *((f"chat {n}", "Pengumuman") for n in range(200)), account=BOT, priority=BROADCAST)
    async with running(delivery):
        await until(lambda: len(outlet.sent) >= 10)
        put(store, clock, ("ani", "Jawaban"), account=BOT)
        delivery.wake()
        before = len(outlet.sent)
        await until(lambda: ("ani", "Jawaban") in outlet.sent)
    assert outlet.sent.index(("ani", "Jawaban")) - before < 30


async def test_a_database_that_fails_for_a_while_costs_nothing(
    store: Store, delivery: Delivery, outlet: Outlet, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(store, clock, *((f"chat {n}", "Halo") for n in range(10)))
    perform, calls = store.perform, iter(range(100))

    async def failing(job: Callable[..., object]) -> object:
        if next(calls) in (0, 2, 3):
            raise OSError
        return await perform(job)

    monkeypatch.setattr(store, "perform", failing)
    async with running(delivery):
        await until(lambda: states(store) == ["sent"] * 10)
    assert Counter(outlet.sent) == Counter((f"chat {n}", "Halo") for n in range(10))


async def test_choices_and_the_persons_language_reach_the_outlet(store: Store, clock: Clock) -> None:
    outlet, noted = Outlet(Layout("words", text=500)), list[Outcome]()
    with store.begin() as book:
        whom = book.addresses.meet(Address(*WEB, "ani"), clock())
        book.addresses.speak(whom.id, "en")
        book.outbox.put(whom.id, Reply("How many?", (Choice("k", "None"),), numbered=False), clock())
    async with running(deliverer(store, {WEB: outlet}, clock, count=noted.append)):
        await until(lambda: states(store) == ["sent"])
    assert outlet.sent[0][1].endswith(texts("en").say("channels.words", words="None"))
    assert [type(outcome).__name__ for outcome in noted] == ["Sent"]
