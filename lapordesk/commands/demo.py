"""`lapordesk demo`: a database with areas, forms and sample people, so that somebody can try it out."""

from datetime import datetime, timedelta
from random import Random

from core.elections.moving import around, renamed
from core.elections.reading import parse_election
from core.model.areas import Level
from core.model.people import Person, Role
from lapordesk.commands.areas import load_province
from lapordesk.commands.console import CommandFailed, Console, Given
from lapordesk.commands.demo_desk import furnish
from lapordesk.commands.forms import publish_file
from lapordesk.commands.procedures import publish_files
from lapordesk.commands.topics import FILE as TOPICS
from lapordesk.commands.topics import publish_text as publish_topics
from lapordesk.procedure_files import bundled_procedures
from lapordesk.sample import SAMPLE, RealPeople, load_sample, neighbours, sample_people
from lapordesk.sample_weeks import WEEKS, SampleWeeks
from lapordesk.workbooks import BUNDLED, bundled
from storage.duties import publish_election
from storage.store import Store

SAMPLE_PROVINCE = "64"
SAMPLE_LAW = "pilkada"
SAMPLE_ELECTION = BUNDLED / "elections" / "pilkada-2024.toml"
ELECTION = "demo"
DAYS_BEFORE = 14
REPORTS = "demo.reports"
"""How many invented reports there are."""


def demo(*, console: Given) -> None:
    """Make everything ready, from nothing or from what is there."""
    if console.prepare():
        console.say("commands.migrated")
    with console.store() as store:
        _areas(console, store)
        for file in bundled():
            publish_file(console, store, file)
        _procedures(console, store)
        people = _people(console, store)
        _election(console, store)
        _topics(console, store)
        console.listed(_accounts(console, people))
        furnish(console, store, people)
        _weeks(console, store, people)
    console.say("commands.demo.ready", address=console.chat_address)


def _areas(console: Console, store: Store) -> None:
    """The sample people live in one province; loading it takes a moment, so only when it is missing."""
    with store.reading() as book:
        are_there = bool(book.areas.under(SAMPLE_PROVINCE, Level.VILLAGE))
    if not are_there:
        load_province(console, store, SAMPLE_PROVINCE)


def _procedures(console: Console, store: Store) -> None:
    """Only where there are none: somebody may be trying out their own."""
    with store.reading() as book:
        are_there = bool(book.procedures.versions())
    if not are_there:
        publish_files(console, store, bundled_procedures(SAMPLE_LAW))


def _election(console: Console, store: Store) -> None:
    """The bundled election moved to the present: the campaign is on, voting is two to three weeks ahead."""
    today = console.now.astimezone(console.zone).date()
    with store.reading() as book:
        known = book.elections.versions(ELECTION)
    if not known or known[-1].election.voting_day < today:
        moved = around(SAMPLE_ELECTION.read_text(encoding="utf-8"), today, DAYS_BEFORE)
        source = renamed(moved, ELECTION, today.isoformat())
        with store.begin() as book:
            publish_election(book, source, parse_election(source), _began(console))
        console.say("commands.elections.published", name=ELECTION, version=today.isoformat())


def _topics(console: Console, store: Store) -> None:
    """Only where there are none: somebody may be trying out their own."""
    with store.reading() as book:
        are_there = bool(book.topics.versions())
    if not are_there:
        publish_topics(console, store, TOPICS.read_text(encoding="utf-8"), TOPICS.name)


def _people(console: Console, store: Store) -> tuple[Person, ...]:
    try:
        with store.begin() as book:
            load_sample(book, _began(console), neighbours(book))
            return sample_people(book)
    except RealPeople:
        raise CommandFailed("commands.demo.real_people") from None


def _weeks(console: Console, store: Store, people: tuple[Person, ...]) -> None:
    """The reports of the last weeks, the first time."""
    with store.begin() as book:
        if not book.marks.get(REPORTS):
            filed = SampleWeeks(book, people, Random(ELECTION)).file(console.now)  # noqa: S311 - a game of dice
            book.marks.put(REPORTS, str(filed))
        console.say("commands.demo.reports", count=book.marks.get(REPORTS), weeks=WEEKS)


def _began(console: Console) -> datetime:
    """As if the demo had been running for some weeks."""
    return console.now - timedelta(weeks=WEEKS, days=1)


def _accounts(console: Console, people: tuple[Person, ...]) -> list[str]:
    """One sample person of each role, the polling stations first; the web chat offers all of them."""
    say = console.texts.say
    shown: dict[Role, str] = {}
    for person, sample in zip(people, SAMPLE, strict=False):  # the neighbours come after them
        place = ", ".join(person.posts[0].place[:2])
        line = say(
            "commands.demo.person",
            role=sample.role.upper(),
            name=person.name,
            place=place,
            phone=sample.phone,
        )
        shown.setdefault(sample.role, line)
    return [say("commands.demo.people", count=len(people)), *shown.values()]
