"""How the platforms find us: asked by the desk and by the doctor, who wait for them a few seconds."""

import asyncio
from collections.abc import Awaitable, Sequence
from typing import TypeVar

from bot.channels.approvals import Verdict, judge, standings
from bot.channels.base import SendFailed
from bot.channels.telegram import PlatformFailed, TelegramOutlet, Webhook
from core.speech.templates import Approved, Templates
from lapordesk.settings import Settings

PATIENCE = 8.0
"""Seconds that a platform may take to answer."""
SILENT = "no answer"
T = TypeVar("T")
Verdicts = Sequence[tuple[Approved, Verdict]]


async def webhook_of(bot: TelegramOutlet) -> Webhook:
    """Where it brings what comes for the bot, and what it met there; PlatformFailed when it does not say."""
    try:
        return await _in_time(bot.look_at_webhook())
    except TimeoutError:
        raise PlatformFailed(SILENT) from None


async def verdicts_on(templates: Templates, settings: Settings) -> Verdicts:
    """Is each there as it was written down? SendFailed when Twilio does not know us or does not say."""
    account, token = settings.twilio_account_sid or "", settings.twilio_auth_token
    secret = token.get_secret_value() if token else ""
    try:
        there = await _in_time(standings(account, secret, settings.twilio_api_url))
    except TimeoutError:
        raise SendFailed(SILENT) from None
    return [(one, judge(one, there)) for one in templates.approved]


def unapproved(verdicts: Verdicts) -> str:
    """news: pending, reminder: worded"""
    return ", ".join(f"{one.purpose}: {verdict}" for one, verdict in verdicts if verdict != "approved")


async def _in_time(answer: Awaitable[T]) -> T:
    async with asyncio.timeout(PATIENCE):
        return await answer
