"""Evidence is kept byte for byte, opens only whole and in its place, and is seen only when all is there."""

import hashlib
import itertools
import os
import re
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.evidence import FORGOTTEN_AFTER, PIECE, TAG, Damaged, Evidence, Sealed, TooLarge
from storage.keys import Keys, SealBroken
from storage.vaults import Folder

KEYS = Keys.make()
PHOTO = bytes(range(256)) * 1000


@pytest.fixture
def evidence(tmp_path: Path) -> Evidence:
    return Evidence(Folder(tmp_path / "media"), KEYS)


async def in_pieces(content: bytes, size: int = 50_000) -> AsyncIterator[bytes]:
    for start in range(0, len(content), size):
        yield content[start : start + size]


async def keep(evidence: Evidence, content: bytes = PHOTO, media: str = "m1") -> Sealed:
    return await evidence.keep(media, in_pieces(content), 10 * len(PHOTO))


def read(evidence: Evidence, sealed: Sealed, media: str = "m1") -> bytes:
    return b"".join(evidence.open(media, sealed.path, sealed.data_key))


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE])
async def test_what_is_kept_opens_byte_for_byte(evidence: Evidence, size: int) -> None:
    content = os.urandom(size)
    sealed = await keep(evidence, content)
    assert read(evidence, sealed) == content
    assert (sealed.size, sealed.sha256) == (size, hashlib.sha256(content).hexdigest())


@given(cuts=st.lists(st.integers(0, len(PHOTO)), max_size=6))
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
async def test_it_does_not_matter_how_the_bytes_were_cut(evidence: Evidence, cuts: list[int]) -> None:
    edges = [0, *sorted(cuts), len(PHOTO)]

    async def pieces() -> AsyncIterator[bytes]:
        for start, end in itertools.pairwise(edges):
            yield PHOTO[start:end]

    sealed = await evidence.keep("m1", pieces(), len(PHOTO))
    assert read(evidence, sealed) == PHOTO


async def test_nothing_of_it_can_be_read_on_disk(evidence: Evidence, tmp_path: Path) -> None:
    sealed = await keep(evidence, b"KENARI" * 9000)
    (file,) = files(tmp_path)
    assert b"KENARI" not in file.read_bytes()
    assert file == tmp_path / "media" / sealed.path
    assert re.fullmatch(r"[0-9a-f]{2}/[0-9a-f]{2}/[0-9a-f]{32}", sealed.path)


def altered(content: bytes) -> bytes:
    return content[:100_000] + bytes([content[100_000] ^ 1]) + content[100_001:]


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "one bit": altered,
    "the beginning": lambda content: b"X" + content[1:],
    "the last byte": lambda content: content[:-1],
    "the last piece": lambda content: content[: 4 + 2 * (PIECE + TAG)],
    "everything": lambda content: b"",
    "more at the end": lambda content: content + b"\0",
    "pieces exchanged": lambda content: (
        content[:4]
        + content[4 + PIECE + TAG : 4 + 2 * (PIECE + TAG)]
        + content[4 : 4 + PIECE + TAG]
        + content[4 + 2 * (PIECE + TAG) :]
    ),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
async def test_a_damaged_file_does_not_open(
    evidence: Evidence, tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    sealed = await keep(evidence)
    (file,) = files(tmp_path)
    file.write_bytes(damage(file.read_bytes()))
    with pytest.raises(Damaged):
        read(evidence, sealed)


async def test_a_file_opens_only_in_its_own_place(evidence: Evidence, tmp_path: Path) -> None:
    one, other = await keep(evidence), await keep(evidence)
    (tmp_path / "media" / one.path).replace(tmp_path / "media" / other.path)
    with pytest.raises(Damaged):
        read(evidence, other)
    with pytest.raises(SealBroken):
        read(evidence, other, media="m2")


async def test_the_copy_lives_and_dies_with_its_original(evidence: Evidence) -> None:
    sealed = await keep(evidence)
    copy = evidence.add_copy("m1", sealed.data_key, b"small")
    assert b"".join(evidence.open("m1", copy, sealed.data_key)) == b"small"
    evidence.erase(sealed.path)
    evidence.erase(sealed.path)
    with pytest.raises(FileNotFoundError):
        read(evidence, sealed)


async def test_too_much_leaves_nothing_behind(evidence: Evidence, tmp_path: Path) -> None:
    with pytest.raises(TooLarge):
        await evidence.keep("m1", in_pieces(PHOTO), len(PHOTO) - 1)
    assert files(tmp_path) == []


async def test_a_broken_stream_leaves_nothing_behind(evidence: Evidence, tmp_path: Path) -> None:
    async def breaking() -> AsyncIterator[bytes]:
        yield PHOTO
        raise ConnectionError

    with pytest.raises(ConnectionError):
        await evidence.keep("m1", breaking(), 10 * len(PHOTO))
    assert files(tmp_path) == []


async def test_a_crash_leaves_no_half_file_to_be_seen(
    evidence: Evidence, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed before the end: what is on disk lies outside the places that are read, and is tidied away."""
    monkeypatch.setattr("storage.evidence._Sealing.discard", lambda sealing: sealing._file.close())
    with pytest.raises(TooLarge):
        await evidence.keep("m1", in_pieces(PHOTO), len(PHOTO) - 1)
    (left,) = files(tmp_path)
    assert left.parent == tmp_path / "media" / "arriving"
    assert evidence.tidy() == 0
    old = left.stat().st_mtime - FORGOTTEN_AFTER - 1
    os.utime(left, (old, old))
    assert evidence.tidy() == 1
    assert files(tmp_path) == []


@pytest.mark.parametrize("path", ["../keys", "/etc/passwd", "ab/cd/../../../keys", "", "ab/cd/" + "0" * 32])
def test_only_paths_of_ours_are_opened(evidence: Evidence, path: str) -> None:
    with pytest.raises(ValueError, match="not a path of ours"):
        evidence.erase(path)
