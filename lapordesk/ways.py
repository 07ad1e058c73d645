"""Where an invitation leads: into Telegram, WhatsApp or the web chat, the code already there.

https://t.me/lapor_contoh_bot?start=K7Q2M9TD      https://wa.me/62800…?text=K7Q2M9TD
"""

from collections.abc import Awaitable, Callable, Sequence

import structlog

from bot.channels.telegram import PlatformFailed, TelegramOutlet
from desk.pages.room import Way

log = structlog.get_logger(__name__)


def ways_in(
    telegrams: Sequence[TelegramOutlet], whatsapp: str, chat: str
) -> Callable[[], Awaitable[tuple[Way, ...]]]:
    """Those that are open here, the handiest first; the bot is asked for its name once."""
    named: list[str] = []

    async def ways() -> tuple[Way, ...]:
        if telegrams and not named and (name := await _name(telegrams[0])):
            named.append(name)
        found = [Way("telegram", f"https://t.me/{name}?start={{code}}") for name in named]
        if whatsapp:
            found.append(Way("whatsapp", f"https://wa.me/{whatsapp.removeprefix('+')}?text={{code}}"))
        return (*found, Way("webchat", f"{chat}#kode={{code}}"))

    return ways


async def _name(bot: TelegramOutlet) -> str:
    """Empty while Telegram does not answer: then another way is taken."""
    try:
        return await bot.name()
    except PlatformFailed as failed:
        log.warning("telegram.name unknown", account=bot.account, reason=failed.reason)
        return ""
