"""What the desk is told of the clock and the channels: the jobs, the doors, and how to ask them."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from bot.channels.base import SendFailed
from bot.channels.telegram import PlatformFailed, TelegramOutlet
from core.model.messages import Channel
from core.speech.templates import Templates
from desk.overseeing import Answered, Channels, Clockwork, Door, Overseen, Work
from lapordesk.platforms import unapproved, verdicts_on, webhook_of
from lapordesk.settings import Settings
from lapordesk.template_file import approved_templates
from scheduler.ticker import Ticker


@dataclass(frozen=True, slots=True)
class Overseeing:
    settings: Settings
    tickers: Sequence[Ticker]
    telegrams: Sequence[TelegramOutlet]
    open_doors: Sequence[tuple[Channel, str]]
    fallen: Callable[[], Sequence[str]]

    def overseen(self) -> Overseen:
        return Overseen(self._clockwork(), self._channels())

    def _clockwork(self) -> Clockwork:
        whose = {name: ticker for ticker in self.tickers for name in ticker.names}
        works = tuple(Work(name, partial(ticker.next_at, name)) for name, ticker in whose.items())
        return Clockwork(works, partial(_run, whose))

    def _channels(self) -> Channels:
        templates = approved_templates(self.settings)
        doors = tuple(
            self._door(channel, account, templates)
            for channel, account in self.open_doors
            if channel is not Channel.TERMINAL
        )
        return Channels(doors, self._ask, self.fallen)

    def _door(self, channel: Channel, account: str, templates: Templates) -> Door:
        way = ""
        if channel is Channel.TELEGRAM:
            way = "webhook" if self.settings.public_url else "polling"
        if channel is not Channel.WHATSAPP:
            return Door(channel.value, account, way)
        purposes = sorted({one.purpose for one in templates.approved})
        return Door(channel.value, account, "webhook", templates.most(account), purposes)

    async def _ask(self) -> Sequence[Answered]:
        asking: list[Awaitable[Answered]] = [_ask_telegram(bot) for bot in self.telegrams]
        if self.settings.twilio_account_sid:
            asking.append(_ask_twilio(self.settings))
        return await asyncio.gather(*asking)


async def _run(whose: Mapping[str, Ticker], name: str) -> None:
    await whose[name].run_now(name)


async def _ask_telegram(bot: TelegramOutlet) -> Answered:
    try:
        seen = await webhook_of(bot)
    except PlatformFailed as failed:
        return Answered("telegram", bot.account, False, error=failed.reason)
    is_well = not seen.error or seen.error_at is None
    return Answered("telegram", bot.account, is_well, seen.url, seen.waiting, seen.error, seen.error_at)


async def _ask_twilio(settings: Settings) -> Answered:
    """Does it know us, and are the templates there as they were written down?"""
    account = (settings.twilio_account_sid or "")[:6]
    try:
        wrong = unapproved(await verdicts_on(approved_templates(settings), settings))
    except SendFailed as failed:
        return Answered("twilio", account, False, error=failed.reason)
    return Answered("twilio", account, not wrong, error=wrong)
