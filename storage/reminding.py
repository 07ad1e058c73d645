"""How reminders are written: one message for one person, whatever they owe; hundreds of people at a time.

people ──▶ what they owe, locked ──▶ words ──▶ outbox, topic "owed" ──▶ ledger: asked
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from functools import lru_cache
from itertools import groupby
from zoneinfo import ZoneInfo

from core.dialogue.reminders.owing import reminder
from core.elections.election import Election
from core.elections.humane import next_chance
from core.elections.owed import Owed, spoken_of
from core.forms.form import Words
from core.forms.written import from_json
from core.model.people import Person, Post
from core.model.zones import zone_of
from storage.book import Book
from storage.mailing import OWED, Letter, Way
from storage.reminders import Claim

PAGE = 500
AT_ONCE = 2000
"""So many are reminded in the turn that asks for it; the others at the next hour."""


@dataclass(frozen=True, slots=True)
class Reminded:
    """How many people were dealt with: what waits for them, and what could not."""

    reminded: int = 0
    reports: int = 0
    """That they owe."""
    unreachable: int = 0
    """They never wrote here."""

    @property
    def people(self) -> int:
        return self.reminded + self.unreachable

    def __add__(self, other: "Reminded") -> "Reminded":
        return Reminded(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))


def remind_some(
    book: Book, zone: str, areas: Iterable[str], moment: datetime, now: datetime, limit: int = PAGE
) -> Reminded:
    """Those who had to be reminded at that moment and were not yet; nobody at all when all were."""
    elections = book.elections.in_force()
    people = book.reminders.people(zone, areas, moment, limit)
    return remind(book, people, elections, moment, now) if people else Reminded()


def chase(book: Book, area: str, now: datetime) -> Reminded:
    """The silent ones of the area, once more."""
    book.reminders.rearm(area, now)
    zone, done = zone_of(area), Reminded()
    while done.people < AT_ONCE and (some := remind_some(book, zone, (area,), now, now)).people:
        done += some
    return done


def remind(
    book: Book, people: Collection[int], elections: Sequence[Election], moment: datetime, now: datetime
) -> Reminded:
    """Write to each of them who had to be reminded then of all that stands open, and note that they were."""
    known = book.people.several(people)
    every = _owed_by(book, known, book.reminders.claims(people, moment, lock=True))
    theirs = {person: spoken for person in people if (spoken := spoken_of(every.get(person, ()), moment))}
    ways = book.mailing.ways(theirs)
    letters = [
        _letter(known[person], owed, ways[person], elections, now)
        for person, owed in theirs.items()
        if person in ways
    ]
    book.mailing.replace_reminders([one.address_id for one in letters])
    book.mailing.put_all(letters, OWED, now)
    rows = [one.id for owed in theirs.values() for one in owed]
    book.reminders.mark(rows, now)
    return Reminded(len(letters), len(rows), len(theirs) - len(letters))


def owed_by(book: Book, people: Collection[int], now: datetime) -> dict[int, list[Owed]]:
    """What each of them owes, the most urgent first; in the order in which the people are given."""
    claims = book.reminders.claims(people, now)
    owed = _owed_by(book, book.people.several({claim.person for claim in claims}), claims)
    return {person: owed[person] for person in people if person in owed}


def _owed_by(book: Book, known: Mapping[int, Person], claims: Iterable[Claim]) -> dict[int, list[Owed]]:
    """By person, the most urgent first."""
    ordered = sorted(claims, key=lambda claim: claim.person)
    posts = {post.id: post for one in known.values() for post in one.posts}
    forms = forms_of(book, {claim.form for claim in ordered})
    return {
        person: [_owed(claim, posts[claim.post], forms) for claim in some if claim.post in posts]
        for person, some in groupby(ordered, key=lambda claim: claim.person)
    }


def forms_of(book: Book, names: Collection[str]) -> Mapping[str, tuple[Words, bool]]:
    """The title of each form, and whether one tap may say that there is nothing to report."""
    newest = {one.name: one.version for one in book.forms.versions()} if names else {}
    return {
        name: _purpose(book.forms.load(name, newest[name])) if name in newest else ({"": name}, False)
        for name in names
    }


@lru_cache(maxsize=128)
def _purpose(compiled: str) -> tuple[Words, bool]:
    form = from_json(compiled)
    return form.title, form.purpose.nihil


def _owed(claim: Claim, post: Post, forms: Mapping[str, tuple[Words, bool]]) -> Owed:
    title, nihil = forms[claim.form]
    return Owed(
        claim.id,
        post,
        claim.form,
        title,
        nihil,
        claim.period,
        claim.due,
        claim.reminded,
        claim.waits_until,
        claim.event,
        claim.passes_at,
    )


def _letter(
    person: Person, owed: Sequence[Owed], way: Way, elections: Sequence[Election], now: datetime
) -> Letter:
    first = owed[0].post
    due = next_chance(elections, first.area, now)
    votes = due.astimezone(ZoneInfo(first.zone)).date() in {one.voting_day for one in elections}
    language = person.language or way.language
    return Letter(way.address_id, reminder(person.name, owed, language, may_wait=not votes), due)
