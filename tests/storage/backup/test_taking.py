"""A backup is written whole or not at all, for its owner alone."""

import asyncio
import hashlib
import stat
import tracemalloc
from pathlib import Path

import pytest

from storage.backup import taking
from storage.backup.refusals import BackupRefused
from storage.backup.restoring import look_through
from storage.backup.taking import take_backup
from storage.store import Store
from storage.vaults import Folder
from tests.storage.backup.lived_in import PASSPHRASE, PICTURE, live_in
from tests.storage.kaltim import NOW
from tests.storage.test_secrecy import CANARIES


@pytest.fixture
def media(store: Store, tmp_path: Path) -> Path:
    asyncio.run(live_in(store, Folder(tmp_path / "media")))
    return tmp_path / "media"


def test_what_it_says_of_itself_is_so(store: Store, media: Path, tmp_path: Path) -> None:
    taken = take_backup(store, Folder(media), tmp_path / "cadangan", PASSPHRASE, NOW)
    content = (tmp_path / "cadangan").read_bytes()
    assert (taken.size, taken.sha256) == (len(content), hashlib.sha256(content).hexdigest())
    assert stat.S_IMODE((tmp_path / "cadangan").stat().st_mode) == 0o600
    assert look_through(tmp_path / "cadangan", PASSPHRASE).counts == taken.counts
    assert look_through(tmp_path / "cadangan", PASSPHRASE).keys is None
    assert b"Sidodadi" not in content
    assert [what for what, canary in CANARIES.items() if canary.encode() in content] == []


def test_evidence_that_was_erased_meanwhile_is_counted(store: Store, media: Path, tmp_path: Path) -> None:
    with store.reading() as book:
        kept = book.media.get(PICTURE.media)
    assert kept is not None
    (media / kept.view_path).unlink()
    counts = take_backup(store, Folder(media), tmp_path / "cadangan", PASSPHRASE, NOW).counts
    assert (counts.files, counts.missing) == (1, 1)


def test_another_file_is_not_overwritten(store: Store, media: Path, tmp_path: Path) -> None:
    (tmp_path / "cadangan").write_text("penting")
    with pytest.raises(BackupRefused) as refused:
        take_backup(store, Folder(media), tmp_path / "cadangan", PASSPHRASE, NOW)
    assert refused.value.reason == "exists"
    assert (tmp_path / "cadangan").read_text() == "penting"


def test_half_a_backup_is_none(
    store: Store, media: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(taking, "_put_evidence", full)
    folder = tmp_path / "cadangan"
    folder.mkdir()
    with pytest.raises(OSError, match="No space"):
        take_backup(store, Folder(media), folder / "satu", PASSPHRASE, NOW)
    assert list(folder.iterdir()) == []


def test_memory_does_not_grow_with_the_evidence(store: Store, media: Path, tmp_path: Path) -> None:
    with store.reading() as book:
        kept = book.media.get(PICTURE.media)
    assert kept is not None
    with (media / kept.path).open("wb") as file:
        for _ in range(60):
            file.write(b"\0" * 1024 * 1024)
    tracemalloc.start()
    taken = take_backup(store, Folder(media), tmp_path / "cadangan", PASSPHRASE, NOW)
    look_through(tmp_path / "cadangan", PASSPHRASE)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert taken.size > 60 * 1024 * 1024
    assert peak < 12 * 1024 * 1024
