"""What stands in the box, one frame after another: kind (1 byte), length (4 bytes), content.

HEAD   {"format": 1, "revision": "0003", "taken_at": "…", "prints": {"keys.index": "…", …}}
KEYS   the key file, only when it was asked for
TABLE  {"name": "area", "columns": [["code", "text"], …]}
ROWS   [["64", "Kalimantan Timur", …], …]   compressed; as many of them as the table needs
FILE   7e/41/7e41c0…
BYTES  … of that file, as it lies sealed in the folder of evidence
END    {"rows": {"area": 8123, …}, "files": 40, "missing": 0}
"""

import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from storage.backup.box import BoxReader, BoxWriter
from storage.backup.refusals import BackupRefused

FORMAT = 1
HEAD, KEYS, TABLE, ROWS, FILE, BYTES, END = b"H", b"K", b"T", b"R", b"F", b"B", b"E"
LENGTH = 4


@dataclass(frozen=True, slots=True)
class Head:
    """Of which schema it is, when it was taken, and which keys open its columns."""

    revision: str
    taken_at: datetime
    prints: dict[str, str]

    def written(self) -> bytes:
        told = {"format": FORMAT, "revision": self.revision, "taken_at": self.taken_at.isoformat()}
        return json.dumps(told | {"prints": self.prints}).encode()


@dataclass(slots=True)
class Counts:
    """How much of each thing there is; the last frame says it, and a restore counts again."""

    rows: dict[str, int] = field(default_factory=dict)
    files: int = 0
    missing: int = 0
    """Files that a row names and that were not there."""

    def written(self) -> bytes:
        return json.dumps({"rows": self.rows, "files": self.files, "missing": self.missing}).encode()

    @property
    def all_rows(self) -> int:
        return sum(self.rows.values())


class FrameWriter:
    def __init__(self, box: BoxWriter) -> None:
        self._box = box

    def put(self, kind: bytes, content: bytes) -> None:
        self._box.write(kind + len(content).to_bytes(LENGTH, "big") + content)

    def put_rows(self, rows: list[list[object]]) -> None:
        content = json.dumps(rows, separators=(",", ":")).encode()
        self.put(ROWS, zlib.compress(content, level=1))


class FrameReader:
    """Stands at a frame and hands out those of one kind for as long as they come."""

    def __init__(self, box: BoxReader) -> None:
        self._box = box
        self.kind, self._content = b"", b""
        self._advance()

    def take(self, kind: bytes) -> Iterator[bytes]:
        while self.kind == kind:
            content = self._content
            self._advance()
            yield content

    def one(self, kind: bytes) -> bytes:
        content = next(self.take(kind), None)
        if content is None:
            raise BackupRefused("damaged")
        return content

    def _advance(self) -> None:
        """To the next frame; after the last one nothing may follow."""
        if self.kind == END:
            if not self._box.is_at_end():
                raise BackupRefused("damaged")
            self.kind, self._content = b"", b""
            return
        self.kind = self._box.read(1)
        self._content = self._box.read(int.from_bytes(self._box.read(LENGTH), "big"))


def read_head(content: bytes) -> Head:
    told = json.loads(content)
    if told["format"] != FORMAT:
        raise BackupRefused("newer")
    return Head(told["revision"], datetime.fromisoformat(told["taken_at"]), told["prints"])


def read_counts(content: bytes) -> Counts:
    return Counts(**json.loads(content))


def read_rows(content: bytes) -> list[list[object]]:
    rows: list[list[object]] = json.loads(zlib.decompress(content))
    return rows
