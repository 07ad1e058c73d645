"""Evidence that lies in a bucket goes along in a backup, and comes back into another bucket, or a folder."""

import asyncio
import secrets
from pathlib import Path

import pytest

from storage import custodians
from storage.backup import box
from storage.backup.refusals import BackupRefused
from storage.backup.restoring import Place, restore_backup
from storage.backup.taking import take_backup
from storage.evidence import Evidence
from storage.store import Store
from storage.vaults import Bucket, Folder, Vault
from storage.vaults.vault import Away
from tests.databases import Databases
from tests.standins.s3 import S3
from tests.storage.backup.lived_in import PASSPHRASE, PHOTO, PICTURE, live_in
from tests.storage.kaltim import NOW


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    for place in (box, custodians):  # how long a passphrase is stretched is nothing to these tests
        monkeypatch.setattr(place, "MEMORY_KIB", 64)


def bucket(s3: S3, tmp_path: Path) -> Bucket:
    name = f"cadangan-{secrets.token_hex(6)}"
    s3.make(name)
    return s3.bucket(f"s3://{name}/media", tmp_path / "arriving")


def restore(store: Store, databases: Databases, engine: str, tmp_path: Path, vault: Vault) -> int:
    store.keys.save(tmp_path / "keys")
    place = Place(databases.bare(engine), vault, tmp_path / "keys")
    return restore_backup(tmp_path / "cadangan", PASSPHRASE, place, NOW, "operator").counts.files


def photo(store: Store, vault: Vault) -> bytes:
    with store.reading() as book:
        kept = book.media.get(PICTURE.media)
    assert kept is not None
    return b"".join(Evidence(vault, store.keys).open(kept.id, kept.path, kept.data_key))


def test_it_comes_back_into_another_bucket_or_a_folder(
    store: Store, databases: Databases, engine: str, s3: S3, tmp_path: Path
) -> None:
    source, target, folder = bucket(s3, tmp_path), bucket(s3, tmp_path), Folder(tmp_path / "restored")
    asyncio.run(live_in(store, source))
    taken = take_backup(store, source, tmp_path / "cadangan", PASSPHRASE, NOW)
    assert (taken.counts.files, taken.counts.missing) == (2, 0)
    assert restore(store, databases, engine, tmp_path, target) == 2
    assert photo(store, target) == PHOTO
    assert "media/restoring" not in s3.names(target.name)
    (tmp_path / "keys").unlink()
    assert restore(store, databases, engine, tmp_path, folder) == 2
    assert photo(store, folder) == PHOTO
    with pytest.raises(BackupRefused) as refused:
        (tmp_path / "keys").unlink()
        restore(store, databases, engine, tmp_path, target)
    assert refused.value.reason == "media"
    assert photo(store, target) == PHOTO


def test_a_bucket_that_is_away_makes_no_backup_without_evidence(store: Store, s3: S3, tmp_path: Path) -> None:
    asyncio.run(live_in(store, bucket(s3, tmp_path)))
    gone = s3.bucket("s3://tidak-ada-di-sini/media", tmp_path / "arriving")
    with pytest.raises(Away):
        take_backup(store, gone, tmp_path / "cadangan", PASSPHRASE, NOW)
    assert not (tmp_path / "cadangan").exists()
