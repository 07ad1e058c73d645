"""From the outbox to the channels: claims what is due, sends it at the account's pace, notes how it went.

    outbox ──claim──▶ lane of the account ──pace──▶ Outlet.send ──▶ outcome ──▶ outbox

A reply is sent at least once: whoever dies between sending and writing it down leaves a lease that runs out.
One chat has one errand under way, so nothing overtakes; a chat or an account in trouble delays only itself.
Of a reply in several parts each that went out is written down before the next: no other try sends it again.
"""

import asyncio
import random
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

import structlog

from bot.channels.base import Outlet, SendFailed
from bot.lane import Lane
from bot.noting import Notes
from bot.outcomes import TRIES, Announced, Outcome, Parked, Progress, Released, Sent, Withheld, decide
from bot.pace import CHAT_PACES, FULL_PACES, UNLIMITED, AccountPace, ChatPaces
from bot.shares import WHOLE, Share
from bot.waiting import pause
from bot.window import REFUSED, is_closed, way_to
from core.model.messages import Channel
from core.speech.layout import Part, fit, without_files
from core.speech.templates import Filled, Templates
from core.speech.texts import texts
from storage.book import Book
from storage.outbox import Errand
from storage.store import Store

Account = tuple[Channel, str]

CLAIM = 64
LEASE_SECONDS = 45.0
SEND_SECONDS = 20.0
"""A send that has not answered by then may have arrived or not."""
FILE_SECONDS = 40.0
"""The same for one with a file: less than a lease, which is renewed for each."""
STOP_SECONDS = 5.0
POLL_SECONDS = 1.0
"""The poll is the truth, `wake` only a hint."""
RELEASE_SECONDS = 1.0
STRANGERS_SECONDS = 60.0
"""So often what waits for an account that is off is looked for."""
WELL_SECONDS = 10.0
"""Whoever neither claims nor writes down for so long leaves their chats to others."""
LOST_SECONDS = 3 * LEASE_SECONDS
"""What is in hand longer than any send can take was lost, by whatever fault: it is taken up anew."""

NO_TEMPLATES = Templates()

log = structlog.get_logger(__name__)


class Delivery:
    """One process's share of the sending; several may share an outbox on PostgreSQL."""

    def __init__(
        self,
        store: Store,
        outlets: Mapping[Account, Outlet],
        clock: Callable[[], datetime],
        holder: str,
        *,
        templates: Templates = NO_TEMPLATES,
        paces: Mapping[Channel, float] = FULL_PACES,
        chat_paces: Mapping[Channel, tuple[float, float]] = CHAT_PACES,
        chance: Callable[[], float] = random.random,
        count: Callable[[Outcome], None] = lambda outcome: None,
        share: Callable[[], Share | None] = lambda: WHOLE,
        poll: float = POLL_SECONDS,
    ) -> None:
        self._store = store
        self._clock = clock
        self._holder = holder
        self._templates = templates
        self._chance = chance
        self._share = share
        self._last_share = WHOLE
        self._poll = poll
        self._lanes = {
            account: _lane(outlet, paces.get(account[0], UNLIMITED), chat_paces.get(account[0]))
            for account, outlet in outlets.items()
        }
        self._stirred = {account: asyncio.Event() for account in outlets}
        self._woken = asyncio.Event()
        self._stopping = asyncio.Event()
        self._told_to_stop = False
        self._flights: set[asyncio.Task[None]] = set()
        self._notes = Notes(store, clock, count, self._let_go, poll)
        self._in_hand: dict[int, float] = {}
        """Each errand since when, by this process's own clock."""
        self._claiming_since: float | None = None
        self._is_in_doubt = False
        """A claim has failed, or was called off: it may have taken effect, and nobody knows of what."""
        self._strangers_at = 0.0
        self._turn_of_the_closed = asyncio.Lock()  # the last places of a day go to whom was due first

    async def run(self) -> None:
        """Deliver until `stop`; then finish what is under way and give back the rest.

        After a fault it does the same and raises; then it can be run again.
        """
        if not self._told_to_stop:
            self._stopping.clear()
        self._is_in_doubt = True
        claiming = asyncio.create_task(self._claim_while_open())
        driving = [asyncio.create_task(self._drive(account)) for account in self._lanes]
        writing = asyncio.create_task(self._notes.run())
        try:
            await asyncio.wait([claiming, writing, *driving], return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._close()
            await self._wind_down(claiming, driving, writing)
        if not self._told_to_stop:
            raise RuntimeError("delivery ended, and nobody had told it to")

    def wake(self, after: float = 0.0) -> None:
        """There may be something to send, now or in so many seconds; to be called on the event loop."""
        if after > 0:
            asyncio.get_running_loop().call_later(after, self._woken.set)
        else:
            self._woken.set()

    @property
    def in_hand(self) -> int:
        """Errands claimed and not yet written down."""
        return len(self._in_hand)

    @property
    def is_well(self) -> bool:
        """Does it get on? If not, its chats are better served by others."""
        begun = [since for since in (self._claiming_since, self._notes.writing_since) if since is not None]
        return all(_ticks() - since <= WELL_SECONDS for since in begun)

    def stop(self) -> None:
        self._told_to_stop = True
        self._close()

    def _close(self) -> None:
        self._stopping.set()
        self._woken.set()

    async def _claim_while_open(self) -> None:
        while not self._stopping.is_set():
            self._woken.clear()
            self._claiming_since = _ticks()
            try:
                async with asyncio.timeout(LEASE_SECONDS):  # what takes longer would lease nothing any more
                    claimed = await self._claim()
            except Exception as trouble:  # the edge: whatever ails the database, the next poll asks again
                self._is_in_doubt = True
                log.error("delivery.claim failed", error=type(trouble).__name__)
                await pause(self._stopping, self._poll)
                continue
            if claimed < CLAIM:
                await pause(self._woken, self._poll)

    async def _claim(self) -> int:
        now, moment, share = _ticks(), self._clock(), self._share()
        if share is None:
            return 0
        self._keep_to(share, now)
        free = [account for account, lane in self._lanes.items() if lane.has_room(now)]
        in_hand = tuple(self._in_hand) if self._is_in_doubt else None
        known = tuple(self._lanes) if now >= self._strangers_at else None

        def claim(book: Book) -> list[Errand]:
            if in_hand is not None:
                book.outbox.recall(self._holder, in_hand, moment)
            lease, ours = (moment, LEASE_SECONDS, CLAIM, self._holder), (share.place, share.of)
            strangers = book.outbox.claim_strangers(*lease, known, ours) if known else []
            return book.outbox.claim(*lease, free, ours) + strangers

        errands = await self._store.perform(claim)
        self._is_in_doubt = False
        if known:
            self._strangers_at = now + STRANGERS_SECONDS
        for errand in errands:
            if self._is_free(errand, now):
                self._in_hand[errand.id] = now
                self._accept(errand)
        return len(errands)

    def _is_free(self, errand: Errand, now: float) -> bool:
        """Not if its lease ran out under a slow send of ours: that one may end."""
        since = self._in_hand.get(errand.id)
        if since is not None and now - since > LOST_SECONDS:
            log.error("delivery.lost", outbox=errand.id, attempts=errand.attempts)
            return True
        return since is None

    def _keep_to(self, share: Share, now: float) -> None:
        """Others came or went: the paces are divided anew."""
        if share != self._last_share:
            self._last_share = share
            for lane in self._lanes.values():
                lane.divide(share.of, now)

    def _accept(self, errand: Errand) -> None:
        account = (errand.address.channel, errand.address.account)
        lane = self._lanes.get(account)
        if lane is None:
            self._notes.note(Parked(errand, "channel off", errand.parts_done))
        elif errand.attempts > TRIES:
            self._notes.note(Parked(errand, errand.reason or "too many tries", errand.parts_done))
        else:
            lane.add(errand, _ticks())
            self._stirred[account].set()

    async def _drive(self, account: Account) -> None:
        """Send from this account's lane, each when its pace allows."""
        lane, stirred = self._lanes[account], self._stirred[account]
        while True:
            stirred.clear()
            self._give_back(lane)
            ready = lane.take(_ticks())
            if isinstance(ready, float):
                await pause(stirred, min(ready, self._poll))
            else:
                self._launch(account, lane, ready)

    def _give_back(self, lane: Lane) -> None:
        now = _ticks()
        for errand in lane.give_back(now):
            wait = max(RELEASE_SECONDS, lane.pace.rest(now))
            self._notes.note(Released(errand, self._clock() + timedelta(seconds=wait), errand.parts_done))

    def _launch(self, account: Account, lane: Lane, errand: Errand) -> None:
        def landed(flight: asyncio.Task[None]) -> None:
            self._flights.discard(flight)
            lane.landed()
            self._stirred[account].set()

        flight = asyncio.create_task(self._deliver(lane, errand))
        self._flights.add(flight)
        flight.add_done_callback(landed)

    async def _deliver(self, lane: Lane, errand: Errand) -> None:
        try:
            self._notes.note(await self._attempt(lane, errand))
        except asyncio.CancelledError:
            self._notes.note(self._failed(lane, errand, SendFailed("stopped", "unknown"), errand.parts_done))
            raise
        except Exception as trouble:  # the edge: a fault of ours in one message must not stop the others
            self._notes.note(
                self._failed(lane, errand, SendFailed(type(trouble).__name__), errand.parts_done)
            )
            log.error("delivery.fault", outbox=errand.id, error=type(trouble).__name__)

    async def _attempt(self, lane: Lane, errand: Errand) -> Outcome:
        if not is_closed(errand, self._clock()):
            return await self._send_parts(lane, errand)
        async with self._turn_of_the_closed:
            way = await way_to(self._store, errand, self._templates, self._clock())
        match way:
            case Withheld():
                return way
            case Filled():
                return await self._send_template(lane, errand, way)
            case None:
                return await self._send_parts(lane, errand)

    async def _send_parts(self, lane: Lane, errand: Errand) -> Outcome:
        parts = fit(errand.reply, lane.outlet.layout, texts(errand.language))
        done, provider_id = errand.parts_done, ""
        for part in parts[done:]:
            if done > errand.parts_done or part.files:
                await self._go_on(errand, done, provider_id)
            if done > errand.parts_done:
                lane.spend(errand, _ticks())
            try:
                provider_id = await self._send_part(lane, errand, part)
            except SendFailed as trouble:
                return self._failed(lane, errand, trouble, done)
            done += 1
        lane.pace.arrived()
        return Sent(errand, provider_id, done)

    async def _send_part(self, lane: Lane, errand: Errand, part: Part) -> str:
        """A file that is refused does not take its words along."""
        try:
            return await _send(lane.outlet, errand, part)
        except SendFailed as trouble:
            if not (part.files and trouble.of_file):
                raise
            log.warning("delivery.file refused", outbox=errand.id, reason=trouble.reason)
            lane.spend(errand, _ticks())
            return await _send(lane.outlet, errand, without_files(part, texts(errand.language)))

    async def _send_template(self, lane: Lane, errand: Errand, filled: Filled) -> Outcome:
        try:
            provider_id = await _send(lane.outlet, errand, Part(filled.text, template=filled))
        except SendFailed as trouble:
            if trouble.again == "never" and trouble.reason in REFUSED:
                log.error("delivery.template refused", template=filled.sid, reason=trouble.reason)
                return await self._withhold(Announced(errand, ""))
            return self._failed(lane, errand, trouble, errand.parts_done)
        lane.pace.arrived()
        if errand.reply.template and errand.reply.template.announces:
            return await self._withhold(Announced(errand, provider_id))
        return Sent(errand, provider_id, errand.parts_done)

    async def _withhold(self, announced: Announced) -> Outcome:
        """Written alone: it waits for whoever writes in from there, and others must not wait with it."""
        await self._notes.note_at_once(announced)
        return Withheld(announced.errand)

    async def _go_on(self, errand: Errand, done: int, provider_id: str) -> None:
        until = self._clock() + timedelta(seconds=LEASE_SECONDS)
        await self._notes.note_at_once(Progress(errand, done, provider_id, until))

    def _failed(self, lane: Lane, errand: Errand, trouble: SendFailed, done: int) -> Outcome:
        _tell(lane, errand, trouble)
        return decide(errand, trouble, done, self._clock(), self._chance())

    def _let_go(self, written: Sequence[Outcome]) -> None:
        """Their chats' next heads are free."""
        for outcome in written:
            self._in_hand.pop(outcome.errand.id, None)
        self._woken.set()

    async def _wind_down(
        self, claiming: asyncio.Task[None], driving: list[asyncio.Task[None]], writing: asyncio.Task[None]
    ) -> None:
        """No new sends; a few seconds for those in the air; leases back; all of it written down."""
        for drive in driving:
            drive.cancel()
        await asyncio.wait([claiming], timeout=STOP_SECONDS)
        claiming.cancel()
        if self._flights:
            _, late = await asyncio.wait(self._flights, timeout=STOP_SECONDS)
            for flight in late:
                flight.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        for lane in self._lanes.values():
            for held in lane.waiting:
                self._notes.note(Released(held.errand, self._clock(), held.errand.parts_done))
            lane.waiting.clear()
        await self._notes.all_written(STOP_SECONDS)
        writing.cancel()
        ended = await asyncio.gather(claiming, writing, *driving, return_exceptions=True)
        for fault in ended:
            if isinstance(fault, Exception):
                raise fault


async def _send(outlet: Outlet, errand: Errand, part: Part) -> str:
    try:
        async with asyncio.timeout(FILE_SECONDS if part.files else SEND_SECONDS):
            return await outlet.send(errand.address, part)
    except TimeoutError:
        raise SendFailed("no answer", "unknown") from None


def _tell(lane: Lane, errand: Errand, trouble: SendFailed) -> None:
    """The account's pace learns from a failure, unless it is this chat's own."""
    now = _ticks()
    if trouble.alarm:
        address = errand.address
        log.error(
            "delivery.account", channel=address.channel.value, account=address.account, reason=trouble.reason
        )
        lane.pace.halt(now)
    elif trouble.again == "later" and trouble.wait:
        lane.pace.refused(errand.address_id, trouble.wait, now)
    elif trouble.again != "never":
        lane.pace.failed(errand.address_id, now)


def _lane(outlet: Outlet, pace: float, chat: tuple[float, float] | None) -> Lane:
    return Lane(outlet, AccountPace(pace), ChatPaces(*chat) if chat else None)


def _ticks() -> float:
    return asyncio.get_running_loop().time()
