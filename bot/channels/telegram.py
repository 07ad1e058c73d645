"""Telegram as a way out: one bot. Plain text without markup, so nothing needs escaping.

Choices are an inline keyboard. Contact and location can only be asked for by a keyboard in place of the
letters, which cannot stand beside an inline one: then the choices are on it too and come back as text.
Such a keyboard hides itself when it is used (`one_time_keyboard`); if it was not, the next message
without buttons takes it away. Files are uploaded: Telegram may be unable to fetch what lies with us.
"""

from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

import aiohttp
import structlog
from telegram import Bot
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    TelegramError,
    TimedOut,
)

from bot.channels.base import FetchFailed, ReadFile, SendFailed
from bot.channels.telegram_transport import AiohttpRequest, Flooded
from core.model.messages import Address, Attachment, Choice, Enclosure
from core.speech.cutting import size
from core.speech.enclosing import TELEGRAM_FILES
from core.speech.layout import TELEGRAM, Layout, Part

log = structlog.get_logger()

API_URL = "https://api.telegram.org"
UPDATES = ["message", "edited_message", "callback_query"]
"""The kinds of update we ask for; the door ignores all others."""
WEBHOOK_CONNECTIONS = 40
"""https://core.telegram.org/bots/api#setwebhook: 1-100."""
POLL_SECONDS = 50
BESIDE = 16
"""The longest label that shares its row with another."""

LONGEST_REASON = 120
LONG_WAIT = 60.0
"""Between two tries of what a person has to put right first."""

Markup = dict[str, object]


@dataclass(frozen=True, slots=True)
class Webhook:
    """How a bot's door looks from Telegram's side."""

    url: str
    """Empty: updates are fetched."""
    waiting: int
    error: str = ""
    error_at: datetime | None = None


class PlatformFailed(Exception):
    """The Bot API did not do what was asked about the bot itself; try again after `wait` seconds."""

    def __init__(self, reason: str, wait: float = 0.0, *, alarm: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.wait = wait
        self.alarm = alarm


class TelegramOutlet:
    """One bot. Its account is the number before the colon of its token."""

    layout: Layout = TELEGRAM

    def __init__(
        self,
        token: str,
        api_url: str = API_URL,
        session: aiohttp.ClientSession | None = None,
        read: ReadFile | None = None,
    ) -> None:
        self.account, colon, _ = token.partition(":")
        if not (self.account.isdecimal() and colon):
            raise ValueError("a Telegram token looks like 123456:letters")
        self._methods = f"{api_url.rstrip('/')}/bot{token}"
        self._files = f"{api_url.rstrip('/')}/file/bot{token}"
        self._read = read
        self._transport = AiohttpRequest(session)
        self._bot = Bot(
            token,
            base_url=lambda _: self._methods,
            base_file_url=lambda _: self._files,
            request=self._transport,
            get_updates_request=self._transport,
        )

    async def send(self, to: Address, part: Part) -> str:
        try:
            if part.files:
                return _message_id(await self._send_file(to, part, part.files[0]))
            message = {
                "chat_id": to.peer,
                "text": part.text,
                "reply_markup": keyboard(part),
                "link_preview_options": NO_PREVIEW,
            }
            return _message_id(await self._transport.call(f"{self._methods}/sendMessage", message))
        except TelegramError as error:
            raise _send_failed(error, of_file=bool(part.files)) from None

    async def _send_file(self, to: Address, part: Part, file: Enclosure) -> object:
        """A picture as a photo; as a document, if Telegram does not like it as a photo."""
        if self._read is None:
            raise SendFailed("no files here", "never", of_file=True)
        content = await self._read(file)
        if TELEGRAM_FILES.is_picture(file):
            try:
                return await self._upload(to, part, file, content, "photo")
            except BadRequest as error:
                log.info("photo refused", account=self.account, error=_reason(error))
        return await self._upload(to, part, file, content, "document")

    async def _upload(self, to: Address, part: Part, file: Enclosure, content: bytes, field: str) -> object:
        # A file without words changes nothing about the keyboard below the words before it.
        words = {"caption": part.text, "reply_markup": keyboard(part)} if part.text else {}
        method = f"{self._methods}/send{field.capitalize()}"
        message = {"chat_id": to.peer} | words
        return await self._transport.upload(method, message, field, file.name, content, file.content_type)

    async def fetch(self, attachment: Attachment, limit: int) -> AsyncIterator[bytes]:
        try:
            address = await self._locate(attachment.ref, limit)
            taken = 0
            async for piece in self._transport.stream(address):
                taken += len(piece)
                if taken > limit:
                    raise FetchFailed("too large", again=False)
                yield piece
        except TelegramError as error:
            gone = isinstance(error, BadRequest | Forbidden)
            raise FetchFailed(_reason(error), again=not gone) from None

    async def close(self) -> None:
        await self._transport.shutdown()

    async def name(self) -> str:
        """What it is called at t.me; PlatformFailed when Telegram does not say."""
        with _about_the_bot():
            return (await self._bot.get_me()).username or ""

    async def open_webhook(self, url: str, secret: str) -> None:
        """From now on Telegram posts updates to the address; PlatformFailed when it will not."""
        with _about_the_bot():
            await self._bot.set_webhook(
                url,
                secret_token=secret,
                allowed_updates=UPDATES,
                max_connections=WEBHOOK_CONNECTIONS,
            )

    async def look_at_webhook(self) -> Webhook:
        """What Telegram knows of our door and met there last; PlatformFailed when it will not tell."""
        with _about_the_bot():
            info = await self._bot.get_webhook_info()
        return Webhook(
            info.url, info.pending_update_count, info.last_error_message or "", info.last_error_date
        )

    async def close_webhook(self) -> None:
        """From now on updates wait to be fetched; those that wait already are kept."""
        with _about_the_bot():
            await self._bot.delete_webhook(drop_pending_updates=False)

    async def updates(self, after: int | None, wait: int = POLL_SECONDS) -> list[object]:
        """What came after that update, as it came: python-telegram-bot would choke on a malformed one."""
        allowed = ",".join(f"%22{kind}%22" for kind in UPDATES)
        asked = f"{self._methods}/getUpdates?timeout={wait}&allowed_updates=%5B{allowed}%5D"
        if after is not None:
            asked += f"&offset={after + 1}"
        with _about_the_bot():
            found: object = await self._transport.post(asked, read_timeout=wait + 10)
        return found if isinstance(found, list) else []

    async def acknowledge(self, tap: str) -> None:
        """Stop the button's waiting wheel; it is only a courtesy, so a failure is let go."""
        try:
            await self._bot.answer_callback_query(tap)
        except TelegramError as error:
            log.info("tap not acknowledged", account=self.account, error=_reason(error))

    async def _locate(self, file_id: str, limit: int) -> str:
        file = await self._bot.get_file(file_id)
        if file.file_size is not None and file.file_size > limit:
            raise FetchFailed("too large", again=False)
        if not (file.file_path or "").startswith(self._files + "/"):
            raise FetchFailed("not at the Bot API", again=False)
        return str(file.file_path)


NO_PREVIEW = {"is_disabled": True}
"""A preview is fetched by Telegram: that would use up a one-time link."""


def keyboard(part: Part) -> Markup:
    """What stands below the message: https://core.telegram.org/bots/api#inlinekeyboardmarkup and its kin."""
    if part.ask:
        asking = {"text": part.prompt, f"request_{part.ask}": True}
        rows = [[{"text": choice.label} for choice in row] for row in _rows(part.buttons)]
        return {"keyboard": [[asking], *rows], "resize_keyboard": True, "one_time_keyboard": True}
    if part.buttons:
        return {
            "inline_keyboard": [
                [{"text": choice.label, "callback_data": choice.key} for choice in row]
                for row in _rows(part.buttons)
            ]
        }
    return {"remove_keyboard": True}


def _rows(choices: tuple[Choice, ...]) -> list[list[Choice]]:
    """Two short ones share a row."""
    rows: list[list[Choice]] = []
    for choice in choices:
        short = size(choice.label) <= BESIDE
        if short and rows and len(rows[-1]) == 1 and size(rows[-1][0].label) <= BESIDE:
            rows[-1].append(choice)
        else:
            rows.append([choice])
    return rows


def _message_id(sent: object) -> str:
    number = sent.get("message_id") if isinstance(sent, Mapping) else None
    if not isinstance(number, int):
        raise SendFailed("answered without a message_id", "unknown")
    return str(number)


def _send_failed(error: TelegramError, *, of_file: bool = False) -> SendFailed:
    reason = _reason(error)
    match error:
        case Flooded():
            return SendFailed(reason, "later", error.seconds)
        case InvalidToken():
            return SendFailed(reason, "later", alarm=True)
        case BadRequest():
            return SendFailed(reason, "never", of_file=of_file)
        case Forbidden() | ChatMigrated():
            return SendFailed(reason, "never")
        case TimedOut():
            return SendFailed(reason, "unknown")
        case NetworkError() | Conflict():
            return SendFailed(reason, "later")
        case _:
            # It was answered, but not as a Bot API answers.
            return SendFailed(reason, "unknown")


@contextmanager
def _about_the_bot() -> Iterator[None]:
    try:
        yield
    except TelegramError as error:
        failed = _send_failed(error)
        wrong = failed.alarm or failed.again == "never"
        raise PlatformFailed(failed.reason, failed.wait or wrong * LONG_WAIT, alarm=wrong) from None


def _reason(error: TelegramError) -> str:
    # What follows is the whole answer, which may be a proxy's page.
    words = error.message.partition(". Parsing the server response")[0]
    return f"{type(error).__name__}: {words}"[:LONGEST_REASON]
