"""`lapordesk outbox`: the messages that were given up, and how they are let go."""

from lapordesk.commands.console import CommandFailed, Console, Given
from storage.held import Held


def held(*, console: Given) -> None:
    with console.store() as store, store.reading() as book:
        found = book.held.counts()
    if not found:
        console.say("held.none")
    console.listed(_line(console, one) for one in found)


def release(reason: str, *, console: Given) -> None:
    with console.store() as store, store.begin() as book:
        released = book.held.release(reason, console.now)
    _tell(console, "held.released", reason, released)


def drop(reason: str, *, console: Given) -> None:
    with console.store() as store, store.begin() as book:
        dropped = book.held.drop(reason)
    _tell(console, "held.dropped", reason, dropped)


def _tell(console: Console, key: str, reason: str, count: int) -> None:
    if not count:
        raise CommandFailed("held.no_such", reason=reason)
    console.say(key, reason=reason, count=console.number(count))


def _line(console: Console, one: Held) -> str:
    since = f"{one.since.astimezone(console.zone):%Y-%m-%d %H:%M}"
    line = console.texts.say(
        "held.row", reason=one.reason, channel=one.channel, count=console.number(one.count), since=since
    )
    erased = console.texts.say("held.erased", count=console.number(one.erased)) if one.erased else ""
    return line + erased
