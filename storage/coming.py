"""The campaign events of a stretch of time, and who has to be at each of them."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from sqlalchemy import select

from core.elections.election import Duty, Election
from core.elections.events import CampaignEvent
from core.elections.owed import Owed
from core.model.areas import within
from core.model.people import Role
from storage.book import Book
from storage.events import PARTS
from storage.reminding import forms_of
from storage.tables import holding, post


def coming(
    book: Book,
    elections: Iterable[Election],
    first: datetime,
    last: datetime,
    above: Collection[Role] = (),
) -> list[tuple[int, Owed, bool]]:
    """Whom each event that begins then is for, what they will owe of it, and do they owe it: those in `above`
    only have to know. By the time at which it begins."""
    events = [event for event in book.events.between(first, last) if not event.is_cancelled]
    wanted = [
        (event, duty, role, role in duty.roles)
        for event in events
        for duty in _duties(elections, event)
        for role in sorted({*duty.roles, *above})
    ]
    seats = _seats(book, {(role, _area(event, role)) for event, _, role, _ in wanted})
    people = book.people.several({person for held in seats.values() for person, _ in held})
    posts = {one.id: one for person in people.values() for one in person.posts}
    forms = forms_of(book, {duty.form for _, duty, _, _ in wanted})
    return [
        (
            person,
            Owed(
                0, posts[seat], duty.form, *forms[duty.form], event.starts_at, _due(event, duty), event=event
            ),
            owes,
        )
        for event, duty, role, owes in wanted
        for person, seat in seats.get((role, _area(event, role)), ())
    ]


def _duties(elections: Iterable[Election], event: CampaignEvent) -> list[Duty]:
    """What is owed of it; of two elections that ask for the same form, once."""
    found = [
        duty
        for election in elections
        for duty in election.duties
        if duty.cadence == "per-event"
        and election.stage(duty.stage).holds(event.day)
        and any(within(event.area, area) for area in election.areas_of(duty))
    ]
    return list({duty.form: duty for duty in found}.values())


def _due(event: CampaignEvent, duty: Duty) -> datetime:
    return event.ends_at + timedelta(hours=duty.after_hours)


def _area(event: CampaignEvent, role: Role) -> str:
    return ".".join(event.area.split(".")[: PARTS[role]])


def _seats(book: Book, wanted: Collection[tuple[Role, str]]) -> dict[tuple[Role, str], list[tuple[int, int]]]:
    """Who holds each of these posts now, with the post."""
    found: dict[tuple[Role, str], list[tuple[int, int]]] = {}
    if not wanted:
        return found
    query = select(post.c.role, post.c.area, post.c.id, holding.c.person_id).join_from(post, holding)
    rows = book.connection.execute(
        query.where(
            post.c.role.in_({role.value for role, _ in wanted}),
            post.c.area.in_({area for _, area in wanted}),
            holding.c.until.is_(None),
        ).order_by(post.c.id)
    )
    for row in rows:
        found.setdefault((Role(row.role), row.area), []).append((row.person_id, row.id))
    return found
