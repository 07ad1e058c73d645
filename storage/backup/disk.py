"""Files that are seen only once they are whole, and that only their owner may read."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from storage.backup.refusals import BackupRefused


@contextmanager
def whole(to: Path) -> Iterator[BinaryIO]:
    """On disk before it gets its name, and never over another file; nothing of it stays when it fails."""
    if to.exists():
        raise BackupRefused("exists", file=to)
    handle, name = tempfile.mkstemp(dir=to.parent, prefix=f".{to.name}-")  # mkstemp gives mode 600
    partial = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if to.exists():
            raise BackupRefused("exists", file=to)
        partial.replace(to)
        sync(to.parent)
    finally:
        partial.unlink(missing_ok=True)


def write_new(file: Path, content: bytes) -> None:
    with whole(file) as opened:
        opened.write(content)


def sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
