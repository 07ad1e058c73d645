"""A digest put together for an area and a week, of what was known at its moment; a Monday's is kept as told.

book.digests.of("64.02", moment)          of that Monday at seven: as it was told, else counted
book.digests.count("64.02", monday, now)  of any week at any moment, for somebody who asks
"""

import base64
import zlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Connection, bindparam, select

from core.digests.consolidated import Standings
from core.digests.digest import Digest, Part, Silence, Topic
from core.digests.span import Span, week
from core.digests.weeks import week_of_moment
from core.digests.written import from_json, to_json
from core.elections.election import Election
from core.forms.form import Words
from core.model.areas import Area, Level, parent_of, within
from core.model.zones import zone_of
from storage.areas import Areas, UnknownArea, label
from storage.case_counts import CaseCounts
from storage.elections import Elections
from storage.goods import Goods
from storage.keys import Keys
from storage.tables import digest_kept
from storage.tallies import NOTHING, Tallies
from storage.topics import Topics
from storage.upsert import insert_into
from storage.weeks import Weeks

NOBODY = frozenset[str]()
PAGE = 5_000
CONFIRMING = (Level.PROVINCE, Level.REGENCY)
"""Whose areas below send their weeks up."""


@dataclass(frozen=True, slots=True)
class Place:
    """An area, and those one level below by code."""

    area: Area
    name: str
    names: Mapping[str, str]


class Digests:
    def __init__(self, connection: Connection, keys: Keys) -> None:
        self.connection = connection
        self.keys = keys

    def of(self, area: str, moment: datetime, hidden: frozenset[str] = NOBODY) -> Digest:
        """The digest of a Monday: as it was told, or counted now of what was known then. Without `hidden`
        cases: whoever must not know of one reads of all the others."""
        kept = self.kept(area, moment)
        if kept is None:
            return self.count(area, week_of_moment(area, moment), moment, hidden)
        return self.without(kept, hidden) if hidden else kept

    def count(self, area: str, monday: date, moment: datetime, hidden: frozenset[str] = NOBODY) -> Digest:
        """`UnknownArea` where there is none."""
        place, span = self._place(area), week(area, monday, moment)
        counts = Tallies(self.connection).counts(span)
        standings = self._standings(place, monday, moment)
        confirmed = Weeks(self.connection, self.keys).confirmations(area, monday, moment)
        cases = CaseCounts(self.connection).of(span, place.names, hidden)
        parts = tuple(
            Part(
                code,
                name,
                counts.parts.get(code, NOTHING),
                counts.parts_before.get(code, NOTHING),
                confirmed.get(code),
                standings.marks(code) if place.area.level in CONFIRMING else {},
            )
            for code, name in place.names.items()
        )
        return Digest(
            area=area,
            name=place.name,
            level=place.area.level.value,
            zone=zone_of(area),
            first=monday,
            last=monday + timedelta(days=6),
            made_for=moment.astimezone(UTC),
            stage=self._stage(area, monday + timedelta(days=6), moment),
            tally=counts.tally,
            before=counts.before,
            parts=parts,
            days=counts.days,
            forms=counts.forms,
            hours=counts.hours,
            silences=self._silences(span),
            cases=cases.counts,
            decisions=(*cases.decisions, *standings.decisions(area)),
            topics=standings.topics(area),
            logistics=Goods(self.connection, self.keys).of(area, moment),
            findings=Tallies(self.connection).findings(span),
            confirmation=confirmed.get(area),
            late_parts=tuple(part.name for part in parts if _is_late(part, place.area)),
        )

    def topics(self, area: str, monday: date, moment: datetime) -> tuple[Topic, ...]:
        """How each topic of the week stands there."""
        return self._standings(self._place(area), monday, moment).topics(area)

    def hidden_from(self, actor: str, area: str) -> frozenset[str]:
        """The cases there that are kept from them, since there is a conflict of interest."""
        return CaseCounts(self.connection).hidden_from([actor], area)

    def kept(self, area: str, moment: datetime) -> Digest | None:
        sealed = self.connection.execute(_KEPT, {"of": area, "at": moment}).scalar()
        if sealed is None:
            return None
        return unpacked(self.keys.open(sealed, *_where(area, moment)))

    def keep(self, digest: Digest, now: datetime) -> None:
        """Let it say the same for good; one that is kept already stays. It must be whole."""
        sealed = self.keys.seal(packed(digest), *_where(digest.area, digest.made_for))
        row = {"area": digest.area, "made_for": digest.made_for, "content_sealed": sealed, "kept_at": now}
        self.connection.execute(insert_into(self.connection, digest_kept).on_conflict_do_nothing(), row)

    def without(self, kept: Digest, hidden: frozenset[str]) -> Digest:
        """The same, its cases counted without some; its topics' decisions stay."""
        span = Span(kept.area, kept.first, (kept.last - kept.first).days + 1, kept.made_for)
        names = {part.code: part.name for part in kept.parts}
        cases = CaseCounts(self.connection).of(span, names, hidden)
        others = tuple(one for one in kept.decisions if one.kind != "case")
        return replace(kept, cases=cases.counts, decisions=(*cases.decisions, *others))

    def _place(self, code: str) -> Place:
        areas = Areas(self.connection)
        area = areas.get(code)
        if area is None:
            raise UnknownArea(code)
        beside = areas.children(parent_of(code)) if parent_of(code) else [area]
        return Place(area, _names(beside)[code], _names(areas.children(code)))

    def _standings(self, place: Place, monday: date, moment: datetime) -> Standings:
        kinds = Topics(self.connection).at(moment).topics
        entries = Weeks(self.connection, self.keys).entries(place.area.code, monday, moment) if kinds else {}
        return Standings(kinds, entries, self._below(place) if kinds else {}, place.names)

    def _below(self, place: Place) -> Mapping[str, list[str]]:
        """Who may speak for an area that says nothing itself: down to the kecamatan."""
        code = place.area.code
        if place.area.level not in CONFIRMING:
            return {}
        below = {code: list(place.names)}
        if place.area.level is Level.PROVINCE:
            for one in Areas(self.connection).under(code, Level.DISTRICT):
                below.setdefault(one.parent, []).append(one.code)
        return below

    def _stage(self, area: str, day: date, moment: datetime) -> Words:
        """What the week's last day is about, in an election that is held there."""
        stages = [
            stage
            for election in self._elections(moment)
            if any(within(area, one) or within(one, area) for one in election.areas or {""})
            for stage in election.stages_on(day)
        ]
        return max(stages, key=lambda stage: (stage.first, stage.name)).label if stages else {}

    def _elections(self, moment: datetime) -> list[Election]:
        """The version of each that was in force then; where there was none yet, the first one."""
        found: dict[str, Election] = {}
        for one in Elections(self.connection).versions():
            if one.name not in found or one.published_at <= moment:
                found[one.name] = one.election
        return list(found.values())

    def _silences(self, span: Span) -> tuple[Silence, ...]:
        tallies, found = Tallies(self.connection), list[Silence]()
        after: tuple[datetime, int] | None = None
        while page := tallies.silences(span, PAGE, after):
            found += page
            if len(page) < PAGE:
                break
            after = page[-1].since, page[-1].post
        return tuple(found)


def packed(digest: Digest) -> str:
    """Small enough to be kept for every area and week."""
    return base64.b85encode(zlib.compress(to_json(digest).encode())).decode()


def unpacked(text: str) -> Digest:
    return from_json(zlib.decompress(base64.b85decode(text)).decode())


def _names(areas: list[Area]) -> dict[str, str]:
    """The bare names; with their kind where two beside each other are called the same (Bogor)."""
    many = Counter(one.name for one in areas)
    return {one.code: one.name if many[one.name] == 1 else label(one) for one in areas}


def _where(area: str, moment: datetime) -> tuple[str, ...]:
    return "digest_kept", "content", area, moment.astimezone(UTC).isoformat()


def _is_late(part: Part, above: Area) -> bool:
    return above.level in CONFIRMING and part.confirmation is None


_KEPT = select(digest_kept.c.content_sealed).where(
    digest_kept.c.area == bindparam("of"), digest_kept.c.made_for == bindparam("at")
)
