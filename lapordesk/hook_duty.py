"""What tells other systems beside the doors, out of the settings."""

import secrets
from collections.abc import Callable
from datetime import datetime

from bot.hooks.courier import HookCourier
from bot.hooks.sending import HookSender
from lapordesk.duties import Duty
from lapordesk.settings import Settings
from storage.hook_addresses import is_at_home
from storage.store import Store


def hook_duty(settings: Settings, store: Store, clock: Callable[[], datetime]) -> Duty:
    sender = HookSender(is_local=is_at_home(settings.public_url or ""))
    courier = HookCourier(store, sender, clock, f"hooks-{secrets.token_hex(4)}")
    return Duty("hooks", courier.run, courier.stop)
