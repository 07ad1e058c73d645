"""The files that we send, opened for whoever carries them: a channel, or a door that shows them.

    shelf.address(file)    https://lapor.example.org/files/5d1f…/1732611600/9c41…/rekap.png

Such an address needs no login, so it is signed and soon over. A visitor of the web chat has another, which
opens for them alone.
"""

import asyncio
import hmac
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import quote

from bot.channels.base import SendFailed
from core.model.messages import Enclosure
from storage.enclosures import Kept
from storage.evidence import Damaged, Evidence
from storage.keys import Keys, SealBroken
from storage.store import Store
from storage.vaults.vault import Away

PATH = "/files"
VISITORS_PATH = "/chat/files"
SIGNED_FOR = timedelta(hours=6)
"""Twilio keeps what it cannot send yet for at most four hours."""
REF = re.compile(r"[0-9a-f]{32}")
SECONDS = re.compile(r"[1-9][0-9]{0,11}")


@dataclass(frozen=True, slots=True)
class Opened:
    """A file and its bytes in pieces, the first of them proven."""

    file: Enclosure
    pieces: Iterator[bytes]


class EnclosureShelf:
    def __init__(
        self, store: Store, evidence: Evidence, clock: Callable[[], datetime], public_url: str = ""
    ) -> None:
        self._store = store
        self._evidence = evidence
        self._clock = clock
        self._public_url = public_url

    def open(self, ref: str) -> Opened | None:
        """None when there is no such file, or none any more; Away when nobody can tell."""
        kept = self._find(ref)
        if kept is None:
            return None
        try:
            pieces = self._evidence.open(ref, kept.path, kept.data_key)
            first = next(pieces)
        except Away:
            raise
        except (Damaged, SealBroken, OSError):
            return None
        return Opened(kept.enclosure, _from(first, pieces))

    async def read(self, file: Enclosure) -> bytes:
        """All of it; SendFailed when it is kept no more."""
        return await asyncio.to_thread(self._read, file.ref)

    def address(self, file: Enclosure) -> str:
        """Where it can be fetched for some hours."""
        until = str(int((self._clock() + SIGNED_FOR).timestamp()))
        signature = self._store.keys.link("file", file.ref, until)
        return f"{self._public_url}{PATH}/{file.ref}/{until}/{signature}/{quote(file.name)}"

    def is_signed(self, ref: str, until: str, signature: str) -> bool:
        """Did we make this address, and is its time not over?"""
        if not SECONDS.fullmatch(until):
            return False
        is_ours = _same(signature, self._store.keys.link("file", ref, until))
        return is_ours and self._clock().timestamp() < int(until)

    def is_for(self, peer: str, ref: str, signature: str) -> bool:
        """Was this file sent to that visitor of the web chat?"""
        return _same(signature, _visitors(self._store.keys, peer, ref))

    def _find(self, ref: str) -> Kept | None:
        if not REF.fullmatch(ref):
            return None
        with self._store.reading() as book:
            return book.enclosures.get(ref, self._clock())

    def _read(self, ref: str) -> bytes:
        try:
            opened = self.open(ref)
            if opened is None:
                raise SendFailed("file gone", "never", of_file=True)
            return b"".join(opened.pieces)
        except Damaged:
            raise SendFailed("file damaged", "never", of_file=True) from None
        except Away:
            raise SendFailed("store away") from None


def visitors_address(keys: Keys, peer: str, file: Enclosure) -> str:
    """Where that visitor of the web chat, and nobody else, finds it."""
    return f"{VISITORS_PATH}/{file.ref}/{_visitors(keys, peer, file.ref)}/{quote(file.name)}"


def _visitors(keys: Keys, peer: str, ref: str) -> str:
    return keys.link("visitor", peer, ref)


def _same(given: str, ours: str) -> bool:
    return hmac.compare_digest(given.encode(), ours.encode())


def _from(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest
