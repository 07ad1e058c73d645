"""The same words to many: to whom, how far it is, and that it was stopped.

waiting   not sent yet                  withheld   until they write (WhatsApp)
sent      handed to the platform        failed     given up: for a person to look at
dropped   not sent any more: stopped
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlalchemy import Connection, Select, bindparam, func, insert, select, update

from core.elections.election import Election
from core.elections.humane import next_chance
from core.model.messages import Channel, Reply, Template
from core.model.people import Role
from storage.erasing import UNLESS_SECRET
from storage.keys import Keys
from storage.mailing import PATIENT, Letter, Mailing, is_unsaid
from storage.outbox import BROADCAST
from storage.scopes import inside
from storage.tables import IS_WITHHELD, AnyRow, broadcast, holding, outbox, post

PAGE = 1000
KNOCK = Template("news", announces=True)


@dataclass(frozen=True, slots=True)
class Broadcast:
    id: int
    by: str
    area: str
    """The code of the area; empty: the whole country."""
    roles: tuple[Role, ...]
    text: str
    people: int
    unreachable: int
    made_at: datetime
    stopped_at: datetime | None


@dataclass(frozen=True, slots=True)
class Progress:
    waiting: int = 0
    sent: int = 0
    withheld: int = 0
    failed: int = 0
    dropped: int = 0


@dataclass(frozen=True, slots=True)
class Audience:
    people: int
    unreachable: int
    """Of them: they never wrote here."""
    channels: Mapping[Channel, int] = field(default_factory=dict, compare=False)
    """By what the others would be written to."""


class Broadcasts:
    def __init__(self, connection: Connection, keys: Keys) -> None:
        self.connection = connection
        self.keys = keys
        self._mailing = Mailing(connection, keys)

    def audience(self, area: str, roles: Collection[Role]) -> Audience:
        """To how many it would go."""
        people, channels = 0, Counter[Channel]()
        for page in self._people(area, roles):
            people += len(page)
            ways = self._mailing.ways([person for person, _ in page])
            channels.update(way.channel for way in ways.values())
        return Audience(people, people - channels.total(), channels)

    def send(
        self,
        by: str,
        area: str,
        roles: Collection[Role],
        text: str,
        now: datetime,
        elections: Iterable[Election] = (),
        *,
        urgent: bool = False,
    ) -> Broadcast:
        """Put it into the outbox for everybody; at night it goes out in the morning, unless it is urgent."""
        number = self._note(by, area, roles, text, now)
        elections, people, reached = tuple(elections), 0, 0
        reply = Reply(text, template=KNOCK)
        for page in self._people(area, roles):
            ways = self._mailing.ways([person for person, _ in page])
            letters = [
                Letter(ways[person].address_id, reply, now if urgent else next_chance(elections, where, now))
                for person, where in page
                if person in ways
            ]
            self._mailing.put_all(
                letters, f"broadcast {number}", now, number, priority=BROADCAST if urgent else PATIENT
            )
            people, reached = people + len(page), reached + len(letters)
        counted = {"this": number, "many": people, "lost": people - reached}
        self.connection.execute(_COUNT, counted)
        sent = self.get(number)
        assert sent is not None
        return sent

    def get(self, number: int) -> Broadcast | None:
        row = self.connection.execute(_GET, {"this": number}).first()
        return self._read(row) if row else None

    def latest(self, area: str, limit: int = 20) -> list[Broadcast]:
        """Those to areas inside the area, the newest first."""
        query = select(broadcast).where(inside(broadcast.c.scope_area, area))
        rows = self.connection.execute(query.order_by(broadcast.c.id.desc()).limit(limit))
        return [self._read(row) for row in rows]

    def alike(self, area: str, roles: Collection[Role], text: str, since: datetime) -> list[Broadcast]:
        """The same words to the same people, sent since then, also those that were stopped."""
        query = select(broadcast).where(broadcast.c.scope_area == area, broadcast.c.made_at > since)
        found = map(self._read, self.connection.execute(query.order_by(broadcast.c.id)))
        return [one for one in found if set(one.roles) == set(roles) and one.text == text]

    def progress(self, number: int) -> Progress:
        counts = {
            row.state: (row.many, row.withheld or 0)
            for row in self.connection.execute(_PROGRESS, {"this": number})
        }
        parked, withheld = counts.get("parked", (0, 0))
        many = {state: count for state, (count, _) in counts.items()}
        return Progress(
            many.get("waiting", 0) + many.get("leased", 0),
            many.get("sent", 0),
            withheld,
            parked - withheld,
            many.get("dropped", 0),
        )

    def stop(self, number: int, by: str, now: datetime) -> int:
        """What has not gone out does not go out any more; gives to how many. Again, it changes nothing."""
        self.connection.execute(_STOP, {"this": number, "who": by, "now": now})
        return int(self.connection.execute(_DROP, {"this": number}).rowcount)

    def _note(self, by: str, area: str, roles: Collection[Role], text: str, now: datetime) -> int:
        sealed = self.keys.seal(text, "broadcast", "text", by, _stamp(now))
        row = {
            "by": by,
            "scope_area": area,
            "roles": " ".join(role.value for role in Role if role in roles),
            "text_sealed": sealed,
            "people": 0,
            "unreachable": 0,
            "made_at": now,
            "stopped_by": "",
        }
        return int(self.connection.execute(_MAKE, row).scalar_one())

    def _people(self, area: str, roles: Collection[Role]) -> Iterator[list[tuple[int, str]]]:
        """Who holds one of the roles in the area now, each once with one of their areas, some at a time."""
        after = 0
        while page := self.connection.execute(_holders(area, roles, after)).all():
            yield [(int(row.person_id), str(row.where)) for row in page]
            after = page[-1].person_id

    def _read(self, row: AnyRow) -> Broadcast:
        text = self.keys.open(row.text_sealed, "broadcast", "text", row.by, _stamp(row.made_at))
        roles = tuple(Role(name) for name in row.roles.split())
        return Broadcast(
            row.id,
            row.by,
            row.scope_area,
            roles,
            text,
            row.people,
            row.unreachable,
            row.made_at,
            row.stopped_at,
        )


def _stamp(made_at: datetime) -> str:
    """What the words are bound to: the row has no number yet when they are sealed."""
    return made_at.astimezone(UTC).isoformat()


def _holders(area: str, roles: Collection[Role], after: int) -> Select[tuple[int, str]]:
    return (
        select(holding.c.person_id, func.min(post.c.area).label("where"))
        .join_from(post, holding, holding.c.post_id == post.c.id)
        .where(
            post.c.role.in_(sorted(roles)),
            inside(post.c.area, area),
            holding.c.until.is_(None),
            holding.c.person_id > after,
        )
        .group_by(holding.c.person_id)
        .order_by(holding.c.person_id)
        .limit(PAGE)
    )


_THIS = broadcast.c.id == bindparam("this")
_MAKE = insert(broadcast).returning(broadcast.c.id)
_GET = select(broadcast).where(_THIS)
_COUNT = update(broadcast).where(_THIS).values(people=bindparam("many"), unreachable=bindparam("lost"))
_STOP = (
    update(broadcast)
    .where(_THIS, broadcast.c.stopped_at.is_(None))
    .values(stopped_at=bindparam("now"), stopped_by=bindparam("who"))
)
_OF_THIS = outbox.c.broadcast_id == bindparam("this")
_PROGRESS = (
    select(
        outbox.c.state,
        func.count().label("many"),
        func.count().filter(IS_WITHHELD).label("withheld"),
    )
    .where(_OF_THIS)
    .group_by(outbox.c.state)
)
_DROP = update(outbox).where(_OF_THIS, is_unsaid()).values(**UNLESS_SECRET, state="dropped", due_at=None)
