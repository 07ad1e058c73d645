"""What the API is given: the store, the clock, chance, the sealed files; and how its routes reach them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, TypeVar
from zoneinfo import ZoneInfo

from fastapi import Depends, Request
from starlette.concurrency import run_in_threadpool

from core.digests.digest import Digest
from core.digests.shapes import Shapes
from desk.api.callers import Failures
from desk.api.problems import language_of
from desk.lately import Lately
from desk.overseeing import Overseen
from storage.book import Book
from storage.evidence import Evidence
from storage.store import Store

T = TypeVar("T")
WRONG_TOKENS, TOKEN_SECONDS = 30, 300.0
ASKED_STATUS, STATUS_SECONDS = 60, 60.0
WRONG_PASSPHRASES, PASSPHRASE_SECONDS = 8, 900.0


@dataclass(frozen=True, slots=True)
class House:
    store: Store
    evidence: Evidence
    clock: Callable[[], datetime]
    letters: Callable[[int], str]
    """Draws the numbers of new cases."""
    province: str = "64"
    zone: str = "Asia/Makassar"
    language: str = "id"
    wake: Callable[[], None] = lambda: None
    """Called when there may be something to send."""
    draw: Mapping[str, Callable[[Digest, str], bytes]] = field(default_factory=dict)
    """How a digest is drawn, by the ending of the file: png, xlsx, pdf."""
    shapes: Shapes = field(default_factory=Shapes)
    """The outlines of areas that the operator brought."""
    overseen: Overseen = field(default_factory=Overseen)
    lately: Lately = field(default_factory=Lately)
    """The digests of weeks as they stand."""
    wrong_tokens: Failures = field(default_factory=lambda: Failures(WRONG_TOKENS, TOKEN_SECONDS))
    wrong_passphrases: Failures = field(
        default_factory=lambda: Failures(WRONG_PASSPHRASES, PASSPHRASE_SECONDS)
    )
    asked_status: Failures = field(default_factory=lambda: Failures(ASKED_STATUS, STATUS_SECONDS))

    @property
    def local_now(self) -> datetime:
        return self.clock().astimezone(ZoneInfo(self.zone))

    def draw_number(self) -> str:
        """For a new case."""
        return f"K-{self.letters(3)}-{self.letters(3)}"

    async def read(self, question: Callable[[Book], T]) -> T:
        """Ask the database, off the event loop."""

        def ask() -> T:
            with self.store.reading() as book:
                return question(book)

        return await run_in_threadpool(ask)

    async def write(self, job: Callable[[Book], T]) -> T:
        """One transaction; what it has to say is sent after it."""
        done = await self.store.perform(job)
        self.wake()
        return done


def the_house(request: Request) -> House:
    house: House = request.app.state.house
    return house


def the_language(request: Request) -> str:
    return language_of(request, the_house(request).language)


TheHouse = Annotated[House, Depends(the_house)]
TheLanguage = Annotated[str, Depends(the_language)]
