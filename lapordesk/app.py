"""Builds everything by hand: the store, the ways out, the turns, the doors, the tasks that run beside them.

with assemble(settings) as works:     # opened, nothing running yet
    works.web                          # the FastAPI app; its lifespan runs the duties of its role
"""

import asyncio
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from itertools import count

import structlog
from fastapi import FastAPI
from fastapi.telemetry import TelemetryConfig
from prometheus_client import CollectorRegistry

from bot.channels.base import Outlet
from bot.channels.telegram import PlatformFailed, TelegramOutlet
from bot.channels.terminal import ACCOUNT as TERMINAL
from bot.channels.terminal import TerminalOutlet
from bot.channels.twilio import TwilioOutlet
from bot.channels.twilio_errors import reason
from bot.channels.webchat import ACCOUNT as WEB
from bot.channels.webchat import Hub, WebChatOutlet
from bot.delivery import Delivery
from bot.enclosures import EnclosureShelf
from bot.evidence import Fetcher
from bot.forms import FormShelf
from bot.letters import Letters
from bot.pace import CHAT_PACES
from bot.receipts import keep_receipt
from bot.shares import WHOLE, Presence
from bot.turn import Turns
from core.dialogue.known import House
from core.model.messages import Address, Channel, Incoming, Receipt
from core.speech.layout import Layout
from desk.api.app import PATH as API_PATH
from desk.api.app import api
from desk.health import health
from desk.pages.app import desk
from desk.pages.room import PATH as DESK_PATH
from desk.pages.room import Room
from desk.public import public_page, public_site
from lapordesk.commands.whatsapp import known_templates
from lapordesk.desk_house import desk_house
from lapordesk.duties import Duty, Watch
from lapordesk.hook_duty import hook_duty
from lapordesk.meters import Meters
from lapordesk.sample import faces
from lapordesk.settings import Settings, telegram_secret
from lapordesk.signs import signs_of_life
from lapordesk.standing import standing_of
from lapordesk.template_file import approved_templates
from lapordesk.timetable import rounds, timetable
from lapordesk.vaults import evidence_of
from lapordesk.ways import ways_in
from scheduler.ticker import Ticker
from storage.evidence import Evidence
from storage.keys import Keys
from storage.store import Store, is_sqlite
from webhooks.files import files_door
from webhooks.polling import Rest, poll
from webhooks.telegram import PATH as TELEGRAM_PATH
from webhooks.telegram import secret_for, telegram_door
from webhooks.twilio import STATUS, TwilioDoor
from webhooks.webchat.door import webchat_door

Outlets = dict[tuple[Channel, str], Outlet]
ChatRates = Mapping[Channel, tuple[float, float]]

log = structlog.get_logger(__name__)

NUMBERED = frozenset({Channel.WHATSAPP, Channel.SMS})
"""Their account is the number that people write to; of several the first is told to whoever is new."""
LONGEST_REST = 300.0
"""Between two tries to tell Telegram where we are."""
RECEIPT_WAITS = (0.0, 0.5, 2.0)
"""A failure may be told before it is written down that the message went out."""
NEXT_PICTURE = 1.3
"""Seconds after a turn at which a reply that waited for the rest of an album is due."""


UNTRACED: TelemetryConfig = {"tracing": False, "metrics": False, "logs": False}
"""We count ourselves (`desk/health.py`)."""


def now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Works:
    """What a running LaporDesk is made of."""

    settings: Settings
    store: Store
    evidence: Evidence
    shelf: EnclosureShelf
    hub: Hub
    outlets: Outlets
    telegrams: tuple[TelegramOutlet, ...]
    delivery: Delivery
    presence: Presence
    fetcher: Fetcher
    turns: Turns
    ticker: Ticker
    rounds: Ticker
    """A clock of its own for what takes long: the other one must not wait for it."""
    registry: CollectorRegistry
    watch: Watch = field(default_factory=Watch)

    async def keep_receipt(self, receipt: Receipt) -> None:
        """What a platform told of a message; a failure is given its word."""
        told = receipt if not receipt.error else _with_reason(receipt)
        moment = self.turns.clock()
        for wait in RECEIPT_WAITS:
            await asyncio.sleep(wait)
            kept = await self.store.perform(lambda book: keep_receipt(book, told, self._layout, moment))
            if kept == "to send":
                self.delivery.wake()
            if kept != "unknown":
                return

    def duties(self, role: str) -> list[Duty]:
        """What runs beside the doors in a process of that role."""
        duties = signs_of_life(self.store, self.turns.clock, role, self.presence)
        if role in ("all", "delivery"):
            duties.append(Duty("delivery", self.delivery.run, self.delivery.stop))
            duties.append(Duty("evidence", self.fetcher.run, self.fetcher.stop))
            duties.append(hook_duty(self.settings, self.store, self.turns.clock))
            duties += [Duty(f"telegram {bot.account}", self._attend(bot)) for bot in self.telegrams]
        if role in ("all", "clock"):
            duties.append(Duty("clock", self.ticker.run, self.ticker.stop))
            duties.append(Duty("rounds", self.rounds.run, self.rounds.stop))
        return duties

    def _layout(self, address: Address) -> Layout | None:
        outlet = self.outlets.get((address.channel, address.account))
        return outlet.layout if outlet else None

    def _attend(self, bot: TelegramOutlet) -> Callable[[], Awaitable[None]]:
        """With a public address the bot is told of it, without one its updates are fetched."""
        if not self.settings.public_url:
            return partial(poll, bot, self.turns)
        url = f"{self.settings.public_url}{TELEGRAM_PATH}"
        return partial(open_webhook, bot, url, secret_for(telegram_secret(self.settings), bot.account))


@contextmanager
def assemble(settings: Settings, chat_paces: ChatRates = CHAT_PACES) -> Iterator[Works]:
    """Everything, opened; closed again at the end."""
    store = Store(settings.database_url, Keys.load(settings.key_file))
    try:
        yield build(settings, store, chat_paces=chat_paces)
    finally:
        store.close()


def build(
    settings: Settings,
    store: Store,
    clock: Callable[[], datetime] = now,
    letters: Callable[[int], str] | None = None,
    chat_paces: ChatRates = CHAT_PACES,
) -> Works:
    """The parts over a store; the tests give a clock, letters and paces of their own."""
    hub, registry = Hub(), CollectorRegistry()
    meters = Meters(registry)
    evidence = evidence_of(settings, store.keys)
    files = EnclosureShelf(store, evidence, clock, settings.public_url or "")
    telegrams = tuple(
        TelegramOutlet(token.get_secret_value(), settings.telegram_api_url, read=files.read)
        for token in settings.telegram_token
    )
    outlets: Outlets = {
        (Channel.WEBCHAT, WEB): WebChatOutlet(hub),
        (Channel.TERMINAL, TERMINAL): TerminalOutlet(_left_to_the_terminal),
    }
    outlets |= {(Channel.TELEGRAM, bot.account): bot for bot in telegrams}
    outlets |= _twilio_outlets(settings, store, files)
    name = f"delivery-{secrets.token_hex(4)}"
    delivery = Delivery(
        store,
        outlets,
        clock,
        name,
        templates=approved_templates(settings),
        paces={
            Channel.TELEGRAM: settings.telegram_pace,
            Channel.WHATSAPP: settings.twilio_pace,
            Channel.SMS: settings.twilio_pace,
        },
        chat_paces=chat_paces,
        count=meters.sent,
        share=(lambda: WHOLE) if is_sqlite(store.url) else (lambda: presence.share),
    )
    presence = Presence(store, name, clock, delivery.wake, is_well=lambda: delivery.is_well)
    fetcher = Fetcher(store, evidence, outlets, clock, told=delivery.wake)

    def heard(incoming: Incoming) -> None:
        """There is something to send; with pictures something to fetch, and a reply that waits for more."""
        delivery.wake()
        if incoming.attachments:
            delivery.wake(NEXT_PICTURE)
            fetcher.wake()
        if incoming.address.channel is Channel.WEBCHAT:
            hub.wake(incoming.address.peer)

    shelf = FormShelf(clock)
    turns = Turns(
        store=store,
        shelf=shelf,
        house=House(
            name=house_name(settings, store),
            zone=settings.timezone,
            web=_web(settings),
            province=settings.province,
        ),
        clock=clock,
        language=settings.language,
        demo=faces,
        wake=heard,
        letters=letters or Letters(),
        heard=meters.heard,
        spent=meters.spent,
    )
    jobs = timetable(settings, shelf, evidence)
    ticker = Ticker(store, jobs, clock, delivery.wake)
    going = Ticker(store, rounds(settings, evidence, clock), clock, delivery.wake)
    return Works(
        settings,
        store,
        evidence,
        files,
        hub,
        outlets,
        telegrams,
        delivery,
        presence,
        fetcher,
        turns,
        ticker,
        going,
        registry,
    )


def web(works: Works, role: str = "all") -> FastAPI:
    """The doors and the pages; while it is up, what its role has to do runs beside them."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with running(works, role):
            yield

    settings = works.settings
    app = FastAPI(
        title="LaporDesk",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        telemetry=UNTRACED,
    )
    if works.telegrams:
        accounts = [bot.account for bot in works.telegrams]
        app.router.routes.append(telegram_door(accounts, telegram_secret(settings), works.turns))
    if settings.twilio_account_sid and settings.twilio_auth_token:
        door = TwilioDoor(
            works.turns,
            works.keep_receipt,
            settings.twilio_account_sid,
            settings.twilio_auth_token.get_secret_value(),
            settings.public_url,
            now,
        )
        app.include_router(door.router())
    secure = (settings.public_url or "").startswith("https")
    app.include_router(
        webchat_door(
            works.turns,
            works.store,
            works.hub,
            works.fetcher,
            works.turns.clock,
            secure,
            settings.language,
            works.turns.house.name,
            works.shelf,
        )
    )
    app.include_router(files_door(works.shelf))
    open_here = {channel for channel, _ in works.outlets}
    written_to = {channel: account for channel, account in reversed(works.outlets) if channel in NUMBERED}
    app.include_router(public_page(works.turns.house.name, settings.language, open_here, written_to))
    numbers = [account for channel, account in works.outlets if channel is Channel.WHATSAPP]
    app.include_router(
        health(
            works.store,
            works.registry,
            works.turns.clock,
            lambda: works.watch.fallen,
            numbers,
            (*works.ticker.names, *works.rounds.names),
        )
    )
    house = desk_house(works)
    app.include_router(public_site(house, works.turns.house.name))
    app.mount(API_PATH, api(house))
    ways = ways_in(works.telegrams, written_to.get(Channel.WHATSAPP, ""), works.turns.house.web)
    standing = standing_of(settings)
    room = Room(house, works.turns.house.name, settings.public_url or "", ways, standing=standing)
    app.mount(DESK_PATH, desk(room))
    return app


@asynccontextmanager
async def running(works: Works, role: str) -> AsyncIterator[None]:
    """Run the duties of a role beside whatever is inside."""
    try:
        async with works.watch.over(works.duties(role)):
            yield
    finally:
        for outlet in works.outlets.values():
            await outlet.close()


async def open_webhook(bot: TelegramOutlet, url: str, secret: str, rest: Rest = asyncio.sleep) -> None:
    """Tell Telegram where we are, until it listens; meanwhile the address that it knows still stands."""
    for failures in count(1):
        try:
            await bot.open_webhook(url, secret)
            return
        except PlatformFailed as failed:
            tell = log.error if failed.alarm else log.warning
            tell("telegram.webhook not set", account=bot.account, reason=failed.reason)
            await rest(max(failed.wait, min(LONGEST_REST, 2.0 ** min(failures, 9))))


def house_name(settings: Settings, store: Store) -> str:
    """Bawaslu and the name of its province, as the loaded areas have it."""
    with store.reading() as book:
        area = book.areas.get(settings.province)
    return f"Bawaslu {area.name}" if area else "Bawaslu"


def _twilio_outlets(settings: Settings, store: Store, files: EnclosureShelf) -> Outlets:
    if not settings.twilio_account_sid or not settings.twilio_auth_token:
        return {}
    with store.reading() as book:
        templates = known_templates(book, settings.twilio_account_sid)
    callback = f"{settings.public_url}{STATUS}" if settings.public_url else None
    numbers = {Channel.WHATSAPP: settings.twilio_whatsapp_from, Channel.SMS: settings.twilio_sms_from}
    return {
        (channel, number): TwilioOutlet(
            settings.twilio_account_sid,
            settings.twilio_auth_token.get_secret_value(),
            number,
            channel,
            settings.twilio_api_url,
            callback,
            templates,
            files.address if settings.public_url and channel is Channel.WHATSAPP else None,
        )
        for channel, ours in numbers.items()
        for number in ours
    }


def _left_to_the_terminal(_: str) -> None:
    """`lapordesk chat` reads its conversation itself; here its rows only have to be done with."""


def _with_reason(receipt: Receipt) -> Receipt:
    return Receipt(
        receipt.channel,
        receipt.account,
        receipt.provider_id,
        receipt.status,
        receipt.at,
        reason(receipt.error),
    )


def _web(settings: Settings) -> str:
    address = settings.public_url or f"http://{settings.host}:{settings.port}"
    return f"{address}/chat"
