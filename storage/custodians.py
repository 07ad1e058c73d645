"""Who may open an identity: at least two custodians with passphrases of their own, and a key kept offline.

custodian   the private key lies in the table, sealed under Argon2id of the passphrase
recovery    the private key lies in a file that an operator keeps away from here, and in no row
"""

import base64
import os
from dataclasses import dataclass
from datetime import datetime

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from sqlalchemy import Connection, bindparam, func, insert, select, update

from storage.keys import KEY, NONCE
from storage.tables import AnyRow, custodian

NEEDED = 2
"""So many custodians: one alone may be ill, gone, or under pressure."""
SHORTEST = 20
FEWEST_LETTERS = 8
VERSION = b"\x01"
SALT = 16
ROUNDS, LANES, MEMORY_KIB = 3, 4, 65536
MARK = "lapordesk-recovery-1:"


class WeakPassphrase(Exception):
    """A passphrase has at least 20 characters, 8 of them different: four or five words."""


class WrongPassphrase(Exception):
    """The passphrase does not open the custodian's key."""


class NoRecoveryKey(Exception):
    """This is not a recovery key of LaporDesk."""


@dataclass(frozen=True, slots=True)
class Custodian:
    id: int
    name: str
    kind: str
    """"custodian" or "recovery"."""
    public_key: bytes
    made_at: datetime
    retired_at: datetime | None


class Custodians:
    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def add(self, name: str, passphrase: str, now: datetime) -> int:
        """A key pair for them, the private half sealed under their passphrase."""
        if is_weak(passphrase):
            raise WeakPassphrase(WeakPassphrase.__doc__)
        key = X25519PrivateKey.generate()
        return self._add(name, "custodian", key, _sealed(key, passphrase), now)

    def add_recovery(self, name: str, now: datetime) -> tuple[int, str]:
        """Its id, and the private key as it is written into a file; nothing here remembers it."""
        key = X25519PrivateKey.generate()
        written = MARK + base64.b64encode(key.private_bytes_raw()).decode()
        return self._add(name, "recovery", key, None, now), written

    def every(self) -> list[Custodian]:
        return [_custodian(row) for row in self.connection.execute(_EVERY)]

    def active(self) -> list[Custodian]:
        return [one for one in self.every() if one.retired_at is None]

    def retire(self, custodian_id: int, now: datetime) -> bool:
        """Their private key is forgotten and nothing more is sealed to them; False for nobody active."""
        return self.connection.execute(_RETIRE, {"whom": custodian_id, "now": now}).rowcount == 1

    def can_seal(self) -> bool:
        """Two custodians and a recovery key are there: an identity may be asked for."""
        counts: dict[str, int] = {row.kind: row.many for row in self.connection.execute(_COUNTS)}
        return counts.get("custodian", 0) >= NEEDED and counts.get("recovery", 0) >= 1

    def unlock(self, custodian_id: int, passphrase: str) -> X25519PrivateKey:
        row = self.connection.execute(_SEALED, {"whom": custodian_id}).first()
        if row is None or row.private_sealed is None:
            raise WrongPassphrase(WrongPassphrase.__doc__)
        return _opened(row.private_sealed, row.public_key, passphrase)

    def of_key(self, key: X25519PrivateKey) -> int | None:
        """Whose public half this is the private one of."""
        public = key.public_key().public_bytes_raw()
        return self.connection.execute(_OF_KEY, {"public": public}).scalar()

    def _add(self, name: str, kind: str, key: X25519PrivateKey, sealed: bytes | None, now: datetime) -> int:
        row = {"name": name, "kind": kind, "private_sealed": sealed, "made_at": now}
        public = {"public_key": key.public_key().public_bytes_raw()}
        return int(self.connection.execute(_ADD, row | public).scalar_one())


def is_weak(passphrase: str) -> bool:
    return len(passphrase) < SHORTEST or len(set(passphrase)) < FEWEST_LETTERS


def read_recovery(written: str) -> X25519PrivateKey:
    """The private key as `add_recovery` gave it."""
    mark, content = written.strip()[: len(MARK)], written.strip()[len(MARK) :]
    try:
        if mark != MARK:
            raise ValueError
        return X25519PrivateKey.from_private_bytes(base64.b64decode(content, validate=True))
    except ValueError:
        raise NoRecoveryKey(NoRecoveryKey.__doc__) from None


def _sealed(key: X25519PrivateKey, passphrase: str) -> bytes:
    salt, nonce = os.urandom(SALT), os.urandom(NONCE)
    public = key.public_key().public_bytes_raw()
    cipher = AESGCM(_stretched(passphrase, salt))
    return VERSION + salt + nonce + cipher.encrypt(nonce, key.private_bytes_raw(), VERSION + public)


def _opened(sealed: bytes, public: bytes, passphrase: str) -> X25519PrivateKey:
    version, rest = sealed[:1], sealed[1:]
    salt, nonce, content = rest[:SALT], rest[SALT : SALT + NONCE], rest[SALT + NONCE :]
    try:
        plain = AESGCM(_stretched(passphrase, salt)).decrypt(nonce, content, version + public)
    except InvalidTag:
        raise WrongPassphrase(WrongPassphrase.__doc__) from None
    return X25519PrivateKey.from_private_bytes(plain)


def _stretched(passphrase: str, salt: bytes) -> bytes:
    stretch = Argon2id(salt=salt, length=KEY, iterations=ROUNDS, lanes=LANES, memory_cost=MEMORY_KIB)
    return stretch.derive(passphrase.encode())


def _custodian(row: AnyRow) -> Custodian:
    return Custodian(row.id, row.name, row.kind, row.public_key, row.made_at, row.retired_at)


_THIS = custodian.c.id == bindparam("whom")
_NOW = custodian.c.retired_at.is_(None)
_ADD = insert(custodian).returning(custodian.c.id)
_EVERY = select(
    custodian.c.id,
    custodian.c.name,
    custodian.c.kind,
    custodian.c.public_key,
    custodian.c.made_at,
    custodian.c.retired_at,
).order_by(custodian.c.id)
_RETIRE = update(custodian).where(_THIS, _NOW).values(retired_at=bindparam("now"), private_sealed=None)
_COUNTS = select(custodian.c.kind, func.count().label("many")).where(_NOW).group_by(custodian.c.kind)
_SEALED = select(custodian.c.private_sealed, custodian.c.public_key).where(_THIS, _NOW)
_OF_KEY = select(custodian.c.id).where(custodian.c.public_key == bindparam("public"), _NOW)
