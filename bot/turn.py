"""One message, one transaction: recognised, answered, written down, or kept as a failure.

seen before? ─ yes ─▶ nothing happens
  └ no ─▶ person and session locked ─▶ respond ─▶ record ─▶ commit ─▶ wake delivery
"""

import asyncio
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

import structlog
from sqlalchemy.exc import IntegrityError, InterfaceError, OperationalError

from bot.cases import Looking
from bot.forms import FormShelf
from bot.owing import Duties
from bot.recognition import recognise
from bot.weeks import Unprepared, about_week, prepare
from core.cases.tracking import DRAWN, make
from core.dialogue.coordinators.desk_known import WeekKnown
from core.dialogue.known import REPORTS_SHOWN, Fresh, House, Known, Wanted, wanted
from core.dialogue.respond import respond
from core.dialogue.session import Session, from_json, to_json
from core.dialogue.typed import as_choice
from core.model.codes import CROCKFORD, one_time_code, spoken
from core.model.messages import Address, Channel, Incoming, Reply
from core.model.people import Person
from core.model.records import Report
from core.speech.texts import texts
from storage.addresses import Correspondent
from storage.book import Book
from storage.record import AlreadyUsed, Origin, Outrun, record
from storage.store import Store

log = structlog.get_logger()

TRIES = 3
"""A number that exists already, a code used or a case changed by somebody faster: the turn is taken again."""


class SeenBefore(Exception):
    """The message has come before: nothing is written, not even that its sender was here just now."""


def crockford(count: int) -> str:
    """So many letters and digits that cannot be mistaken for one another, 5 bits each."""
    return "".join(CROCKFORD[byte & 31] for byte in secrets.token_bytes(count))


@dataclass(frozen=True, slots=True)
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
    letters: Callable[[int], str] = crockford
    """Draws the codes and numbers that a turn may need."""

    async def hear(self, incoming: Incoming, raw: bytes) -> None:
        """Take the message; when this returns it is kept. Raises only when nothing could be stored."""
        incoming = _with_media_ids(incoming)
        for attempt in range(1, TRIES + 1):
            try:
                await self._take(incoming, raw, self._fresh())
                break
            except SeenBefore:
                return
            except (OperationalError, InterfaceError):
                raise  # the database is away: the platform sends the message again
            except (IntegrityError, AlreadyUsed, Outrun) as trouble:
                if attempt == TRIES:
                    await self._keep_failed(incoming, raw, trouble)
            except Exception as trouble:
                await self._keep_failed(incoming, raw, trouble)
                break
        self.wake(incoming)

    async def _take(self, incoming: Incoming, raw: bytes, fresh: Fresh) -> None:
        """In one transaction; a digest that it needs is counted before, while others write."""
        try:
            await self.store.perform(lambda book: self.turn(book, incoming, raw, fresh))
        except Unprepared as lacking:
            week = await asyncio.to_thread(prepare, self.store, lacking, fresh.now)
            await self.store.perform(lambda book: self.turn(book, incoming, raw, fresh, week))

    async def keep_failure(
        self, channel: Channel, account: str, message_id: str, raw: bytes, reason: str
    ) -> None:
        """Keep an authentic message that no door could read."""
        now = self.clock()
        incoming = Incoming(message_id, Address(channel, account, ""), now)
        await self.store.perform(lambda book: book.inbox.fail(incoming, now, raw, reason))

    def turn(
        self, book: Book, incoming: Incoming, raw: bytes, fresh: Fresh, week: WeekKnown | None = None
    ) -> None:
        """The whole turn in the given transaction; `week` is what `Unprepared` asked for."""
        met = book.addresses.meet(incoming.address, fresh.now)
        inbox_id = book.inbox.receive(incoming, fresh.now, raw, met.id)
        if inbox_id is None:
            raise SeenBefore
        known, owner, incoming = self._know(book, met, incoming, fresh.now, week)
        step = respond(incoming, known, fresh)
        for attachment in incoming.attachments:
            if attachment.ref:
                book.media.expect(attachment, met.id, fresh.now)
        person = known.person or (known.introduction.person if known.introduction else None)
        record(
            book,
            step.effects,
            Origin(met.id, person.id if person else None, incoming.address.channel, inbox_id, fresh.now),
        )
        if known.session.confirm and not step.session.confirm:
            book.outbox.erase_seen(
                met.id
            )  # the code was read: where only a page fetches it, nobody else knows
        book.sessions.keep(owner, to_json(step.session), fresh.now)

    def _know(
        self,
        book: Book,
        met: Correspondent,
        incoming: Incoming,
        now: datetime,
        week: WeekKnown | None = None,
    ) -> tuple[Known, str, Incoming]:
        """Gather what `respond` decides by; a stranger is recognised by what their words choose."""
        person = book.people.get(met.person_id, with_phone=True) if met.person_id else None
        introduction, session, demo = None, None, tuple[Person, ...]()
        if person is None:
            demo = self.demo(book)
            session = self._session(book, f"address:{met.id}", None)
            incoming = as_choice(session, incoming)
            introduction = recognise(book, incoming, now, demo)
        who = person or (introduction.person if introduction else None)
        owner = f"person:{who.id}" if who else f"address:{met.id}"
        if session is None or who is not None:
            session = self._session(book, owner, who, session.language if session else "")
        asked = wanted(as_choice(session, incoming), session)
        reports, rules = _reports(book, who, asked), book.procedures.rulebook()
        own = frozenset(report.number for report in reports)
        looked = Looking(book, rules, met, who, session, now, own).gather(asked)
        known = Known(
            house=self.house,
            person=person,
            session=session,
            forms=self.shelf.catalogue(book),
            introduction=introduction,
            demo=demo,
            reports=reports,
            rules=rules,
            case=looked.case,
            cases=looked.cases,
            question=looked.question,
            guess=looked.guess,
            can_seal=looked.can_seal,
            opened_today=looked.opened_today,
            names=book.areas.chain,
            week=about_week(book, asked.week, person, now, week),
        )
        return Duties(book, who, now).look(known, asked), owner, incoming

    def _session(self, book: Book, owner: str, who: Person | None, spoken: str = "") -> Session:
        """Where the conversation stands; a new one is in their language, else in the one `spoken` here."""
        kept = book.sessions.open(owner)
        if kept is not None:
            return from_json(kept)
        return Session(language=(who.language if who else "") or spoken or self.language)

    def _fresh(self) -> Fresh:
        return Fresh(
            now=self.clock(),
            key=self.letters(5),
            number=f"P-{self.letters(3)}-{self.letters(3)}",
            code=spoken(one_time_code(self.letters)),
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
    named = tuple(
        one if one.media else replace(one, media=secrets.token_hex(8)) for one in incoming.attachments
    )
    return replace(incoming, attachments=named)


def _reports(book: Book, who: Person | None, asked: Wanted) -> tuple[Report, ...]:
    if who is None:
        return ()
    if asked.number:
        report = book.reports.get(asked.number)
        return (
            (report,)
            if report and report.person == who.id
            else tuple(book.reports.of_person(who.id, REPORTS_SHOWN))
        )
    return tuple(book.reports.of_person(who.id, REPORTS_SHOWN)) if asked.recent else ()


def _where(trouble: Exception) -> dict[str, object]:
    trace = trouble.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f"{trace.tb_frame.f_code.co_filename.rpartition('/')[2]}:{trace.tb_lineno}" if trace else ""
    return {"error": type(trouble).__name__, "at": place}
