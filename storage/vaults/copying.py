"""Takes the files of one vault to another: whatever is not there yet, as often as it is asked, in any order.

A file never changes and its name is random, so that the same name and size are the same file.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from storage.vaults.vault import Vault, as_away, shelves

PIECE = 1024 * 1024


@dataclass(slots=True)
class Copied:
    files: int = 0
    already: int = 0
    """Those that lay there before."""


def copy_all(source: Vault, target: Vault, tell: Callable[[Copied], None] = lambda copied: None) -> Copied:
    """Nothing is taken away; `tell` hears after each shelf how far it is."""
    copied = Copied()
    for shelf in shelves():
        there = {lying.path: lying.size for lying in target.shelved(shelf)}
        for lying in source.shelved(shelf):
            if there.get(lying.path) == lying.size:
                copied.already += 1
            elif _copy(source, target, lying.path):
                copied.files += 1
        tell(copied)
    return copied


def _copy(source: Vault, target: Vault, path: str) -> bool:
    """False when it was erased meanwhile."""
    target.arriving.mkdir(parents=True, exist_ok=True)
    file = target.arriving / path[-32:]
    try:
        with source.open(path) as opened, as_away(), file.open("wb") as arriving:
            arriving.writelines(_pieces(opened.read))
    except FileNotFoundError:
        return False
    try:
        target.settle(file, path)
    finally:
        file.unlink(missing_ok=True)
    return True


def _pieces(read: Callable[[int], bytes]) -> Iterator[bytes]:
    while piece := read(PIECE):
        yield piece
