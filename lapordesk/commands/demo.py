"""`lapordesk demo`: a database with areas, forms and sample people, so that somebody can try it out."""

from core.model.areas import Level
from core.model.people import Person, Role
from lapordesk.commands.areas import load_province
from lapordesk.commands.console import CommandFailed, Console, Given
from lapordesk.commands.forms import publish_file
from lapordesk.commands.procedures import publish_files
from lapordesk.procedure_files import bundled_procedures
from lapordesk.sample import SAMPLE, RealPeople, load_sample, sample_people
from lapordesk.workbooks import bundled
from storage.store import Store

SAMPLE_PROVINCE = "64"
SAMPLE_LAW = "pilkada"


def demo(*, console: Given) -> None:
    """Make everything ready, from nothing or from what is there."""
    if console.prepare():
        console.say("commands.migrated")
    with console.store() as store:
        _areas(console, store)
        for file in bundled():
            publish_file(console, store, file)
        _procedures(console, store)
        console.listed(_accounts(console, _people(console, store)))
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


def _people(console: Console, store: Store) -> tuple[Person, ...]:
    try:
        with store.begin() as book:
            load_sample(book, console.now)
            return sample_people(book)
    except RealPeople:
        raise CommandFailed("commands.demo.real_people") from None


def _accounts(console: Console, people: tuple[Person, ...]) -> list[str]:
    """One sample person of each role, the polling stations first; the web chat offers all of them."""
    say = console.texts.say
    shown: dict[Role, str] = {}
    for person, sample in zip(people, SAMPLE, strict=True):
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
