"""Who brought a case, sealed apart from its story: no key of the server opens it.

{"nama": "…", "telepon": "…"} ──AES-256-GCM, a key of its own──▶ identity.sealed
that key ──HPKE (X25519, HKDF-SHA256, AES-256-GCM), once for each custodian──▶ identity_key.wrapped
"""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from sqlalchemy import Connection, bindparam, delete, insert, select

from core.model.cases import Actor, Note, NoteKind
from core.model.effects import Noted
from storage.audit import Audit
from storage.cases import Cases
from storage.custodians import Custodians, NoRecoveryKey, WrongPassphrase, read_recovery
from storage.keys import KEY, Keys, Ring
from storage.tables import identity, identity_key

SHORTEST_REASON = 10


class CannotSeal(Exception):
    """There are not two custodians and a recovery key: an identity cannot be taken in."""


@dataclass(frozen=True, slots=True)
class Withheld:
    """It was not opened; that is in the audit log."""

    why: Literal["reason", "nothing", "key", "passphrase"]
    """The reason is too short; there is no identity; not sealed to this one; the passphrase is wrong."""


class Identities:
    def __init__(self, connection: Connection, keys: Keys) -> None:
        self.connection = connection
        self._custodians = Custodians(connection)
        self._audit = Audit(connection, keys)
        self._cases = Cases(connection, keys)

    def seal(self, number: str, content: Mapping[str, str], now: datetime) -> None:
        """Seal it to every active custodian and recovery key; `CannotSeal` where these are too few."""
        if not self._custodians.can_seal():
            raise CannotSeal(CannotSeal.__doc__)
        key = secrets.token_bytes(KEY)
        sealed = Ring({1: key}).seal(json.dumps(dict(content)).encode(), "identity", "sealed", number)
        self.connection.execute(_SEAL, {"case_number": number, "sealed": sealed, "sealed_at": now})
        rows = [
            {
                "case_number": number,
                "custodian_id": one.id,
                "wrapped": _SUITE.encrypt(
                    key, X25519PublicKey.from_public_bytes(one.public_key), _bound(number, one.id)
                ),
            }
            for one in self._custodians.active()
        ]
        self.connection.execute(_WRAP, rows)

    def has(self, number: str) -> bool:
        return self.connection.execute(_SEALED, {"this": number}).first() is not None

    def open(
        self, number: str, custodian_id: int, passphrase: str, reason: str, actor: Actor, now: datetime
    ) -> Mapping[str, str] | Withheld:
        """The identity, for a custodian with a reason. Whatever comes of it is in the audit log: let the
        transaction end before anybody is shown it."""
        try:
            key = self._custodians.unlock(custodian_id, passphrase)
        except WrongPassphrase:
            return self._withhold(number, Withheld("passphrase"), reason, actor, now)
        return self._open(number, custodian_id, key, reason, actor, now)

    def open_with_recovery(
        self, number: str, private_key: str, reason: str, actor: Actor, now: datetime
    ) -> Mapping[str, str] | Withheld:
        """The same, with the recovery key as it stands in its file."""
        try:
            key = read_recovery(private_key)
        except NoRecoveryKey:
            return self._withhold(number, Withheld("key"), reason, actor, now)
        return self._open(number, self._custodians.of_key(key), key, reason, actor, now)

    def destroy(self, number: str) -> None:
        """Nobody can open it any more, not from a backup of this database's keys either."""
        self.connection.execute(_DROP_KEYS, {"this": number})
        self.connection.execute(_DROP, {"this": number})

    def _open(
        self,
        number: str,
        custodian_id: int | None,
        key: X25519PrivateKey,
        reason: str,
        actor: Actor,
        now: datetime,
    ) -> Mapping[str, str] | Withheld:
        content = self._opened(number, custodian_id, key, reason)
        if isinstance(content, Withheld):
            return self._withhold(number, content, reason, actor, now)
        told = {"reason": reason.strip(), "custodian": str(custodian_id)}
        self._audit.write(actor.key, "identity.opened", number, told, now)
        self._note(number, reason, actor, now)
        return content

    def _opened(
        self, number: str, custodian_id: int | None, key: X25519PrivateKey, reason: str
    ) -> Mapping[str, str] | Withheld:
        if len(reason.strip()) < SHORTEST_REASON:
            return Withheld("reason")
        sealed = self.connection.execute(_SEALED, {"this": number}).scalar()
        if sealed is None:
            return Withheld("nothing")
        wrapped = self.connection.execute(_WRAPPED, {"this": number, "whose": custodian_id}).scalar()
        if wrapped is None or custodian_id is None:
            return Withheld("key")
        try:
            inner = _SUITE.decrypt(wrapped, key, _bound(number, custodian_id))
        except InvalidTag:
            return Withheld("key")
        content: Mapping[str, str] = json.loads(Ring({1: inner}).open(sealed, "identity", "sealed", number))
        return content

    def _withhold(
        self, number: str, withheld: Withheld, reason: str, actor: Actor, now: datetime
    ) -> Withheld:
        told = {"reason": reason.strip(), "why": withheld.why}
        self._audit.write(actor.key, "identity.withheld", number[:64], told, now)
        return withheld

    def _note(self, number: str, reason: str, actor: Actor, now: datetime) -> None:
        """Who works the case sees that it was opened, by whom and why."""
        case = self._cases.get(number, notes=False)
        if case is not None:
            serial = case.serial + 1
            opened = Note(serial, NoteKind.OPENED_IDENTITY, now, actor.key, reason.strip())
            self._cases.note(Noted(replace(case, serial=serial), opened))


def _bound(number: str, custodian_id: int) -> bytes:
    """A wrapped key opens only in its own row."""
    return f"lapordesk identity\x1f{number}\x1f{custodian_id}".encode()


_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
_SEAL = insert(identity)
_WRAP = insert(identity_key)
_SEALED = select(identity.c.sealed).where(identity.c.case_number == bindparam("this"))
_OF_CASE = identity_key.c.case_number == bindparam("this")
_WRAPPED = select(identity_key.c.wrapped).where(_OF_CASE, identity_key.c.custodian_id == bindparam("whose"))
_DROP_KEYS = delete(identity_key).where(_OF_CASE)
_DROP = delete(identity).where(identity.c.case_number == bindparam("this"))
