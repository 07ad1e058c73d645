"""What the web desk is given, and how its routes reach it: the house, the name on the door, the pages."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Literal

from fastapi import Depends, Request
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from core.speech.texts import LANGUAGES
from desk.api.callers import Failures
from desk.api.house import House
from desk.api.problems import language_of
from desk.standing import Standing, untold

PATH = "/desk"
COOKIE, LANGUAGE_COOKIE = "desk", "desk_language"
TEMPLATES = Path(__file__).parent.parent / "templates" / "desk"
SECONDS = 900.0
OF_ONE, OF_NETWORK, OF_ACCOUNT = 6, 30, 60
"""So many wrong tries in a quarter of an hour: on one account from one network, from a network, on an
account from anywhere. The last is wide, or anybody could keep an officer out."""
LINKS_OF_ACCOUNT, LINKS_OF_NETWORK = 3, 20
"""So many links to a chat may be asked for in a quarter of an hour."""


def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@dataclass(frozen=True, slots=True)
class Way:
    """How an invitation brings somebody in."""

    channel: str
    address: str
    """With `{code}` where the code stands."""


async def _no_ways() -> tuple[Way, ...]:
    return ()


@dataclass(frozen=True, slots=True)
class Room:
    house: House
    name: str = "Bawaslu"
    """Whose desk this is."""
    address: str = ""
    """The public address; empty where there is none but what the browser says."""
    ways: Callable[[], Awaitable[tuple[Way, ...]]] = _no_ways
    """Those that are open here, the handiest first."""
    pages: Environment = field(default_factory=_environment)
    tries_of_one: Failures = field(default_factory=lambda: Failures(OF_ONE, SECONDS))
    tries_of_network: Failures = field(default_factory=lambda: Failures(OF_NETWORK, SECONDS))
    tries_of_account: Failures = field(default_factory=lambda: Failures(OF_ACCOUNT, SECONDS))
    stretching: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(2))
    """A password takes 64 MiB to look at: two at a time are enough."""
    asked_of_account: Failures = field(default_factory=lambda: Failures(LINKS_OF_ACCOUNT, SECONDS))
    asked_of_network: Failures = field(default_factory=lambda: Failures(LINKS_OF_NETWORK, SECONDS))
    standing: Callable[[str], Standing] = untold
    """How the house stands, in a language; it takes its time."""
    verifying: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(1))
    """Going through the whole audit log keeps a processor busy."""

    @property
    def is_secure(self) -> bool:
        return self.address.startswith("https://")


def the_room(request: Request) -> Room:
    room: Room = request.app.state.room
    return room


def the_tongue(request: Request) -> Literal["id", "en"]:
    """As they chose it here, else as their browser asks, else the house's own."""
    chosen = request.cookies.get(LANGUAGE_COOKIE, "")
    language = chosen if chosen in LANGUAGES else language_of(request, the_room(request).house.language)
    return "en" if language == "en" else "id"


TheRoom = Annotated[Room, Depends(the_room)]
TheTongue = Annotated[str, Depends(the_tongue)]
