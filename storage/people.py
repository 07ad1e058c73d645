"""People, the posts there are, and who holds which since when; a phone is found by its blind index."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Join,
    Select,
    bindparam,
    case,
    func,
    insert,
    select,
    update,
)

from core.model.areas import Level
from core.model.people import Person, Post, Role
from core.model.zones import zone_of
from storage.keys import Keys
from storage.tables import AnyRow, area, holding, person, post

SEATS: dict[Role, int] = {Role.PTPS: 1, Role.PKD: 1, Role.PANWASCAM: 3}
"""How many hold one role in one area at a time; the boards above have no fixed number here."""


class NoSeat(Exception):
    """All seats of that role in that area are held by others."""


class People:
    def __init__(self, connection: Connection, keys: Keys) -> None:
        self.connection = connection
        self.keys = keys

    def get(self, person_id: int, *, with_phone: bool = False) -> Person | None:
        """The person with the posts held now; the phone is opened only where it is asked for."""
        found = self._read(self.connection.execute(_GET, {"wanted": person_id}).all(), with_phone)
        return next(found, None)

    def by_phone(self, phone: str) -> Person | None:
        """Who has this E.164 number."""
        wanted = {"index": self.keys.index("phone", phone)}
        return next(self._read(self.connection.execute(_BY_PHONE, wanted).all(), False), None)

    def every(self, role: Role | None = None, limit: int | None = None) -> Iterator[Person]:
        """Who holds a post now (of that role), by id."""
        numbers = self.connection.execute(_holders(role, limit)).scalars().all()
        for start in range(0, len(numbers), 500):
            rows = self.connection.execute(_SEVERAL, {"wanted": numbers[start : start + 500]}).all()
            yield from self._read(rows, False)

    def several(self, people: Collection[int], *, with_phone: bool = False) -> dict[int, Person]:
        """Those of them that there are, by id."""
        if not people:
            return {}
        rows = self.connection.execute(_SEVERAL, {"wanted": list(people)}).all()
        return {one.id: one for one in self._read(rows, with_phone)}

    def holders(self, role: Role, area_code: str) -> list[int]:
        """Who holds that role there now, by seat."""
        return list(self.connection.execute(_HOLDERS, {"of": role.value, "there": area_code}).scalars())

    def in_charge(self, roles: Iterable[Role], codes: Iterable[str]) -> list[int]:
        """Who holds one of these roles in one of these areas now."""
        whom = {"roles": [role.value for role in roles], "codes": list(codes)}
        return list(self.connection.execute(_IN_CHARGE, whom).scalars())

    def role_of(self, post_id: int) -> Role | None:
        """What whoever holds the post is to the body."""
        found = self.connection.execute(_ROLE_OF, {"one": post_id}).scalar()
        return Role(found) if found else None

    def save(self, name: str, phone: str | None, now: datetime, language: str = "") -> int:
        """Add the person, or correct the one with this phone; gives their id."""
        index = self.keys.index("phone", phone) if phone else None
        known = self.connection.execute(_ID_BY_PHONE, {"index": index}).scalar() if index else None
        if known is not None:
            self.connection.execute(_RENAME, {"whom": known, "called": name, "now": now})
            return int(known)
        row: dict[str, object] = {"name": name, "language": language, "created_at": now, "updated_at": now}
        sealed = self.keys.seal(phone, "person", "phone", index) if phone and index else None
        row |= {"phone_index": index, "phone_sealed": sealed}
        return int(self.connection.execute(_ADD, row).scalar_one())

    def speak(self, person_id: int, language: str, now: datetime) -> None:
        """The person chose a language."""
        self.connection.execute(_SPEAK, {"whom": person_id, "chosen": language, "now": now})

    def assign(self, person_id: int, role: Role, area_code: str, now: datetime) -> int:
        """Give the person that post; gives its id.

        A post with one seat changes hands; of several, one nobody holds is taken, or `NoSeat`.
        """
        seats = self.connection.execute(_SEATS, {"of": role.value, "there": area_code}).all()
        for seat in seats:
            if seat.person_id == person_id:
                return int(seat.id)
        post_id = self._free_seat(role, area_code, seats)
        if any(seat.id == post_id and seat.person_id is not None for seat in seats):
            self.vacate(post_id, now)
        self.connection.execute(_HOLD, {"post_id": post_id, "person_id": person_id, "since": now})
        return post_id

    def hold_only(self, posts: Mapping[int, int], now: datetime) -> None:
        """Each person has this post alone from now on."""
        if posts:
            rows = [{"whom": whom, "but": post_id, "now": now} for whom, post_id in posts.items()]
            self.connection.execute(_HOLD_ONLY, rows)

    def vacate(self, post_id: int, now: datetime) -> None:
        """Nobody holds the post from now on; who did stays written."""
        self.connection.execute(_VACATE, {"left": post_id, "now": now})

    def leave(self, person_id: int, role: Role, area_code: str, now: datetime) -> None:
        """The person no longer holds that role there."""
        for seat in self.connection.execute(_SEATS, {"of": role.value, "there": area_code}).all():
            if seat.person_id == person_id:
                self.vacate(seat.id, now)

    def counts(self) -> dict[Role, int]:
        """How many posts of each role are held now."""
        return {Role(row.role): row.many for row in self.connection.execute(_COUNTS)}

    def _free_seat(self, role: Role, area_code: str, there: Sequence[AnyRow]) -> int:
        for seat in there:
            if seat.person_id is None:
                return int(seat.id)
        limit = SEATS.get(role)
        if limit is None or len(there) < limit:
            row = {"role": role.value, "area": area_code, "seat": len(there) + 1, "zone": zone_of(area_code)}
            return int(self.connection.execute(_MAKE_POST, row).scalar_one())
        if limit == 1:
            return int(there[0].id)
        raise NoSeat(f"{role.value} {area_code}: {NoSeat.__doc__}")

    def _read(self, rows: Iterable[AnyRow], with_phone: bool) -> Iterator[Person]:
        for _, seats in groupby(rows, key=lambda row: int(row.id)):
            held = list(seats)
            first = held[0]
            posts = tuple(_post(seat) for seat in held if seat.post_id is not None)
            yield Person(
                first.id, first.name, first.language, posts, self._phone(first) if with_phone else ""
            )

    def _phone(self, row: AnyRow) -> str:
        if row.phone_sealed is None:
            return ""
        return self.keys.open(row.phone_sealed, "person", "phone", row.phone_index)


def _post(row: AnyRow) -> Post:
    """The names of the place stand in the row from the area up, as far as there is any above."""
    place = tuple(str(name) for name in row[-len(_LEVELS) :] if name is not None)
    return Post(row.post_id, Role(row.role), row.area, place, row.zone)


_LEVELS = [area.alias(f"area{n}") for n in range(5)]
"""A post's area and the four above it."""


def _label(level: FromClause) -> ColumnElement[str]:
    """As `storage.areas.label` says it."""
    with_kind = (level.c.level == Level.REGENCY.value) & (level.c.kind != "")
    return case((with_kind, level.c.kind + " " + level.c.name), else_=level.c.name)


_NAMED = [_label(level).label(f"name{n}") for n, level in enumerate(_LEVELS)]


def placed_posts(connection: Connection, numbers: Select[tuple[int]]) -> list[Post]:
    """These posts, by area, with the names of their places."""
    wanted = numbers.subquery()
    joined = _with_places(wanted.join(post, post.c.id == wanted.c.id))
    columns = (post.c.id.label("post_id"), post.c.role, post.c.area, post.c.zone, *_NAMED)
    query = select(*columns).select_from(joined).order_by(post.c.area, post.c.role, post.c.seat)
    return [_post(row) for row in connection.execute(query)]


def _whole() -> Select[tuple[object, ...]]:
    """A person's row once for every post held now, the names of the place in the last columns."""
    joined = person.outerjoin(holding, (holding.c.person_id == person.c.id) & holding.c.until.is_(None))
    joined = _with_places(joined.outerjoin(post, post.c.id == holding.c.post_id))
    columns = (person.c.id, person.c.name, person.c.language, person.c.phone_index, person.c.phone_sealed)
    held = (post.c.id.label("post_id"), post.c.role, post.c.area, post.c.zone)
    return select(*columns, *held, *_NAMED).select_from(joined).order_by(person.c.id, post.c.area, post.c.id)


def _with_places(joined: Join) -> Join:
    below = post.c.area
    for level in _LEVELS:
        joined = joined.outerjoin(level, level.c.code == below)
        below = level.c.parent
    return joined


def _holders(role: Role | None, limit: int | None) -> Select[tuple[int]]:
    query = select(holding.c.person_id).join(post).where(holding.c.until.is_(None)).distinct()
    if role is not None:
        query = query.where(post.c.role == role.value)
    return query.order_by(holding.c.person_id).limit(limit)


_GET = _whole().where(person.c.id == bindparam("wanted"))
_BY_PHONE = _whole().where(person.c.phone_index == bindparam("index"))
_SEVERAL = _whole().where(person.c.id.in_(bindparam("wanted", expanding=True)))
_ROLE_OF = select(post.c.role).where(post.c.id == bindparam("one"))
_ID_BY_PHONE = select(person.c.id).where(person.c.phone_index == bindparam("index"))
_ADD = insert(person).returning(person.c.id)
_RENAME = (
    update(person)
    .where(person.c.id == bindparam("whom"))
    .values(name=bindparam("called"), updated_at=bindparam("now"))
)
_SPEAK = (
    update(person)
    .where(person.c.id == bindparam("whom"))
    .values(language=bindparam("chosen"), updated_at=bindparam("now"))
)
_THERE = (post.c.role == bindparam("of"), post.c.area == bindparam("there"))
_SEATS = (
    select(post.c.id, holding.c.person_id)
    .join_from(post, holding, (holding.c.post_id == post.c.id) & holding.c.until.is_(None), isouter=True)
    .where(*_THERE)
    .order_by(post.c.seat)
    .with_for_update(of=post)
)
_HOLDERS = (
    select(holding.c.person_id)
    .join_from(post, holding)
    .where(*_THERE, holding.c.until.is_(None))
    .order_by(post.c.seat)
)
_IN_CHARGE = (
    select(holding.c.person_id)
    .join_from(post, holding)
    .where(
        post.c.role.in_(bindparam("roles", expanding=True)),
        post.c.area.in_(bindparam("codes", expanding=True)),
        holding.c.until.is_(None),
    )
    .distinct()
    .order_by(holding.c.person_id)
)
_MAKE_POST = insert(post).returning(post.c.id)
_HOLD = insert(holding)
_VACATE = (
    update(holding)
    .where(holding.c.post_id == bindparam("left"), holding.c.until.is_(None))
    .values(until=bindparam("now"))
)
_HOLD_ONLY = (
    update(holding)
    .where(
        holding.c.person_id == bindparam("whom"),
        holding.c.post_id != bindparam("but"),
        holding.c.until.is_(None),
    )
    .values(until=bindparam("now"))
)
_COUNTS = (
    select(post.c.role, func.count().label("many"))
    .join_from(post, holding)
    .where(holding.c.until.is_(None))
    .group_by(post.c.role)
)
