"""A link opens once, for ten minutes, the newest alone; it goes with the chat and with the work."""

from datetime import timedelta

from core.model.people import Role
from storage.entrances import LINK_MINUTES
from storage.store import Store
from tests.storage.kaltim import NOW, settle

SOON, LATE = NOW + timedelta(minutes=LINK_MINUTES - 1), NOW + timedelta(minutes=LINK_MINUTES)


def test_a_link_opens_once_and_soon(store: Store) -> None:
    with store.begin() as book:
        settle(book)
        umi = book.staff.add("umi@contoh.example", "Umi Contoh", Role.KABKOTA, "64.72", NOW).id
        first, shown = book.entrances.make(umi, NOW), book.entrances.make(umi, NOW)
        assert book.entrances.whose(first, NOW) is None
        assert book.entrances.whose(shown, SOON) == umi
        assert book.entrances.whose(shown, LATE) is None
        assert not book.entrances.use(shown, LATE)
        assert book.entrances.use(shown, SOON)
        assert not book.entrances.use(shown, SOON)
        assert book.entrances.whose(shown, SOON) is None


def test_a_link_goes_with_the_chat_and_with_the_work(store: Store) -> None:
    with store.begin() as book:
        settle(book)
        umi = book.staff.add("umi@contoh.example", "Umi Contoh", Role.KABKOTA, "64.72", NOW).id
        person = book.people.save("Umi Contoh", "+628000000020", NOW)
        book.entrances.link_chat(umi, person, NOW)
        shown = book.entrances.make(umi, NOW)
        book.entrances.link_chat(umi, person, NOW)  # anew: the link of before is gone
        assert book.entrances.whose(shown, NOW) is None
        shown = book.entrances.make(umi, NOW)
        book.staff.end(umi, NOW)
        assert (book.entrances.person_of(umi), book.entrances.whose(shown, NOW)) == (None, None)
