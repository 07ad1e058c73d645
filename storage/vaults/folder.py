"""Sealed files in a folder: on disk first, then renamed into their place, then the place itself on disk.

<DATA>/media/7e/41/7e41c0…
<DATA>/media/arriving/       what is being written
<DATA>/media/restoring/      what a restore has written so far
"""

import os
import secrets
import shutil
from collections.abc import Collection, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from storage.vaults.vault import PATH, Away, Filling, Lying, NotEmpty, Readable, checked

ARRIVING, RESTORING = "arriving", "restoring"


class Folder:
    def __init__(self, root: Path) -> None:
        self.root = root
        self.arriving = root / ARRIVING

    def settle(self, file: Path, path: str) -> None:
        place = self._place(path)
        place.parent.mkdir(parents=True, exist_ok=True)
        file.replace(place)
        for folder in (place.parent, place.parent.parent, self.root):
            sync(folder)

    def open(self, path: str) -> AbstractContextManager[Readable]:
        try:
            return self._place(path).open("rb")
        except FileNotFoundError:
            if not self.root.exists():  # a disk that is not mounted must not look like files that were erased
                raise Away(None, "no such folder", str(self.root)) from None
            raise

    def erase(self, paths: Collection[str]) -> None:
        for place in map(self._place, paths):
            place.unlink(missing_ok=True)

    def shelved(self, shelf: str) -> Iterator[Lying]:
        for file in (self.root / shelf).glob("*/*"):
            path = f"{shelf}{file.parent.name}/{file.name}"
            try:
                told = file.stat()
            except FileNotFoundError:  # erased while we looked
                continue
            if PATH.fullmatch(path):
                yield Lying(path, told.st_size, told.st_mtime)

    def try_out(self) -> None:
        self.arriving.mkdir(parents=True, exist_ok=True)
        trial = self.arriving / f"trial-{secrets.token_hex(4)}"
        try:
            trial.write_bytes(b"trial")
            trial.read_bytes()
        finally:
            trial.unlink(missing_ok=True)

    @contextmanager
    def filling(self) -> Iterator[Filling]:
        if self._things():
            raise NotEmpty(self.root)
        self.root.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(self.root / RESTORING, ignore_errors=True)
        try:
            yield _Filling(self.root)
        except BaseException:
            for thing in [*self._things(), self.root / RESTORING]:
                shutil.rmtree(thing, ignore_errors=True)
            raise

    def _things(self) -> list[Path]:
        """What a restore that was killed left behind does not count."""
        if self.arriving.exists() and any(self.arriving.iterdir()):
            return [self.arriving]
        ours = (ARRIVING, RESTORING)
        there = self.root.iterdir() if self.root.exists() else ()
        return [thing for thing in there if thing.name not in ours]

    def _place(self, path: str) -> Path:
        return self.root / checked(path)


class _Filling:
    """Everything beside its place first: the last step is a few renames, however much there is."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._restoring = root / RESTORING

    def write(self, path: str, pieces: Iterator[bytes]) -> None:
        place = self._restoring / checked(path)
        place.parent.mkdir(parents=True, exist_ok=True)
        with place.open("xb") as file:
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())
        sync(place.parent)

    def put_in_place(self) -> None:
        if not self._restoring.exists():
            return
        for shelf in sorted(self._restoring.iterdir()):
            sync(shelf)
            shelf.replace(self._root / shelf.name)
        self._restoring.rmdir()
        sync(self._root)


def sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
