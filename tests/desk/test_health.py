"""Alive, ready, and figures that move and tell nothing of anybody."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest
from fastapi import FastAPI
from prometheus_client import CollectorRegistry
from starlette.testclient import TestClient

from core.hooks.trying import Answer as Refusal
from core.model.messages import Address, Attachment, Channel, Reply
from desk.health import health
from storage.keys import Keys
from storage.store import Store
from tests.databases import Databases
from tests.storage.hooked import claimed, hooked
from tests.storage.kaltim import NOW, settle
from tests.storage.samples import CHAT, HELLO, OTHER_CHAT, message

OURS = "+628000000900"
RINA = Address(Channel.WHATSAPP, OURS, "+628000000012")
APPROACHED = f'whatsapp_approached{{number="{OURS}"}}'
JOBS = ("upkeep", "reminders-makassar")
LATER = NOW + timedelta(minutes=5)


class Desk:
    """A process with nothing but its health."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.now = LATER
        self.fallen: set[str] = set()
        app = FastAPI()
        app.include_router(
            health(store, CollectorRegistry(), lambda: self.now, lambda: self.fallen, [OURS], JOBS)
        )
        self.visit = TestClient(app)

    def figures(self) -> dict[str, float]:
        told = self.every().items()
        return {name: value for name, value in told if not name.startswith(("job_", "channel_"))}

    def of_channel(self, channel: str) -> tuple[float, float, float]:
        """Waiting, seconds of the oldest, parked."""
        names = ("waiting", "oldest_seconds", "parked")
        told = self.every()
        waiting, oldest, parked = (told[f'channel_{name}{{channel="{channel}"}}'] for name in names)
        return waiting, oldest, parked

    def every(self) -> dict[str, float]:
        told = self.visit.get("/metrics").text
        return {name: float(value) for name, value in re.findall(r"^lapordesk_(\S+) (\S+)$", told, re.M)}

    def put(self, to: Address = CHAT, reply: Reply = HELLO, due: datetime | None = None) -> int:
        with self.store.begin() as book:
            return book.outbox.put(book.addresses.meet(to, NOW).id, reply, NOW, due)


@pytest.fixture
def desk(store: Store) -> Desk:
    return Desk(store)


@contextmanager
def spoilt(store: Store) -> Iterator[None]:
    """The database answers, but not as ours."""
    with store.begin() as book:
        book.connection.exec_driver_sql("ALTER TABLE outbox RENAME TO away")
    yield
    with store.begin() as book:
        book.connection.exec_driver_sql("ALTER TABLE away RENAME TO outbox")


def test_it_is_alive_and_ready(desk: Desk) -> None:
    for path, told in (("/healthz", "ok\n"), ("/readyz", "ready\n")):
        answer = desk.visit.get(path)
        assert (answer.status_code, answer.text) == (200, told)


def test_without_its_database_it_is_alive_and_not_ready(desk: Desk) -> None:
    with spoilt(desk.store):
        assert desk.visit.get("/healthz").status_code == 200
        for path in ("/readyz", "/metrics"):
            answer = desk.visit.get(path)
            assert (answer.status_code, answer.text) == (503, "the database does not answer\n")
    assert desk.visit.get("/readyz").status_code == 200


def test_a_database_that_comes_back_makes_it_ready_again(databases: Databases, keys: Keys) -> None:
    store = Store(databases.postgres(), keys)
    desk = Desk(store)
    assert desk.visit.get("/readyz").status_code == 200
    databases.server.crash()
    try:
        answer = desk.visit.get("/readyz")
        assert (answer.status_code, answer.text) == (503, "the database does not answer\n")
    finally:
        databases.server.start()
    assert desk.visit.get("/readyz").status_code == 200
    store.close()


def test_it_is_not_ready_while_what_should_run_lies_fallen(desk: Desk) -> None:
    desk.fallen |= {"evidence", "delivery"}
    answer = desk.visit.get("/readyz")
    assert (answer.status_code, answer.text) == (503, "fallen over: delivery, evidence\n")
    desk.fallen.clear()
    assert desk.visit.get("/readyz").status_code == 200


def test_every_figure_moves(desk: Desk) -> None:
    assert desk.figures() == {
        "outbox_waiting": 0,
        "outbox_oldest_seconds": 0,
        "outbox_parked": 0,
        "outbox_withheld": 0,
        APPROACHED: 0,
        "inbox_failed": 0,
        "evidence_waiting": 0,
        "evidence_oldest_seconds": 0,
        "hooks_oldest_seconds": 0,
        "hooks_failed": 0,
    }
    desk.put()
    refused = desk.put(OTHER_CHAT)
    with desk.store.begin() as book:
        book.outbox.park(refused, "Forbidden")
        for most in (1, 0):
            met = book.addresses.meet(RINA, NOW - timedelta(days=1)).id
            row = book.outbox.put(met, HELLO, NOW, priority=5 - most)
            book.window.approach(row, met, NOW, most=most)
        book.inbox.fail(message(), NOW, b"{}", "unreadable")
        picture = Attachment("image", "file-id-77", media="aaaaaaaaaaaaaaaa")
        book.media.expect(picture, book.addresses.meet(CHAT, NOW).id, NOW + timedelta(minutes=1))
        settle(book)
        hook, _ = hooked(book)
        book.hook_outbox.try_out(hook.id, NOW)
        book.hook_outbox.give_up(claimed(book)[0], Refusal(500), NOW)
        book.hook_outbox.try_out(hook.id, NOW)
    assert desk.figures() == {
        "outbox_waiting": 2,
        "outbox_oldest_seconds": 300,
        "outbox_parked": 1,
        "outbox_withheld": 1,
        APPROACHED: 1,
        "inbox_failed": 1,
        "evidence_waiting": 1,
        "evidence_oldest_seconds": 240,
        "hooks_oldest_seconds": 300,
        "hooks_failed": 1,
    }


def test_each_channel_has_figures_of_its_own(desk: Desk) -> None:
    assert desk.of_channel("sms") == (0, 0, 0)
    desk.put()
    desk.put(due=LATER + timedelta(hours=1))
    desk.put(RINA, due=NOW + timedelta(minutes=1))
    refused = desk.put(OTHER_CHAT)
    with desk.store.begin() as book:
        book.outbox.park(refused, "Forbidden")
    assert desk.of_channel(CHAT.channel.value) == (2, 300, 1)
    assert desk.of_channel("whatsapp") == (1, 240, 0)
    assert desk.of_channel("sms") == (0, 0, 0)


def test_what_is_held_for_its_hour_is_not_late(desk: Desk) -> None:
    desk.put(due=LATER + timedelta(minutes=1))
    assert desk.figures()["outbox_oldest_seconds"] == 0
    desk.now = LATER + timedelta(minutes=2)
    assert desk.figures()["outbox_oldest_seconds"] == 60


def test_what_failed_and_waits_for_another_try_is_late(desk: Desk) -> None:
    row = desk.put()
    with desk.store.begin() as book:
        book.outbox.claim(NOW, 45, 1, "me")
    assert desk.figures()["outbox_oldest_seconds"] == 300
    with desk.store.begin() as book:
        book.outbox.again(row, LATER + timedelta(hours=1), "NetworkError")
    assert desk.figures()["outbox_oldest_seconds"] == 300
    with desk.store.begin() as book:
        book.outbox.sent(row, "p1", 1, LATER)
    assert desk.figures()["outbox_oldest_seconds"] == 0


def test_a_clock_that_was_set_back_gives_no_negative_age(desk: Desk) -> None:
    row = desk.put()
    with desk.store.begin() as book:
        book.outbox.claim(NOW, 45, 1, "me")
        book.outbox.again(row, LATER, "NetworkError")
    desk.now = NOW - timedelta(minutes=1)
    assert desk.figures()["outbox_oldest_seconds"] == 0


def test_each_job_of_the_clock_when_it_was_last_well(desk: Desk) -> None:
    figures = desk.every()
    assert figures['job_last_success_timestamp_seconds{job="upkeep"}'] == 0.0
    assert figures['job_ok{job="upkeep"}'] == 1.0, "it has not run yet, and not failed"
    hour = timedelta(hours=1)
    with desk.store.begin() as book:
        book.ticks.take("upkeep", NOW, NOW)
        book.ticks.note("upkeep", NOW, "0 expired")
        book.ticks.take("upkeep", NOW + hour, NOW + hour)
        book.ticks.note("upkeep", NOW + hour, "failed: OSError")
        book.ticks.take("reminders-makassar", NOW, NOW)
        book.ticks.note("reminders-makassar", NOW, "500 reminded", is_over=False)
    figures = desk.every()
    assert figures['job_last_success_timestamp_seconds{job="upkeep"}'] == NOW.timestamp()
    assert figures['job_ok{job="upkeep"}'] == 0.0
    assert figures['job_ok{job="reminders-makassar"}'] == 1.0
    assert figures['job_last_success_timestamp_seconds{job="reminders-makassar"}'] == 0.0
