"""What the desk is told of the clock and the channels: the jobs, the doors, and how to ask them."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from bot.channels.approvals import judge, standings
from bot.channels.base import SendFailed
from bot.channels.telegram import PlatformFailed, TelegramOutlet
from core.model.messages import Channel
from core.speech.templates import Templates
from desk.overseeing import Answered, Channels, Clockwork, Door, Overseen, Work
from lapordesk.settings import Settings
from lapordesk.template_file import approved_templates
from scheduler.ticker import Ticker

PATIENCE = 8.0
"""Seconds that a platform may take to answer."""


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
        async with asyncio.timeout(PATIENCE):
            seen = await bot.look_at_webhook()
    except PlatformFailed as failed:
        return Answered("telegram", bot.account, False, error=failed.reason)
    except TimeoutError:
        return Answered("telegram", bot.account, False, error="no answer")
    is_well = not seen.error or seen.error_at is None
    return Answered("telegram", bot.account, is_well, seen.url, seen.waiting, seen.error, seen.error_at)


async def _ask_twilio(settings: Settings) -> Answered:
    """Does it know us, and are the templates there as they were written down?"""
    account, token = settings.twilio_account_sid or "", settings.twilio_auth_token
    try:
        async with asyncio.timeout(PATIENCE):
            there = await standings(
                account, token.get_secret_value() if token else "", settings.twilio_api_url
            )
    except SendFailed as failed:
        return Answered("twilio", account[:6], False, error=failed.reason)
    except TimeoutError:
        return Answered("twilio", account[:6], False, error="no answer")
    verdicts = {one.purpose: judge(one, there) for one in approved_templates(settings).approved}
    wrong = ", ".join(
        f"{purpose}: {verdict}" for purpose, verdict in verdicts.items() if verdict != "approved"
    )
    return Answered("twilio", account[:6], not wrong, error=wrong)
