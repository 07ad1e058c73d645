"""`lapordesk ledger show`: what an area and each area in it owed in a week, and what came of it."""

from collections.abc import Iterable
from datetime import date, timedelta

from core.digests.digest import Part, Tally
from core.digests.span import week
from lapordesk.commands.console import CommandFailed, Console, Given
from storage.areas import label

COLUMNS = ("expected", "filed", "nihil", "silent", "late", "vacant")


def show(*, area: str | None = None, week_of: date | None = None, console: Given) -> None:
    """The week that the day lies in, as it stands now."""
    code = console.settings.province if area is None else area
    day = week_of or console.now.astimezone(console.zone).date()
    with console.store() as store, store.reading() as book:
        there = book.areas.get(code)
        if there is None:
            raise CommandFailed("commands.ledger.area", area=code)
        span = week(code, day - timedelta(days=day.weekday()), console.now)
        whole, parts = book.tallies.tally(span), book.tallies.parts(span)
    last = span.first + timedelta(days=6)
    console.say("commands.ledger.week", area=label(there), first=span.first, last=last)
    console.listed(_table(console, parts, whole))


def _table(console: Console, parts: Iterable[Part], whole: Tally) -> list[str]:
    say = console.texts.say
    heads = ["", *(say(f"commands.ledger.{column}") for column in COLUMNS)]
    rows = [[part.name, *_figures(console, part.tally)] for part in parts]
    rows.append([say("commands.ledger.whole"), *_figures(console, whole)])
    widths = [max(map(len, column)) for column in zip(heads, *rows, strict=True)]
    return [
        "  ".join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])]).rstrip()
        for row in (heads, *rows)
    ]


def _figures(console: Console, tally: Tally) -> list[str]:
    return [console.number(getattr(tally, column)) for column in COLUMNS]
