"""`lapordesk chat --as PHONE`: the same conversation in a terminal, and a transcript of it for a test.

> lapor
< Selamat pagi, PTPS 012 Sidodadi …
  1 Laporan pemungutan   2 Lainnya
> /foto C1.jpg
"""

import asyncio
import secrets
import sys
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from mimetypes import guess_type
from pathlib import Path
from typing import TextIO

from bot.channels.base import SendFailed
from bot.channels.terminal import ACCOUNT, TerminalOutlet
from bot.enclosures import EnclosureShelf
from bot.evidence import Fetcher, explain
from bot.turn import Turns
from core.model.messages import Address, Attachment, Channel, Incoming, MediaKind
from core.speech.layout import Part, fit, without_files
from core.speech.texts import texts
from lapordesk.app import assemble
from lapordesk.settings import Settings
from storage.signatures import Refusal
from storage.spoken import Spoken
from storage.store import Store
from webhooks.intake import clean
from webhooks.webchat.conversation import language_of

KINDS: dict[str, MediaKind] = {"image": "image", "audio": "audio", "video": "video"}
PHOTO = ("/foto ", "/photo ", "/file ")
PIECE = 64 * 1024


@dataclass
class Talk:
    """One person at a terminal."""

    address: Address
    turns: Turns
    store: Store
    uploads: Fetcher
    files: EnclosureShelf
    folder: Path
    """Where the files that are sent are put."""
    write: Callable[[str], None]
    """Takes each line of the conversation, with its mark."""
    language: str = "id"
    shown: int = 0
    """The last of our messages that was printed."""

    def pass_over(self) -> None:
        """What was said in earlier talks is not said again."""
        self.shown = max((one.id for one in self._said()), default=0)

    async def say(self, line: str) -> None:
        """One typed line, and what is answered to it."""
        self.write(f"> {line}")
        text, attachments = clean(line), list[Attachment]()
        if line.startswith(PHOTO):
            attached = await self._attach(Path(line.partition(" ")[2].strip()).expanduser())
            if attached is None:
                return
            text, attachments = "", [attached]
        now = self.turns.clock()
        incoming = Incoming(secrets.token_hex(16), self.address, now, text, attachments=tuple(attachments))
        await self.turns.hear(incoming, line.encode("utf-8", "replace"))
        await self._print_answers()

    async def _print_answers(self) -> None:
        outlet = TerminalOutlet(self._tell, self.files.read, self.folder)
        for one in self._said():
            provider_id = ""
            parts = fit(one.reply, outlet.layout, texts(self.language))
            for part in parts:
                provider_id = await self._send(outlet, part)
            await self._note(one.id, provider_id, len(parts))
            self.shown = one.id

    async def _send(self, outlet: TerminalOutlet, part: Part) -> str:
        try:
            return await outlet.send(self.address, part)
        except SendFailed:
            return await outlet.send(self.address, without_files(part, texts(self.language)))

    async def _note(self, outbox_id: int, provider_id: str, parts: int) -> None:
        now = self.turns.clock()
        await self.store.perform(lambda book: book.outbox.sent(outbox_id, provider_id, parts, now))

    def _said(self) -> list[Spoken]:
        with self.store.reading() as book:
            met = book.addresses.find(self.address)
            self.language = language_of(book, met, self.language)
            return book.outbox.conversation(met.id, self.shown) if met else []

    async def _attach(self, path: Path) -> Attachment | None:
        """Keep the file as evidence; None when it was not taken, which is told."""
        content_type = guess_type(path.name)[0] or ""
        kind = KINDS.get(content_type.partition("/")[0], "file")
        attachment = Attachment(kind, "", path.name, content_type, media=secrets.token_hex(8))
        try:
            taken = await self.uploads.receive(self.address, attachment, _pieces(path))
        except OSError as trouble:
            self._tell(f"{path.name}: {trouble.strerror}")
            return None
        if isinstance(taken, Refusal):
            self._tell(explain(taken.reason, kind, self.language))
            return None
        return attachment

    def _tell(self, text: str) -> None:
        first, *others = text.split("\n")
        self.write(f"< {first}")
        for line in others:
            self.write(f"  {line}".rstrip())


def chat(settings: Settings, phone: str, transcript: Path | None = None) -> None:
    """Talk as the owner of that number (E.164) until the end of the input; a transcript grows meanwhile."""
    with assemble(settings) as works, ExitStack() as opened:
        write: Callable[[str], None] = _screen
        if transcript is not None:
            write = _also_to(opened.enter_context(transcript.open("w", encoding="utf-8")))
        address = Address(Channel.TERMINAL, ACCOUNT, phone)
        folder = settings.data / "chat"
        talk = Talk(
            address, works.turns, works.store, works.fetcher, works.shelf, folder, write, settings.language
        )
        talk.pass_over()
        converse(talk, typed_lines())


def converse(talk: Talk, lines: Iterable[str]) -> None:
    """Say the lines one after the other; empty ones are nothing."""
    with asyncio.Runner() as runner:
        for line in filter(None, map(str.strip, lines)):
            runner.run(talk.say(line))


def typed_lines() -> Iterator[str]:
    """What is typed, until Ctrl-D; or what is piped in."""
    if not sys.stdin.isatty():
        yield from sys.stdin
        return
    with suppress(EOFError):
        while True:
            yield input("> ")
    print()


def _screen(line: str) -> None:
    """Whoever types sees their own words already."""
    if not (line.startswith("> ") and sys.stdin.isatty()):
        print(line, flush=True)


def _also_to(file: TextIO) -> Callable[[str], None]:
    def write(line: str) -> None:
        _screen(line)
        print(line, file=file, flush=True)

    return write


async def _pieces(path: Path) -> AsyncIterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece
