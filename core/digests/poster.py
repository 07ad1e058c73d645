"""What the picture of a digest says, before anything is drawn: every word, figure and mark."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.digests.calendar import days_of, heading, moment_shown, week_with_year, weekday_shown
from core.digests.digest import Digest, Mark, Part, Tally
from core.digests.figures import change_shown, count_shown, percent_of, percent_shown
from core.digests.standing import (
    FAIR,
    GOOD,
    awaits_confirmations,
    in_language,
    silent_parts,
    standing_of,
    topics_by_mark,
)
from core.digests.tidy import tidy
from core.digests.tiles import MOST, Grid, grid_of
from core.model.areas import Level
from core.speech.texts import Texts, texts

TOPICS = 8
"""So many have a place."""


@dataclass(frozen=True, slots=True)
class Figure:
    label: str
    value: str
    mark: Mark = "aman"
    """Anything but "aman" draws the eye."""


@dataclass(frozen=True, slots=True)
class Tile:
    name: str
    figure: str
    detail: str
    mark: Mark
    column: int
    row: int
    note: str = ""
    """Whether its coordinator has confirmed, where that is awaited."""
    code: str = ""
    """The area's; empty for those that have no tile of their own."""


@dataclass(frozen=True, slots=True)
class Bar:
    label: str
    told: int
    due: int
    value: str
    """What stands over it."""


@dataclass(frozen=True, slots=True)
class Poster:
    name: str
    subtitle: str
    share: Figure
    share_of: str
    before: Figure
    """Last week's share."""
    figures: tuple[Figure, ...]
    map_title: str
    map_empty: str
    """Said in the place of the tiles when there are none."""
    columns: int
    rows: int
    tiles: tuple[Tile, ...]
    legend: tuple[tuple[Mark, str], ...]
    week_title: str
    bars: tuple[Bar, ...]
    told_word: str
    due_word: str
    cases_title: str
    clocks: tuple[Figure, ...]
    topics_title: str
    topics_empty: str
    topics: tuple[Figure, ...]
    """Each with its mark in words."""
    as_of: str


def poster(digest: Digest, language: str) -> Poster:
    return _Painter(tidy(digest), texts(language)).poster()


@dataclass(frozen=True, slots=True)
class _Painter:
    digest: Digest
    words: Texts

    def poster(self) -> Poster:
        digest, say = self.digest, self.words.say
        shown, left_out = self._shown()
        grid = grid_of(digest.area, [part.code for part in shown] + (["…"] if left_out else []))
        return Poster(
            name=digest.name,
            subtitle=self._subtitle(),
            share=Figure(say("digests.picture.told"), self._percent(digest.tally), standing_of(digest.tally)),
            share_of=self._share_of(),
            before=Figure(say("digests.picture.before"), self._percent(digest.before)),
            figures=self._figures(),
            map_title=self._map_title(),
            map_empty="" if shown else say("digests.picture.map.none"),
            columns=grid.columns,
            rows=grid.rows,
            tiles=self._tiles(shown, left_out, grid),
            legend=self._legend(),
            week_title=say("digests.picture.week_title"),
            bars=self._bars(),
            told_word=say("digests.picture.days.told"),
            due_word=say("digests.picture.days.due"),
            cases_title=say("digests.picture.cases"),
            clocks=self._clocks(),
            topics_title=self._topics_title(),
            topics_empty="" if digest.topics else say("digests.picture.topics.none"),
            topics=self._topics(),
            as_of=self._as_of(),
        )

    def _subtitle(self) -> str:
        language = self.words.language
        week = self.words.say("digests.picture.week", week=week_with_year(self.digest, language))
        said = (heading(self.digest, language), week, in_language(self.digest.stage, language))
        return " · ".join(each for each in said if each)

    def _share_of(self) -> str:
        tally = self.digest.tally
        if not tally.expected:
            return self.words.say("digests.picture.nothing")
        told, expected = self._count(tally.told), self._count(tally.expected)
        return self.words.say("digests.picture.of", told=told, expected=expected)

    def _figures(self) -> tuple[Figure, ...]:
        tally, say = self.digest.tally, self.words.say
        missing: Mark = "masalah" if tally.silent else "aman"
        shown = [
            Figure(say("digests.picture.missing"), self._count(tally.silent), missing),
            Figure(say("digests.picture.filed"), self._with_change(tally.filed, self.digest.before.filed)),
            Figure(say("digests.picture.nihil"), self._with_change(tally.nihil, self.digest.before.nihil)),
            Figure(say("digests.picture.late"), self._count(tally.late), _wary(tally.late)),
            Figure(say("digests.picture.vacant"), self._count(tally.vacant), _wary(tally.vacant)),
        ]
        if awaits_confirmations(self.digest):
            sent = sum(part.confirmation is not None for part in self.digest.parts)
            late = len(self.digest.parts) - sent
            value = f"{self._count(sent)}/{self._count(len(self.digest.parts))}"
            shown.append(Figure(say("digests.picture.sent"), value, _wary(late)))
        else:
            findings = self.digest.findings
            shown.append(Figure(say("digests.picture.findings"), self._count(findings), _wary(findings)))
        return tuple(shown)

    def _with_change(self, now: int, before: int) -> str:
        if not before and not now:
            return self._count(now)
        return f"{self._count(now)} ({change_shown(now, before, self.words.language)})"

    def _map_title(self) -> str:
        level = self.digest.level
        below = level if level in (Level.PROVINCE, Level.REGENCY, Level.DISTRICT) else "other"
        return self.words.say(f"digests.picture.map.{below}")

    def _shown(self) -> tuple[Sequence[Part], Sequence[Part]]:
        """By code, so that each area keeps its place; where there are too many, those that owe most."""
        parts = sorted(self.digest.parts, key=lambda part: part.code)
        if len(parts) <= MOST:
            return parts, ()
        silent = silent_parts(self.digest)
        first = [*silent, *(part for part in parts if not part.tally.silent)]
        return first[: MOST - 1], first[MOST - 1 :]

    def _tiles(self, shown: Sequence[Part], left_out: Sequence[Part], grid: Grid) -> tuple[Tile, ...]:
        tiles = [self._tile(part, grid) for part in shown]
        if left_out:
            count = self.words.say("digests.picture.tile.more", count=self._count(len(left_out)))
            detail = self.words.say("digests.picture.tile.more_detail")
            tiles.append(Tile(count, "", detail, "belum", *grid.places["…"]))
        return tuple(tiles)

    def _tile(self, part: Part, grid: Grid) -> Tile:
        tally = part.tally
        key = "silent" if tally.silent else "all" if tally.expected else "none"
        detail = self.words.say(f"digests.picture.tile.{key}", count=self._count(tally.silent))
        mark, (column, row) = standing_of(tally), grid.places[part.code]
        return Tile(part.name, self._percent(tally), detail, mark, column, row, self._note(part), part.code)

    def _note(self, part: Part) -> str:
        if not awaits_confirmations(self.digest):
            return ""
        return self.words.say(f"digests.picture.tile.{'sent' if part.confirmation else 'not_sent'}")

    def _legend(self) -> tuple[tuple[Mark, str], ...]:
        language, say = self.words.language, self.words.say
        good, fair, below = (percent_shown(percent, language) for percent in (GOOD, FAIR, GOOD - 1))
        return (
            ("aman", say("digests.picture.legend.aman", good=good)),
            ("perhatian", say("digests.picture.legend.perhatian", fair=self._count(FAIR), below=below)),
            ("masalah", say("digests.picture.legend.masalah", fair=fair)),
            ("belum", say("digests.picture.legend.belum")),
        )

    def _bars(self) -> tuple[Bar, ...]:
        """Each day with the days before it, so that the last stands for the week."""
        by_day = {day.day: day for day in self.digest.days}
        bars, told, due = [], 0, 0
        for day in days_of(self.digest):
            if seen := by_day.get(day):
                told, due = told + seen.filed + seen.nihil, due + seen.due
            bars.append(Bar(weekday_shown(day, self.words.language), told, due, self._count(told)))
        return tuple(bars)

    def _clocks(self) -> tuple[Figure, ...]:
        cases, say = self.digest.cases, self.words.say
        overdue, soon = sum(each.overdue for each in cases), sum(each.due_soon for each in cases)
        return (
            Figure(
                say("digests.picture.cases.overdue"), self._count(overdue), "masalah" if overdue else "aman"
            ),
            Figure(say("digests.picture.cases.soon"), self._count(soon), _wary(soon)),
            Figure(say("digests.picture.cases.open"), self._count(sum(each.open for each in cases))),
            Figure(say("digests.picture.cases.opened"), self._count(sum(each.opened for each in cases))),
        )

    def _topics_title(self) -> str:
        say, more = self.words.say, len(self.digest.topics) - TOPICS
        if more > 0:
            return say("digests.picture.topics.more", count=self._count(more))
        return say("digests.picture.topics")

    def _topics(self) -> tuple[Figure, ...]:
        shown = topics_by_mark(self.digest)[:TOPICS]
        return tuple(
            Figure(
                in_language(topic.label, self.words.language) or topic.name,
                self.words.say(f"digests.mark.{topic.mark}"),
                topic.mark,
            )
            for topic in shown
        )

    def _as_of(self) -> str:
        digest, language = self.digest, self.words.language
        moment = moment_shown(digest.made_for, digest.zone, language)
        key = "digests.catching_up" if digest.is_catching_up else "digests.picture.as_of"
        return self.words.say(key, moment=moment)

    def _percent(self, tally: Tally) -> str:
        return percent_shown(percent_of(tally), self.words.language)

    def _count(self, number: int) -> str:
        return count_shown(number, self.words.language)


def _wary(number: int) -> Mark:
    return "perhatian" if number else "aman"
