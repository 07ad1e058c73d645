"""The keys that seal what is stored: a file beside the database, never in it.

    {"columns": {"1": "…", "2": "…"}, "files": {"1": "…"}, "replies": {"1": "…"}, "index": "…", "codes": "…",
     "audit": "…", "links": "…", "words": "…"}

Every sealed value is: format (1 byte), key number (2 bytes), nonce (12 bytes), AES-256-GCM ciphertext.
The newest key of a ring seals, all of them open: a rotation adds a key and leaves the old ones.
"""

import base64
import fcntl
import hashlib
import hmac
import json
import os
import secrets
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

FORMAT = 1
HEADER = 3
NONCE = 12
KEY = 32
RINGS = ("columns", "files", "replies")
SINGLE = ("index", "codes", "audit", "links", "words")
ADDED = ("replies", "audit", "links", "words")
"""What key files of earlier versions do not have."""


class KeysUnusable(Exception):
    """The key file cannot be used."""


class SealBroken(Exception):
    """A sealed value does not belong here, was altered, or its key is missing."""


class Ring:
    """Keys for one purpose by their number; `where` binds a value to its table, column and row."""

    def __init__(self, keys: Mapping[int, bytes]) -> None:
        if not keys or any(len(key) != KEY for key in keys.values()):
            raise KeysUnusable("a ring needs at least one key, of 32 bytes each")
        self.keys = dict(keys)
        self.newest = max(keys)
        self._ciphers = {number: AESGCM(key) for number, key in keys.items()}
        self._header = bytes([FORMAT]) + self.newest.to_bytes(2, "big")

    def seal(self, plain: bytes, *where: str | int) -> bytes:
        nonce = os.urandom(NONCE)
        cipher = self._ciphers[self.newest]
        return self._header + nonce + cipher.encrypt(nonce, plain, _bound(self._header, where))

    def open(self, sealed: bytes, *where: str | int) -> bytes:
        header, nonce = sealed[:HEADER], sealed[HEADER : HEADER + NONCE]
        cipher = self._ciphers.get(int.from_bytes(header[1:], "big"))
        if header[:1] != bytes([FORMAT]) or cipher is None or len(nonce) != NONCE:
            raise SealBroken("sealed in an unknown format or with a key that is not in the key file")
        try:
            return cipher.decrypt(nonce, sealed[HEADER + NONCE :], _bound(header, where))
        except InvalidTag:
            raise SealBroken("a sealed value was altered or stands in the wrong place") from None

    def grown(self) -> "Ring":
        return Ring({**self.keys, self.newest + 1: secrets.token_bytes(KEY)})


@dataclass(frozen=True, slots=True)
class Keys:
    """All keys of one deployment; a key for one purpose is never used for another."""

    columns: Ring
    files: Ring
    replies: Ring
    """For the addresses that news of a case go to."""
    index_key: bytes
    codes_key: bytes
    audit_key: bytes
    links_key: bytes
    words_key: bytes
    """For the words that cases are searched by."""

    @classmethod
    def make(cls) -> "Keys":
        return _read(Path(), {name: _fresh(name) for name in (*RINGS, *SINGLE)})

    @classmethod
    def load(cls, path: Path) -> "Keys":
        """The keys of the file; made, with mode 600, when there is no such file. One of an earlier version
        is given the keys that it lacks."""
        if not path.exists():
            cls.make().save(path, replace=False)
        content = _content(path)
        if lacking := [name for name in ADDED if name not in content]:
            with _alone(path):  # two processes that start at once must not each give it keys of their own
                content = _content(path)
                _read(path, content | {name: _fresh(name) for name in lacking if name not in content}).save(
                    path
                )
                content = _content(path)
        return _read(path, content)

    def save(self, path: Path, *, replace: bool = True) -> None:
        """Write the file whole or not at all; without `replace` an existing file stays as it is."""
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".keys-")  # mkstemp gives mode 600
        try:
            with os.fdopen(handle, "w") as file:
                file.write(_written(self))
                file.flush()
                os.fsync(file.fileno())
            _put_in_place(Path(name), path, replace=replace)
        finally:
            Path(name).unlink(missing_ok=True)

    def rotated(self) -> "Keys":
        """The same keys with a new one in each ring; what is sealed from now on uses it."""
        return replace(
            self, columns=self.columns.grown(), files=self.files.grown(), replies=self.replies.grown()
        )

    def seal(self, text: str, *where: str | int) -> bytes:
        """Seal the text of a column for its one place: table, column, row."""
        return self.columns.seal(text.encode(), *where)

    def open(self, sealed: bytes, *where: str | int) -> str:
        return self.columns.open(sealed, *where).decode()

    def index(self, kind: str, text: str) -> str:
        """What a sealed value is looked up by; without the key nothing can be learned from it."""
        return _mac(self.index_key, kind, text)

    def code(self, code: str) -> str:
        """What a one-time or tracking code is known by; spelling aids (case, spaces, dashes) do not count."""
        return _mac(self.codes_key, "code", "".join(c for c in code.casefold() if c.isalnum() or c == "_"))

    def link(self, *parts: str) -> str:
        """The signature in the address of a file of ours; nobody else can make one."""
        return _mac(self.links_key, "link", "\x1f".join(parts))

    def word(self, stem: str) -> int:
        """What a word of a case is found by: as large as a database can compare at once."""
        return int.from_bytes(bytes.fromhex(_mac(self.words_key, "word", stem))[:8], "big", signed=True)

    def prints(self) -> dict[str, str]:
        """A fingerprint of each key, to notice a database that was written with other keys."""
        named = {f"keys.{name}": key for name, key in zip(SINGLE, self._single, strict=True)}
        for name, ring in (("columns", self.columns), ("files", self.files), ("replies", self.replies)):
            named |= {f"keys.{name}.{number}": key for number, key in ring.keys.items()}
        return {name: _mac(key, "fingerprint", name)[:32] for name, key in named.items()}

    @property
    def _single(self) -> tuple[bytes, ...]:
        return self.index_key, self.codes_key, self.audit_key, self.links_key, self.words_key


def _bound(header: bytes, where: tuple[str | int, ...]) -> bytes:
    return header + "\x1f".join(map(str, where)).encode()


def _mac(key: bytes, kind: str, text: str) -> str:
    return hmac.new(key, f"{kind}\x1f{text}".encode(), hashlib.sha256).hexdigest()


def _put_in_place(written: Path, path: Path, *, replace: bool) -> None:
    if replace:
        written.replace(path)
    else:
        try:
            path.hardlink_to(written)
        except FileExistsError:
            return  # another process was first: its keys count
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Nobody else completes this file meanwhile."""
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def _written(keys: Keys) -> str:
    rings = {
        name: {str(number): _text(key) for number, key in ring.keys.items()}
        for name, ring in zip(RINGS, (keys.columns, keys.files, keys.replies), strict=True)
    }
    single = zip(SINGLE, keys._single, strict=True)
    return json.dumps(rings | {name: _text(key) for name, key in single}, indent=1) + "\n"


def _content(path: Path) -> dict[str, object]:
    if path.stat().st_mode & 0o077:
        raise KeysUnusable(f"{path} can be read by others: chmod 600 {path}")
    try:
        content = json.loads(path.read_text())
    except ValueError:
        content = None
    if not isinstance(content, dict):
        raise _damaged(path)
    return content


def _read(path: Path, content: Mapping[str, object]) -> Keys:
    try:
        columns, files, replies = (_ring(content[name]) for name in RINGS)
        single = [_key(content[name]) for name in SINGLE]
    except (ValueError, KeyError, TypeError, AttributeError):
        raise _damaged(path) from None
    if any(len(key) != KEY for key in single):
        raise KeysUnusable(f"{path} is damaged: a key is not of 32 bytes")
    return Keys(columns, files, replies, *single)


def _damaged(path: Path) -> KeysUnusable:
    return KeysUnusable(f"{path} is not a key file of LaporDesk, or it is damaged")


def _fresh(name: str) -> object:
    fresh = _text(secrets.token_bytes(KEY))
    return {"1": fresh} if name in RINGS else fresh


def _ring(content: object) -> Ring:
    if not isinstance(content, dict):
        raise TypeError
    return Ring({int(number): _key(key) for number, key in content.items()})


def _key(content: object) -> bytes:
    return base64.b64decode(str(content), validate=True)


def _text(key: bytes) -> str:
    return base64.b64encode(key).decode()
