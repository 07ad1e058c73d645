"""What the page for the meeting says: strings only, as many as one sheet of paper takes."""

from dataclasses import dataclass

from core.digests import tables_of_matters as matters
from core.digests import tables_of_reports as reports
from core.digests.calendar import heading, is_of_monday, moment_shown, week_with_year
from core.digests.digest import Digest, Tally
from core.digests.figures import change_shown, count_shown, percent_of, percent_shown
from core.digests.standing import in_language
from core.digests.tables import Row, Table, cell_shown
from core.digests.tidy import tidy
from core.speech.cutting import shorten
from core.speech.texts import texts

AREAS, TOPICS, DECISIONS = 20, 12, 8
"""So many lines fit beside the rest."""
NAME, NOTE = 60, 160
AREA = ("area", "expected", "filed", "nihil", "silent", "share", "share_before")
SIGNED = ("chair", "coordinator")


@dataclass(frozen=True, slots=True)
class Lines:
    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    left_out: str
    """Says that there is more than fits; empty when there is not."""


@dataclass(frozen=True, slots=True)
class Page:
    language: str
    title: str
    name: str
    subtitle: str
    as_of: str
    figures: tuple[tuple[str, str, str], ...]
    """Label, this week's, and a smaller line below it."""
    tables: tuple[Lines, ...]
    notes: str
    notes_given: str
    """What the coordinator wrote when sending it up."""
    signature: str
    signed: tuple[str, ...]


def page(digest: Digest, language: str) -> Page:
    digest, say = tidy(digest), texts(language).say
    week = say("digests.picture.week", week=week_with_year(digest, language))
    said = (heading(digest, language), week, in_language(digest.stage, language))
    key = "digests.catching_up" if digest.is_catching_up else "digests.picture.as_of"
    return Page(
        language=texts(language).language,
        title=say("digests.paper.title" if is_of_monday(digest) else "digests.paper.title_asked"),
        name=shorten(digest.name, 2 * NAME),
        subtitle=shorten(" · ".join(each for each in said if each), NOTE),
        as_of=say(key, moment=moment_shown(digest.made_for, digest.zone, language)),
        figures=_figures(digest, language),
        tables=(_areas(digest, language), _topics(digest, language), _decisions(digest, language)),
        notes=say("digests.paper.notes"),
        notes_given=shorten(digest.confirmation.note, 2 * NOTE) if digest.confirmation else "",
        signature=say("digests.paper.signature"),
        signed=tuple(say(f"digests.paper.signed.{who}") for who in SIGNED),
    )


def _figures(digest: Digest, language: str) -> tuple[tuple[str, str, str], ...]:
    say, now, before = texts(language).say, digest.tally, digest.before

    def column(name: str) -> str:
        return say(f"digests.column.{name}")

    def count(number: int) -> str:
        return count_shown(number, language)

    def percent(tally: Tally) -> str:
        return percent_shown(percent_of(tally), language)

    told = {"told": count(now.told), "expected": count(now.expected), "before": percent(before)}
    overdue = sum(each.overdue for each in digest.cases)
    soon = sum(each.due_soon for each in digest.cases)
    return (
        (column("share"), percent(now), say("digests.paper.told", **told)),
        (column("silent"), count(now.silent), say("digests.paper.of", expected=told["expected"])),
        (column("filed"), count(now.filed), change_shown(now.filed, before.filed, language)),
        (column("nihil"), count(now.nihil), change_shown(now.nihil, before.nihil, language)),
        (column("late"), count(now.late), f"{column('vacant')}: {count(now.vacant)}"),
        (column("findings"), count(digest.findings), ""),
        (column("overdue"), count(overdue), f"{say('digests.picture.cases.soon')}: {count(soon)}"),
    )


def _areas(digest: Digest, language: str) -> Lines:
    """Those that owe most, first."""
    table, say = reports.areas(digest, language), texts(language).say
    picked = [reports.AREAS.index(name) for name in AREA]
    silent = reports.AREAS.index("silent")
    rows = sorted(table.rows, key=lambda row: (-_number(row[silent]), str(row[0])))
    chosen = Table(
        say("digests.paper.areas"),
        tuple(table.headings[at] for at in picked),
        tuple(tuple(row[at] for at in picked) for row in rows),
    )
    return _lines(chosen, AREAS, "digests.paper.areas_left_out", digest.zone, language)


def _topics(digest: Digest, language: str) -> Lines:
    table = matters.topics(digest, language)
    return _lines(table, TOPICS, "digests.paper.left_out", digest.zone, language)


def _decisions(digest: Digest, language: str) -> Lines:
    """Without the areas' codes: the matter names its place."""
    table = matters.decisions(digest, language)
    code = matters.DECISIONS.index("code")

    def without_code(cells: Row) -> Row:
        return cells[:code] + cells[code + 1 :]

    headings = table.headings[:code] + table.headings[code + 1 :]
    bare = Table(table.name, headings, tuple(without_code(row) for row in table.rows))
    return _lines(bare, DECISIONS, "digests.paper.left_out", digest.zone, language)


def _lines(table: Table, most: int, left_out: str, zone: str, language: str) -> Lines:
    rows = tuple(
        tuple(
            shorten(cell_shown(cell, zone, language), NAME if at == 0 else NOTE)
            for at, cell in enumerate(row)
        )
        for row in table.rows[:most]
    )
    more = len(table.rows) - len(rows)
    said = texts(language).say(left_out, count=count_shown(more, language)) if more else ""
    return Lines(table.name, table.headings, rows, said)


def _number(cell: object) -> int:
    return cell if isinstance(cell, int) else 0
