"""The sealed file that a backup is: numbered pieces under a key that a passphrase gives.

    b"LDB1", salt (16), check (16), then pieces of 256 KB, AES-256-GCM, numbered, the last one marked

The check tells a wrong passphrase from a damaged file before anything is opened.
"""

import hashlib
import hmac
import os
from collections.abc import Iterator
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from storage.backup.refusals import BackupRefused
from storage.keys import KEY

MAGIC = b"LDB1"
SALT = CHECK = 16
HEADER = len(MAGIC) + SALT + CHECK
PIECE = 256 * 1024
TAG = 16
ROUNDS, LANES, MEMORY_KIB = 3, 4, 65536


class BoxWriter:
    """Seals what is written; a piece goes out once it is known that it is not the last."""

    def __init__(self, file: BinaryIO, passphrase: str) -> None:
        salt = os.urandom(SALT)
        key, check = _keys(passphrase, salt)
        self._header = MAGIC + salt + check
        self._cipher = AESGCM(key)
        self._file = file
        self._digest = hashlib.sha256()
        self._number = 0
        self._held = bytearray()
        self.size = 0
        self._out(self._header)

    @property
    def sha256(self) -> str:
        """Of the sealed file, as `sha256sum` tells it."""
        return self._digest.hexdigest()

    def write(self, content: bytes) -> None:
        self._held += content
        while len(self._held) > PIECE:
            self._put(bytes(self._held[:PIECE]), last=False)
            del self._held[:PIECE]

    def finish(self) -> None:
        self._put(bytes(self._held), last=True)
        self._held.clear()

    def _put(self, piece: bytes, *, last: bool) -> None:
        self._out(self._cipher.encrypt(_nonce(self._number, last=last), piece, self._header))
        self._number += 1

    def _out(self, content: bytes) -> None:
        self._digest.update(content)
        self.size += len(content)
        self._file.write(content)


class BoxReader:
    """Gives what was sealed, each piece proven before it is given."""

    def __init__(self, file: BinaryIO, passphrase: str) -> None:
        header = file.read(HEADER)
        if len(header) != HEADER or not header.startswith(MAGIC):
            raise BackupRefused("not_one")
        salt, told = header[len(MAGIC) : -CHECK], header[-CHECK:]
        key, check = _keys(passphrase, salt)
        if not hmac.compare_digest(told, check):
            raise BackupRefused("passphrase")
        self._pieces = _opened(file, AESGCM(key), header)
        self._held = bytearray()

    def read(self, size: int) -> bytes:
        """Exactly so many bytes."""
        while len(self._held) < size:
            piece = next(self._pieces, None)
            if piece is None:
                raise BackupRefused("damaged")
            self._held += piece
        given = bytes(self._held[:size])
        del self._held[:size]
        return given

    def is_at_end(self) -> bool:
        """All was read, the marked piece at the end included."""
        return not self._held and not any(self._pieces)


def _opened(file: BinaryIO, cipher: AESGCM, header: bytes) -> Iterator[bytes]:
    number, sealed = 0, file.read(PIECE + TAG)
    while True:
        following = file.read(PIECE + TAG)
        try:
            yield cipher.decrypt(_nonce(number, last=not following), sealed, header)
        except (InvalidTag, ValueError):
            raise BackupRefused("damaged") from None
        if not following:
            return
        number, sealed = number + 1, following


def _nonce(number: int, *, last: bool) -> bytes:
    """Piece by piece, and the last one told apart: what is cut off, added or exchanged does not open."""
    return number.to_bytes(11, "big") + bytes([last])


def _keys(passphrase: str, salt: bytes) -> tuple[bytes, bytes]:
    """The key of the pieces, and what tells that the passphrase is right."""
    stretch = Argon2id(salt=salt, length=KEY, iterations=ROUNDS, lanes=LANES, memory_cost=MEMORY_KIB)
    stretched = stretch.derive(passphrase.encode())
    return _derived(stretched, b"pieces", KEY), _derived(stretched, b"check", CHECK)


def _derived(key: bytes, purpose: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length, salt=None, info=b"lapordesk backup " + purpose).derive(key)
