"""The roster in the hands of the staff: each within their own area, and each act in the audit log.

unknown: no such post for them. refused: it cannot be done so, and why.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.model.areas import Level, level_of, parent_of, within
from core.model.cases import Actor
from core.model.codes import one_time_code, spoken
from core.speech.texts import Texts
from desk.refused import Refused, unknown
from storage.book import Book
from storage.roster import (
    Entry,
    Fault,
    Imported,
    PlacesInside,
    check_roster,
    good_rows,
    import_roster,
    only_inside,
    preview_roster,
)
from storage.roster.entries import Row
from storage.seats import Seat

FAULTS_SHOWN = 200
CARD = "card"
CARD_LASTS = timedelta(days=7)
COLUMNS = {"name": "nama", "phone": "telepon", "role": "jabatan", "area": "wilayah", "tps": "tps"}


def area_of(actor: Actor) -> str:
    """Of one of the staff, who has one."""
    return actor.seats[0][1]


def look_up(book: Book, actor: Actor, post_id: int) -> Seat:
    """Refused as unknown when there is none for them."""
    seat = book.seats.get(post_id)
    if seat is None or not within(seat.post.area, area_of(actor)):
        raise unknown()
    return seat


def hand_over(
    book: Book, actor: Actor, post_id: int, name: str, phone: str, now: datetime, *, moves: bool
) -> None:
    """The post is theirs from now on. Who holds another one gives it up, once that was said (`moves`)."""
    seat = look_up(book, actor, post_id)
    entry = _entry(book, actor, seat, name, phone)
    known = book.people.by_phone(entry.phone)
    others = [one for one in book.seats.of_person(known.id) if one.post.id != post_id] if known else []
    if others and not moves:
        raise Refused(409, "moves", _holds_another(others[0]))
    person = book.people.save(entry.name, entry.phone, now)
    book.seats.hand_over(post_id, person, now)
    book.audit.write(actor.key, "post.handed", f"post:{post_id}", {"person": str(person)}, now)


def end(book: Book, actor: Actor, post_id: int, now: datetime) -> None:
    """Nobody holds it from now on."""
    seat = look_up(book, actor, post_id)
    if seat.person is None:
        raise Refused(409, "vacant", lambda words: words.say("desk_people.vacant_already"))
    book.people.vacate(post_id, now)
    book.audit.write(actor.key, "post.ended", f"post:{post_id}", {"person": str(seat.person)}, now)


@dataclass(frozen=True, slots=True)
class Looked:
    """What is wrong with a roster, and what it would change."""

    people: int
    faulty: int
    """How many rows cannot be taken in."""
    faults: Sequence[Fault]
    """The first of what is wrong."""
    counts: Mapping[str, int]
    first: Mapping[str, Sequence[Mapping[str, str]]]
    """Some of each kind of change: name, before, role, place."""

    def written(self) -> str:
        faults = [[one.row, one.column, one.key, dict(one.values)] for one in self.faults]
        return json.dumps([self.people, self.faulty, faults, dict(self.counts), dict(self.first)])

    @classmethod
    def read(cls, told: str) -> "Looked":
        people, faulty, faults, counts, first = json.loads(told)
        return cls(people, faulty, [Fault(*one) for one in faults], counts, first)

    def is_like(self, other: "Looked") -> bool:
        """Would the same be changed?"""
        mine, theirs = ((one.people, one.faulty, dict(one.counts)) for one in (self, other))
        return mine == theirs


def look_at(book: Book, actor: Actor, rows: Sequence[Row], now: datetime) -> Looked:
    """Every fault of a roster, and what it would change; nothing is changed."""
    return _take(book, actor, rows, now, preview_roster)


def take_in(book: Book, actor: Actor, rows: Sequence[Row], shown: Looked, now: datetime) -> Looked | None:
    """Take in the good rows, if that changes what was shown; None, and nothing changed, when it does not."""
    with book.connection.begin_nested() as tried:
        done = _take(book, actor, rows, now, import_roster)
        if not done.is_like(shown):
            tried.rollback()
            return None
    details = {"people": str(done.people), "faulty": str(done.faulty)} | {
        kind: str(count) for kind, count in done.counts.items()
    }
    book.audit.write(actor.key, "people.imported", f"area:{area_of(actor)}", details, now)
    return done


@dataclass(frozen=True, slots=True)
class Card:
    """One person's invitation; the code is shown this once, and kept only as its HMAC."""

    seat: Seat
    code: str
    """K7Q2-M9TD"""
    until: datetime


def invite(
    book: Book, actor: Actor, seats: Iterable[Seat], letters: Callable[[int], str], now: datetime
) -> list[Card]:
    """A card for the holder of each post; an earlier card of theirs opens nothing any more."""
    cards = []
    for seat in seats:
        if seat.person is None:
            continue
        code = one_time_code(letters)
        book.invitations.withdraw(seat.person, CARD, now)
        book.invitations.make(seat.person, code, now, int(CARD_LASTS.total_seconds() // 60), CARD)
        cards.append(Card(seat, spoken(code), now + CARD_LASTS))
    if cards:
        people = " ".join(str(card.seat.person) for card in cards)
        book.audit.write(actor.key, "people.invited", f"area:{area_of(actor)}", {"people": people}, now)
    return cards


def _entry(book: Book, actor: Actor, seat: Seat, name: str, phone: str) -> Entry:
    """What was typed, read as a roster's row is."""
    row = Row(0, name, phone, seat.post.role.value, seat.post.area, "", COLUMNS)
    good, faults = check_roster([row], book.areas)
    good = list(only_inside(good, area_of(actor), book.seats, book.keys, faults.append))
    if not good:
        raise Refused(409, "refused", lambda words: "; ".join(_reasons(faults, words)))
    return good[0]


def _reasons(faults: Iterable[Fault], words: Texts) -> Iterator[str]:
    for fault in faults:
        yield f"{fault.column}: {words.say(fault.key, **fault.values)}"


def _holds_another(seat: Seat) -> Callable[[Texts], str]:
    place = ", ".join(seat.post.place[:3])
    return lambda words: words.say(
        "desk_people.hand.moves",
        name=seat.name,
        role=words.say(f"dialogue.role.{seat.post.role.value}"),
        place=place,
    )


def _take(
    book: Book,
    actor: Actor,
    rows: Sequence[Row],
    now: datetime,
    take: Callable[[Book, Iterable[Entry], datetime], Imported],
) -> Looked:
    faults: list[Fault] = []
    area = area_of(actor)
    good = good_rows(rows, PlacesInside(book.areas, area), faults.append)
    done = take(book, only_inside(good, area, book.seats, book.keys, faults.append), now)
    faults.sort(key=lambda fault: fault.row)
    counts = {kind.value: count for kind, count in done.changes.counts.items()}
    first = {
        kind.value: [
            {"name": one.name, "before": one.before, "role": one.role.value, "place": _place(book, one.area)}
            for one in some
        ]
        for kind, some in done.changes.first.items()
    }
    faulty = len({fault.row for fault in faults})
    return Looked(done.people, faulty, faults[:FAULTS_SHOWN], counts, first)


def _place(book: Book, code: str) -> str:
    """Its names from the area up; a polling station that a preview took back is still named."""
    if level_of(code) is Level.TPS:
        return ", ".join((f"TPS {code[-3:]}", *book.areas.chain(parent_of(code))[:2]))
    return ", ".join(book.areas.chain(code)[:3])
