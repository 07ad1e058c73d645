"""Takes bytes in: sealed as they come, told by their content, a copy for viewing made where one can be."""

import asyncio
from collections.abc import AsyncIterable, AsyncIterator
from dataclasses import dataclass

from core.model.messages import Attachment
from storage.evidence import Evidence, Sealed, TooLarge
from storage.legibility import Weakness, weakness
from storage.likeness import Imprint, imprint
from storage.pictures import clean
from storage.signatures import COPIED, HEAD, TAIL, Kind, Refusal, judge, limit, suits


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept as evidence for one attachment."""

    kind: Kind
    sealed: Sealed
    view_path: str = ""
    """Empty where no viewing copy can be made."""
    weakness: Weakness = ""
    """Why it could not be read, if it is of a sheet of paper."""
    imprint: Imprint | None = None
    """What it is known again by, where there is enough to be seen in it."""


class Examiner:
    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        self._decoding = asyncio.Semaphore(1)  # a decoded picture can take 300 MB: one at a time

    async def take(self, attachment: Attachment, pieces: AsyncIterable[bytes]) -> Kept | Refusal:
        """Seal the bytes as they come, then look at them; what is not taken leaves nothing behind."""
        ends = _Ends()
        try:
            sealed = await self._evidence.keep(
                attachment.media, ends.watching(pieces), limit(attachment.kind)
            )
        except TooLarge:
            return Refusal("large")
        verdict: Kept | Refusal | None = None
        try:
            verdict = await self._examined(attachment, sealed, ends)
        finally:
            if not isinstance(verdict, Kept):
                await asyncio.to_thread(self._evidence.erase, sealed.path)
        return verdict

    async def forget(self, kept: Kept) -> None:
        """Nobody will ask for it."""
        paths = filter(None, (kept.sealed.path, kept.view_path))
        await asyncio.to_thread(self._evidence.erase, *paths)

    async def _examined(self, attachment: Attachment, sealed: Sealed, ends: "_Ends") -> Kept | Refusal:
        kind = judge(ends.head, ends.tail, sealed.size)
        if isinstance(kind, Refusal):
            return kind
        if not suits(attachment.kind, kind):
            return Refusal("other")
        if kind not in COPIED:
            return Kept(kind, sealed)
        async with self._decoding:
            return await asyncio.to_thread(self._copied, attachment.media, kind, sealed)

    def _copied(self, media: str, kind: Kind, sealed: Sealed) -> Kept | Refusal:
        """In a thread: a sealed picture with its viewing copy."""
        view = clean(b"".join(self._evidence.open(media, sealed.path, sealed.data_key)))
        if isinstance(view, Refusal):
            return view
        path = self._evidence.add_copy(media, sealed.data_key, view)
        return Kept(kind, sealed, path, weakness(view), imprint(view))


class _Ends:
    """The first and the last bytes of what passes by."""

    def __init__(self) -> None:
        self.head = b""
        self.tail = b""

    async def watching(self, pieces: AsyncIterable[bytes]) -> AsyncIterator[bytes]:
        async for piece in pieces:
            if len(self.head) < HEAD:
                self.head += piece[: HEAD - len(self.head)]
            self.tail = (self.tail + piece)[-TAIL:]
            yield piece
