"""The way out to a terminal: what is said is printed, files are written into a folder and named."""

import secrets
from collections.abc import AsyncIterator, Callable
from pathlib import Path

from bot.channels.base import FetchFailed, ReadFile, SendFailed
from core.model.messages import Address, Attachment, Enclosure
from core.speech.layout import TERMINAL, Part

ACCOUNT = "terminal"


class TerminalOutlet:
    def __init__(
        self,
        write: Callable[[str], None] = print,
        read: ReadFile | None = None,
        folder: Path = Path(),
    ) -> None:
        self.layout = TERMINAL
        self._write = write
        self._read = read
        self._folder = folder

    async def send(self, to: Address, part: Part) -> str:
        kept = [await self._keep(file) for file in part.files]
        self._write("\n".join(filter(None, [part.text, *(f"📎 {path}" for path in kept)])))
        return secrets.token_hex(8)

    async def _keep(self, file: Enclosure) -> Path:
        """Where the file lies now; another of its name is replaced."""
        if self._read is None:
            raise SendFailed("no files here", "never", of_file=True)
        content = await self._read(file)
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        place = self._folder / Path(file.name).name
        place.write_bytes(content)
        return place

    def fetch(self, attachment: Attachment, limit: int) -> AsyncIterator[bytes]:
        raise FetchFailed("read from the disk, never fetched", again=False)

    async def close(self) -> None:
        """There is nothing to let go of."""
