"""Writing a file so that it is there whole or not at all."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def written_whole(to: Path) -> Iterator[Path]:
    """A file beside the wanted one, for its owner alone, that takes its place once it is whole."""
    handle, name = tempfile.mkstemp(dir=to.parent, prefix=".export-")
    os.close(handle)
    try:
        yield Path(name)
        Path(name).replace(to)
    finally:
        Path(name).unlink(missing_ok=True)
