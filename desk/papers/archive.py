"""A ZIP that is given out while it is written: never more than a piece of it is in memory.

archive = Archive(moment)
yield from archive.add("asli/001-foto.jpg", pieces)
yield from archive.close()
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from io import RawIOBase
from typing import IO, cast
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

READABLE = 0o100644 << 16
"""The rights of a file as Unix tools unpack it."""
MADE_ON_UNIX = 3
"""Unpackers then look at the rights."""
EARLIEST, LATEST = 1980, 2107


@dataclass(frozen=True, slots=True)
class Added:
    """What went into the archive under one name."""

    name: str
    size: int
    sha256: str


class Archive:
    def __init__(self, at: datetime) -> None:
        self._sink = _Sink()
        self._zip = ZipFile(cast("IO[bytes]", self._sink), "w", allowZip64=True)
        self._at = at
        self.added: list[Added] = []

    def add(self, name: str, pieces: Iterable[bytes], *, packed: bool = False) -> Iterator[bytes]:
        """Write a file from its pieces; what is written comes out as it does."""
        info = self._info(name, packed=packed)
        digest, size = hashlib.sha256(), 0
        try:
            with self._zip.open(info, "w", force_zip64=True) as file:
                for piece in pieces:
                    file.write(piece)
                    digest.update(piece)
                    size += len(piece)
                    yield self._sink.taken()
        finally:
            self.added.append(Added(name, size, digest.hexdigest()))
        yield self._sink.taken()

    def close(self) -> Iterator[bytes]:
        self._zip.close()
        yield self._sink.taken()

    def _info(self, name: str, *, packed: bool) -> ZipInfo:
        year = min(max(self._at.year, EARLIEST), LATEST)
        info = ZipInfo(name, (year, *self._at.timetuple()[1:6]))
        info.compress_type = ZIP_DEFLATED if packed else ZIP_STORED
        info.external_attr = READABLE
        info.create_system = MADE_ON_UNIX
        return info


class _Sink(RawIOBase):
    """Where the ZIP is written to: it cannot be gone back in, and is emptied after every piece."""

    def __init__(self) -> None:
        super().__init__()
        self._held = bytearray()

    def writable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return False

    def write(self, content: object) -> int:
        piece = bytes(cast("bytes", content))
        self._held += piece
        return len(piece)

    def taken(self) -> bytes:
        held = bytes(self._held)
        self._held.clear()
        return held
