"""Passwords of the desk: kept as Argon2id, never as they are; what is too easily guessed is not taken."""

import hmac
import os
import unicodedata
from typing import Literal

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

SHORTEST, LONGEST, FEWEST_LETTERS = 12, 200, 6
VERSION = b"\x01"
SALT, LENGTH = 16, 32
ROUNDS, LANES, MEMORY_KIB = 3, 4, 65536

Weakness = Literal["", "short", "long", "plain"]


def weakness(password: str, email: str) -> Weakness:
    """Why it is not taken; empty for one that is."""
    spelled = _spelled(password)
    if len(spelled) < SHORTEST:
        return "short"
    if len(spelled) > LONGEST:
        return "long"
    easy = email.partition("@")[0].casefold() in spelled.casefold()
    return "plain" if easy or len(set(spelled)) < FEWEST_LETTERS else ""


def stretch(password: str) -> bytes:
    """What is kept of it; takes a moment and 64 MiB, so never inside a transaction."""
    salt = os.urandom(SALT)
    return VERSION + salt + _stretched(password, salt)


def fits(password: str, kept: bytes | None) -> bool:
    """Is it the one? Takes as long when nothing is kept, so that nobody learns who has an account."""
    kept_or_none = kept or VERSION + bytes(SALT + LENGTH)
    salt, wanted = kept_or_none[1 : 1 + SALT], kept_or_none[1 + SALT :]
    return hmac.compare_digest(_stretched(password[:LONGEST], salt), wanted) and kept is not None


def _stretched(password: str, salt: bytes) -> bytes:
    key = Argon2id(salt=salt, length=LENGTH, iterations=ROUNDS, lanes=LANES, memory_cost=MEMORY_KIB)
    return key.derive(_spelled(password).encode(errors="replace"))


def _spelled(password: str) -> str:
    """The same letters from any keyboard."""
    return unicodedata.normalize("NFKC", password)
