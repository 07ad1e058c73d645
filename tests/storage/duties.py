"""A small country of posts with an election, for the tests of the ledger."""

from collections.abc import Sequence
from datetime import UTC, datetime, time

from sqlalchemy import select

from core.elections.election import Duty, Election
from core.model.areas import Area, Level
from core.model.people import Role
from storage.book import Book
from storage.duties import publish_election
from storage.tables import AnyRow, expectation
from tests.core.elections.samples import duty, election
from tests.storage.kaltim import province
from tests.storage.samples import publish

SIDODADI, AIR_PUTIH, MELAYU = "64.72.03.1005", "64.72.03.1004", "64.02.06.1005"
PONTIANAK = "61.71.01.1001"
"""A village of West Kalimantan: an hour behind Samarinda."""
BEFORE = datetime(2024, 11, 20, tzinfo=UTC)
"""When the election is published: in the campaign."""


def wita(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    """A moment by the clocks of Samarinda."""
    return datetime.fromisoformat(f"2024-{month:02}-{day:02}T{hour:02}:{minute:02}:00+08:00").astimezone(UTC)


def settle(book: Book) -> None:
    """The areas, and the form that the duties ask for."""
    book.areas.save(province())
    west = ("61", "61.71", "61.71.01", PONTIANAK)
    book.areas.save(Area(code, f"Barat {code}", level) for code, level in zip(west, Level, strict=False))
    publish(book)


def hire(book: Book, number: int, village: str = SIDODADI, tps: int = 1, role: Role = Role.PTPS) -> int:
    """Somebody for a post; gives the post."""
    area = book.areas.add_tps(village, tps).code if role is Role.PTPS else village
    person = book.people.save(f"Pengawas {number} Contoh", f"+62800{number:07}", BEFORE)
    return book.people.assign(person, role, area, BEFORE)


def person_of(book: Book, post: int) -> int:
    return next(person.id for person in book.people.every() if post in {one.id for one in person.posts})


def enact(book: Book, *duties: Duty, now: datetime = BEFORE, **more: object) -> Election:
    """Put an election with these duties in force; gives it."""
    version = str(len(book.elections.versions()) + 1)
    made = election(*duties, version=version, **more)
    assert publish_election(book, written(made), made, now)
    return made


def written(made: Election) -> str:
    """As an operator would write it."""
    lines = [
        f'name = "{made.name}"',
        f'version = "{made.version}"',
        f'law = "{made.law}"',
        'title = { id = "Coba", en = "Trial" }',
        f"areas = {_listed(sorted(made.areas))}",
        f"voting_day = {made.voting_day}",
    ]
    for stage in made.stages:
        words = f'{{ id = "{stage.name}", en = "{stage.name}" }}'
        lines += ["[[stage]]", f'name = "{stage.name}"', f"label = {words}"]
        lines += [f"first = {stage.first}", f"last = {stage.last}"]
    for one in made.duties:
        lines += ["[[duty]]", f'name = "{one.name}"', f'form = "{one.form}"', f'stage = "{one.stage}"']
        lines += [f"roles = {_listed(sorted(one.roles))}", f'cadence = "{one.cadence}"']
        lines += [f"due = {_time(one.due)}", f"opens = {_time(one.opens)}"]
        lines += [f"grace_minutes = {one.grace_minutes}", f"after_hours = {one.after_hours}"]
        lines += [f"areas = {_listed(sorted(one.areas))}"] if one.areas else []
    return "\n".join(lines)


def _listed(words: Sequence[str]) -> str:
    return "[" + ", ".join(f'"{word}"' for word in words) + "]"


def _time(at: time) -> str:
    return at.isoformat()


def expected(book: Book) -> list[AnyRow]:
    """Every expectation, by period and post."""
    return list(
        book.connection.execute(select(expectation).order_by(expectation.c.period, expectation.c.post_id))
    )


def states(book: Book) -> list[str]:
    return [row.state for row in expected(book)]


DAILY = duty()
