"""Photos, voices and documents: fetched after the turn, examined, kept or refused, each outcome for good.

    expected ──fetch──▶ examiner ──▶ kept
                 │          └──────▶ refused: the sender is told what would work
                 └──▶ again, in the end failed: the sender is asked once more

What a door has in hand already (the web chat's uploads) goes the same way by `receive`, before its turn.
"""

import asyncio
import random
from collections.abc import AsyncIterable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol, runtime_checkable

import structlog

from bot.channels.base import FetchFailed, Outlet
from bot.documents import TOLD, asks_for_better, better_wanted
from bot.examiner import Examiner, Kept
from bot.waiting import pause
from core.model.messages import Address, Attachment, Channel, MediaKind, Reply
from core.speech.texts import texts
from storage.book import Book
from storage.case_record import note_evidence
from storage.evidence import Evidence
from storage.media import Fetch
from storage.signatures import MB, Refusal, limit
from storage.store import Store
from storage.vaults.vault import Away

AT_ONCE = 4
FETCH_SECONDS = 120.0
LEASE_SECONDS = 180.0
POLL_SECONDS = 1.0
STOP_SECONDS = 5.0
TRIES = 7
FIRST_WAIT = 5.0
GROWTH = 3.0
"""5 s, 15 s … 20 min: seven tries last half an hour."""
REST_SECONDS = 30.0
"""When our own store is away, nothing is fetched for so long: it would all be fetched in vain."""
ALBUM_SECONDS = 4.0
"""A refusal waits so long for those of the same album, and they become one message."""
TOPIC = "evidence"

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Again:
    """The bytes could not be had now."""

    due: datetime
    reason: str
    is_ours: bool = False
    """Our own store would not take them: that uses up no try, however long it lasts."""


@dataclass(frozen=True, slots=True)
class Failed:
    """They will not be had any more."""

    reason: str


Verdict = Kept | Refusal | Again | Failed


@runtime_checkable
class Discarding(Protocol):
    """An outlet whose platform keeps media until it is told to forget them."""

    async def discard(self, attachment: Attachment) -> None: ...


class Fetcher:
    """One process's share of the fetching."""

    def __init__(
        self,
        store: Store,
        evidence: Evidence,
        outlets: Mapping[tuple[Channel, str], Outlet],
        clock: Callable[[], datetime],
        *,
        chance: Callable[[], float] = random.random,
        told: Callable[[float], None] = lambda after: None,
        poll: float = POLL_SECONDS,
    ) -> None:
        self._store = store
        self._examiner = Examiner(evidence)
        self._outlets = outlets
        self._clock = clock
        self._chance = chance
        self._told = told
        self._poll = poll
        self._woken = asyncio.Event()
        self._stopping = asyncio.Event()
        self._at_work: dict[str, asyncio.Task[None]] = {}
        self._rests_until = datetime.min.replace(tzinfo=UTC)

    async def run(self) -> None:
        """Fetch until `stop`; what is still under way then is taken up again when its lease ends."""
        try:
            while not self._stopping.is_set():
                self._woken.clear()
                if not await self._claim():
                    await pause(self._woken, self._poll)
        finally:
            await self._wind_down()

    @property
    def in_hand(self) -> int:
        """Attachments under way."""
        return len(self._at_work)

    def wake(self) -> None:
        """There may be something to fetch; to be called on the event loop."""
        self._woken.set()

    def stop(self) -> None:
        self._stopping.set()
        self._woken.set()

    async def receive(
        self, address: Address, attachment: Attachment, pieces: AsyncIterable[bytes]
    ) -> Kept | Refusal:
        """Keep bytes that a door has in hand, before the turn that will speak of `attachment.media`."""
        kept = await self._examiner.take(attachment, pieces)
        if isinstance(kept, Kept):
            now = self._clock()

            def adopt(book: Book) -> None:
                book.media.expect(attachment, book.addresses.meet(address, now).id, now)
                if _keep(book, attachment.media, kept, now):
                    met = book.addresses.meet(address, now)
                    _want_better(book, attachment.media, met.id, met.language, kept, now)

            await self._store.perform(adopt)
        return kept

    async def _claim(self) -> bool:
        """Take up what is due, as far as hands are free; False when there is nothing more to do now."""
        free = AT_ONCE - len(self._at_work)
        if not free:
            return False
        now = self._clock()
        if now < self._rests_until:
            return False
        try:
            fetches = await self._store.perform(lambda book: book.media.claim(now, LEASE_SECONDS, free))
        except Exception as trouble:  # the edge: whatever ails the database, the next poll asks again
            log.error("evidence.claim failed", error=type(trouble).__name__)
            return False
        for fetch in fetches:
            if fetch.id not in self._at_work:  # its lease ran out under a slow fetch of ours: let that end
                self._at_work[fetch.id] = asyncio.create_task(self._work(fetch))
        return len(fetches) == free

    async def _work(self, fetch: Fetch) -> None:
        try:
            await self._settle(fetch)
        finally:
            del self._at_work[fetch.id]
            self._woken.set()

    async def _settle(self, fetch: Fetch) -> None:
        outlet = self._outlets.get((fetch.address.channel, fetch.address.account))
        try:
            verdict = await self._fetched(fetch, outlet)
            counts = await self._store.perform(lambda book: self._write(book, fetch, verdict))
        except Exception as trouble:  # the edge: the lease ends, and it is tried again
            log.error("evidence.fault", media=fetch.id, error=type(trouble).__name__)
            return
        if isinstance(verdict, Kept) and not counts:  # after our lease had ended another was faster
            await self._examiner.forget(verdict)
        if isinstance(verdict, Refusal | Failed) or (isinstance(verdict, Kept) and verdict.weakness):
            self._told(ALBUM_SECONDS)  # here, not in the transaction: that has a thread of its own
        if isinstance(verdict, Kept | Refusal):
            await _discard(outlet, fetch)

    async def _fetched(self, fetch: Fetch, outlet: Outlet | None) -> Verdict:
        if fetch.attempts > TRIES:
            return Failed("too many tries")
        try:
            if outlet is None:
                raise FetchFailed("channel off", again=True)
            most = limit(fetch.attachment.kind)
            async with asyncio.timeout(FETCH_SECONDS):
                return await self._examiner.take(fetch.attachment, outlet.fetch(fetch.attachment, most))
        except TimeoutError:
            return self._later(fetch, "too slow")
        except Away as trouble:
            return self._rest(fetch, trouble)
        except OSError as trouble:
            return self._later(fetch, type(trouble).__name__)
        except FetchFailed as trouble:
            if trouble.reason == "too large":
                return Refusal("large")
            return self._later(fetch, trouble.reason) if trouble.again else Failed(trouble.reason)

    def _rest(self, fetch: Fetch, trouble: Away) -> Again:
        log.error("evidence.store away", media=fetch.id, error=trouble.strerror)
        rest = timedelta(seconds=REST_SECONDS)
        self._rests_until = self._clock() + rest
        return Again(self._rests_until + rest * self._chance(), "store away", is_ours=True)

    def _later(self, fetch: Fetch, reason: str) -> Again | Failed:
        if fetch.attempts >= TRIES:
            return Failed(reason)
        wait = FIRST_WAIT * GROWTH ** (fetch.attempts - 1) * (0.5 + self._chance())
        return Again(self._clock() + timedelta(seconds=wait), reason)

    def _write(self, book: Book, fetch: Fetch, verdict: Verdict) -> bool:
        """False when what was kept came too late."""
        now = self._clock()
        match verdict:
            case Kept():
                is_kept = _keep(book, fetch.id, verdict, now)
                if is_kept:
                    _want_better(book, fetch.id, fetch.address_id, fetch.language, verdict, now)
                return is_kept
            case Refusal(reason):
                book.media.refuse(fetch.id, reason)
                _ask_again(book, fetch, explain(reason, fetch.attachment.kind, fetch.language), now)
            case Failed(reason):
                book.media.fail(fetch.id, reason)
                _ask_again(book, fetch, explain("failed", fetch.attachment.kind, fetch.language), now)
            case Again(due, reason, is_ours):
                book.media.again(fetch.id, due, reason, is_free=is_ours)
        return True

    async def _wind_down(self) -> None:
        if self._at_work:
            _, late = await asyncio.wait(self._at_work.values(), timeout=STOP_SECONDS)
            for work in late:
                work.cancel()
            await asyncio.gather(*late, return_exceptions=True)


def explain(reason: str, kind: MediaKind, language: str) -> str:
    """Why it was not taken, and what would work, in the words of `evidence.po`."""
    say = texts(language)
    what = say.say(f"evidence.what.{kind}")
    return say.say(
        "evidence.sorry",
        trouble=say.say(f"evidence.refused.{reason}", what=what, most=limit(kind) // MB),
        remedy=say.say(f"evidence.remedy.{kind}"),
    )


def _keep(book: Book, media: str, kept: Kept, now: datetime) -> bool:
    """What belongs to a case is noted in the audit log as it came."""
    is_kept = book.media.keep(
        media,
        content_type=kept.kind.content_type,
        size=kept.sealed.size,
        sha256=kept.sealed.sha256,
        path=kept.sealed.path,
        data_key=kept.sealed.data_key,
        view_path=kept.view_path,
        now=now,
    )
    if is_kept and kept.imprint:
        book.pictures.add(media, kept.imprint)
    evidence = book.media.evidence(media) if is_kept else None
    if evidence is not None:
        note_evidence(book, evidence, now)
    return is_kept


def _want_better(book: Book, media: str, address_id: int, language: str, kept: Kept, now: datetime) -> None:
    """A sheet that cannot be read is kept all the same; its sender still stands before it."""
    if not kept.weakness or not asks_for_better(book, media, address_id):
        return
    book.media.remark(media, TOLD + kept.weakness)
    due = now + timedelta(seconds=ALBUM_SECONDS)
    book.outbox.put(address_id, Reply(better_wanted(kept.weakness, language)), now, due, TOPIC)


def _ask_again(book: Book, fetch: Fetch, words: str, now: datetime) -> None:
    due = now + timedelta(seconds=ALBUM_SECONDS)
    book.outbox.put(fetch.address_id, Reply(words), now, due, TOPIC)


async def _discard(outlet: object, fetch: Fetch) -> None:
    """It is ours now, or nobody's: the platform need not hold it any longer."""
    if isinstance(outlet, Discarding):
        try:
            await outlet.discard(fetch.attachment)
        except FetchFailed as trouble:
            log.warning("evidence.not discarded", media=fetch.id, reason=trouble.reason)
