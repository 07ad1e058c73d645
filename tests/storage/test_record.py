from dataclasses import replace
from datetime import timedelta
from typing import get_args

import pytest
from sqlalchemy import func, select

from core.model.cases import Note, NoteKind
from core.model.effects import (
    Alerted,
    Answered,
    Called,
    Chased,
    Confirmed,
    Effect,
    Filed,
    Flagged,
    Forgot,
    Guessed,
    Inquired,
    Invited,
    Linked,
    Noted,
    Postponed,
    Remarked,
    Revised,
    Say,
    Spoke,
    Told,
    TopicSet,
    Unlinked,
)
from core.model.messages import Attachment, Channel, Reply
from core.model.people import Role
from storage.book import Book
from storage.record import AlreadyUsed, Origin, record, record_all
from storage.store import Store
from storage.tables import expectation, metadata
from storage.upsert import insert_into
from tests.storage.case_samples import follow, opened
from tests.storage.kaltim import NOW, VILLAGE, appoint
from tests.storage.samples import CHAT, FORM, HELLO, corrected, filed, message, publish

CODE = "7K2M-9QXT"
PICTURE = Attachment("image", "ref", media="aaaaaaaaaaaaaaaa")


def origin(book: Book, person: int | None = None) -> Origin:
    met = book.addresses.meet(CHAT, NOW)
    return Origin(met.id, person, Channel.TELEGRAM, book.inbox.receive(message(), NOW, b"", met.id), NOW)


def contents(book: Book) -> dict[str, list[str]]:
    return {
        table.name: sorted(map(str, book.connection.execute(select(table))))
        for table in metadata.sorted_tables
        if table.name != "setting"
    }


def owing(book: Book, person: int) -> int:
    """The person's post, which owes a report since yesterday."""
    who = book.people.get(person)
    assert who
    row = {"election": "coba", "duty": "harian", "form": FORM.name, "post_id": who.posts[0].id}
    row |= {"area": who.posts[0].area, "role": "ptps", "state": "open", "reminded": 0}
    times = {"period": NOW - timedelta(days=2), "due_at": NOW - timedelta(days=1)}
    book.connection.execute(insert_into(book.connection, expectation).on_conflict_do_nothing(), row | times)
    return who.posts[0].id


def test_each_effect_is_recorded(store: Store) -> None:
    """None is swallowed: after each of them the database is another than before."""
    with store.begin() as book:
        publish(book)
        person = appoint(book)
        first = filed("P-1", person, catatan="x")
        follow(book)
        told = opened()
        effects: list[Effect] = [
            Say(HELLO),
            Filed(first),
            Revised("P-1", corrected(first, "salah")),
            Linked(person, "number"),
            Unlinked(),
            Invited(person, CODE, 15),
            Spoke(person, "en"),
            told,
            Noted(replace(told.case, serial=2), Note(2, NoteKind.ASKED, NOW, "person:20", "Jam berapa?")),
            Told(told.case.number, {"id": HELLO}),
            Linked(person, "number"),
            Alerted(told.case.number, {"id": HELLO}, frozenset({Role.PTPS}), f"{VILLAGE}.012"),
            Guessed(right=False),
            Called(owing(book, person), "person:1"),
            Chased("64.72"),
            Postponed((owing(book, person),), NOW + timedelta(days=1)),
            TopicSet("64.72", NOW.date(), "logistik", "aman", "", "person:1"),
            Remarked("64.72", NOW.date(), "Jalan putus", "person:1", "Umi Contoh"),
            Confirmed("64.72", NOW.date(), False, "", "person:1", "Umi Contoh"),
            Flagged("P-1", NOW, f"{VILLAGE}.012", frozenset({Role.PTPS}), {"id": HELLO}),
            Inquired("P-1", person, "staff:3", "Jam berapa?", {"id": HELLO}),
            Answered(1, "P-1", person, "Jam enam"),
            Forgot(),
        ]
        assert {type(effect) for effect in effects} == set(get_args(Effect))
        here = origin(book, person)
        for effect in effects:
            before = contents(book)
            record(book, [effect], here)
            assert contents(book) != before, effect


def test_what_is_said_waits_its_hold_and_remembers_its_cause(store: Store) -> None:
    with store.begin() as book:
        here = origin(book)
        record(book, [Say(Reply("satu"), "album", 2.0), Say(Reply("dua"), "album", 2.0)], here)
        assert book.outbox.claim(NOW, 45, 10, "me") == []
        [errand] = book.outbox.claim(NOW + timedelta(seconds=2), 45, 10, "me")
        assert (errand.reply.text, errand.inbox_id) == ("dua", here.inbox_id)


def test_pictures_follow_the_report(store: Store) -> None:
    with store.begin() as book:
        publish(book)
        person = appoint(book)
        here = origin(book, person)
        book.media.expect(PICTURE, here.address_id, NOW)
        record(book, [Filed(filed("P-1", person, foto=f"{PICTURE.media} lain"))], here)
        assert [one.id for one in book.media.of_report("P-1")] == [PICTURE.media]


def test_a_stranger_becomes_the_person_and_goes_on(store: Store) -> None:
    with store.begin() as book:
        person = appoint(book)
        here = origin(book)
        invitation = book.invitations.make(person, CODE, NOW, 15)
        book.sessions.keep(f"address:{here.address_id}", "begun", NOW)
        record(book, [Linked(person, "invitation", invitation)], here)
        assert book.addresses.meet(CHAT, NOW).person_id == person
        assert book.sessions.open(f"person:{person}") == "begun"
        assert book.invitations.find(CODE, NOW) is None
        with pytest.raises(AlreadyUsed):
            record(book, [Linked(person, "invitation", invitation)], here)


def test_who_leaves_is_nobody_there(store: Store) -> None:
    with store.begin() as book:
        person = appoint(book)
        here = origin(book, person)
        record(book, [Linked(person, "demo"), Unlinked()], here)
        assert book.addresses.meet(CHAT, NOW).person_id is None


def test_effects_are_undone_together(store: Store) -> None:
    with store.begin() as book:
        publish(book)
        person = appoint(book)
        here = origin(book, person)
    with pytest.raises(AlreadyUsed), store.begin() as book:
        record(book, [Filed(filed("P-1", person)), Linked(person, "invitation", 99)], here)
    with store.reading() as book:
        assert book.reports.get("P-1") is None
        assert (
            book.connection.execute(select(func.count()).select_from(metadata.tables["outbox"])).scalar() == 0
        )


def test_what_several_turns_decided_is_what_each_decided(store: Store) -> None:
    """Answers go out in one, and among them whatever else was decided."""
    with store.begin() as book:
        person = appoint(book)
        mine = origin(book)
        others = [
            Origin(book.addresses.meet(replace(CHAT, peer=peer), NOW).id, None, Channel.TELEGRAM, None, NOW)
            for peer in ("5001", "5002")
        ]
        later = Say(Reply("nanti"), "pictures", hold=1.0)
        spoke = (Spoke(person, "en"), Say(HELLO))
        record_all(book, [((Say(HELLO),), mine), ((later,), others[0]), (spoke, others[1])])
        said = {to.address: book.outbox.latest(to.address, 5) for to in (mine, *others)}
        assert [[one.reply.text for one in there] for there in said.values()] == [
            ["Halo"],
            ["nanti"],
            ["Halo"],
        ]
        assert said[mine.address][0].inbox_id == mine.inbox_id
        assert said[others[0].address][0].held_until == NOW + timedelta(seconds=1)
        found = book.people.get(person)
        assert found
        assert found.language == "en"
        record_all(book, [((replace(later, reply=HELLO),), others[0])])
        assert [one.state for one in book.outbox.latest(others[0].address, 5)] == ["dropped", "waiting"]
