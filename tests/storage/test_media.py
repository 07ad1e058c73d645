from datetime import timedelta

from sqlalchemy import select

from core.model.messages import Attachment
from storage.book import Book
from storage.store import Store
from storage.tables import media
from tests.storage.kaltim import NOW, appoint
from tests.storage.samples import CHAT, OTHER_CHAT, filed, publish

PICTURE = Attachment("image", "file-id-77", "tps.jpg", "image/jpeg", 1234, "aaaaaaaaaaaaaaaa")
VOICE = Attachment("audio", "file-id-78", media="bbbbbbbbbbbbbbbb")


def expect(book: Book) -> int:
    met = book.addresses.meet(CHAT, NOW)
    book.media.expect(PICTURE, met.id, NOW)
    book.media.expect(VOICE, met.id, NOW + timedelta(seconds=1))
    return met.id


def keep(book: Book, one: Attachment) -> None:
    book.media.keep(
        one.media,
        content_type="image/png",
        size=99,
        sha256="ab" * 32,
        path="7e/41/x",
        view_path="7e/41/x.view",
        data_key=b"wrapped",
        now=NOW,
    )


def test_what_is_expected_is_leased_to_one(store: Store) -> None:
    with store.begin() as book:
        expect(book)
        [fetch] = book.media.claim(NOW, 45, 10)
        assert (fetch.id, fetch.address, fetch.attachment, fetch.attempts) == (
            PICTURE.media,
            CHAT,
            PICTURE,
            1,
        )
        later = NOW + timedelta(seconds=5)
        assert [one.id for one in book.media.claim(later, 45, 10)] == [VOICE.media]
        assert book.media.claim(later, 45, 10) == []
        again = book.media.claim(NOW + timedelta(seconds=60), 45, 10)
        assert [(one.id, one.attempts) for one in again] == [(PICTURE.media, 2), (VOICE.media, 2)]


def test_kept_bytes_are_not_fetched_again_and_their_source_is_forgotten(store: Store) -> None:
    with store.begin() as book:
        expect(book)
        keep(book, PICTURE)
        book.media.again(PICTURE.media, NOW, "late")
        book.media.refuse(PICTURE.media, "late")
        kept = book.media.get(PICTURE.media)
        assert kept is not None
        assert (kept.state, kept.name, kept.content_type, kept.size) == ("kept", "tps.jpg", "image/png", 99)
        assert (kept.sha256, kept.path, kept.view_path, kept.data_key) == (
            "ab" * 32,
            "7e/41/x",
            "7e/41/x.view",
            b"wrapped",
        )
        row = book.connection.execute(select(media.c.ref_sealed).where(media.c.id == PICTURE.media)).one()
        assert row.ref_sealed is None
        assert [one.id for one in book.media.claim(NOW + timedelta(days=1), 45, 10)] == [VOICE.media]


def test_refused_and_failed_are_final(store: Store) -> None:
    with store.begin() as book:
        expect(book)
        assert book.media.backlog() == (2, NOW)
        book.media.refuse(PICTURE.media, "too large")
        assert book.media.backlog() == (1, NOW + timedelta(seconds=1))
        book.media.fail(VOICE.media, "gone")
        assert book.media.backlog() == (0, None)
        states = {
            one.id: (one.state, one.reason)
            for one in book.media.several([PICTURE.media, VOICE.media]).values()
        }
        assert states == {PICTURE.media: ("refused", "too large"), VOICE.media: ("failed", "gone")}


def test_a_try_again_waits_for_its_time(store: Store) -> None:
    with store.begin() as book:
        expect(book)
        book.media.claim(NOW, 45, 10)
        due = NOW + timedelta(minutes=5)
        book.media.again(PICTURE.media, due, "502")
        assert PICTURE.media not in [one.id for one in book.media.claim(due - timedelta(seconds=1), 45, 10)]
        assert PICTURE.media in [one.id for one in book.media.claim(due, 45, 10)]


def test_pictures_belong_to_the_report_of_the_one_who_sent_them(store: Store) -> None:
    with store.begin() as book:
        publish(book)
        person, other = appoint(book), appoint(book, "Siti", "+628000000013", 13)
        address = expect(book)
        book.addresses.link(address, person)
        foreign, own = book.addresses.meet(OTHER_CHAT, NOW).id, address
        for number, who in (("P-1", other), ("P-2", person), ("P-3", person)):
            book.reports.file(filed(number, who))
        words = {PICTURE.media, "catatan", "aaaaaaaaaaaaaaab"}
        book.media.belong(words, "P-1", foreign, other)
        assert book.media.of_report("P-1") == []
        book.media.belong(words, "P-2", own, person)
        book.media.belong(words, "P-3", own, person)
        assert [one.id for one in book.media.of_report("P-2")] == [PICTURE.media]
        assert book.media.of_report("P-3") == []
        book.addresses.link(foreign, person)
        book.media.belong({VOICE.media}, "P-3", foreign, person)  # from another of their chats
        assert [one.id for one in book.media.of_report("P-3")] == [VOICE.media]


def test_names_and_sources_are_sealed(store: Store) -> None:
    with store.begin() as book:
        expect(book)
        row = book.connection.execute(select(media).where(media.c.id == PICTURE.media)).one()
        assert b"file-id" not in row.ref_sealed
        assert b"tps" not in row.name_sealed
