"""Twilio on loopback, as strict as the platform: messages, templates, media, webhooks, trouble on order.

    with TwilioStandin() as twilio:
        form, headers = twilio.inbound("whatsapp:+628000000012", "jam 7 lewat 20")   # signed
        outlet = TwilioOutlet(twilio.account_sid, twilio.auth_token, ..., api_url=twilio.url)
        twilio.wait_for(1)[0]["text"]

`sent` holds what a phone would show, `failed` what was accepted and then failed (anything but an approved
template outside the 24-hour window: 63016; a file that cannot be fetched: 63019).
Statuses are kept in `callbacks`, signed; with `callback_base` they are posted there.
The shapes are those of Twilio's OpenAPI, the codes those of https://www.twilio.com/docs/api/errors.
"""

import asyncio
import json
import re
import secrets
import threading
import time
from base64 import b64encode
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from email.utils import formatdate
from typing import Any, Literal, Self
from urllib.parse import parse_qsl, urlsplit

from aiohttp import ClientError, ClientSession, ClientTimeout, web
from twilio.request_validator import RequestValidator

from tests.standins.twilio_errors import WORDS, error, trouble
from tests.standins.twilio_templates import SLOT, fault_of_template, filled

WINDOW = 24 * 3600
E164 = re.compile(r"\+[1-9][0-9]{6,14}")

PARAMETER = re.compile(
    r"To|StatusCallback|ApplicationSid|MaxPrice|ProvideFeedback|Attempt|ValidityPeriod|"
    r"ForceDelivery|ContentRetention|AddressRetention|SmartEncoded|PersistentAction|"
    r"TrafficType|ShortenUrls|ScheduleType|SendAt|SendAsMms|ContentVariables|RiskCheck|"
    r"From|FallbackFrom|MessagingServiceSid|Body|MediaUrl|ContentSid"
)
"""Those of Twilio's OpenAPI; a misspelt one is an error here."""

ON_WHATSAPP = {
    *("image/jpeg", "image/png", "application/pdf", "application/msword"),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""https://www.twilio.com/docs/whatsapp/guidance-whatsapp-media-messages"""

Mode = Literal["ok", "busy", "error", "unauthorised", "window", "hang", "drop", "drop_after", "garbage"]


@dataclass
class Media:
    data: bytes
    content_type: str
    url: str
    redirect: str | None


@dataclass
class Fetched:
    """A file that went along with a message, as Twilio got it from us."""

    content: bytes
    content_type: str
    name: str

    @property
    def is_picture(self) -> bool:
        return self.content_type.startswith("image/")


@dataclass
class TwilioStandin:
    account_sid: str = "AC" + "0123456789abcdef" * 2
    auth_token: str = "fedcba9876543210" * 2
    whatsapp_numbers: set[str] = field(default_factory=lambda: {"+628000000900"})
    sms_numbers: set[str] = field(default_factory=lambda: {"+628000000901"})
    public_url: str = "https://lapor.example.org"
    callback_base: str | None = None
    """Where statuses are really posted to (PUBLIC_URL leads nowhere in tests); None: only kept."""
    media_base: str | None = None
    """Where a MediaUrl below `public_url` is really fetched from; None: it is fetched where it says."""
    clock: Callable[[], float] = time.time

    sent: list[dict[str, Any]] = field(default_factory=list)
    failed: list[dict[str, Any]] = field(default_factory=list)
    callbacks: list[tuple[str, dict[str, str], dict[str, str]]] = field(default_factory=list)
    """(address, form, headers) of each status, in order."""
    templates: dict[str, dict[str, Any]] = field(default_factory=dict)
    deleted: set[str] = field(default_factory=set)
    opted_out: set[str] = field(default_factory=set)
    requests: int = 0
    most_at_once: int = 1000
    """Requests at the same time; past them 429 and 20429, as the REST API does."""

    def __post_init__(self) -> None:
        self.url = ""
        self._approved: set[str] = set()
        self._windows: dict[str, float] = {}
        self._media: dict[str, Media] = {}
        self._orders: list[Mode] = []
        self._standing_order: Mode = "ok"
        self._busy = 0
        self._news = threading.Condition()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="twilio stand-in", daemon=True)

    # The handle that tests hold

    def __enter__(self) -> Self:
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._start(), self._loop).result(10)
        return self

    def __exit__(self, *_: object) -> None:
        asyncio.run_coroutine_threadsafe(self._stop(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    def wait_for(self, number: int, timeout: float = 10.0) -> list[dict[str, Any]]:
        """The messages sent so far, as soon as there are so many."""
        with self._news:
            if not self._news.wait_for(lambda: len(self.sent) >= number, timeout):
                raise AssertionError(f"{len(self.sent)} messages sent, not {number}")
            return list(self.sent)

    def behave(self, mode: Mode, times: int | None = None) -> None:
        """Misbehave at the next `times` sends, or from now on."""
        if times is None:
            self._standing_order, self._orders = mode, []
        else:
            self._orders += [mode] * times

    def inbound(self, from_: str, body: str = "", **extra: str) -> tuple[dict[str, str], dict[str, str]]:
        """Form and headers of a message from somebody, signed; it opens their window for 24 hours."""
        on_whatsapp = from_.startswith("whatsapp:")
        number = min(self.whatsapp_numbers if on_whatsapp else self.sms_numbers)
        sid = _sid("SM")
        params = {
            "SmsMessageSid": sid,
            "NumMedia": "0",
            "SmsSid": sid,
            "SmsStatus": "received",
            "Body": body,
            "To": f"whatsapp:{number}" if on_whatsapp else number,
            "NumSegments": "1",
            "MessageSid": sid,
            "AccountSid": self.account_sid,
            "From": from_,
            "ApiVersion": "2010-04-01",
        }
        if on_whatsapp:
            params |= {"ProfileName": "", "WaId": from_.removeprefix("whatsapp:+"), "MessageType": "text"}
            self.open_window(from_.removeprefix("whatsapp:"))
        params |= extra
        return params, self.signed("/webhooks/twilio", params)

    def tap(self, message: dict[str, Any], title: str) -> tuple[dict[str, str], dict[str, str]]:
        """What comes when the person taps an option of a message that was sent to them."""
        option = next(option for option in message["options"] if option["title"] == title)
        if message["kind"] == "buttons":
            extra = {"ButtonPayload": option["id"], "ButtonText": title}
        else:
            extra = {"ListId": option["id"], "ListTitle": title}
        return self.inbound(message["To"], title, **extra)

    def approve(self, text: str, language: str = "id", status: str = "approved") -> str:
        """A template that an operator made and WhatsApp judged; its ContentSid."""
        sid = _sid("HX")
        slots = sorted(set(SLOT.findall(text)))
        self.templates[sid] = {
            "sid": sid,
            "friendly_name": sid,
            "language": language,
            "variables": {slot: f"contoh {slot}" for slot in slots},
            "types": {"twilio/text": {"body": text}},
            "approval_requests": {"name": sid, "category": "UTILITY", "status": status},
        }
        if status == "approved":
            self._approved.add(sid)
        return sid

    def signed(self, path: str, params: dict[str, str]) -> dict[str, str]:
        return self._signed(self.public_url.rstrip("/") + path, params)

    def open_window(self, peer: str) -> None:
        self._windows[peer] = self.clock()

    def close_window(self, peer: str) -> None:
        self._windows.pop(peer, None)

    def put_media(self, data: bytes, content_type: str, redirect: str | None = None) -> str:
        """Host a file as if somebody had sent it; a GET is redirected to the store, as at Twilio."""
        path = f"/2010-04-01/Accounts/{self.account_sid}/Messages/{_sid('MM')}/Media/{_sid('ME')}"
        self._media[path] = Media(data, content_type, self.url + path, redirect)
        return self.url + path

    def statuses_of(self, sid: str) -> list[str]:
        return [params["MessageStatus"] for _, params, _ in self.callbacks if params["MessageSid"] == sid]

    # The server

    async def _start(self) -> None:
        self._closing = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()
        self._session = ClientSession(timeout=ClientTimeout(total=15))
        app = web.Application(client_max_size=2**20)
        account = "/2010-04-01/Accounts/{account}"
        media = account + "/Messages/{message}/Media/{media}"
        app.router.add_post(account + "/Messages.json", self._guarded(self._create_message))
        app.router.add_get(media, self._guarded(self._show_media))
        app.router.add_delete(media, self._guarded(self._delete_media))
        app.router.add_get("/store/{key:.*}", self._serve_media)
        app.router.add_get("/v1/Content", self._guarded(self._list_templates))
        app.router.add_get("/v1/ContentAndApprovals", self._guarded(self._list_templates))
        app.router.add_post("/v1/Content", self._guarded(self._create_template))
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0, backlog=1024)
        await site.start()
        port = self._runner.addresses[0][1]
        self.url = f"http://127.0.0.1:{port}"

    async def _stop(self) -> None:
        self._closing.set()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._session.close()
        await self._runner.cleanup()

    def _guarded(
        self, answer: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        async def guarded(request: web.Request) -> web.StreamResponse:
            self.requests += 1
            self._busy += 1
            try:
                if self._busy > self.most_at_once:
                    return error(429, 20429)
                if request.headers.get("Authorization") != self._credentials():
                    return error(401, 20003)
                if request.match_info.get("account", self.account_sid) != self.account_sid:
                    return error(404, 20404)
                return await answer(request)
            finally:
                self._busy -= 1

        return guarded

    def _credentials(self) -> str:
        return "Basic " + b64encode(f"{self.account_sid}:{self.auth_token}".encode()).decode()

    # Messages

    async def _create_message(self, request: web.Request) -> web.StreamResponse:
        mode = self._orders.pop(0) if self._orders else self._standing_order
        match mode:
            case "busy":
                return error(429, 20429, headers={"Retry-After": "2"})
            case "error":
                return error(503, 20500)
            case "unauthorised":
                return error(401, 20003)
            case "drop":
                return await self._hang_up(request)
        answer = await self._accept(request, refuse_outside_window=mode == "window")
        match mode:
            case "hang":
                await self._closing.wait()
            case "drop_after":
                return await self._hang_up(request)
            case "garbage":
                return web.Response(status=201, text="<html>a proxy's page</html>", content_type="text/html")
        return answer

    async def _hang_up(self, request: web.Request) -> web.StreamResponse:
        if request.transport is not None:
            request.transport.abort()
        return web.Response()

    async def _accept(self, request: web.Request, refuse_outside_window: bool) -> web.Response:
        if request.content_type != "application/x-www-form-urlencoded":
            return error(415, 20001)
        body = (await request.read()).decode("utf-8")
        pairs = parse_qsl(body, keep_blank_values=True, strict_parsing=True)
        form = {name: value for name, value in pairs if name != "MediaUrl"}
        media = [value for name, value in pairs if name == "MediaUrl"]
        if code := self._fault(form, media):
            return error(400, code)
        shown = {"kind": "text", "text": form.get("Body", ""), "options": []}
        if "ContentSid" in form:
            shown = filled(self.templates[form["ContentSid"]], form)
            if isinstance(shown, int):
                return error(400, shown)
        on_whatsapp = form["To"].startswith("whatsapp:")
        is_approved = form.get("ContentSid") in self._approved
        outside = on_whatsapp and not is_approved and not self._window_open(form["To"])
        if outside and refuse_outside_window:
            return error(400, 63016)
        files = [] if outside else [await self._fetched(url) for url in media]
        trouble = 63016 if outside else next((file for file in files if isinstance(file, int)), 0)
        if on_whatsapp and any(not isinstance(file, int) and not file.is_picture for file in files):
            shown["text"] = ""  # WhatsApp shows no words with a document
        message = {**form, "MediaUrl": media, "sid": _sid("SM"), **shown, "files": files}
        self._keep(message, trouble)
        return web.json_response(self._resource(message), status=201)

    def _fault(self, form: dict[str, str], media: list[str]) -> int:
        """The code of what is wrong with a send, 0 if nothing is."""
        to, sender = form.get("To", ""), form.get("From", "")
        if unknown := [name for name in form if not PARAMETER.fullmatch(name)]:
            raise web.HTTPBadRequest(text=json.dumps(trouble(400, 20001, f"unknown: {unknown}")))
        if not to or not sender:
            return 21603 if to else 21604
        channel_to, _, number_to = to.rpartition(":")
        channel_from, _, number_from = sender.rpartition(":")
        if channel_to not in {"", "whatsapp"} or not E164.fullmatch(number_to):
            return 21211
        if channel_to != channel_from:
            return 21910
        if number_from not in (self.whatsapp_numbers if channel_from else self.sms_numbers):
            return 63007 if channel_from else 21606
        if number_to == number_from:
            return 21266
        if number_to in self.opted_out:
            return 21610
        if "StatusCallback" in form and not _is_web_address(form["StatusCallback"]):
            return 21609
        return self._fault_of_words(form, media)

    def _fault_of_words(self, form: dict[str, str], media: list[str]) -> int:
        if "ContentSid" in form:
            return 0 if form["ContentSid"] in self.templates else 21655
        if "ContentVariables" in form:
            return 21654
        if "Body" not in form and not media:
            return 21619
        if not form.get("Body", "").strip() and not media:
            return 21602
        if len(form.get("Body", "")) > 1600:
            return 21617
        if not all(map(_is_web_address, media)):
            return 21620
        if form["To"].startswith("whatsapp:"):
            return 21623 if len(media) > 1 else 0
        return 21623 if len(media) > 10 else 0

    async def _fetched(self, url: str) -> "Fetched | int":
        """The file as Twilio fetches it, HEAD before GET, or the code of what is wrong with it."""
        place = url
        if self.media_base is not None and url.startswith(self.public_url):
            place = self.media_base + url.removeprefix(self.public_url)
        try:
            async with self._session.head(place) as asked:
                kind = asked.content_type
            async with self._session.get(place) as answer:
                if answer.status != 200 or asked.status != 200:
                    return 63019
                content = await answer.read()
        except (ClientError, TimeoutError):
            return 63019
        if kind not in ON_WHATSAPP or answer.content_type != kind:
            return 12300
        if len(content) > (5_000_000 if kind.startswith("image/") else 16_000_000):
            return 11751
        disposition = answer.content_disposition
        return Fetched(content, kind, (disposition.filename if disposition else "") or "")

    def _window_open(self, to: str) -> bool:
        opened = self._windows.get(to.removeprefix("whatsapp:"))
        return opened is not None and self.clock() - opened <= WINDOW

    def _keep(self, message: dict[str, Any], trouble: int) -> None:
        statuses = [("failed", trouble)] if trouble else [("sent", 0), ("delivered", 0)]
        with self._news:
            (self.failed if trouble else self.sent).append(message)
            self._news.notify_all()
        told = [self._status(message, status, code) for status, code in statuses]
        if "StatusCallback" in message:
            self.callbacks += told
            if self.callback_base is not None:
                task = self._loop.create_task(self._tell(told))
                self._tasks.add(task)
                task.add_done_callback(self._tasks.discard)

    def _status(
        self, message: dict[str, Any], status: str, code: int
    ) -> tuple[str, dict[str, str], dict[str, str]]:
        params = {
            "MessageSid": message["sid"],
            "SmsSid": message["sid"],
            "MessageStatus": status,
            "SmsStatus": status,
            "AccountSid": self.account_sid,
            "To": message["To"],
            "From": message["From"],
            "ApiVersion": "2010-04-01",
        }
        if code:
            params |= {"ErrorCode": str(code), "ErrorMessage": WORDS[code]}
        url = message.get("StatusCallback", "")
        return url, params, self._signed(url, params)

    async def _tell(self, told: list[tuple[str, dict[str, str], dict[str, str]]]) -> None:
        for url, params, headers in told:
            parts = urlsplit(url)
            place = f"{self.callback_base}{parts.path}{'?' + parts.query if parts.query else ''}"
            try:
                async with self._session.post(place, data=params, headers=headers) as answer:
                    await answer.read()
            except (ClientError, TimeoutError):
                continue

    def _signed(self, url: str, params: dict[str, str]) -> dict[str, str]:
        return {"X-Twilio-Signature": RequestValidator(self.auth_token).compute_signature(url, params)}

    def _resource(self, message: dict[str, Any]) -> dict[str, Any]:
        now = formatdate(self.clock())
        uri = f"/2010-04-01/Accounts/{self.account_sid}/Messages/{message['sid']}"
        return {
            "account_sid": self.account_sid,
            "api_version": "2010-04-01",
            "body": message["text"],
            "date_created": now,
            "date_sent": None,
            "date_updated": now,
            "direction": "outbound-api",
            "error_code": None,
            "error_message": None,
            "from": message["From"],
            "messaging_service_sid": None,
            "num_media": str(len(message["MediaUrl"])),
            "num_segments": "1",
            "price": None,
            "price_unit": None,
            "sid": message["sid"],
            "status": "queued",
            "subresource_uris": {"media": f"{uri}/Media.json"},
            "to": message["To"],
            "uri": f"{uri}.json",
        }

    # Content templates

    async def _list_templates(self, request: web.Request) -> web.Response:
        size = min(int(request.query.get("PageSize", "50")), 50)
        page = int(request.query.get("Page", "0"))
        everything = list(self.templates.values())
        shown = everything[page * size : (page + 1) * size]
        more = len(everything) > (page + 1) * size
        # Twilio names its own host here, whatever the client called it by.
        address = f"https://content.twilio.com{request.path}" + "?PageSize={}&Page={}"
        return web.json_response(
            {
                "contents": shown,
                "meta": {
                    "page": page,
                    "page_size": size,
                    "first_page_url": address.format(size, 0),
                    "previous_page_url": address.format(size, page - 1) if page else None,
                    "url": address.format(size, page),
                    "next_page_url": address.format(size, page + 1) if more else None,
                    "key": "contents",
                },
            }
        )

    async def _create_template(self, request: web.Request) -> web.Response:
        if request.content_type != "application/json":
            return error(415, 20001)
        template = await request.json()
        if fault := fault_of_template(template):
            return error(400, 20001, fault)
        template = {**template, "sid": _sid("HX"), "account_sid": self.account_sid}
        self.templates[template["sid"]] = template
        return web.json_response(template, status=201)

    # Media

    async def _show_media(self, request: web.Request) -> web.Response:
        media = self._media.get(request.path)
        if media is None:
            return error(404, 20404)
        raise web.HTTPTemporaryRedirect(media.redirect or f"{self.url}/store{request.path}")

    async def _serve_media(self, request: web.Request) -> web.Response:
        # The store refuses a second kind of credentials, as S3 does; ours have no business there.
        if "Authorization" in request.headers:
            return web.Response(status=400, text="InvalidArgument: Only one auth mechanism allowed")
        media = self._media.get("/" + request.match_info["key"])
        if media is None:
            return web.Response(status=404)
        return web.Response(body=media.data, content_type=media.content_type)

    async def _delete_media(self, request: web.Request) -> web.Response:
        media = self._media.pop(request.path, None)
        if media is None:
            return error(404, 20404)
        self.deleted.add(media.url)
        return web.Response(status=204)


def _sid(prefix: str) -> str:
    return prefix + secrets.token_hex(16)


def _is_web_address(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and "_" not in (parts.hostname or "_")
