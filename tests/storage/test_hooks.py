"""Systems that are told: their secret is sealed and changed, and they are told no longer than they may."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

from storage.hooks import BOTH
from storage.keys import Keys
from storage.store import Store
from storage.tables import hook
from tests.storage.hooked import ADDRESS, claimed, hooked, overseer
from tests.storage.kaltim import NOW, settle


def test_it_comes_back_as_it_was_set_up(store: Store) -> None:
    with store.begin() as book:
        settle(book)
        made, secret = hooked(book, "64.72", ["week.sent", "report.filed"])
        other, _ = hooked(book, "64.02")
        assert book.hooks.get(made.id) == made
        assert (made.address, made.kinds) == (ADDRESS, ("report.filed", "week.sent"))
        assert [one.id for one in book.hooks.under("64")] == [other.id, made.id]
        assert book.hooks.under("64.72") == [made]
        assert book.hooks.under("63") == []
        assert book.hooks.get(999) is None
    assert secret.startswith("whsec_")


def test_neither_secret_nor_address_can_be_read_in_its_row(store: Store) -> None:
    with store.begin() as book:
        settle(book)
        made, secret = hooked(book)
        row = book.connection.execute(select(hook)).one()
        told = repr(tuple(row))
        assert secret not in told
        assert "contoh.example" not in told
        assert "rahasia" not in told
        assert row.secret_sealed != row.address_sealed
        assert made.id == row.id


def test_they_open_after_the_keys_were_rotated(store: Store, keys: Keys) -> None:
    with store.begin() as book:
        settle(book)
        made, secret = hooked(book)
        book.hook_outbox.try_out(made.id, NOW)
        book.hooks.keys = book.hook_outbox.keys = keys.rotated()
        fresh = book.hooks.rotate(made.id, NOW)
        assert fresh
        [errand] = claimed(book)
        assert errand.secrets == (fresh, secret)
        assert errand.address == ADDRESS


def test_a_changed_secret_signs_beside_the_old_one_for_a_day(store: Store) -> None:
    with store.begin() as book:
        settle(book)
        made, first = hooked(book)
        second = book.hooks.rotate(made.id, NOW)
        book.hook_outbox.try_out(made.id, NOW)
        [errand] = claimed(book)
        assert errand.secrets == (second, first)
        book.hook_outbox.try_out(made.id, NOW + BOTH)
        late = book.hook_outbox.claim(NOW + BOTH, 30, "test", 9, {})
        assert {one.secrets for one in late} == {(second,)}
        third = book.hooks.rotate(made.id, NOW + BOTH)
        book.hook_outbox.try_out(made.id, NOW + BOTH)
        [latest] = book.hook_outbox.claim(NOW + BOTH, 30, "test", 9, {})
        assert latest.secrets == (third, second)


def test_stopped_it_is_told_nothing_nor_what_waits(store: Store) -> None:
    with store.begin() as book:
        settle(book)
        made, _ = hooked(book)
        book.hook_outbox.try_out(made.id, NOW)
        assert book.hooks.stop(made.id, NOW)
        assert not book.hooks.stop(made.id, NOW)
        assert claimed(book) == []
        assert [one.state for one in book.hook_outbox.of(made.id)] == ["dropped"]
        assert book.hooks.rotate(made.id, NOW) is None
        assert book.hooks.get(made.id) == replace(made, stopped_at=NOW)


def test_it_ends_with_the_work_of_whoever_set_it_up(store: Store) -> None:
    """Also when they are taken in again for another area: what they may see is another thing then."""
    with store.begin() as book:
        settle(book)
        made, _ = hooked(book)
        book.hook_outbox.try_out(made.id, NOW)
        tono = overseer(book)
        book.staff.end(tono.id, NOW)
        assert overseer(book).id == tono.id
        assert claimed(book) == []
        ended = book.hooks.get(made.id)
        assert ended
        assert ended.stopped_at == NOW


def test_which_have_not_been_reached_for_a_while(store: Store) -> None:
    with store.begin() as book:
        settle(book)
        made, _ = hooked(book)
        hooked(book)
        assert book.hooks.count_heard() == 2
        book.connection.execute(hook.update().where(hook.c.id == made.id).values(failing_since=NOW))
        assert book.hooks.count_failing(NOW) == 1
        assert book.hooks.count_failing(NOW - timedelta(seconds=1)) == 0
        book.hooks.stop(made.id, NOW)
        assert book.hooks.count_failing(NOW) == 0
