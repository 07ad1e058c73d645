"""What `lapordesk doctor` hears from the platforms: do they know us, where do they bring what comes?"""

import asyncio
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from bot.channels.base import SendFailed
from bot.channels.telegram import PlatformFailed, TelegramOutlet
from lapordesk.commands.findings import Finding, broken, fine, look
from lapordesk.platforms import unapproved, verdicts_on, webhook_of
from lapordesk.settings import Settings
from lapordesk.template_file import approved_templates
from webhooks.telegram import PATH


def platforms_found(settings: Settings) -> Iterator[Finding]:
    """The channels that are switched on; each is asked, and waited for a few seconds."""
    for token in settings.telegram_token:
        yield asyncio.run(_telegram(settings, token.get_secret_value()))
    if settings.twilio_account_sid:
        yield asyncio.run(_twilio(settings))


async def _telegram(settings: Settings, token: str) -> Finding:
    bot = TelegramOutlet(token, settings.telegram_api_url)
    try:
        seen = await webhook_of(bot)
    except PlatformFailed as failed:
        return broken("telegram_failed", account=bot.account, reason=failed.reason)
    finally:
        await bot.close()
    wanted = f"{settings.public_url}{PATH}" if settings.public_url else ""
    told: dict[str, object] = {"account": bot.account, "waiting": seen.waiting}
    if seen.url != wanted:
        return look("telegram_elsewhere", url=seen.url or "-", wanted=wanted or "-", **told)
    if seen.error and seen.error_at:
        at = f"{seen.error_at.astimezone(ZoneInfo(settings.timezone)):%Y-%m-%d %H:%M}"
        return look("telegram_met", error=seen.error, at=at, **told)
    return fine("telegram_knows", **told)


async def _twilio(settings: Settings) -> Finding:
    try:
        verdicts = await verdicts_on(approved_templates(settings), settings)
    except SendFailed as failed:
        return broken("twilio_failed", reason=failed.reason)
    wrong = unapproved(verdicts)
    return look("templates_unapproved", wrong=wrong) if wrong else fine("twilio_knows")
