"""Other systems that want to be told: where they are, of what and of which area, and the secret we share.

3  Umi's, 64   report.filed case.moved   https://… (sealed)   whsec_… (sealed), the old one until tomorrow
"""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, func, insert, select, update

from core.hooks.event import KINDS
from core.hooks.signing import SECRET_BYTES, secret_of
from storage.keys import Keys
from storage.scopes import inside
from storage.tables import IS_HEARD, IS_TO_TELL, AnyRow, hook, hook_delivery

BOTH = timedelta(hours=24)
"""So long an old secret signs beside the new one."""
MOST = 100
"""Of an area are listed, the latest first."""


@dataclass(frozen=True, slots=True)
class Hook:
    """One that is told; not its secret."""

    id: int
    staff_id: int
    """Who set it up: it is told what they may see, and no longer than they work here."""
    area: str
    kinds: tuple[str, ...]
    address: str
    made_at: datetime
    stopped_at: datetime | None
    failing_since: datetime | None
    old_until: datetime | None
    """Until then the secret before signs, too."""


class Hooks:
    def __init__(self, connection: Connection, keys: Keys) -> None:
        self.connection = connection
        self.keys = keys

    def add(
        self, staff_id: int, area: str, address: str, kinds: Collection[str], now: datetime
    ) -> tuple[Hook, str]:
        """A new one, and its secret: it can never be had again."""
        listed = " ".join(one for one in KINDS if one in kinds)
        row = {"staff_id": staff_id, "area": area, "kinds": listed, "made_at": now, "nothing": b""}
        number: int = self.connection.execute(_ADD, row).scalar_one()
        secret = _fresh()
        sealed = {
            "sealed_address": self.keys.seal(address, "hook", "address", number),
            "sealed_secret": self._seal(secret, number),
        }
        self.connection.execute(_SEAL, sealed | {"this": number})
        return self._there(number), secret

    def rotate(self, number: int, now: datetime) -> str | None:
        """A new secret; the old one is good for a day. None: there is none to be told."""
        secret = _fresh()
        change = {"this": number, "sealed": self._seal(secret, number), "until": now + BOTH}
        return secret if self.connection.execute(_ROTATE, change).rowcount else None

    def stop(self, number: int, now: datetime) -> bool:
        """It is told nothing from now on, nor what waits; False when that was so."""
        if not self.connection.execute(_STOP, {"this": number, "now": now}).rowcount:
            return False
        self.connection.execute(_DROP, {"these": [number]})
        return True

    def get(self, number: int) -> Hook | None:
        """Also one that was stopped."""
        row = self.connection.execute(_GET, {"this": number}).first()
        return self._hook(row) if row else None

    def under(self, seat: str) -> list[Hook]:
        """Those of the area and below, the latest first."""
        rows = self.connection.execute(_UNDER.where(inside(hook.c.area, seat)), {"most": MOST})
        return [self._hook(row) for row in rows]

    def count_heard(self) -> int:
        return self.connection.execute(_COUNT).scalar_one()

    def count_failing(self, since: datetime) -> int:
        """To how many nothing has arrived since then."""
        return self.connection.execute(_FAILING, {"then": since}).scalar_one()

    def _there(self, number: int) -> Hook:
        return self._hook(self.connection.execute(_GET, {"this": number}).one())

    def _seal(self, secret: str, number: int) -> bytes:
        return self.keys.seal(secret, "hook", "secret", number)

    def _hook(self, row: AnyRow) -> Hook:
        return Hook(
            row.id,
            row.staff_id,
            row.area,
            tuple(row.kinds.split()),
            self.keys.open(row.address_sealed, "hook", "address", row.id),
            row.made_at,
            row.stopped_at,
            row.failing_since,
            row.old_until,
        )


def stop_those_of(connection: Connection, staff_id: int, now: datetime) -> None:
    """Whoever set them up works here no longer."""
    stopped = connection.execute(_STOP_ALL, {"whose": staff_id, "now": now}).scalars().all()
    if stopped:
        connection.execute(_DROP, {"these": stopped})


def _fresh() -> str:
    return secret_of(secrets.token_bytes(SECRET_BYTES))


_THIS = hook.c.id == bindparam("this")
_ADD = (
    insert(hook)
    .values(address_sealed=bindparam("nothing"), secret_sealed=bindparam("nothing"))
    .returning(hook.c.id)
)
_SEAL = (
    update(hook)
    .where(_THIS)
    .values(address_sealed=bindparam("sealed_address"), secret_sealed=bindparam("sealed_secret"))
)
_ROTATE = (
    update(hook)
    .where(_THIS, IS_HEARD)
    .values(
        old_secret_sealed=hook.c.secret_sealed,
        old_until=bindparam("until"),
        secret_sealed=bindparam("sealed"),
    )
)
_STOPPED: dict[str, object] = {"stopped_at": bindparam("now"), "failing_since": None}
_STOP = update(hook).where(_THIS, IS_HEARD).values(**_STOPPED)
_STOP_ALL = (
    update(hook)
    .where(hook.c.staff_id == bindparam("whose"), IS_HEARD)
    .values(**_STOPPED)
    .returning(hook.c.id)
)
_DROP = (
    update(hook_delivery)
    .where(hook_delivery.c.hook_id.in_(bindparam("these", expanding=True)), IS_TO_TELL)
    .values(state="dropped", due_at=None)
)
_GET = select(hook).where(_THIS)
_UNDER = select(hook).order_by(hook.c.id.desc()).limit(bindparam("most"))
_COUNT = select(func.count()).where(IS_HEARD)
_FAILING = select(func.count()).where(IS_HEARD, hook.c.failing_since <= bindparam("then"))
