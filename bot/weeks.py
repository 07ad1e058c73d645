"""What a turn must know of a week before it can decide; nothing is read for a message that is not about one.

A whole digest takes longer than a turn should hold the database: `Unprepared` asks the one who takes the turn
to count it first, outside, and to come back with it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from core.dialogue.coordinators.desk import PAGE
from core.dialogue.coordinators.desk_asked import WeekAsked
from core.dialogue.coordinators.desk_known import WeekKnown
from core.digests.span import Span
from core.digests.weeks import owed_in, owed_lately, week_before, week_of_moment
from core.model.areas import Area, Level, is_code, within
from core.model.people import Person, Role
from storage.areas import label
from storage.book import Book
from storage.store import Store

MOST = 8
"""Areas of one name to choose from."""
WATCHING = (Role.PANWASCAM, Role.KABKOTA, Role.PROVINSI, Role.RI)
BY_SIZE = list(Level)


class Unprepared(Exception):
    """The digest that this turn speaks of has to be counted first."""

    def __init__(self, asked: WeekAsked, person: Person) -> None:
        super().__init__(asked.need)
        self.asked = asked
        self.person = person


@dataclass(frozen=True, slots=True)
class WeekLook:
    """Who asks about a week, and when."""

    book: Book
    person: Person
    now: datetime

    def gather(self, asked: WeekAsked) -> WeekKnown | None:
        """None for somebody who coordinates nothing; an empty area where they may not look, or nothing is."""
        seats = self._seats()
        if not seats:
            return None
        found = self._areas(asked.place, seats)
        if len(found) != 1:
            among = tuple((one.code, self._told_apart(one)) for one in found[:MOST])
            first = found[0].code if found else seats[0]
            return WeekKnown(week=self._week(asked, first), among=among)
        return self._known(asked, found[0])

    def _known(self, asked: WeekAsked, area: Area) -> WeekKnown:
        week = self._week(asked, area.code)
        is_own = area.code in self._seats()
        base = WeekKnown(area.code, area.name, area.level.value, week, is_own)
        match asked.need:
            case "digest":
                return self._with_digest(base)
            case "silent":
                return self._with_silent(base, asked)
            case "state":
                return self._held(base) if is_own else base

    def _with_digest(self, base: WeekKnown) -> WeekKnown:
        digests = self.book.digests
        hidden = digests.hidden_from(f"person:{self.person.id}", base.area)
        digest = digests.count(base.area, base.week, self.now, hidden)
        return replace(base, name=digest.name, digest=digest, confirmation=digest.confirmation)

    def _with_silent(self, base: WeekKnown, asked: WeekAsked) -> WeekKnown:
        span = self._span(base.area, asked)
        page = self.book.tallies.silences(span, PAGE + 1, asked.after)
        count = self.book.tallies.count_silent(span) if page and asked.after is None else 0
        return replace(base, silences=page, silent=count)

    def _held(self, base: WeekKnown) -> WeekKnown:
        """It is about to be said something of: whoever else wants to waits until that is written down."""
        self.book.weeks.hold(base.area)
        return self._with_state(base)

    def _with_state(self, base: WeekKnown) -> WeekKnown:
        weeks, digests = self.book.weeks, self.book.digests
        return replace(
            base,
            confirmation=weeks.confirmations(base.area, base.week, self.now).get(base.area),
            remark=weeks.remark_of(base.area, base.week),
            topics=digests.topics(base.area, base.week, self.now),
            kinds=self.book.topics.at(self.now).topics,
        )

    def _week(self, asked: WeekAsked, area: str) -> date:
        if asked.week is not None:
            return asked.week
        return week_before(area, self.now) if asked.is_last else week_of_moment(area, self.now)

    def _span(self, area: str, asked: WeekAsked) -> Span:
        """A button's week; in words, whatever is still to be chased."""
        if asked.week is not None or asked.is_last:
            return owed_in(area, self._week(asked, area), self.now)
        return owed_lately(area, self.now)

    def _seats(self) -> Sequence[str]:
        """The areas that they look after, the widest first."""
        codes = {post.area for post in self.person.posts if post.role in WATCHING}
        return sorted(codes, key=lambda code: (code.count("."), code))

    def _areas(self, place: str, seats: Sequence[str]) -> list[Area]:
        """What is meant, of what they may look at."""
        areas = self.book.areas
        if not place or is_code(place):
            code = place or seats[0]
            there = areas.get(code) if any(within(code, seat) for seat in seats) else None
            return [there] if there and there.level is not Level.TPS else []
        found = {one.code: one for seat in seats for one in areas.find(place, within=seat)}
        own = (areas.get(seat) for seat in seats)
        found |= {one.code: one for one in own if one and one in areas.find(place, one.level, one.parent)}
        widest = min((BY_SIZE.index(one.level) for one in found.values()), default=0)
        return [one for code, one in sorted(found.items()) if BY_SIZE.index(one.level) == widest]

    def _told_apart(self, area: Area) -> str:
        """Sidomulyo, Anggana."""
        above = self.book.areas.get(area.parent) if area.parent else None
        return f"{label(area)}, {above.name}" if above else label(area)


def prepare(store: Store, lacking: Unprepared, now: datetime) -> WeekKnown:
    """Count it, in a transaction that reads only."""
    with store.reading() as book:
        return WeekLook(book, lacking.person, now).gather(lacking.asked) or WeekKnown()


def about_week(
    book: Book,
    asked: WeekAsked | None,
    person: Person | None,
    now: datetime,
    prepared: WeekKnown | None,
) -> WeekKnown | None:
    """What is known of the week that was asked about; `Unprepared` when that takes too long here."""
    if asked is None or person is None or not any(post.role in WATCHING for post in person.posts):
        return None
    if asked.need == "digest" and prepared is None:
        raise Unprepared(asked, person)
    return prepared if asked.need == "digest" else WeekLook(book, person, now).gather(asked)
