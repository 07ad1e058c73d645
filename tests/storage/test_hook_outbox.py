"""What is to be told: leased, taken over, tried again, given up; each system apart from the others."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from core.hooks.event import Event, trial_event
from core.hooks.trying import Answer
from core.model.people import Role
from storage.book import Book
from storage.hook_outbox import HookDelivery
from storage.store import Store
from storage.tables import hook_delivery
from tests.storage.hooked import claimed, hooked, overseer
from tests.storage.kaltim import NOW, settle
from tests.storage.plans import planned, scanned

LATER = NOW + timedelta(minutes=1)


@pytest.fixture
def house(store: Store) -> Store:
    with store.begin() as book:
        settle(book)
    return store


def week(area: str = "64.72", kind: str = "week.sent") -> Event:
    return Event(kind, NOW, area, "", {"area": area})


def only(book: Book, hook_id: int) -> HookDelivery:
    [one] = book.hook_outbox.of(hook_id)
    return one


@pytest.mark.parametrize(
    ("area", "listening"),
    [
        ("64.72", {"", "64", "64.72"}),
        ("64.72.03.1005.012", {"", "64", "64.72"}),
        ("64.7", {"", "64"}),
        ("64.02", {"", "64"}),
        ("63.71", {""}),
        ("", {""}),
    ],
)
def test_only_who_looks_after_that_area_is_told(house: Store, area: str, listening: set[str]) -> None:
    with house.begin() as book:
        centre = overseer(book, Role.RI, "")
        hooks = {one: hooked(book, one, owner=centre)[0].id for one in ("", "64", "64.72", "64.72.09")}
        book.hook_outbox.tell(week(area), NOW)
        told = {one for one, number in hooks.items() if book.hook_outbox.of(number)}
        assert told == listening
        assert len({one.event for one in claimed(book)}) == 1, "one event has one name"


def test_only_of_what_it_asked_for(house: Store) -> None:
    with house.begin() as book:
        made, _ = hooked(book, kinds=["case.moved", "week.sent"])
        for kind in ("report.filed", "case.opened", "sent", "week"):
            book.hook_outbox.tell(week(kind=kind), NOW)
        assert book.hook_outbox.of(made.id) == []
        book.hook_outbox.tell(week(), NOW)
        assert only(book, made.id).kind == "week.sent"


def test_leased_it_is_nobody_elses_until_the_lease_runs_out(house: Store) -> None:
    with house.begin() as book:
        hooked(book)
        book.hook_outbox.tell(week(), NOW)
        [first] = claimed(book)
        assert claimed(book) == []
        [again] = book.hook_outbox.claim(NOW + timedelta(seconds=30), 30, "another", 9, {})
        assert (again.event, again.body, again.id) == (first.event, first.body, first.id)
        assert (first.attempts, again.attempts) == (1, 2)
        book.hook_outbox.again(first, Answer(500), LATER, NOW)
        assert only(book, first.hook_id).state == "leased", "the slower one does not write over the other"
        book.hook_outbox.arrived(first, Answer(200), NOW)
        assert only(book, first.hook_id).state == "sent", "unless it arrived: then it is known"
        assert book.hook_outbox.claim(NOW + timedelta(days=9), 30, "third", 9, {}) == []


def test_each_has_its_share_whatever_waits_for_the_others(house: Store) -> None:
    with house.begin() as book:
        busy, _ = hooked(book)
        for _ in range(9):
            book.hook_outbox.tell(week(), NOW)
        quiet, _ = hooked(book)
        book.hook_outbox.tell(week(), LATER)
        found = book.hook_outbox.claim(LATER, 30, "us", 4, {busy.id: 1})
        assert [one.hook_id for one in found] == [busy.id] * 3 + [quiet.id]
        assert [one.hook_id for one in book.hook_outbox.claim(LATER, 30, "us", 4, {busy.id: 4})] == []


def test_what_failed_comes_again_and_the_system_is_said_to_fail(house: Store) -> None:
    with house.begin() as book:
        made, _ = hooked(book)
        book.hook_outbox.tell(week(), NOW)
        [errand] = claimed(book)
        book.hook_outbox.again(errand, Answer(500, "x" * 999), LATER, NOW)
        told = only(book, made.id)
        assert (told.state, told.due_at, told.status, told.tried_at) == ("waiting", LATER, 500, NOW)
        assert len(told.answer) == 200
        failing = book.hooks.get(made.id)
        assert failing
        assert failing.failing_since == NOW
        assert claimed(book) == []
        [errand] = book.hook_outbox.claim(LATER, 30, "us", 9, {})
        book.hook_outbox.arrived(errand, Answer(204), LATER)
        assert book.hooks.get(made.id) == made
        assert only(book, made.id).attempts == 2
        assert book.hook_outbox.oldest_untold() is None


def test_what_was_given_up_can_be_sent_again(house: Store) -> None:
    with house.begin() as book:
        made, _ = hooked(book)
        book.hook_outbox.tell(week(), NOW)
        assert book.hook_outbox.oldest_untold() == NOW
        [errand] = claimed(book)
        assert not book.hook_outbox.send_again(errand.id, made.id, NOW), "it is under way"
        book.hook_outbox.give_up(errand, Answer(0, "timeout"), NOW)
        assert book.hook_outbox.count_failed() == 1
        assert not book.hook_outbox.send_again(errand.id, made.id + 1, NOW), "another's"
        assert book.hook_outbox.send_again(errand.id, made.id, LATER)
        [anew] = book.hook_outbox.claim(LATER, 30, "us", 9, {})
        assert (anew.event, anew.attempts) == (errand.event, 1)


def test_one_that_does_not_open_stops_no_other(house: Store) -> None:
    with house.begin() as book:
        spoilt, _ = hooked(book)
        good, _ = hooked(book)
        seal = book.connection.exec_driver_sql
        seal(f"UPDATE hook SET secret_sealed = address_sealed WHERE id = {spoilt.id}")
        book.hook_outbox.tell(week(), NOW)
        assert [one.hook_id for one in claimed(book)] == [good.id]
        assert only(book, spoilt.id).answer == "unreadable"


def test_what_is_done_with_is_swept_after_its_time(house: Store) -> None:
    with house.begin() as book:
        hooked(book)
        for _ in range(3):
            book.hook_outbox.tell(week(), NOW)
        first, second, _ = claimed(book)
        book.hook_outbox.arrived(first, Answer(200), NOW)
        book.hook_outbox.give_up(second, Answer(500), NOW)
        assert book.hook_outbox.sweep(NOW, 9) == 0
        assert book.hook_outbox.sweep(LATER, 1) == 1
        assert book.hook_outbox.sweep(LATER, 9) == 1
        assert len(book.connection.execute(select(hook_delivery)).all()) == 1, "what waits, waits"


def test_no_look_goes_through_what_was_told(house: Store) -> None:
    with house.begin() as book:
        made, _ = hooked(book)
        row = book.hook_outbox.try_out(made.id, NOW)
        whole = book.connection.execute(select(hook_delivery)).mappings().one()
        told = [
            {**whole, "id": n, "event": f"e{n}", "state": "sent", "due_at": None} for n in range(10, 3000)
        ]
        book.connection.execute(hook_delivery.insert(), told)
        if book.connection.dialect.name == "postgresql":
            book.connection.exec_driver_sql("ANALYZE")
        with planned(book.connection) as plans:
            [errand] = claimed(book)
            book.hook_outbox.again(errand, Answer(500), LATER, NOW)
            book.hook_outbox.of(made.id)
            book.hook_outbox.oldest_untold()
            book.hook_outbox.count_failed()
            book.hook_outbox.sweep(NOW, 9)
            book.hook_outbox.tell(week(), NOW)
        assert errand.event == row
        assert "hook_delivery" not in scanned(plans)


def test_a_trial_is_of_one(house: Store) -> None:
    with house.begin() as book:
        made, _ = hooked(book)
        other, _ = hooked(book)
        book.hook_outbox.try_out(made.id, NOW)
        assert book.hook_outbox.of(other.id) == []
        assert claimed(book)[0].body == trial_event(made.id, NOW).body
