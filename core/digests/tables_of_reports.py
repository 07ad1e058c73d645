"""The tables about reports: the summary, by area, by day, by form, and the posts that are silent."""

from collections.abc import Iterator
from datetime import datetime

from core.digests.calendar import local_time
from core.digests.digest import Digest, Part, Tally
from core.digests.figures import change_shown
from core.digests.lines import role_shown
from core.digests.standing import in_language
from core.digests.tables import Row, Share, Table, share_of
from core.speech.texts import texts

TALLY = ("expected", "filed", "nihil", "silent", "late", "vacant", "share")
AREAS = ("code", "area", *TALLY, "share_before", "silent_before", "confirmed_at", "confirmed_by", "note")
DAYS = ("day", "filed", "nihil", "told", "due", "told_so_far", "due_so_far")
FORMS = ("form", *TALLY, "filed_before", "change")
SILENT = ("role", "place", "code", "holder", "owed", "since", "last_told", "called")


def headings(names: tuple[str, ...], language: str) -> tuple[str, ...]:
    return tuple(texts(language).say(f"digests.column.{name}") for name in names)


def summary(digest: Digest, language: str) -> Table:
    """Each figure of the week with last week's beside it."""
    say = texts(language).say
    rows = [
        (say(f"digests.column.{name}"), now, before, change_shown(now, before, language))
        for name, now, before in _figures(digest.tally, digest.before)
    ]
    share: Row = (say("digests.column.share"), share_of(digest.tally), share_of(digest.before), None)
    cases = (
        (say(f"digests.summary.cases.{name}"), sum(getattr(each, name) for each in digest.cases), None, None)
        for name in ("opened", "closed", "open", "overdue", "due_soon")
    )
    findings: Row = (say("digests.summary.findings"), digest.findings, None, None)
    return Table(
        say("digests.table.summary"),
        headings(("figure", "now", "before", "change"), language),
        (share, *rows, findings, *cases, *_confirmed(digest, language)),
    )


def _figures(now: Tally, before: Tally) -> Iterator[tuple[str, int, int]]:
    yield "expected", now.expected, before.expected
    yield "told", now.told, before.told
    yield "filed", now.filed, before.filed
    yield "nihil", now.nihil, before.nihil
    yield "silent", now.silent, before.silent
    yield "late", now.late, before.late
    yield "vacant", now.vacant, before.vacant


def _confirmed(digest: Digest, language: str) -> tuple[Row, ...]:
    if not any(part.confirmation for part in digest.parts) and not digest.late_parts:
        return ()
    sent = sum(part.confirmation is not None for part in digest.parts)
    say = texts(language).say
    return (
        (say("digests.summary.confirmed"), sent, None, None),
        (say("digests.summary.confirmed_late"), ", ".join(digest.late_parts) or None, None, None),
    )


def areas(digest: Digest, language: str) -> Table:
    """The areas below by code, with how each topic stands there."""
    topics = digest.topics
    labels = tuple(in_language(topic.label, language) or topic.name for topic in topics)
    rows = []
    for part in sorted(digest.parts, key=lambda part: part.code):
        marks = (part.topics.get(topic.name) for topic in topics)
        words = tuple(texts(language).say(f"digests.mark.{mark}") if mark else None for mark in marks)
        rows.append((*_area(part, digest.zone), *words))
    return Table(
        texts(language).say("digests.table.areas"), (*headings(AREAS, language), *labels), tuple(rows)
    )


def _area(part: Part, zone: str) -> Row:
    done = part.confirmation
    sent: Row = (local_time(done.at, zone), done.by, done.note or None) if done else (None, None, None)
    return (part.code, part.name, *_tallied(part.tally), share_of(part.before), part.before.silent, *sent)


def days(digest: Digest, language: str) -> Table:
    rows, told, due = [], 0, 0
    for day in sorted(digest.days, key=lambda day: day.day):
        here = day.filed + day.nihil
        told, due = told + here, due + day.due
        rows.append((day.day, day.filed, day.nihil, here, day.due, told, due))
    return Table(texts(language).say("digests.table.days"), headings(DAYS, language), tuple(rows))


def forms(digest: Digest, language: str) -> Table:
    """Those that are asked for by the hour stand last and say so: the summary is without them."""
    by_hour = texts(language).say("digests.by_hour")
    rows = tuple(
        (
            (in_language(each.title, language) or each.form)
            + (f" {by_hour}" if each in digest.hours else ""),
            *_tallied(each.tally),
            each.before.filed,
            change_shown(each.tally.filed, each.before.filed, language),
        )
        for each in (*digest.forms, *digest.hours)
    )
    return Table(texts(language).say("digests.table.forms"), headings(FORMS, language), rows)


def silent(digest: Digest, language: str) -> Table:
    """Those to be called, the most overdue first."""

    def local(moment: datetime | None) -> datetime | None:
        return None if moment is None else local_time(moment, digest.zone)

    rows = tuple(
        (
            role_shown(each.role, language),
            ", ".join(each.place),
            each.area,
            each.holder,
            each.owed,
            local(each.since),
            local(each.last_told),
            local(each.called),
        )
        for each in digest.silences
    )
    return Table(texts(language).say("digests.table.silent"), headings(SILENT, language), rows)


def _tallied(tally: Tally) -> tuple[int | Share | None, ...]:
    figures = (tally.expected, tally.filed, tally.nihil, tally.silent, tally.late, tally.vacant)
    return (*figures, share_of(tally))
