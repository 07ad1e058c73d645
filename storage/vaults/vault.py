"""What a place of sealed files can do: two kinds of them have the same few orders.

A file is written once, under a random name, and never changes; it is seen under that name only whole.
"""

import re
from collections.abc import Collection, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

PATH = re.compile(r"([0-9a-f]{2})/([0-9a-f]{2})/\1\2[0-9a-f]{28}")
SHELVES = 256
"""How many shelves there are: "00/" to "ff/"."""


class Away(OSError):
    """The place of the files cannot be reached, or takes nothing: no fault of the file's."""


class NotEmpty(Exception):
    """Something lies there already."""


@dataclass(frozen=True, slots=True)
class Lying:
    """A file that lies there."""

    path: str
    size: int
    written_at: float
    """In seconds, as `time.time()` counts them."""


class Readable(Protocol):
    def read(self, size: int, /) -> bytes:
        """So many bytes; fewer only at the end."""


class Filling(Protocol):
    """An empty place while it is filled by a restore."""

    def write(self, path: str, pieces: Iterator[bytes]) -> None: ...

    def put_in_place(self) -> None:
        """The last step: from now on it stays."""


class Vault(Protocol):
    @property
    def arriving(self) -> Path:
        """The folder of this machine in which a file is sealed before it is settled."""

    def settle(self, file: Path, path: str) -> None:
        """A finished file of the arriving folder lies at `path` from now on, and safely."""

    def open(self, path: str) -> AbstractContextManager[Readable]:
        """FileNotFoundError when there is none; Away when nobody can tell."""

    def erase(self, paths: Collection[str]) -> None:
        """Those that are not there do no harm."""

    def shelved(self, shelf: str) -> Iterator[Lying]:
        """What lies under a beginning of paths ("7e/")."""

    def try_out(self) -> None:
        """Write, read and erase; OSError when one of it cannot be done."""

    def filling(self) -> AbstractContextManager[Filling]:
        """Fill it from a backup; NotEmpty when something lies there, and nothing stays when it fails."""


def checked(path: str) -> str:
    """Only paths of ours: never one that a row or a backup made up."""
    if not PATH.fullmatch(path):
        raise ValueError("not a path of ours")
    return path


def shelves() -> Iterator[str]:
    return (f"{number:02x}/" for number in range(SHELVES))


@contextmanager
def as_away() -> Iterator[None]:
    """Whatever our own disk or store refuses is told apart from what a platform refuses."""
    try:
        yield
    except Away:
        raise
    except OSError as trouble:
        raise Away(trouble.errno, trouble.strerror or type(trouble).__name__, trouble.filename) from trouble
