"""Plays a conversation on a whole LaporDesk: real doors, a real database, stand-ins of the platforms.

One phone per channel; each says what its lines say and shows what arrived, as its owner would see it.
"""

import asyncio
import io
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any, Protocol, cast

import httpx2
from aiohttp.web import Application, AppRunner, Request, Response, TCPSite
from PIL import Image
from sqlalchemy import select

from bot.channels.content import NO_HINT, ensure_templates
from bot.pace import CHAT_PACES
from core.cases.procedure import Procedure
from core.cases.procedures import read_procedure
from core.digests.topics import parse_topics
from core.elections.reading import parse_election
from core.forms.form import Form
from core.forms.written import to_json
from core.model.cases import Case
from core.model.codes import CROCKFORD
from core.model.people import Role
from core.model.records import Report
from lapordesk.app import ChatRates, Works, build, running, web
from lapordesk.commands.procedures import bundled_procedures
from lapordesk.commands.topics import FILE as TOPICS
from lapordesk.commands.whatsapp import note_templates
from lapordesk.sample import SAMPLE, SamplePerson, load_sample
from lapordesk.settings import Settings
from lapordesk.template_file import NAME as TEMPLATES
from lapordesk.workbooks import BUNDLED, bundled, read_form_file
from storage.areas_source import load as areas_of
from storage.duties import open_periods, publish_election
from storage.keys import Keys
from storage.store import Store
from storage.tables import case_file
from tests.standins.telegram import TelegramStandin
from tests.standins.telegram_phone import TelegramPhone
from tests.standins.twilio import TwilioStandin
from webhooks.telegram import PATH as TELEGRAM_PATH
from webhooks.telegram import SECRET_HEADER, secret_for

VOTING_DAY = datetime(2024, 11, 26, 23, 20, tzinfo=UTC)
"""27 November 2024, 07.20 WITA."""
PUBLIC = "https://lapor.example"
SECRET = "rahasia-uji"
STEP = timedelta(seconds=20)
PATIENCE = 15.0


class Somebody(Protocol):
    """Whose phone it is."""

    @property
    def name(self) -> str: ...

    @property
    def phone(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Citizen:
    """Somebody whom no roster knows."""

    name: str = "Warga Contoh"
    phone: str = "+628000007001"


class Phone(Protocol):
    """One person's app: what was written goes out, what came in is read."""

    async def send(self, line: str) -> None: ...

    async def received(self) -> str:
        """The next message that arrives, as it is shown."""
        ...

    async def has_more(self) -> bool:
        """Has another one arrived?"""
        ...


@dataclass
class Clock:
    now: datetime = VOTING_DAY

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, time: timedelta) -> None:
        self.now += time


@dataclass
class Stage:
    works: Works
    client: httpx2.AsyncClient
    clock: Clock
    telegram: TelegramStandin
    twilio: TwilioStandin
    _chats: "count[int]" = field(default_factory=lambda: count(4471))

    def phone(self, channel: str, person: Somebody) -> Phone:
        match channel:
            case "telegram":
                return OnTelegram(self, person, next(self._chats))
            case "whatsapp" | "sms":
                return OnTwilio(self, person, channel)
            case "webchat":
                return OnWeb(self, person)
            case _:
                raise ValueError(channel)

    async def pass_by(self, time: timedelta) -> None:
        """Let time go by; then the clock does what came due."""
        self.clock.pass_by(time)
        await self.works.ticker.look()
        await self.works.rounds.look()
        await self.settled()

    async def settled(self) -> None:
        """Whatever may go out by now has gone."""
        async with asyncio.timeout(PATIENCE):
            while self._is_sending():
                self.works.delivery.wake()
                await asyncio.sleep(0.005)

    def _is_sending(self) -> bool:
        with self.works.store.reading() as book:
            return book.outbox.oldest_waiting(self.clock()) is not None

    def cases(self) -> list[Case]:
        with self.works.store.reading() as book:
            numbers = book.connection.scalars(
                select(case_file.c.number).order_by(case_file.c.opened_at, case_file.c.number)
            )
            return [case for number in numbers.all() if (case := book.cases.get(number))]

    def reports(self) -> list[Report]:
        with self.works.store.reading() as book:
            return [
                report
                for version in book.forms.versions()
                for report in book.reports.every(version.name, practice=True)
            ]


@asynccontextmanager
async def stage(
    store: Store,
    folder: Path,
    chat_paces: ChatRates = CHAT_PACES,
    *,
    buttons: bool = False,
    custodians: bool = False,
    election: bool = False,
    begins: datetime = VOTING_DAY,
) -> AsyncIterator[Stage]:
    """A LaporDesk with the sample people and the bundled forms, all channels on; buttons: on WhatsApp too;
    custodians: identities can be sealed; election: reports are owed, and templates approved."""
    clock = Clock(begins)
    standin = TwilioStandin(public_url=PUBLIC, clock=lambda: clock().timestamp())
    with TelegramStandin() as telegram, standin as twilio:
        telegram.pace = None
        settle_in(store, clock())
        if election:
            hold_election(store, clock())
            (folder / TEMPLATES).write_text(_approved(twilio), encoding="utf-8")
        if buttons:
            await _make_templates(store, twilio)
        if custodians:
            appoint_custodians(store, clock())
        settings = _settings(folder, store, telegram, twilio)
        works = build(settings, store, clock, numbered_letters(), chat_paces)
        transport = httpx2.ASGITransport(app=web(works, "web"))
        async with (
            running(works, "all"),
            httpx2.AsyncClient(transport=transport, base_url=PUBLIC) as client,
            _carrying_files(client, twilio),
        ):
            yield Stage(works, client, clock, telegram, twilio)


@asynccontextmanager
async def _carrying_files(client: httpx2.AsyncClient, twilio: TwilioStandin) -> AsyncIterator[None]:
    """Twilio fetches our files from PUBLIC_URL, which leads nowhere here; so it is led to the application."""

    async def fetch(request: Request) -> Response:
        answer = await client.request(request.method, request.path_qs)
        names = ("Content-Type", "Content-Disposition")
        headers = {name: answer.headers[name] for name in names if name in answer.headers}
        return Response(status=answer.status_code, body=answer.content, headers=headers)

    served = Application()
    served.router.add_route("*", "/{path:.*}", fetch)
    runner = AppRunner(served)
    await runner.setup()
    site = TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    twilio.media_base = f"http://{host}:{port}"
    try:
        yield
    finally:
        await runner.cleanup()


def hold_election(store: Store, now: datetime) -> None:
    """The bundled election and the topics of its desk are in force, and what has begun is owed."""
    source = (BUNDLED / "elections" / "pilkada-2024.toml").read_text(encoding="utf-8")
    topics = TOPICS.read_text(encoding="utf-8")
    with store.begin() as book:
        publish_election(book, source, parse_election(source), now)
        listed = parse_topics(topics)
        book.topics.publish(topics, listed.name, listed.version, now)
        open_periods(book, now)


WORDS = {
    "reminder": "Yth. {{1}}, {{2}} belum kami terima. Batasnya {{3}}. Balas pesan ini untuk mengisinya.",
    "digest": "Yth. {{1}}, rekap Desk Senin {{2}} pekan {{3}} sudah siap. Balas pesan ini untuk menerimanya.",
    "news": "Ada kabar baru untuk Anda dari LaporDesk. Balas pesan ini untuk membacanya.",
}


def _approved(twilio: TwilioStandin) -> str:
    """As an operator writes it down."""
    lines = []
    for purpose, text in WORDS.items():
        named = {"purpose": purpose, "language": "id", "sid": twilio.approve(text), "text": text}
        lines += ["[[template]]", *(f'{name} = "{value}"' for name, value in named.items())]
    return "\n".join(lines)


def settle_in(store: Store, now: datetime) -> None:
    """The areas of the province, the sample people, the bundled forms."""
    with store.begin() as book:
        areas = tuple(areas_of("64"))
        book.areas.save(areas)
        load_sample(book, now)
        for form, source in bundled_forms():
            book.forms.publish(to_json(form), form.name, form.version, form.name, source, now)
        for text, procedure in procedures_of(LAW):
            book.procedures.publish(text, procedure, now)


def appoint_custodians(store: Store, now: datetime) -> None:
    """Two of them and a recovery key, so that identities can be sealed."""
    with store.begin() as book:
        for name in ("Yuni Contoh", "Zaki Contoh"):
            book.custodians.add(name, PASSPHRASE, now)
        book.custodians.add_recovery("pemulihan", now)


LAW = "pilkada"
PASSPHRASE = "kalimat sandi untuk uji coba saja"


@cache
def procedures_of(law: str) -> tuple[tuple[str, Procedure], ...]:
    files = bundled_procedures(law)
    read = [(path.read_text(encoding="utf-8"), path.name) for path in files]
    return tuple((text, found) for text, name in read if (found := read_procedure(text, name)[0]))


async def _make_templates(store: Store, twilio: TwilioStandin) -> None:
    """As `lapordesk whatsapp buttons` does."""
    made = await ensure_templates(twilio.account_sid, twilio.auth_token, twilio.url)
    with store.begin() as book:
        note_templates(book, twilio.account_sid, made)


@cache
def bundled_forms() -> tuple[tuple[Form, bytes], ...]:
    """Compiled once for all tests of a process: pyxform takes its time."""
    files = [read_form_file(path, tuple(areas_of("64"))) for path in bundled()]
    compiled = [(file.compile().form, file.source) for file in files]
    return tuple((form, source) for form, source in compiled if form)


def numbered_letters() -> Callable[[int], str]:
    """Codes that are the same in every run, and never twice the same."""
    serial = count(1)

    def letters(many: int) -> str:
        number, text = next(serial) * 7919, ""
        for _ in range(many):
            number, rest = divmod(number, 32)
            text += CROCKFORD[rest]
        return text

    return letters


def picture(shade: int = 120, width: int = 800) -> bytes:
    """A photograph of nothing, but large, bright and sharp enough for a sheet of paper."""
    data = io.BytesIO()
    Image.effect_noise((400, 300), shade).resize((width, width * 3 // 4)).convert("RGB").save(data, "JPEG")
    return data.getvalue()


def sample(role: str, area: str = "") -> SamplePerson:
    """The first of the sample people in that role, there."""
    return next(person for person in SAMPLE if person.role is Role(role) and person.area.startswith(area))


def somebody(words: str) -> Somebody:
    """`ptps`, `kabkota 64.02`; or `warga`, whom no roster knows."""
    role, _, area = words.partition(" ")
    return Citizen() if role == "warga" else sample(role, area)


@dataclass
class OnTelegram:
    stage: Stage
    person: Somebody
    chat: int
    seen: int = 0
    buttons: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.phone = TelegramPhone(self.chat, self.person.name)
        self.stage.telegram.start(self.chat)

    async def send(self, line: str) -> None:
        for update in self._updates(line):
            account = self.stage.works.telegrams[0].account
            answer = await self.stage.client.post(
                TELEGRAM_PATH, json=update, headers={SECRET_HEADER: secret_for(SECRET, account)}
            )
            assert answer.status_code == 200, answer.status_code

    async def received(self) -> str:
        message = await _arrival(lambda: self.stage.telegram.sent_to(self.chat), self.seen)
        self.seen += 1
        markup = message.get("reply_markup") or {}
        rows = markup.get("inline_keyboard") or markup.get("keyboard") or []
        if markup.get("inline_keyboard"):
            self.buttons = {button["text"]: button["callback_data"] for row in rows for button in row}
        files = [f"  📎 {message['file'].name}"] if "file" in message else []
        shown = ["  " + " ".join(f"[{button['text']}]" for button in row) for row in rows]
        return "\n".join([str(message["text"]), *files, *shown])

    async def has_more(self) -> bool:
        return len(self.stage.telegram.sent_to(self.chat)) > self.seen

    def _updates(self, line: str) -> list[dict[str, object]]:
        if line.startswith("[") and line[1:-1] in self.buttons:
            return [self.phone.tap(self.buttons[line[1:-1]])]
        if line == "☎":
            return [self.phone.contact(self.person.phone)]
        if line.startswith("📍"):
            latitude, longitude = line.removeprefix("📍").split(",")
            return [self.phone.location(float(latitude), float(longitude))]
        if line.startswith("📷"):
            files = [f"foto-{self.chat}-{n}" for n in range(line.count("📷"))]
            for name in files:
                self.stage.telegram.put_file(name, picture())
            album = f"album-{self.chat}" if len(files) > 1 else ""
            return [self.phone.photo(name, album=album) for name in files]
        return [self.phone.start() if line == "/start" else self.phone.text(line.strip("[]"))]


@dataclass
class OnTwilio:
    stage: Stage
    person: Somebody
    channel: str
    seen: int = 0
    options: dict[str, dict[str, Any]] = field(default_factory=dict)
    """What can be tapped, by its words, and the message that shows it."""

    @property
    def address(self) -> str:
        return f"whatsapp:{self.person.phone}" if self.channel == "whatsapp" else self.person.phone

    async def send(self, line: str) -> None:
        if line.startswith("[") and (shown := self.options.get(line[1:-1])):
            await self._arrive(*self.stage.twilio.tap(shown, line[1:-1]))
            return
        extra: dict[str, str] = {}
        if line.startswith("📷"):
            extra = {"NumMedia": "1", "MediaContentType0": "image/jpeg"}
            for _ in range(line.count("📷")):
                extra["MediaUrl0"] = self.stage.twilio.put_media(picture(), "image/jpeg")
                await self._post("", extra)
            return
        if line.startswith("📍"):
            latitude, longitude = line.removeprefix("📍").strip().split(",")
            extra = {"Latitude": latitude, "Longitude": longitude}
            line = ""
        await self._post(line, extra)

    def _mine(self) -> list[dict[str, object]]:
        return [one for one in self.stage.twilio.sent if one["To"] == self.address]

    async def has_more(self) -> bool:
        return len(self._mine()) > self.seen

    async def received(self) -> str:
        message = await _arrival(self._mine, self.seen)
        self.seen += 1
        self.options |= {option["title"]: message for option in message["options"]}
        files = [f"  📎 {file.name}" for file in message["files"]]
        return "\n".join([str(message["text"]), *files, *_shown(message)])

    async def _post(self, body: str, extra: dict[str, str]) -> None:
        await self._arrive(*self.stage.twilio.inbound(self.address, body, **extra))

    async def _arrive(self, form: dict[str, str], headers: dict[str, str]) -> None:
        answer = await self.stage.client.post("/webhooks/twilio", data=form, headers=headers)
        assert answer.status_code == 200, answer.text


def _shown(message: dict[str, Any]) -> list[str]:
    """Three buttons beside one another; the rows of a list below what opens it, each with its hint."""
    taps = [f"[{option['title']}]" for option in message["options"]]
    if message["kind"] != "rows":
        return ["  " + " ".join(taps)] if taps else []
    hints = [option["description"].removeprefix(NO_HINT) for option in message["options"]]
    rows = [f"  {tap} {hint}".rstrip() for tap, hint in zip(taps, hints, strict=True)]
    return [f"  {message['opener']}:", *rows]


@dataclass
class OnWeb:
    """A browser without its screen: the same requests, with its own cookie."""

    stage: Stage
    person: Somebody
    seen: int = 0
    """The id of the last message that was read: what is erased meanwhile does not shift the others."""
    last: dict[str, object] = field(default_factory=dict)
    cookie: dict[str, str] = field(default_factory=dict)
    """The header that the browser keeps for us."""
    _serial: "count[int]" = field(default_factory=lambda: count(1))

    async def send(self, line: str) -> None:
        if not self.cookie:
            page = await self.stage.client.get("/chat")
            self.cookie = {"Cookie": page.headers["Set-Cookie"].partition(";")[0]}
            self.stage.client.cookies.clear()
        message: dict[str, object] = {"id": f"m{next(self._serial)}"}
        choices = {choice["label"]: choice["key"] for choice in self._choices()}
        if line.startswith("[") and (label := self._label(line[1:-1], choices)):
            message |= {"choice": choices[label], "label": label}
        elif line.startswith("📷"):
            message["media"] = [await self._upload() for _ in range(line.count("📷"))]
        else:
            message["text"] = line.strip("[]")
        answer = await self.stage.client.post("/chat/messages", json=message, headers=self.cookie)
        assert answer.status_code == 200, answer.text

    async def received(self) -> str:
        async with asyncio.timeout(PATIENCE):
            while not (lines := await self._ours()):
                await asyncio.sleep(0.005)
        self.last = lines[0]
        self.seen = cast("int", self.last["id"])
        shown = (
            ["  " + " ".join(f"[{choice['label']}]" for choice in self._choices())] if self._choices() else []
        )
        return "\n".join([*(str(part["text"]) for part in self._parts()), *shown])

    async def has_more(self) -> bool:
        return bool(self.cookie) and bool(await self._ours())

    async def _ours(self) -> list[dict[str, object]]:
        answer = await self.stage.client.get("/chat/history", headers=self.cookie)
        return [line for line in answer.json()["lines"] if line["who"] == "us" and line["id"] > self.seen]

    async def _upload(self) -> str:
        answer = await self.stage.client.post(
            "/chat/media?name=foto.jpg",
            content=picture(width=320),  # so small that a better one is asked for
            headers={"Content-Type": "image/jpeg", **self.cookie},
        )
        assert answer.status_code == 200, answer.text
        return str(answer.json()["media"])

    def _parts(self) -> list[dict[str, Any]]:
        return cast("list[dict[str, Any]]", self.last.get("parts", []))

    def _choices(self) -> list[dict[str, str]]:
        return [choice for part in self._parts() for choice in part.get("choices", [])]

    def _label(self, wanted: str, choices: dict[str, str]) -> str:
        return next((label for label in choices if label == wanted or label.startswith(wanted)), "")


async def _arrival(inbox: Callable[[], list[dict[str, object]]], seen: int) -> dict[str, object]:
    """The message after those already seen, waited for."""
    async with asyncio.timeout(PATIENCE):
        while len(inbox()) <= seen:
            await asyncio.sleep(0.005)
    return inbox()[seen]


def _settings(folder: Path, store: Store, telegram: TelegramStandin, twilio: TwilioStandin) -> Settings:
    return Settings(
        _env_file=None,  # type: ignore[call-arg]
        data=folder,
        database_url=store.url,
        public_url=PUBLIC,
        telegram_token=telegram.token,  # type: ignore[arg-type]
        telegram_secret=SECRET,  # type: ignore[arg-type]
        telegram_api_url=telegram.url,
        telegram_pace=10_000,
        twilio_account_sid=twilio.account_sid,
        twilio_auth_token=twilio.auth_token,  # type: ignore[arg-type]
        twilio_whatsapp_from=next(iter(twilio.whatsapp_numbers)),
        twilio_sms_from=next(iter(twilio.sms_numbers)),
        twilio_api_url=twilio.url,
        twilio_pace=10_000,
    )


__all__ = ["Keys", "Phone", "Stage", "sample", "somebody", "stage"]
