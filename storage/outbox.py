"""What we still have to say, and what was said: written with the turn, leased and sent after it.

    waiting ──claim──▶ leased ──▶ sent
       ▲                 │ ├────▶ parked   (for a person to look at; or until they write, see `window`)
       └──────again──────┘ └────▶ waiting  (the lease ran out: the sender died)
    waiting ──a later one of its topic──▶ dropped

The words of a secret one are erased when it is sent, parked or dropped: the row stays, empty.

An address has one queue a priority; only the head of a queue can be claimed, so replies never overtake
one another, and a broadcast that waits for its hour never holds up an answer.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import (
    Connection,
    Executable,
    bindparam,
    case,
    func,
    insert,
    or_,
    select,
    update,
)

from core.model.messages import Address, Channel, Receipt, Reply
from storage import erasing, receipts
from storage.addresses import ADDRESS, open_address
from storage.claiming import ACCOUNT, claim_of, claim_of_all, claim_of_strangers, written
from storage.erasing import UNLESS_SECRET
from storage.keys import Keys, SealBroken
from storage.spoken import CONVERSATION, LATEST, Spoken
from storage.tables import IS_WITHHELD, AnyRow, address, outbox, person
from storage.window import drop_withheld
from storage.written import read_reply, write_reply

REPLY = 0
BROADCAST = 5


@dataclass(frozen=True, slots=True)
class Errand:
    """One reply to deliver, leased to whoever claimed it. `attempts` counts this one."""

    id: int
    address: Address
    reply: Reply
    parts_done: int
    attempts: int
    inbox_id: int | None
    address_id: int
    priority: int
    created_at: datetime
    last_in_at: datetime | None
    """When they last wrote: WhatsApp lets us write freely for a day after that."""
    language: str
    """Theirs; empty when they never chose one."""
    reason: str
    """Why the try before failed; empty at the first."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A reply to a message, said there from `due` on."""

    address_id: int
    inbox_id: int | None
    reply: Reply
    now: datetime
    due: datetime


class Outbox:
    def __init__(self, connection: Connection, keys: Keys) -> None:
        self.connection = connection
        self.keys = keys

    def put(
        self,
        address_id: int,
        reply: Reply,
        now: datetime,
        due: datetime | None = None,
        topic: str = "",
        inbox_id: int | None = None,
        priority: int = REPLY,
        *,
        secret: bool = False,
    ) -> int:
        """Say this there, from `due` on. It takes the place of what waits unsent under the same topic. Words
        that are secret are erased once they are sent."""
        if topic:
            self.drop(address_id, topic)
        row = self._row(Answer(address_id, inbox_id, reply, now, due or now))
        row |= {"topic": topic, "priority": priority, "secret": secret}
        return int(self.connection.execute(_PUT_ONE, row).scalar_one())

    def answer_all(self, answers: Iterable[Answer]) -> None:
        """Say all of these: one trip to the database."""
        if rows := [self._row(answer) for answer in answers]:
            self.connection.execute(_PUT, rows)

    def drop(self, address_id: int, topic: str) -> None:
        """What was not tried yet under that topic, or waits for them to write, need not be said any more."""
        self.connection.execute(_DROP, {"to": address_id, "about": topic})
        drop_withheld(self.connection, address_id, topic)

    def claim(
        self,
        now: datetime,
        lease_seconds: float,
        limit: int,
        holder: str,
        accounts: Sequence[tuple[Channel, str]] | None = None,
        share: tuple[int, int] = (0, 1),
    ) -> list[Errand]:
        """Lease the heads that are due, answers before broadcasts; a lease that ran out is due again.

        Of each of these accounts so many, None: of all together; `share` (1, 3): of every three chats only
        the second, the others are for other processes.
        """
        lease, shared = _lease(now, lease_seconds, limit, holder, share)
        if accounts is None:
            return self._leased(claim_of_all(shared=shared), lease)
        if not accounts:
            return []
        named = {f"account{n}": written(account) for n, account in enumerate(accounts)}
        return self._leased(claim_of(len(accounts), shared=shared), lease | named)

    def claim_strangers(
        self,
        now: datetime,
        lease_seconds: float,
        limit: int,
        holder: str,
        known: Sequence[tuple[Channel, str]],
        share: tuple[int, int] = (0, 1),
    ) -> list[Errand]:
        """The same for accounts that are none of those: looks through all that is due."""
        lease, shared = _lease(now, lease_seconds, limit, holder, share)
        return self._leased(
            claim_of_strangers(shared=shared), lease | {"known": [written(account) for account in known]}
        )

    def _leased(self, claim: Executable, wanted: Mapping[str, object]) -> list[Errand]:
        claimed = self.connection.execute(claim, wanted).scalars().all()
        return self._errands(claimed) if claimed else []

    def recall(self, holder: str, but: Sequence[int], now: datetime) -> None:
        """What that holder leased and does not know of is free again: it was no try."""
        self.connection.execute(_RECALL, {"who": holder, "known": list(but), "now": now})

    def next_due(self) -> datetime | None:
        """When the next row may be taken, for the one who waits for work."""
        return self.connection.execute(_NEXT_DUE).scalar()

    def progress(self, outbox_id: int, parts_done: int) -> None:
        """So many of its parts are through: another try begins after them."""
        self.connection.execute(_PROGRESS, {"row": outbox_id, "parts": parts_done})

    def go_on(
        self, outbox_id: int, parts_done: int, provider_id: str, now: datetime, until: datetime
    ) -> None:
        """The same, and the lease lasts longer; `provider_id` is the last of those parts."""
        self.progress(outbox_id, parts_done)
        self.connection.execute(_GO_ON, {"row": outbox_id, "until": until})
        if provider_id:
            receipts.keep_part(self.connection, outbox_id, parts_done - 1, provider_id, now)

    def sent(self, outbox_id: int, provider_id: str, parts_done: int, now: datetime) -> None:
        self.all_sent([(outbox_id, provider_id, parts_done)], now)

    def all_sent(self, sent: Sequence[tuple[int, str, int]], now: datetime) -> None:
        """Rows, the platform's id and the parts done of each: one trip to the database for all."""
        done = [
            {"row": row, "provider": provider, "parts": parts, "now": now} for row, provider, parts in sent
        ]
        if done:
            self.connection.execute(_SENT, done)

    def again(self, outbox_id: int, due: datetime, reason: str) -> None:
        """Try once more, not before `due`; what comes after it in its queue waits with it."""
        self.connection.execute(_AGAIN, {"row": outbox_id, "due": due, "why": reason})

    def release(self, outbox_id: int, due: datetime) -> None:
        """Give a lease back unused: it was no try."""
        self.connection.execute(_RELEASE, {"row": outbox_id, "due": due})

    def park(self, outbox_id: int, reason: str) -> None:
        """Give it up and let a person look; what comes after it goes on."""
        self.connection.execute(_PARK, {"row": outbox_id, "why": reason})

    def erase(self, address_id: int) -> None:
        """The words of what was said there are erased; of what is not sent yet, once it is."""
        erasing.erase(self.connection, address_id)

    def erase_seen(self, address_id: int) -> None:
        """What was secret there has been read: its words are erased."""
        erasing.erase_seen(self.connection, address_id)

    def erase_secrets(self, before: datetime) -> int:
        """Secret words that were put before then and not fetched are erased; gives how many rows."""
        return erasing.erase_secrets(self.connection, before)

    def receipt(self, receipt: Receipt) -> bool:
        """Keep what the platform told; False when nothing changed."""
        return receipts.note(self.connection, receipt)

    def errand(self, outbox_id: int) -> Errand | None:
        """One message as it would be sent; None when it cannot be read any more."""
        return next(iter(self._errands([outbox_id])), None)

    def conversation(self, address_id: int, after: int = 0, limit: int = 200) -> list[Spoken]:
        """Our messages there with a higher id, in order; for the web chat, which fetches them itself.
        Those whose words were erased are left out."""
        rows = self.connection.execute(CONVERSATION, {"to": address_id, "after": after, "most": limit})
        return [self._spoken(address_id, row) for row in rows]

    def latest(self, address_id: int, limit: int) -> list[Spoken]:
        """Our last messages there, in order, the dropped ones too: they name what they answer."""
        rows = self.connection.execute(LATEST, {"to": address_id, "most": limit}).all()
        return [self._spoken(address_id, row) for row in reversed(rows)]

    def oldest_waiting(self, now: datetime) -> datetime | None:
        """Since when the oldest message that may go out has been waiting: the gauge of delivery.

        One that is held for its hour does not wait; one that failed and is to be tried again does.
        """
        return self.connection.execute(_OLDEST, {"now": now}).scalar()

    def count_waiting(self) -> int:
        return self.connection.execute(_COUNT_WAITING).scalar_one()

    def count_parked(self) -> int:
        """Those that a person has to look at."""
        return self.connection.execute(_COUNT_PARKED).scalar_one()

    def parked(self) -> Iterator[tuple[int, str]]:
        """The parked rows and why, for the desk."""
        for row in self.connection.execute(_PARKED):
            yield row.id, row.reason

    def _errands(self, claimed: Sequence[object]) -> list[Errand]:
        """What was claimed; a row that does not open is parked, or it would stop all others for ever."""
        errands = []
        for row in self.connection.execute(_ERRANDS, {"claimed": claimed}).all():
            try:
                errands.append(self._errand(row))
            except (SealBroken, ValueError, LookupError, TypeError):
                self.park(row.id, "unreadable")
        return errands

    def _errand(self, row: AnyRow) -> Errand:
        return Errand(
            row.id,
            open_address(self.keys, row),
            self._reply(row.address_id, row.reply_sealed),
            row.parts_done,
            row.attempts,
            row.inbox_id,
            row.address_id,
            row.priority,
            row.created_at,
            row.last_in_at,
            row.language or row.first_language,
            row.reason,
        )

    def _row(self, answer: Answer) -> dict[str, object]:
        words = self.keys.seal(write_reply(answer.reply), "outbox", "reply", answer.address_id)
        return _FRESH | {
            "address_id": answer.address_id,
            "of_address": answer.address_id,
            "inbox_id": answer.inbox_id,
            "reply_sealed": words,
            "due_at": answer.due,
            "created_at": answer.now,
        }

    def _spoken(self, address_id: int, row: AnyRow) -> Spoken:
        reply = self._reply(address_id, row.reply_sealed)
        return Spoken(row.id, reply, row.state, row.created_at, row.held_until, row.inbox_id)

    def _reply(self, address_id: int, sealed: bytes) -> Reply:
        return read_reply(self.keys.open(sealed, "outbox", "reply", address_id))


def _lease(
    now: datetime, seconds: float, limit: int, holder: str, share: tuple[int, int]
) -> tuple[dict[str, object], bool]:
    """What every claim is given, and whether others take their share."""
    place, of = share
    lease = {"now": now, "until": now + timedelta(seconds=seconds), "most": limit, "who": holder}
    return lease | ({"place": place, "of": of} if of > 1 else {}), of > 1


_FRESH = {
    "topic": "",
    "priority": REPLY,
    "state": "waiting",
    "holder": "",
    "attempts": 0,
    "parts_done": 0,
    "receipt": "",
    "reason": "",
    "secret": False,
}
_THIS = outbox.c.id == bindparam("row")
_OPEN = outbox.c.due_at.is_not(None)
"""Spelled like the partial indexes, so that both engines use them."""

_PUT = insert(outbox).values(account=ACCOUNT)
_PUT_ONE = _PUT.returning(outbox.c.id)
_DROP = (
    update(outbox)
    .where(
        outbox.c.address_id == bindparam("to"),
        outbox.c.topic == bindparam("about"),
        outbox.c.state == "waiting",
        outbox.c.attempts == 0,
        _OPEN,
    )
    .values(**UNLESS_SECRET, state="dropped", due_at=None)
)

_ERRANDS = (
    select(
        outbox.c.id,
        outbox.c.address_id,
        outbox.c.inbox_id,
        outbox.c.reply_sealed,
        outbox.c.parts_done,
        outbox.c.attempts,
        outbox.c.priority,
        outbox.c.created_at,
        outbox.c.reason,
        address.c.last_in_at,
        address.c.language.label("first_language"),
        person.c.language,
        *ADDRESS,
    )
    .join_from(outbox, address)
    .outerjoin(person, person.c.id == address.c.person_id)
    .where(outbox.c.id.in_(bindparam("claimed", expanding=True)))
    .order_by(outbox.c.priority, outbox.c.id)
)

_PROGRESS = update(outbox).where(_THIS).values(parts_done=bindparam("parts"))
_GO_ON = update(outbox).where(_THIS, outbox.c.state == "leased").values(due_at=bindparam("until"))
_SENT = (
    update(outbox)
    .where(_THIS)
    .values(
        **UNLESS_SECRET,
        state="sent",
        due_at=None,
        sent_at=bindparam("now"),
        provider_id=bindparam("provider"),
        parts_done=bindparam("parts"),
    )
)
_AGAIN = (
    update(outbox)
    .where(_THIS, outbox.c.state == "leased")
    .values(state="waiting", due_at=bindparam("due"), reason=bindparam("why"))
)
_RELEASE = (
    update(outbox)
    .where(_THIS, outbox.c.state == "leased")
    .values(state="waiting", due_at=bindparam("due"), attempts=outbox.c.attempts - 1)
)
_RECALL = (
    update(outbox)
    .where(
        _OPEN,
        outbox.c.state == "leased",
        outbox.c.holder == bindparam("who"),
        outbox.c.id.not_in(bindparam("known", expanding=True)),
    )
    .values(state="waiting", due_at=bindparam("now"), attempts=outbox.c.attempts - 1)
)
_PARK = (
    update(outbox)
    .where(_THIS, _OPEN)
    .values(**UNLESS_SECRET, state="parked", due_at=None, reason=bindparam("why"))
)
_NEXT_DUE = select(func.min(outbox.c.due_at)).where(_OPEN)
_UNTRIED = outbox.c.attempts == 0
_OLDEST = select(func.min(case((_UNTRIED, outbox.c.due_at), else_=outbox.c.created_at))).where(
    _OPEN, or_(~_UNTRIED, outbox.c.due_at <= bindparam("now"))
)
_COUNT_WAITING = select(func.count()).select_from(outbox).where(_OPEN)
_COUNT_PARKED = select(func.count()).select_from(outbox).where(outbox.c.state == "parked", ~IS_WITHHELD)
_PARKED = select(outbox.c.id, outbox.c.reason).where(outbox.c.state == "parked").order_by(outbox.c.id)
