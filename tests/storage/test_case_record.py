from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from core.model.cases import NoteKind, Secrecy
from core.model.effects import Alerted, Forgot, Guessed, Opened, Say, Told
from core.model.messages import Address, Attachment, Channel, Reply
from core.model.people import Role
from storage.book import Book
from storage.cases import Outrun
from storage.identities import CannotSeal
from storage.record import Origin, record
from storage.store import Store
from storage.tables import address, inbox, outbox
from tests.storage.case_samples import CODE, OFFICER, follow, noted, opened
from tests.storage.kaltim import NOW, settle
from tests.storage.samples import CHAT, OTHER_CHAT, message

WEB = Address(Channel.WEBCHAT, "web", "tamu")
PICTURE = "a" * 16
LATER = NOW + timedelta(minutes=1)


def arrive(book: Book, number: int = 1, to: Address = CHAT) -> Origin:
    met = book.addresses.meet(to, NOW)
    heard = book.inbox.receive(message(number, to), NOW, b"kata", met.id)
    return Origin(met.id, None, to.channel, heard, NOW)


def converse(book: Book, to: Address = CHAT) -> Origin:
    """One turn that was answered and sent, one whose answer waits, and the turn that opens the case."""
    first = arrive(book, 1, to)
    record(book, [Say(Reply("pertama"))], first)
    [errand] = book.outbox.claim(NOW, 45, 10, "me")
    book.outbox.sent(errand.id, "x", 1, NOW)
    record(book, [Say(Reply("kedua"))], arrive(book, 2, to))
    return arrive(book, 3, to)


def words(book: Book) -> list[str]:
    """What can still be read in the outbox."""
    rows = book.connection.execute(select(outbox).order_by(outbox.c.id)).all()
    return [book.outbox._reply(row.address_id, row.reply_sealed).text for row in rows if row.reply_sealed]


def kept(book: Book) -> list[bool]:
    """Which messages that came in can still be read."""
    return [
        raw is not None
        for raw in book.connection.execute(select(inbox.c.raw_sealed).order_by(inbox.c.id)).scalars()
    ]


def owners(book: Book) -> list[int | None]:
    return list(book.connection.execute(select(inbox.c.address_id)).scalars())


@pytest.mark.parametrize("secrecy", [Secrecy.CONFIDENTIAL, Secrecy.NAMED, Secrecy.ANONYMOUS])
def test_with_a_case_the_conversation_before_it_is_forgotten(store: Store, secrecy: Secrecy) -> None:
    with store.begin() as book:
        follow(book)
        here = converse(book)
        code = Say(Reply(CODE), secret=True)
        record(book, [Say(Reply("terima kasih")), opened(secrecy=secrecy), code], here)
        assert kept(book) == [False] * 3
        assert words(book) == ["kedua", "terima kasih", CODE]
        for _ in range(3):
            [errand] = book.outbox.claim(NOW, 45, 1, "me")
            assert errand.reply.text in ("kedua", "terima kasih", CODE)
            book.outbox.sent(errand.id, "x", 1, NOW)
        assert words(book) == []
        is_anonymous = secrecy is Secrecy.ANONYMOUS
        assert owners(book) == [None if is_anonymous else here.address_id] * 3
        forget_at = book.connection.execute(select(address.c.forget_at)).scalar()
        assert forget_at == (NOW + timedelta(hours=1) if is_anonymous else None)


def test_a_case_entered_for_another_leaves_the_conversation_alone(store: Store) -> None:
    with store.begin() as book:
        follow(book)
        here = converse(book)
        record(book, [replace(opened(secrecy=Secrecy.OFFICIAL), code="", is_theirs=False)], here)
        assert words(book) == ["pertama", "kedua"]
        assert kept(book) == [True] * 3


def test_what_is_told_later_can_be_forgotten_too(store: Store) -> None:
    with store.begin() as book:
        here = converse(book)
        other = arrive(book, 9, OTHER_CHAT)
        record(book, [Say(Reply("lain"))], other)
        record(book, [Say(Reply("ketiga")), Forgot()], here)
        assert kept(book) == [False, False, False, True]
        assert words(book) == ["kedua", "lain", "ketiga"]


def test_in_the_web_chat_the_code_stays_until_it_was_read(store: Store) -> None:
    with store.begin() as book:
        follow(book)
        here = converse(book, WEB)
        record(book, [opened(), Say(Reply(CODE), secret=True)], here)
        for errand in book.outbox.claim(NOW, 45, 10, "me"):
            book.outbox.sent(errand.id, "x", 1, NOW)
        [second] = book.outbox.claim(NOW, 45, 10, "me")
        book.outbox.sent(second.id, "x", 1, NOW)
        assert words(book)[-1] == CODE
        assert [one.reply.text for one in book.outbox.latest(here.address, 9)] == words(book)
        assert book.outbox.erase_secrets(NOW) == 0, "too early"
        book.outbox.erase_seen(here.address)
        assert words(book) == []
        assert book.outbox.conversation(here.address) == []


def test_unread_codes_of_the_web_chat_go_after_an_hour(store: Store) -> None:
    with store.begin() as book:
        here = arrive(book, 1, WEB)
        record(book, [Say(Reply(CODE), secret=True)], here)
        assert book.outbox.erase_secrets(LATER) == 0, "it is not even sent"
        [errand] = book.outbox.claim(NOW, 45, 10, "me")
        book.outbox.sent(errand.id, "x", 1, NOW)
        assert book.outbox.erase_secrets(LATER) == 1
        assert words(book) == []


@pytest.mark.parametrize("end", ["parked", "dropped"])
def test_secret_words_that_never_arrive_are_erased_as_well(store: Store, end: str) -> None:
    with store.begin() as book:
        here = arrive(book)
        row = book.outbox.put(here.address, Reply(CODE), NOW, topic="kode", secret=True)
        if end == "parked":
            book.outbox.claim(NOW, 45, 1, "me")
            book.outbox.park(row, "blocked")
        else:
            book.outbox.put(here.address, Reply("lain"), NOW, topic="kode")
        assert CODE not in words(book)


def test_news_go_to_the_reply_address_in_its_language(store: Store) -> None:
    replies = {"id": Reply("Kabar"), "en": Reply("News")}
    with store.begin() as book:
        follow(book)
        here = arrive(book)
        book.addresses.speak(here.address, "en")
        record(book, [opened()], here)
        record(book, [opened("K-000-001", "", secrecy=Secrecy.ANONYMOUS)], here)
        record(book, [Told("K-7K2-M9Q", replies), Told("K-000-001", replies)], Origin.silent(NOW))
        [errand] = book.outbox.claim(NOW, 45, 10, "me")
        assert (errand.address, errand.reply.text) == (CHAT, "News")
        assert book.connection.execute(select(outbox.c.topic)).scalars().all() == [""]
        book.outbox.sent(errand.id, "x", 1, NOW)
        assert words(book) == [], "an anonymous one is told nothing, and what was told is erased"


def officer(book: Book, role: Role, area: str, peer: str, language: str = "") -> int:
    person = book.people.save(f"Petugas {peer} Contoh", f"+62800000{peer}", NOW, language)
    book.people.assign(person, role, area, NOW)
    book.addresses.link(book.addresses.meet(Address(Channel.TELEGRAM, "1001", peer), NOW).id, person)
    return person


def alerted(book: Book) -> set[str]:
    return {errand.address.peer for errand in book.outbox.claim(NOW, 45, 20, "me")}


def test_alerts_go_to_those_in_charge_but_not_to_the_excluded(store: Store) -> None:
    with store.begin() as book:
        settle(book)
        follow(book)
        officer(book, Role.KABKOTA, "64.72", "1001", "en")
        excluded = officer(book, Role.KABKOTA, "64.72", "1002")
        officer(book, Role.KABKOTA, "64.02", "1003")
        officer(book, Role.PROVINSI, "64", "1004")
        told = opened(excluded=frozenset({f"person:{excluded}"}))
        record(book, [replace(told, is_theirs=False)], arrive(book))
        replies = {"id": Reply("Kasus"), "en": Reply("Case")}
        roles = frozenset({Role.KABKOTA, Role.PROVINSI})
        record(book, [Alerted(told.case.number, replies, roles)], Origin.silent(NOW))
        errands = {e.address.peer: e.reply.text for e in book.outbox.claim(NOW, 45, 20, "me")}
        assert errands == {"1001": "Case", "1004": "Kasus"}
        topics = book.connection.execute(select(outbox.c.topic)).scalars().all()
        assert topics == [f"case {told.case.number}"] * 2


def test_one_officer_alone_is_alerted(store: Store) -> None:
    with store.begin() as book:
        settle(book)
        follow(book)
        one = officer(book, Role.KABKOTA, "64.72", "1001")
        other = officer(book, Role.KABKOTA, "64.72", "1002")
        told = replace(opened(excluded=frozenset({f"person:{other}"})), is_theirs=False)
        record(book, [told], arrive(book))
        for to in (f"person:{one}", f"person:{other}", "staff:1"):
            record(book, [Alerted(told.case.number, {"id": Reply("x")}, to=to)], Origin.silent(NOW))
        assert alerted(book) == {"1001"}
        record(book, [Alerted("K-000-000", {"id": Reply("x")}, to=f"person:{one}")], Origin.silent(NOW))
        assert alerted(book) == set()


@pytest.mark.parametrize("kind", ["staff:1", "person"])
def test_where_no_chat_reaches_the_one_officer_the_office_is_told(store: Store, kind: str) -> None:
    with store.begin() as book:
        settle(book)
        follow(book)
        silent = book.people.save("Petugas Diam Contoh", "+628000000009", NOW)
        officer(book, Role.KABKOTA, "64.72", "1001")
        officer(book, Role.PROVINSI, "64", "1002")
        told = replace(opened(), is_theirs=False)
        record(book, [told], arrive(book))
        to = f"person:{silent}" if kind == "person" else kind
        office = Alerted(told.case.number, {"id": Reply("x")}, frozenset({Role.KABKOTA}), "64.72", to)
        record(book, [office], Origin.silent(NOW))
        assert alerted(book) == {"1001"}
        if kind == "person":
            chat = Address(Channel.TELEGRAM, "1001", "1009")
            book.addresses.link(book.addresses.meet(chat, NOW).id, silent)
            record(book, [office], Origin.silent(NOW))
            assert alerted(book) == {"1009"}, "now it is for them alone"


def test_each_act_stands_in_the_audit_log_without_its_words(store: Store) -> None:
    with store.begin() as book:
        follow(book)
        told = opened()
        record(book, [told], arrive(book))
        record(book, [noted(told.case, NoteKind.MOVED, "kata-kata", state="selesai")], Origin.silent(NOW))
        entries = book.audit.of(told.case.number)
        assert [(one.actor, one.act) for one in entries] == [
            ("citizen", "case.opened"),
            (OFFICER.key, "case.moved"),
        ]
        assert "kata" not in str(entries)
        assert book.audit.verify().broken_at is None
        with pytest.raises(Outrun):
            record(book, [noted(told.case)], Origin.silent(NOW))


def test_evidence_belongs_to_the_case_and_its_hash_is_logged(store: Store) -> None:
    with store.begin() as book:
        follow(book)
        here = arrive(book)
        for media, to in ((PICTURE, here), ("b" * 16, here), ("c" * 16, arrive(book, 2, OTHER_CHAT))):
            book.media.expect(Attachment("image", "ref", media=media), to.address, NOW)
        keep(book, "b" * 16)
        told = opened()
        note = replace(told.note, media=("b" * 16, "c" * 16))
        record(book, [replace(told, note=note)], here)
        assert {one.id for one in book.media.of_case(told.case.number)} == {PICTURE, "b" * 16}
        kept_now = [one.details for one in book.audit.of(told.case.number) if one.act == "case.evidence"]
        assert kept_now == [{"media": "b" * 16, "sha256": "5" * 64}]
        assert book.media.evidence(PICTURE) is None


def keep(book: Book, media: str) -> None:
    assert book.media.keep(
        media, content_type="image/png", size=1, sha256="5" * 64, path="p", data_key=b"k", now=NOW
    )


def test_wrong_codes_are_counted_right_ones_change_nothing(store: Store) -> None:
    with store.begin() as book:
        here = arrive(book)
        record(book, [Guessed(right=False)] * 5, here)
        assert book.attempts.standing(here.address, NOW) == "wait"
        record(book, [Guessed(right=True)], here)
        assert book.attempts.standing(here.address, NOW) == "wait"


def test_an_identity_without_custodians_stops_everything(store: Store) -> None:
    with store.begin() as book:
        follow(book)
        here = arrive(book)
    named = replace(opened(secrecy=Secrecy.NAMED), identity={"nama": "Contoh"})
    with pytest.raises(CannotSeal), store.begin() as book:
        record(book, [named], here)
    with store.reading() as book:
        assert book.cases.get(named.case.number) is None


def test_a_case_grown_out_of_another_is_written_after_it(store: Store) -> None:
    with store.begin() as book:
        follow(book)
        told = opened()
        record(book, [told], arrive(book))
        grown = opened("K-000-002", "", is_theirs=False, parent=told.case.number)
        moved = noted(told.case, NoteKind.MOVED, closed_at=NOW)
        record(book, [moved, Opened(grown.case, grown.note)], Origin.silent(NOW))
        child = book.cases.get("K-000-002")
        assert child is not None
        assert child.parent == told.case.number
