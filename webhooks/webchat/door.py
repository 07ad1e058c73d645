"""The door of the web chat: the page, what it posts, what it uploads, what it is told.

    GET  /chat            the page, and a cookie for a browser that has none
    GET  /chat/history    the last messages both ways
    GET  /chat/events     what we say, as it happens
    GET  /chat/files/…    a file that we sent to this visitor; to any other it is not there
    POST /chat/media      one file, before the message that attaches it
    POST /chat/messages   one message; 200: it is kept, and may be sent again without harm

401: no cookie. 403: another site's page. 422: not so, and why, in plain words. 429 and 503: again, later.
"""

import secrets
import time
from collections.abc import AsyncIterable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, TypeVar

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse, StreamingResponse
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect

from bot.channels.webchat import Hub
from bot.enclosures import EnclosureShelf
from bot.evidence import explain
from bot.examiner import Kept
from core.model.messages import Address, Attachment, MediaKind
from core.speech.texts import texts
from storage.book import Book
from storage.signatures import OTHER_BYTES, Refusal, limit
from storage.store import Store
from storage.vaults.vault import Away
from webhooks.files import carried, later, missing
from webhooks.intake import Ears, clean, hand_over
from webhooks.webchat.conversation import News, history, language_of, news
from webhooks.webchat.pace import Pace
from webhooks.webchat.page import GUARDS, NEVER_KEPT, Page
from webhooks.webchat.posted import Posted, Refused, as_incoming, read, write
from webhooks.webchat.stream import stream
from webhooks.webchat.visitor import is_foreign, visitor, welcome

MESSAGE_LIMIT = 64 * 1024
UPLOAD_COST = 3.0
MOST_STREAMS = 5
"""Of one visitor in this process: a browser opens no more than six connections anyway."""
LONGEST_NUMBER = 18
KINDS: dict[str, MediaKind] = {"image": "image", "audio": "audio", "video": "video"}
LONGEST_NAME = 120

T = TypeVar("T")


class Uploads(Protocol):
    """Who takes evidence in."""

    async def receive(
        self, address: Address, attachment: Attachment, pieces: AsyncIterable[bytes]
    ) -> Kept | Refusal: ...


def webchat_door(
    ears: Ears,
    store: Store,
    hub: Hub,
    uploads: Uploads,
    clock: Callable[[], datetime],
    secure: bool,
    language: str = "id",
    house: str = "LaporDesk",
    files: EnclosureShelf | None = None,
) -> APIRouter:
    """`secure`: the page is reached by https, and its cookie goes nowhere else."""
    return WebChatDoor(ears, store, hub, uploads, clock, secure, language, Page(house), files).router()


@dataclass(frozen=True, slots=True)
class WebChatDoor:
    ears: Ears
    store: Store
    hub: Hub
    uploads: Uploads
    clock: Callable[[], datetime]
    secure: bool
    language: str
    page: Page
    files: EnclosureShelf | None = None
    pace: Pace = field(default_factory=Pace)

    def router(self) -> APIRouter:
        router = APIRouter(prefix="/chat", include_in_schema=False)
        router.add_api_route("", self.show, methods=["GET"])
        router.add_api_route("/assets/{mark}/{name}", self.asset, methods=["GET"])
        router.add_api_route("/history", self.tell_history, methods=["GET"])
        router.add_api_route("/events", self.tell_news, methods=["GET"])
        router.add_api_route("/files/{ref}/{signature}/{name}", self.give_file, methods=["GET"])
        router.add_api_route("/messages", self.take_message, methods=["POST"], max_body_size=MESSAGE_LIMIT)
        router.add_api_route("/media", self.take_media, methods=["POST"], max_body_size=OTHER_BYTES + 1)
        return router

    async def show(self, request: Request) -> Response:
        met = visitor(request)
        language = await self._language(met) if met else self.language
        response = HTMLResponse(self.page.render(language), headers=GUARDS | NEVER_KEPT)
        welcome(request, response, secure=self.secure)
        return response

    async def asset(self, mark: str, name: str, request: Request) -> Response:
        asset = self.page.assets.get(name)
        if asset is None or mark != self.page.mark:
            return Response(status_code=404, headers=GUARDS | NEVER_KEPT)
        return asset.response(request)

    async def tell_history(self, request: Request) -> Response:
        address = visitor(request)
        if address is None:
            return self._refuse(401, "webchat.no_cookie", self.language)
        now = self.clock()
        return _json(await self._ask(lambda book: history(book, address, now, self.language)))

    async def tell_news(self, request: Request) -> Response:
        address = visitor(request)
        if address is None:
            return self._refuse(401, "webchat.no_cookie", self.language)
        if self.hub.count(address.peer) >= MOST_STREAMS:
            return self._refuse(429, "webchat.refused.pages", await self._language(address))
        after = _number(request.headers.get("Last-Event-ID") or request.query_params.get("after", "0"))

        async def look(since: int) -> News:
            return await self._ask(lambda book: news(book, address, since, self.clock(), self.language))

        events = stream(look, self.hub, address.peer, after, self.clock, request.is_disconnected)
        headers = GUARDS | NEVER_KEPT | {"X-Accel-Buffering": "no"}
        return StreamingResponse(events, media_type="text/event-stream", headers=headers)

    async def give_file(self, ref: str, signature: str, name: str, request: Request) -> Response:
        address = visitor(request)
        if self.files is None or address is None or not self.files.is_for(address.peer, ref, signature):
            return missing()
        try:
            opened = await run_in_threadpool(self.files.open, ref)
        except Away:
            return later()
        return carried(opened, to_keep="download" in request.query_params) if opened else missing()

    async def take_message(self, request: Request) -> Response:
        address = visitor(request)
        if refused := self._turned_away(request, address, 1.0):
            return refused
        assert address is not None
        try:
            posted = read(await request.body())
            attachments = await self._attachments(posted, address)
        except Refused as trouble:
            return self._refuse(422, trouble.key, await self._language(address), **trouble.values)
        incoming = as_incoming(posted, address, attachments, self.clock())
        kept = await hand_over(self.ears, incoming, write(posted, attachments))
        self.hub.wake(address.peer)
        return _json({}) if kept else self._refuse(503, "webchat.refused.later", self.language)

    async def take_media(self, request: Request) -> Response:
        address = visitor(request)
        if refused := self._turned_away(request, address, UPLOAD_COST):
            return refused
        assert address is not None
        attachment = _uploaded(request)
        if _number(request.headers.get("Content-Length", "0")) > limit(attachment.kind):
            taken: Kept | Refusal = Refusal("large")
        else:
            try:
                taken = await self.uploads.receive(address, attachment, request.stream())
            except ClientDisconnect:
                return Response(status_code=400)
            except Away:
                return self._refuse(503, "webchat.refused.away", await self._language(address))
        if isinstance(taken, Refusal):
            words = explain(taken.reason, attachment.kind, await self._language(address))
            return _json({"refused": words}, 422)
        return _json({"media": attachment.media})

    async def _attachments(self, posted: Posted, address: Address) -> tuple[Attachment, ...]:
        """What this visitor uploaded, in the order of the message; nobody can attach another's."""
        if not posted.media:
            return ()

        def find(book: Book) -> dict[str, Attachment]:
            met = book.addresses.find(address)
            return book.media.uploaded(posted.media, met.id) if met else {}

        found = await self._ask(find)
        if len(found) < len(posted.media):
            raise Refused("webchat.refused.media")
        return tuple(found[media] for media in posted.media)

    def _turned_away(self, request: Request, address: Address | None, cost: float) -> Response | None:
        if is_foreign(request):
            return self._refuse(403, "webchat.refused.foreign", self.language)
        if address is None:
            return self._refuse(401, "webchat.no_cookie", self.language)
        if wait := self.pace.wait(address.peer, time.monotonic(), cost):
            response = self._refuse(429, "webchat.refused.often", self.language)
            response.headers["Retry-After"] = str(int(wait) + 1)
            return response
        return None

    def _refuse(self, status: int, key: str, language: str, **values: object) -> Response:
        return _json({"refused": texts(language).say(key, **values)}, status)

    async def _language(self, address: Address) -> str:
        return await self._ask(lambda book: language_of(book, book.addresses.find(address), self.language))

    async def _ask(self, question: Callable[[Book], T]) -> T:
        """Read from the database, off the event loop."""

        def answer() -> T:
            with self.store.reading() as book:
                return question(book)

        return await run_in_threadpool(answer)


def _uploaded(request: Request) -> Attachment:
    content_type = clean(request.headers.get("Content-Type", ""))
    return Attachment(
        kind=KINDS.get(content_type.partition("/")[0].lower(), "file"),
        ref="",
        name=clean(request.query_params.get("name", ""))[:LONGEST_NAME],
        content_type=content_type,
        media=secrets.token_hex(8),
    )


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER else 0


def _json(content: object, status: int = 200) -> Response:
    return JSONResponse(content, status, headers=GUARDS | NEVER_KEPT)
