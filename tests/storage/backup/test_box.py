"""What is sealed in the box comes out as it went in, or not at all."""

import hashlib
from collections.abc import Callable
from io import BytesIO

import pytest

from storage.backup.box import HEADER, PIECE, TAG, BoxReader, BoxWriter
from storage.backup.refusals import BackupRefused

PASSPHRASE = "empat kata yang panjang sekali"
CONTENT = bytes(range(256)) * (PIECE // 100)
SEALED_PIECE = PIECE + TAG


def sealed(content: bytes) -> bytes:
    file = BytesIO()
    box = BoxWriter(file, PASSPHRASE)
    for start in range(0, len(content), 70_001):
        box.write(content[start : start + 70_001])
    box.finish()
    assert box.sha256 == hashlib.sha256(file.getvalue()).hexdigest()
    assert box.size == len(file.getvalue())
    return file.getvalue()


def opened(content: bytes, size: int, passphrase: str = PASSPHRASE) -> bytes:
    box = BoxReader(BytesIO(content), passphrase)
    plain = b"".join(box.read(part) for part in (size // 3, size - size // 3))
    if not box.is_at_end():
        raise BackupRefused("damaged")
    return plain


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE])
def test_it_comes_out_as_it_went_in(size: int) -> None:
    assert opened(sealed(CONTENT[:size]), size) == CONTENT[:size]


def test_nothing_can_be_read_without_opening_it() -> None:
    assert b"kenari" not in sealed(b"kenari" * 1000)


def test_a_wrong_passphrase_is_told_from_damage() -> None:
    with pytest.raises(BackupRefused) as refused:
        opened(sealed(b"halo"), 4, PASSPHRASE + "?")
    assert refused.value.reason == "passphrase"


def test_another_file_is_no_backup() -> None:
    for content in (b"", b"LDB1", b"SQLite format 3\0" * 9):
        with pytest.raises(BackupRefused) as refused:
            opened(content, 1)
        assert refused.value.reason == "not_one"


def flipped(content: bytes, at: int) -> bytes:
    return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "a bit of the first piece": lambda content: flipped(content, HEADER + 5),
    "a bit of the last": lambda content: flipped(content, len(content) - 40),
    "the salt": lambda content: flipped(content, 6),
    "the last byte": lambda content: content[:-1],
    "the last piece": lambda content: content[: HEADER + 2 * SEALED_PIECE],
    "all pieces": lambda content: content[:HEADER],
    "more at the end": lambda content: content + b"\0",
    "pieces exchanged": lambda content: (
        content[:HEADER]
        + content[HEADER + SEALED_PIECE : HEADER + 2 * SEALED_PIECE]
        + content[HEADER : HEADER + SEALED_PIECE]
        + content[HEADER + 2 * SEALED_PIECE :]
    ),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
def test_what_is_damaged_does_not_open(damage: Callable[[bytes], bytes]) -> None:
    whole = sealed(CONTENT)
    assert len(whole) > HEADER + 2 * SEALED_PIECE
    with pytest.raises(BackupRefused):
        opened(damage(whole), len(CONTENT))
