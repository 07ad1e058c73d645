"""A message's turn, in one transaction: recognised, answered, written down, or kept as a failure.

seen before? ─ yes ─▶ nothing happens
  └ no ─▶ person and session locked ─▶ respond ─▶ record ─▶ commit ─▶ wake delivery

Messages of different people that come at the same time share a transaction; when something stands in the
way of one, each goes alone.
"""

import asyncio
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from time import perf_counter

import structlog
from sqlalchemy.exc import IntegrityError, InterfaceError, OperationalError

from bot.forms import FormShelf
from bot.gathering import Gathering
from bot.knowing import Knowing
from bot.letters import Letters
from bot.weeks import Unprepared, prepare
from core.cases.tracking import DRAWN, make
from core.dialogue.coordinators.desk_known import WeekKnown
from core.dialogue.known import Fresh, House, Known, Step
from core.dialogue.respond import respond
from core.dialogue.session import to_json
from core.model.codes import one_time_code, spoken
from core.model.messages import Address, Channel, Incoming, Reply
from core.model.people import Person
from core.speech.texts import texts
from storage.addresses import Correspondent
from storage.book import Book
from storage.inbox import Arrival
from storage.record import AlreadyUsed, Origin, Outrun, record_all
from storage.store import Store

log = structlog.get_logger()

TRIES = 3
"""A number that exists already, a code used or a case changed by somebody faster: the turn is taken again."""


class SeenBefore(Exception):
    """These messages have come before: nothing is written, not even that their sender was here just now."""

    def __init__(self, turns: Sequence["Turn"]) -> None:
        super().__init__()
        self.turns = turns


@dataclass(frozen=True, slots=True, eq=False)
class Turn:
    """A message, its bytes, and what is new in its turn; `week` is what `Unprepared` asked for."""

    incoming: Incoming
    raw: bytes
    fresh: Fresh
    week: WeekKnown | None = None
    since: float = field(default_factory=perf_counter)
    """By this process's own clock."""


@dataclass(frozen=True, slots=True)
class Decided:
    """A turn on its way from the inbox to the outbox."""

    turn: Turn
    met: Correspondent
    inbox_id: int
    known: Known
    owner: str
    """Whose conversation it is: "person:12", or "address:55"."""
    step: Step

    @property
    def origin(self) -> Origin:
        known, address = self.known, self.turn.incoming.address
        person = known.person or (known.introduction.person if known.introduction else None)
        return Origin(
            self.met.id, person.id if person else None, address.channel, self.inbox_id, self.turn.fresh.now
        )


@dataclass(slots=True)
class Turns:
    """Whoever comes through a door is heard here."""

    store: Store
    shelf: FormShelf
    house: House
    clock: Callable[[], datetime]
    language: str = "id"
    demo: Callable[[Book], tuple[Person, ...]] = lambda _: ()
    """Whom a visitor may be; nobody outside the demo."""
    wake: Callable[[Incoming], None] = lambda _: None
    """Called after each commit: there is something to send, perhaps something to fetch."""
    letters: Callable[[int], str] = field(default_factory=Letters)
    """Draws the codes and numbers that a turn may need."""
    heard: Callable[[Channel, str, float], None] = lambda channel, outcome, lag: None
    """Told of each message: "new", "again" or "lost", and the seconds since it was sent."""
    spent: Callable[[str, float], None] = lambda stage, seconds: None
    """Told how long each stage took, in seconds."""
    _together: Gathering[Turn, bool] = field(init=False)

    def __post_init__(self) -> None:
        self._together = Gathering(self._take_together, lambda turn: turn.incoming.address)

    async def hear(self, incoming: Incoming, raw: bytes) -> None:
        """Take the message; when this returns it is kept. Raises only when nothing could be stored."""
        turn = Turn(_with_media_ids(incoming), raw, self.fresh())
        outcome = "lost"
        try:
            is_new = await self._taken(turn)
            outcome = "new" if is_new else "again"
        finally:
            lag = (self.clock() - incoming.sent_at).total_seconds()
            self.heard(incoming.address.channel, outcome, lag)
        if is_new:
            self.wake(turn.incoming)

    async def _taken(self, turn: Turn) -> bool:
        try:
            return await self._together.join(turn)
        except Exception:  # something is wrong with one of them; alone, each shows whether it was that one
            return await self._take_alone(turn)

    async def _take_together(self, turns: Sequence[Turn]) -> list[bool]:
        """Which of them are new? Those that came before are left out, and the others tried again."""
        new = list(turns)
        while new:
            try:
                await self._commit(new)
                break
            except SeenBefore as before:
                new = [turn for turn in new if turn not in before.turns]
        return [turn in new for turn in turns]

    async def _take_alone(self, turn: Turn) -> bool:
        """Is it new? What stands in the way of others is kept as a failure."""
        for attempt in range(1, TRIES + 1):
            try:
                await self._take(turn)
                break
            except SeenBefore:
                return False
            except (OperationalError, InterfaceError):
                raise  # the database is away: the platform sends the message again
            except (IntegrityError, AlreadyUsed, Outrun) as trouble:
                if attempt == TRIES:
                    await self._keep_failed(turn.incoming, turn.raw, trouble)
            except Exception as trouble:
                await self._keep_failed(turn.incoming, turn.raw, trouble)
                break
            turn = replace(turn, fresh=self.fresh())
        return True

    async def _take(self, turn: Turn) -> None:
        """In one transaction; a digest that it needs is counted before, while others write."""
        try:
            await self._commit([turn])
        except Unprepared as lacking:
            week = await asyncio.to_thread(prepare, self.store, lacking, turn.fresh.now)
            await self._commit([replace(turn, week=week)])

    async def _commit(self, turns: Sequence[Turn]) -> None:
        begun = perf_counter()
        for turn in turns:
            self.spent("waiting", begun - turn.since)
        await self.store.perform(lambda book: self.take(book, turns))
        self.spent("transaction", perf_counter() - begun)

    async def keep_failure(
        self, channel: Channel, account: str, message_id: str, raw: bytes, reason: str
    ) -> None:
        """Keep an authentic message that no door could read."""
        now = self.clock()
        incoming = Incoming(message_id, Address(channel, account, ""), now)
        await self.store.perform(lambda book: book.inbox.fail(incoming, now, raw, reason))

    def take(self, book: Book, turns: Sequence[Turn]) -> None:
        """Whole turns, each of somebody else, in the given transaction: read together, decided one by one,
        written together."""
        begun = perf_counter()
        decided = self._decide(book, turns)
        known = perf_counter()
        self._write(book, decided)
        self.spent("deciding", known - begun)
        self.spent("writing", perf_counter() - known)

    def _write(self, book: Book, decided: Sequence[Decided]) -> None:
        for one in decided:
            for attachment in one.turn.incoming.attachments:
                if attachment.ref:
                    book.media.expect(attachment, one.met.id, one.turn.fresh.now)
        record_all(book, ((one.step.effects, one.origin) for one in decided))
        for one in decided:
            if one.known.session.confirm and not one.step.session.confirm:
                # the code was read: where only a page fetches it, nobody else knows
                book.outbox.erase_seen(one.met.id)
        book.sessions.keep_all((one.owner, to_json(one.step.session), one.turn.fresh.now) for one in decided)

    def _decide(self, book: Book, turns: Sequence[Turn]) -> list[Decided]:
        met = book.addresses.meet_all((turn.incoming.address, turn.fresh.now) for turn in turns)
        arrivals = [
            Arrival(turn.incoming, turn.fresh.now, turn.raw, met[turn.incoming.address].id) for turn in turns
        ]
        kept = dict(zip(turns, book.inbox.receive_all(arrivals), strict=True))
        if before := [turn for turn, row in kept.items() if row is None]:
            raise SeenBefore(before)
        knowing = Knowing(book, self.shelf, self.house, self.language, self.demo)
        knowing.meet(met.values())
        return [
            self._respond(knowing, turn, met[turn.incoming.address], row)
            for turn, row in kept.items()
            if row is not None
        ]

    def _respond(self, knowing: Knowing, turn: Turn, met: Correspondent, inbox_id: int) -> Decided:
        known, owner, incoming = knowing.of(met, turn.incoming, turn.fresh.now, turn.week)
        return Decided(turn, met, inbox_id, known, owner, respond(incoming, known, turn.fresh))

    def fresh(self) -> Fresh:
        code = spoken(one_time_code(self.letters))
        return Fresh(
            now=self.clock(),
            key=self.letters(5),
            number=f"P-{self.letters(3)}-{self.letters(3)}",
            code=code,
            case=f"K-{self.letters(3)}-{self.letters(3)}",
            tracking=make(self.letters(DRAWN)),
            uuid=secrets.token_hex(16),
            chance=secrets.randbelow(2**53) / 2**53,
        )

    async def _keep_failed(self, incoming: Incoming, raw: bytes, trouble: Exception) -> None:
        """The turn raised: keep the message sealed, say so, and leave it to a person or a later try."""
        # The words of an exception may hold what somebody wrote: only its kind and place are logged.
        log.error(
            "turn.failed", message=incoming.id, channel=incoming.address.channel.value, **_where(trouble)
        )
        now = self.clock()

        def keep(book: Book) -> None:
            met = book.addresses.meet(incoming.address, now)
            failed = book.inbox.fail(incoming, now, raw, type(trouble).__name__)
            if failed is not None:
                sorry = Reply(texts(met.language or self.language).say("dialogue.turn_failed"))
                book.outbox.put(met.id, sorry, now, now, "", failed)

        await self.store.perform(keep)


def _with_media_ids(incoming: Incoming) -> Incoming:
    """Each attachment gets the id by which an answer will know it."""
    if not incoming.attachments:
        return incoming
    named = tuple(
        one if one.media else replace(one, media=secrets.token_hex(8)) for one in incoming.attachments
    )
    return replace(incoming, attachments=named)


def _where(trouble: Exception) -> dict[str, object]:
    trace = trouble.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f"{trace.tb_frame.f_code.co_filename.rpartition('/')[2]}:{trace.tb_lineno}" if trace else ""
    return {"error": type(trouble).__name__, "at": place}
