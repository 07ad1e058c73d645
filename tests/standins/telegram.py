"""A stand-in for the Bot API on loopback, as strict as the platform, in a thread of its own.

with TelegramStandin() as telegram:
    telegram.start(4471)                     # the person has pressed Start; otherwise sends get 403
    outlet = TelegramOutlet(telegram.token, telegram.url)
    ...
    telegram.wait_for(1)[-1]["text"]
    telegram.misbehave("500", times=2)       # the next two sends
"""

import asyncio
import itertools
import json
import re
import threading
import time
from collections import defaultdict, deque
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Literal, Self

from aiohttp import web
from aiohttp.multipart import BodyPartReader

from tests.standins.telegram_rules import (
    MAX_CAPTION,
    Refused,
    chat_of,
    check_markup,
    check_photo,
    check_text,
    check_upload,
    check_webhook,
)


@dataclass(frozen=True, slots=True)
class Uploaded:
    """A file as it came in multipart/form-data."""

    name: str
    content: bytes
    content_type: str


Trouble = Literal["429", "500", "502", "403", "401", "hang", "drop", "lost answer", "garbage"]
"""`drop` cuts the connection before anything is done; `lost answer` does it and cuts before telling."""
DOUBTFUL = frozenset[Trouble]({"hang", "drop", "lost answer", "garbage"})
"""Nobody knows whether it arrived: sent once more, and given up when that is in doubt, too."""

TOKEN = "700001:stand-in"
MAX_DOWNLOAD = 20_000_000
MOST_TAKEN = 60_000_000
"""More than Telegram takes, so that it is the rules that refuse."""
SENDING = frozenset({"sendMessage", "sendPhoto", "sendDocument"})


class TelegramStandin:
    """Several bots may live in it: each token given is one."""

    def __init__(self, *tokens: str, anyone: bool = False) -> None:
        self.tokens = tokens or (TOKEN,)
        self.token = self.tokens[0]
        self.url = ""
        self.anyone = anyone
        """Let bots write to people who never started them."""
        self.sent: list[dict[str, Any]] = []
        """Every message as it was accepted: bot, chat_id, text, reply_markup, message_id, method, at."""
        self.calls: list[tuple[str, str]] = []
        """(bot, method) of every request with a good token, refused ones too."""
        self.acknowledged: list[str] = []
        self.webhooks: dict[str, dict[str, object]] = {}
        self.met: dict[str, object] = {}
        """What it met last at the webhooks: `last_error_message`, `last_error_date`."""
        self.pace: float | None = None
        """Messages a second to one chat, a burst of three; None: no limit."""
        self._started: set[tuple[str, int]] = set()
        self._files: dict[str, bytes] = {}
        self._updates: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self.poisoned: dict[int, Trouble] = {}
        """Chats that nothing gets through to, and how that looks."""
        self.doubts_once = False
        """No message meets with two troubles that leave its arrival in doubt."""
        self._doubted: set[tuple[object, object]] = set()
        self._troubles: deque[tuple[Trouble, str]] = deque()
        self._polling: dict[str, int] = {}
        self._spent: dict[tuple[str, int], tuple[float, float]] = {}
        self._message_ids = itertools.count(1)
        self._poll_ids = itertools.count(1)
        self._arrived = threading.Condition()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="telegram stand-in", daemon=True)
        self._ready = threading.Event()

    def __enter__(self) -> Self:
        self._thread.start()
        if not self._ready.wait(10):
            raise RuntimeError("the stand-in did not start")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._loop.call_soon_threadsafe(self._closing.set)
        self._thread.join(10)

    def start(self, chat: int | str, token: str | None = None) -> None:
        """The person pressed Start: from now on the bot may write to them."""
        self._started.add((_bot(token or self.token), int(chat)))

    def block(self, chat: int | str, token: str | None = None) -> None:
        """The person blocked the bot."""
        self._started.discard((_bot(token or self.token), int(chat)))

    def put_file(self, file_id: str, content: bytes) -> None:
        self._files[file_id] = content

    def put_update(self, update: dict[str, Any], token: str | None = None) -> None:
        """An update for getUpdates; whoever wrote it has started the bot."""
        bot = _bot(token or self.token)
        message = update.get("message") or (update.get("callback_query") or {}).get("message") or {}
        if "chat" in message:
            self._started.add((bot, int(message["chat"]["id"])))
        with self._arrived:
            self._updates[bot].append(update)

    @property
    def updates(self) -> list[dict[str, Any]]:
        """What the first bot has not yet confirmed."""
        return self._updates[_bot(self.token)]

    def misbehave(self, trouble: Trouble, times: int = 1, method: str = "send") -> None:
        """The next requests whose method begins so fail."""
        self._troubles.extend([(trouble, method)] * times)

    def wait_for(self, number: int, seconds: float = 10.0) -> list[dict[str, Any]]:
        """What was sent, once there are so many; AssertionError when they do not come."""
        with self._arrived:
            if not self._arrived.wait_for(lambda: len(self.sent) >= number, seconds):
                raise AssertionError(f"{len(self.sent)} of {number} messages were sent")
            return list(self.sent)

    async def arrived(self, number: int, seconds: float = 10.0) -> list[dict[str, Any]]:
        """The same, for a test whose own loop does the sending."""
        return await asyncio.to_thread(self.wait_for, number, seconds)

    def sent_to(self, chat: int | str) -> list[dict[str, Any]]:
        return [message for message in list(self.sent) if message["chat_id"] == int(chat)]

    def take_webhook_answer(self, body: bytes, token: str | None = None) -> None:
        """A method named in the answer to a webhook is called, its result seen by nobody."""
        if body:
            given = json.loads(body)
            self._call(_bot(token or self.token), given.pop("method"), given)

    # From here on in the stand-in's own thread.

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._serve())
        self._loop.close()

    async def _serve(self) -> None:
        self._closing = asyncio.Event()
        runner = web.ServerRunner(web.Server(self._answer, access_log=None), shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        port = site._server.sockets[0].getsockname()[1]  # type: ignore[union-attr]
        self.url = f"http://127.0.0.1:{port}"
        self._ready.set()
        await self._closing.wait()
        await runner.cleanup()

    async def _answer(self, request: web.BaseRequest) -> web.StreamResponse:
        try:
            if request.path.startswith("/file/bot"):
                return self._download(request.path)
            bot, method = self._addressed(request.path)
            given = await _parameters(request)
            self.calls.append((bot, method))
            trouble = self._trouble(method, given)
            if method in SENDING and not trouble:
                trouble = self.poisoned.get(chat_of(given))
            if trouble:
                return await self._misbehave(trouble, request, bot, method, given)
            if method == "getUpdates":
                return _json({"ok": True, "result": await self._poll(bot, given)})
            return _json({"ok": True, "result": self._call(bot, method, given)})
        except Refused as refused:
            return _json(refused.body, refused.code)

    def _addressed(self, path: str) -> tuple[str, str]:
        place = re.fullmatch(r"/bot(\d+:[\w-]+)/(\w+)", path)
        if not place:
            raise Refused("Not Found", 404)
        if place[1] not in self.tokens:
            raise Refused("Unauthorized", 401)
        return _bot(place[1]), place[2]

    def _trouble(self, method: str, given: dict[str, Any]) -> Trouble | None:
        if not self._troubles or not method.startswith(self._troubles[0][1]):
            return None
        if self.doubts_once and self._troubles[0][0] in DOUBTFUL:
            message = (given.get("chat_id"), given.get("text"))
            if message in self._doubted:
                return None
            self._doubted.add(message)
        return self._troubles.popleft()[0]

    async def _misbehave(
        self, trouble: Trouble, request: web.BaseRequest, bot: str, method: str, given: dict[str, Any]
    ) -> web.StreamResponse:
        match trouble:
            case "429":
                raise Refused("Too Many Requests: retry after 3", 429, retry_after=3)
            case "500" | "502":
                return web.Response(status=int(trouble), text="<html>Bad Gateway</html>")
            case "403":
                raise Refused("Forbidden: bot was blocked by the user", 403)
            case "401":
                raise Refused("Unauthorized", 401)
            case "garbage":
                return web.Response(text="<html>hello</html>")
            case "hang":
                await self._closing.wait()
            case "lost answer":
                self._call(bot, method, given)
        if request.transport is not None:
            request.transport.abort()
        return web.Response()

    def _call(self, bot: str, method: str, given: dict[str, Any]) -> object:
        match method:
            case "getMe":
                return _me(bot)
            case "sendMessage" | "sendPhoto" | "sendDocument":
                return self._send(bot, method, given)
            case "answerCallbackQuery":
                return self._acknowledge(given)
            case "getFile":
                return self._file(str(given.get("file_id", "")))
            case "setWebhook":
                check_webhook(given.get("url"), given.get("secret_token"), given.get("max_connections"))
                self.webhooks[bot] = dict(given)
                return True
            case "deleteWebhook":
                self.webhooks.pop(bot, None)
                return True
            case "getWebhookInfo":
                url = self.webhooks.get(bot, {}).get("url", "")
                return {
                    "url": url,
                    "has_custom_certificate": False,
                    "pending_update_count": len(self._updates[bot]),
                } | self.met
        raise Refused("Not Found", 404)

    def _send(self, bot: str, method: str, given: dict[str, Any]) -> dict[str, Any]:
        chat = chat_of(given)
        kind = {"sendPhoto": "photo", "sendDocument": "document"}.get(method)
        if kind:
            self._check_file(kind, given.get(kind))
        words = given.get("caption") if kind else given.get("text")
        if words or not kind:
            check_text(words, given.get("parse_mode"), *([MAX_CAPTION] if kind else []))
        markup = check_markup(given.get("reply_markup"))
        if not self.anyone and (bot, chat) not in self._started:
            raise Refused("Forbidden: bot can't initiate conversation with a user", 403)
        self._keep_pace(bot, chat)
        message = {
            "bot": bot,
            "method": method,
            "chat_id": chat,
            "text": words or "",
            "reply_markup": markup,
            "message_id": next(self._message_ids),
            "at": time.monotonic(),
        } | ({kind: _content(given[kind]), "file": given[kind]} if kind else {})
        with self._arrived:
            self.sent.append(message)
            self._arrived.notify_all()
        return {
            "message_id": message["message_id"],
            "date": int(time.time()),
            "chat": {"id": chat, "type": "private", "first_name": "X"},
            "from": _me(bot),
            "text": message["text"],
        }

    def _check_file(self, kind: str, given: object) -> None:
        """An upload, or the id of a file that is here already."""
        if isinstance(given, Uploaded):
            check_upload(given.content)
            if kind == "photo":
                check_photo(given.content)
        elif given not in self._files:
            there = "there is no" if given is None else "wrong file identifier/HTTP URL specified for"
            raise Refused(f"Bad Request: {there} {kind} in the request")

    def _keep_pace(self, bot: str, chat: int) -> None:
        if self.pace is None:
            return
        now = time.monotonic()
        tokens, since = self._spent.get((bot, chat), (3.0, now))
        tokens = min(3.0, tokens + (now - since) * self.pace)
        if tokens < 1:
            wait = max(1, round((1 - tokens) / self.pace))
            raise Refused(f"Too Many Requests: retry after {wait}", 429, retry_after=wait)
        self._spent[bot, chat] = (tokens - 1, now)

    def _acknowledge(self, given: dict[str, Any]) -> bool:
        if not given.get("callback_query_id") or len(str(given.get("text", ""))) > 200:
            raise Refused("Bad Request: query is too old and response timeout expired or query ID is invalid")
        self.acknowledged.append(str(given["callback_query_id"]))
        return True

    def _file(self, file_id: str) -> dict[str, object]:
        if file_id not in self._files:
            raise Refused("Bad Request: wrong file_id or the file is temporarily unavailable")
        if len(self._files[file_id]) > MAX_DOWNLOAD:
            raise Refused("Bad Request: file is too big")
        return {
            "file_id": file_id,
            "file_unique_id": "u" + file_id,
            "file_size": len(self._files[file_id]),
            "file_path": f"documents/{file_id}",
        }

    def _download(self, path: str) -> web.Response:
        place = re.fullmatch(r"/file/bot(\d+:[\w-]+)/documents/(.+)", path)
        if not place or place[1] not in self.tokens or place[2] not in self._files:
            raise Refused("Not Found", 404)
        return web.Response(body=self._files[place[2]], content_type="application/octet-stream")

    async def _poll(self, bot: str, given: dict[str, Any]) -> list[dict[str, Any]]:
        if bot in self.webhooks:
            raise Refused(
                "Conflict: can't use getUpdates method while webhook is active; "
                "use deleteWebhook to delete the webhook first",
                409,
            )
        mine = self._polling[bot] = next(self._poll_ids)
        offset = int(given.get("offset") or 0)
        with self._arrived:
            self._updates[bot] = [kept for kept in self._updates[bot] if kept["update_id"] >= offset]
        until = time.monotonic() + min(50.0, float(given.get("timeout") or 0))
        while not self._updates[bot] and time.monotonic() < until and not self._closing.is_set():
            await asyncio.sleep(0.005)
            if self._polling[bot] != mine:
                raise Refused(
                    "Conflict: terminated by other getUpdates request; "
                    "make sure that only one bot instance is running",
                    409,
                )
        return self._updates[bot][:100]


def _content(given: object) -> object:
    return given.content if isinstance(given, Uploaded) else given


def _bot(token: str) -> str:
    return token.partition(":")[0]


def _me(bot: str) -> dict[str, object]:
    return {"id": int(bot), "is_bot": True, "first_name": "LaporDesk", "username": f"lapordesk{bot}_bot"}


def _json(body: dict[str, object], status: int = 200) -> web.Response:
    return web.Response(body=json.dumps(body).encode(), status=status, content_type="application/json")


async def _parameters(request: web.BaseRequest) -> dict[str, Any]:
    given: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json":
        given |= await _json_body(request)
    elif request.content_type == "multipart/form-data":
        async for part in await request.clone(client_max_size=MOST_TAKEN).multipart():
            if isinstance(part, BodyPartReader):
                content = bytes(await part.read())
                kind = part.headers.get("Content-Type", "")
                is_file = part.filename is not None
                given[str(part.name)] = (
                    Uploaded(part.filename or "", content, kind) if is_file else content.decode()
                )
    elif request.can_read_body:
        given |= dict(await request.post())
    return given


async def _json_body(request: web.BaseRequest) -> dict[str, Any]:
    try:
        body = json.loads(await request.read())
    except ValueError:
        raise Refused("Bad Request: can't parse JSON") from None
    if not isinstance(body, dict):
        raise Refused("Bad Request: object expected")
    return body
