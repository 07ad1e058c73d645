"""Photos, voices and documents as they came, each sealed in a file of its own under a name of ours.

    7e/41/7e41c0…   b"LDE1", then pieces of 64 KB, AES-256-GCM, numbered, the last one marked

One data key seals a medium's original and its viewing copy. Wrapped by the key file it stands in the medium's
row: forgetting it there is the deletion, in backups too. Each file has a key derived from it by its own name;
the numbering of pieces is the nonce, and no nonce is used twice under one key.
"""

import asyncio
import hashlib
import os
import secrets
import time
from collections.abc import AsyncIterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from storage.keys import KEY, Keys
from storage.vaults.vault import Readable, Vault, as_away

MAGIC = b"LDE1"
PIECE = 64 * 1024
TAG = 16
FORGOTTEN_AFTER = 24 * 3600.0
"""Seconds after which a half-written file is surely nobody's."""


class TooLarge(Exception):
    """More bytes came than may be kept."""


class Damaged(Exception):
    """A sealed file was altered, cut short, or belongs elsewhere."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """What was kept of an original."""

    path: str
    size: int
    sha256: str
    data_key: bytes
    """Wrapped; it opens nothing without the key file."""


class Evidence:
    """The sealed files in one vault. What the vault refuses is raised as `Away`, to be tried again later."""

    def __init__(self, vault: Vault, keys: Keys) -> None:
        self._vault = vault
        self._keys = keys

    async def keep(self, media: str, pieces: AsyncIterable[bytes], limit: int) -> Sealed:
        """Seal an original as it streams in; it can be seen under its path only when all of it is there."""
        data_key = secrets.token_bytes(KEY)
        path = _new_path()
        sealing = await asyncio.to_thread(self._begin, path, data_key)
        try:
            async for piece in pieces:
                if sealing.size + len(piece) > limit:
                    raise TooLarge
                await asyncio.to_thread(sealing.write, piece)
            await asyncio.to_thread(self._settle, sealing, path)
        finally:
            sealing.discard()
        wrapped = self._keys.files.seal(data_key, "media", "data_key", media)
        return Sealed(path, sealing.size, sealing.sha256, wrapped)

    def put(self, owner: str, content: bytes, limit: int) -> Sealed:
        """The same for bytes that we made ourselves."""
        if len(content) > limit:
            raise TooLarge
        data_key = secrets.token_bytes(KEY)
        wrapped = self._keys.files.seal(data_key, "media", "data_key", owner)
        path = self.add_copy(owner, wrapped, content)
        return Sealed(path, len(content), hashlib.sha256(content).hexdigest(), wrapped)

    def add_copy(self, media: str, data_key: bytes, content: bytes) -> str:
        """Seal a viewing copy under the same data key as its original."""
        path = _new_path()
        sealing = self._begin(path, self._unwrapped(media, data_key))
        try:
            sealing.write(content)
            self._settle(sealing, path)
        finally:
            sealing.discard()
        return path

    def open(self, media: str, path: str, data_key: bytes) -> Iterator[bytes]:
        """The bytes in pieces, each proven before it is given; Damaged at the first that does not hold."""
        key = _file_key(self._unwrapped(media, data_key), path)
        with self._vault.open(path) as file:
            yield from _opened(file, key)

    def erase(self, *paths: str) -> None:
        self._vault.erase(paths)

    def tidy(self) -> int:
        """Remove what a crash left half-written; how many there were."""
        old = time.time() - FORGOTTEN_AFTER
        arriving = self._vault.arriving
        there = arriving.iterdir() if arriving.exists() else ()
        left = [file for file in there if _written_at(file) < old]
        for file in left:
            file.unlink(missing_ok=True)
        return len(left)

    def shelved(self, shelf: str) -> list[str]:
        """The paths that begin so ("7e/"), but of what may only just have come."""
        old = time.time() - FORGOTTEN_AFTER
        return [lying.path for lying in self._vault.shelved(shelf) if lying.written_at < old]

    def _unwrapped(self, media: str, data_key: bytes) -> bytes:
        return self._keys.files.open(data_key, "media", "data_key", media)

    def _begin(self, path: str, data_key: bytes) -> "_Sealing":
        arriving = self._vault.arriving
        with as_away():
            arriving.mkdir(parents=True, exist_ok=True)
            return _Sealing(arriving / path[-32:], _file_key(data_key, path))

    def _settle(self, sealing: "_Sealing", path: str) -> None:
        with as_away():
            sealing.finish()
            self._vault.settle(sealing.file_path, path)


class _Sealing:
    """One file while it is written: a piece goes out sealed once it is known that it is not the last."""

    def __init__(self, file_path: Path, key: bytes) -> None:
        self.file_path = file_path
        self.size = 0
        self._digest = hashlib.sha256()
        self._cipher = AESGCM(key)
        self._number = 0
        self._held = bytearray()
        self._file = file_path.open("xb")
        self._file.write(MAGIC)

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()

    def write(self, content: bytes) -> None:
        self.size += len(content)
        self._digest.update(content)
        self._held += content
        with as_away():
            while len(self._held) > PIECE:
                self._put(bytes(self._held[:PIECE]), last=False)
                del self._held[:PIECE]

    def finish(self) -> None:
        self._put(bytes(self._held), last=True)
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()

    def discard(self) -> None:
        """Nothing remains of an unfinished file; a finished one has moved to its place."""
        self._file.close()
        self.file_path.unlink(missing_ok=True)

    def _put(self, piece: bytes, *, last: bool) -> None:
        self._file.write(self._cipher.encrypt(_nonce(self._number, last=last), piece, MAGIC))
        self._number += 1


def _opened(file: Readable, key: bytes) -> Iterator[bytes]:
    if file.read(len(MAGIC)) != MAGIC:
        raise Damaged("not a sealed file")
    cipher = AESGCM(key)
    number, sealed = 0, file.read(PIECE + TAG)
    while True:
        following = file.read(PIECE + TAG)
        yield _piece(cipher, _nonce(number, last=not following), sealed)
        if not following:
            return
        number, sealed = number + 1, following


def _piece(cipher: AESGCM, nonce: bytes, sealed: bytes) -> bytes:
    try:
        return cipher.decrypt(nonce, sealed, MAGIC)
    except (InvalidTag, ValueError):
        raise Damaged("a piece was altered, or the end is missing") from None


def _nonce(number: int, *, last: bool) -> bytes:
    """Piece by piece, and the last one told apart: what is cut off, added or exchanged does not open."""
    return number.to_bytes(11, "big") + bytes([last])


def _file_key(data_key: bytes, path: str) -> bytes:
    return HKDF(hashes.SHA256(), KEY, salt=None, info=b"lapordesk file " + path.encode()).derive(data_key)


def _written_at(file: Path) -> float:
    """When it was written; what has gone meanwhile is as good as new."""
    try:
        return file.stat().st_mtime
    except FileNotFoundError:
        return time.time()


def _new_path() -> str:
    name = secrets.token_hex(16)
    return f"{name[:2]}/{name[2:4]}/{name}"
