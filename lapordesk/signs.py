"""Signs of life: each of several processes says which roles it fills, for the others and the doctor.

Who delivers says so in `bot/shares.py`, for the chats are shared among them; web and clock only say it.
"""

import secrets
from collections.abc import Callable
from datetime import datetime

from bot.shares import Presence
from lapordesk.duties import Duty
from storage.store import Store, is_sqlite

ROLES = ("web", "delivery", "clock")


def signs_of_life(store: Store, clock: Callable[[], datetime], role: str, delivering: Presence) -> list[Duty]:
    """On SQLite there is one process, known by the file that it holds."""
    if is_sqlite(store.url):
        return []
    filled = ROLES if role == "all" else (role,)
    signs = {
        one: delivering if one == "delivery" else Presence(store, _name(one), clock, role=one)
        for one in filled
    }
    return [Duty(f"presence {one}", sign.run, sign.stop) for one, sign in signs.items()]


def _name(role: str) -> str:
    return f"{role}-{secrets.token_hex(4)}"
