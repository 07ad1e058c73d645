"""Who holds which post in an area, and on which channel they can be reached: as the desk lists them.

Wanted("64.72", text="siti", limit=25)            the first page
Wanted("64.72", …, after=("64.72.03.1005.012", "ptps", 1))      what follows that seat
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    bindparam,
    exists,
    func,
    insert,
    select,
    tuple_,
    update,
)

from core.model.messages import Channel
from core.model.people import Post, Role
from storage.people import placed_posts
from storage.scopes import inside
from storage.tables import AnyRow, address, holding, person, post

Place = tuple[str, str, int]
"""Area, role and number: what a seat is listed by."""


@dataclass(frozen=True, slots=True)
class Seat:
    post: Post
    number: int
    """Of the seats of this role there."""
    person: int | None
    name: str
    """Who holds it; empty while it is vacant."""
    since: datetime | None
    channels: tuple[Channel, ...]
    """From where they have written."""

    @property
    def place(self) -> Place:
        return self.post.area, self.post.role.value, self.number


@dataclass(frozen=True, slots=True)
class Held:
    """One who holds the post or held it."""

    person: int
    name: str
    since: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which seats: all inside the area, narrowed by what is given."""

    area: str
    role: Role | None = None
    vacant: bool = False
    silent: bool = False
    """Only those whose holder has never written."""
    text: str = ""
    """Words of the holder's name."""
    after: Place | None = None
    limit: int = 25


class Seats:
    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def find(self, wanted: Wanted) -> list[Seat]:
        """By their area, then role and number."""
        return self._seats(_narrowed(wanted).limit(wanted.limit))

    def get(self, post_id: int) -> Seat | None:
        return next(iter(self._seats(_LISTED.where(post.c.id == post_id))), None)

    def of_person(self, person_id: int) -> list[Seat]:
        """What they hold now."""
        return self._seats(_LISTED.where(holding.c.person_id == person_id))

    def holders(self, post_id: int, limit: int = 20) -> list[Held]:
        """Who holds it and who held it, the last first."""
        rows = self.connection.execute(_HOLDERS, {"wanted": post_id, "most": limit})
        return [Held(row.person_id, row.name, row.since, row.until) for row in rows]

    def held_now(self, posts: Collection[int]) -> dict[int, int]:
        """Who holds each of these posts; a vacant one is not among them."""
        rows = self.connection.execute(_HELD_NOW, {"posts": list(posts)}) if posts else ()
        return {row.post_id: row.person_id for row in rows}

    def held_elsewhere(self, phones: Collection[str], area: str) -> set[str]:
        """Those of these phones (by their index) whose owner holds a post outside the area."""
        wanted = {"phones": list(phones)}
        rows = self.connection.execute(_ELSEWHERE.where(~inside(post.c.area, area)), wanted)
        return set(rows.scalars())

    def hand_over(self, post_id: int, person_id: int, now: datetime) -> None:
        """It is theirs from now on, and nothing else is; who held it stays written."""
        self.connection.execute(_LOCK, {"wanted": post_id})
        self.connection.execute(_END, {"wanted": post_id, "whom": person_id, "now": now})
        self.connection.execute(_HOLD, {"post_id": post_id, "person_id": person_id, "since": now})

    def _seats(self, query: Select[tuple[object, ...]]) -> list[Seat]:
        rows = self.connection.execute(query).all()
        numbers = [row.post_id for row in rows]
        posts = self._posts(numbers)
        channels = self._channels([row.person_id for row in rows if row.person_id is not None])
        return [_seat(row, posts[row.post_id], channels) for row in rows]

    def _posts(self, numbers: Sequence[int]) -> Mapping[int, Post]:
        if not numbers:
            return {}
        found = placed_posts(self.connection, select(post.c.id).where(post.c.id.in_(numbers)))
        return {one.id: one for one in found}

    def _channels(self, people: Sequence[int]) -> Mapping[int, tuple[Channel, ...]]:
        found: dict[int, tuple[Channel, ...]] = {}
        rows = self.connection.execute(_CHANNELS, {"people": people}) if people else ()
        for row in rows:
            found[row.person_id] = (*found.get(row.person_id, ()), Channel(row.channel))
        return found


def _seat(row: AnyRow, post: Post, channels: Mapping[int, tuple[Channel, ...]]) -> Seat:
    known = channels.get(row.person_id, ())
    return Seat(post, row.seat, row.person_id, row.name or "", row.since, known)


def _narrowed(wanted: Wanted) -> Select[tuple[object, ...]]:
    query = _LISTED.where(inside(post.c.area, wanted.area), *_called(wanted.text))
    if wanted.role is not None:
        query = query.where(post.c.role == wanted.role.value)
    if wanted.vacant:
        query = query.where(holding.c.id.is_(None))
    if wanted.silent:
        query = query.where(holding.c.id.is_not(None), ~_WROTE)
    if wanted.after is not None:
        query = query.where(tuple_(post.c.area, post.c.role, post.c.seat) > tuple_(*wanted.after))
    return query


def _called(text: str) -> list[ColumnElement[bool]]:
    """Each word stands somewhere in the name."""
    words = text.casefold().split()
    return [func.lower(person.c.name).contains(word, autoescape=True) for word in words]


_NOW = (holding.c.post_id == post.c.id) & holding.c.until.is_(None)
_LISTED = (
    select(
        post.c.id.label("post_id"),
        post.c.seat,
        holding.c.person_id,
        holding.c.since,
        person.c.name,
    )
    .select_from(post)
    .join(holding, _NOW, isouter=True)
    .join(person, person.c.id == holding.c.person_id, isouter=True)
    .order_by(post.c.area, post.c.role, post.c.seat)
)
_WROTE = exists().where(address.c.person_id == holding.c.person_id)
_CHANNELS = (
    select(address.c.person_id, address.c.channel)
    .where(address.c.person_id.in_(bindparam("people", expanding=True)))
    .distinct()
    .order_by(address.c.person_id, address.c.channel)
)
_HOLDERS = (
    select(holding.c.person_id, person.c.name, holding.c.since, holding.c.until)
    .join_from(holding, person)
    .where(holding.c.post_id == bindparam("wanted"))
    .order_by(holding.c.since.desc(), holding.c.id.desc())
    .limit(bindparam("most"))
)
_HELD_NOW = select(holding.c.post_id, holding.c.person_id).where(
    holding.c.post_id.in_(bindparam("posts", expanding=True)), holding.c.until.is_(None)
)
_ELSEWHERE = (
    select(person.c.phone_index)
    .select_from(person)
    .join(holding, (holding.c.person_id == person.c.id) & holding.c.until.is_(None))
    .join(post, post.c.id == holding.c.post_id)
    .where(person.c.phone_index.in_(bindparam("phones", expanding=True)))
)
_LOCK = select(post.c.id).where(post.c.id == bindparam("wanted")).with_for_update()
_END = (
    update(holding)
    .where(
        (holding.c.post_id == bindparam("wanted")) | (holding.c.person_id == bindparam("whom")),
        holding.c.until.is_(None),
    )
    .values(until=bindparam("now"))
)
_HOLD = insert(holding)
