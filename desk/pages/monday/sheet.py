"""What the page of a week shows: the digest as its picture and paper have it, and what was said of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from core.digests import tables_of_matters as matters
from core.digests import tables_of_reports as reports
from core.digests.calendar import span_shown
from core.digests.digest import Confirmation, Digest, Mark, Part, Topic
from core.digests.poster import Poster, poster
from core.digests.saying import UPWARDS, WeekState
from core.digests.shapes import Shapes
from core.digests.standing import in_language, standing_of
from core.digests.tables import Table, cell_shown, share_of
from core.digests.tidy import tidy
from core.digests.tilemap import DrawnMap, drawn_map
from core.digests.weeks import is_in_reach, may_be_sent
from core.model.areas import Area, within
from core.speech.texts import texts
from desk import weekly
from storage.book import Book
from storage.staff import Member

WEEKS = 8
"""So many weeks back are listed."""
DAYS = ("day", "filed", "nihil")
FORMS = ("form", "filed", "nihil", "silent")


@dataclass(frozen=True, slots=True)
class PartRow:
    """An area below, and whether its week was sent up by now."""

    part: Part
    mark: Mark
    share: str
    before: str
    confirmation: Confirmation | None


@dataclass(frozen=True, slots=True)
class Chart:
    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A table in words, as on the paper."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Past:
    monday: date
    span: str
    confirmation: Confirmation | None


@dataclass(frozen=True, slots=True)
class TopicRow:
    topic: Topic
    label: str
    about: str


@dataclass(frozen=True, slots=True)
class WeekSheet:
    area: Area
    up: str
    """The code of the area above, where they may look; else empty."""
    digest: Digest
    poster: Poster
    map: DrawnMap
    parts: tuple[PartRow, ...]
    awaits: bool
    """The areas below send their weeks up here."""
    charts: tuple[Chart, ...]
    tables: tuple[Shown, ...]
    state: WeekState
    topics: tuple[TopicRow, ...]
    past: tuple[Past, ...]
    before: date
    after: date | None
    """The next week, if it has begun."""
    is_own: bool
    is_in_reach: bool
    sends: bool
    """Weeks of such areas are sent up."""
    may_send: bool


def sheet(
    book: Book,
    member: Member,
    asked: weekly.Wanted,
    digest: Digest,
    shapes: Shapes,
    now: datetime,
    tongue: str,
) -> WeekSheet:
    there = weekly.look_at(book, member, asked.area)
    digest, state = _fit(digest), weekly.state_of(book, there, asked.monday, now)
    drawn = poster(digest, tongue)
    following = asked.monday + timedelta(days=7)
    return WeekSheet(
        area=there,
        up=there.parent if there.parent and within(there.parent, member.area) else "",
        digest=digest,
        poster=drawn,
        map=drawn_map(drawn, shapes),
        parts=tuple(_parts(book, digest, now, tongue)),
        awaits=digest.level in ("province", "regency") and bool(digest.parts),
        charts=_charts(digest, tongue),
        tables=_tables(digest, tongue),
        state=state,
        topics=_topics(book, state, now, tongue),
        past=_past(book, there.code, now, tongue),
        before=asked.monday - timedelta(days=7),
        after=following if following <= weekly.this_monday(there.code, now) else None,
        is_own=weekly.is_own(member, there.code),
        is_in_reach=is_in_reach(there.code, asked.monday, now),
        sends=state.level in UPWARDS,
        may_send=state.level in UPWARDS and may_be_sent(there.code, asked.monday, now),
    )


def _fit(digest: Digest) -> Digest:
    """Of the silent, thousands perhaps, no words are shown here: they are as they were."""
    return replace(tidy(replace(digest, silences=())), silences=digest.silences)


def _parts(book: Book, digest: Digest, now: datetime, tongue: str) -> Sequence[PartRow]:
    """Those that owe most first, as on the paper."""
    sent: Mapping[str, Confirmation] = book.weeks.confirmations(digest.area, digest.first, now)
    ordered = sorted(digest.parts, key=lambda part: (-part.tally.silent, part.code))
    return [
        PartRow(
            part,
            standing_of(part.tally),
            cell_shown(share_of(part.tally), digest.zone, tongue),
            cell_shown(share_of(part.before), digest.zone, tongue),
            sent.get(part.code),
        )
        for part in ordered
    ]


def _charts(digest: Digest, tongue: str) -> tuple[Chart, ...]:
    """The same tables as in the workbook, of each a few columns."""
    days, forms = reports.days(digest, tongue), reports.forms(digest, tongue)
    return tuple(
        chart
        for chart in (
            _chart(days, reports.DAYS, DAYS, digest.zone, tongue),
            _chart(forms, reports.FORMS, FORMS, digest.zone, tongue),
        )
        if chart.rows
    )


def _chart(table: Table, names: Sequence[str], wanted: Sequence[str], zone: str, tongue: str) -> Chart:
    picked = [names.index(name) for name in wanted]
    rows = tuple(
        (cell_shown(row[picked[0]], zone, tongue), *(row[at] for at in picked[1:])) for row in table.rows
    )
    return Chart(table.name, tuple(table.headings[at] for at in picked), rows)


def _tables(digest: Digest, tongue: str) -> tuple[Shown, ...]:
    made = (matters.decisions(digest, tongue), matters.cases(digest, tongue), matters.goods(digest, tongue))
    return tuple(
        Shown(
            table.name,
            table.headings,
            tuple(tuple(cell_shown(cell, digest.zone, tongue) for cell in row) for row in table.rows),
        )
        for table in made
        if table.rows
    )


def _topics(book: Book, state: WeekState, now: datetime, tongue: str) -> tuple[TopicRow, ...]:
    about = {kind.name: kind.about for kind in book.topics.at(now).topics}
    return tuple(
        TopicRow(
            topic,
            in_language(topic.label, tongue) or topic.name,
            in_language(about.get(topic.name, {}), tongue),
        )
        for topic in state.topics
    )


def _past(book: Book, area: str, now: datetime, tongue: str) -> tuple[Past, ...]:
    """The weeks up to this one, the newest first."""
    this = weekly.this_monday(area, now)
    mondays = [this - timedelta(weeks=n) for n in range(WEEKS)]
    sent = book.weeks.sent_lately(area, mondays[-1], this)
    language = texts(tongue).language
    return tuple(
        Past(monday, span_shown(monday, weekly.sunday_of(monday), language), sent.get(monday))
        for monday in mondays
    )
