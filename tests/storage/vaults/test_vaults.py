"""Both places of files keep what they were given, under its name, until it is erased; a store that is away
says so, and never that a file is not there."""

import os
import secrets
import time
from pathlib import Path

import pytest

from storage.evidence import FORGOTTEN_AFTER, Damaged, Evidence
from storage.keys import Keys
from storage.vaults import Bucket, Folder, bucket, copying, vault_at
from storage.vaults.copying import copy_all
from storage.vaults.vault import Away, NotEmpty, Vault
from tests.standins.s3 import S3, free_port

KEYS = Keys.make()
SMALLEST_PART = 5 * 1024 * 1024
"""S3 takes no smaller one, but the last."""
ONE, OTHER = "7e/41/7e41" + "0" * 28, "7e/42/7e42" + "1" * 28


@pytest.fixture(params=["folder", "bucket"])
def vault(request: pytest.FixtureRequest, tmp_path: Path) -> Vault:
    if request.param == "folder":
        return Folder(tmp_path / "media")
    return empty_bucket(request.getfixturevalue("s3"), tmp_path)


def empty_bucket(s3: S3, tmp_path: Path, prefix: str = "/2024/bukti") -> Bucket:
    name = f"bukti-{secrets.token_hex(6)}"
    s3.make(name)
    return s3.bucket(f"s3://{name}{prefix}", tmp_path / "arriving")


def lay(vault: Vault, path: str, content: bytes) -> None:
    vault.arriving.mkdir(parents=True, exist_ok=True)
    file = vault.arriving / path[-32:]
    file.write_bytes(content)
    vault.settle(file, path)
    assert not file.exists()


def read(vault: Vault, path: str) -> bytes:
    with vault.open(path) as file:
        return b"".join(iter(lambda: file.read(70_000), b""))


def all_of(vault: Vault) -> list[str]:
    return sorted(lying.path for lying in vault.shelved("7e/"))


@pytest.mark.parametrize("size", [0, 1, 100_000])
def test_what_is_laid_down_is_found_as_it_was(vault: Vault, size: int) -> None:
    content = os.urandom(size)
    lay(vault, ONE, content)
    assert read(vault, ONE) == content
    (lying,) = vault.shelved("7e/")
    assert (lying.path, lying.size) == (ONE, size)
    assert abs(lying.written_at - time.time()) < 60
    assert list(vault.shelved("7f/")) == []


@pytest.mark.parametrize("more", [0, 1, SMALLEST_PART - 1, SMALLEST_PART])
def test_what_is_large_goes_in_parts(
    s3: S3, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: int
) -> None:
    monkeypatch.setattr(bucket, "PART", SMALLEST_PART)
    there, content = empty_bucket(s3, tmp_path), os.urandom(SMALLEST_PART + more)
    lay(there, ONE, content)
    assert read(there, ONE) == content


def test_what_is_erased_is_gone_and_only_that(vault: Vault) -> None:
    lay(vault, ONE, b"satu")
    lay(vault, OTHER, b"dua")
    vault.erase([ONE, "00/00/" + "0" * 32])
    vault.erase([])
    assert all_of(vault) == [OTHER]
    with pytest.raises(FileNotFoundError):
        read(vault, ONE)


def test_only_paths_of_ours_are_touched(vault: Vault) -> None:
    for act in (lambda: vault.erase(["../keys"]), lambda: read(vault, "7e/41/../../keys")):
        with pytest.raises(ValueError, match="not a path of ours"):
            act()


def test_a_try_leaves_nothing(vault: Vault, s3: S3) -> None:
    vault.try_out()
    assert not list(vault.arriving.glob("*"))
    if isinstance(vault, Bucket):
        assert s3.names(vault.name) == []


def away(s3: S3, tmp_path: Path, kind: str) -> Vault:
    """A bucket that is not there, a store that does not answer, a disk that is not mounted."""
    if kind == "folder":
        return Folder(tmp_path / "nowhere")
    if kind == "bucket":
        return s3.bucket("s3://tidak-ada-di-sini/x", tmp_path / "arriving")
    return S3(free_port()).bucket("s3://bukti/x", tmp_path / "arriving")


@pytest.mark.parametrize("kind", ["folder", "bucket", "store"])
def test_a_place_that_is_away_is_not_one_without_the_file(
    s3: S3, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setattr(bucket, "TRIES", 0)
    with pytest.raises(Away):
        read(away(s3, tmp_path, kind), ONE)


@pytest.mark.parametrize("kind", ["bucket", "store"])
def test_nothing_is_lost_to_a_store_that_is_away(
    s3: S3, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setattr(bucket, "TRIES", 0)
    vault = away(s3, tmp_path, kind)
    for act in (vault.try_out, lambda: list(vault.shelved("7e/")), lambda: lay(vault, ONE, b"satu")):
        with pytest.raises(Away):
            act()
    assert not isinstance(vault, Folder)
    with pytest.raises(Away), vault.filling():
        pass


def test_what_leaves_is_sealed(s3: S3, tmp_path: Path) -> None:
    vault = empty_bucket(s3, tmp_path, prefix="")
    sealed = Evidence(vault, KEYS).put("m1", b"KENARI" * 9000, 100_000)
    lies = read(vault, sealed.path)
    assert len(lies) > 54_000
    assert b"KENARI" not in lies
    assert not list(vault.arriving.iterdir())


async def test_what_was_altered_or_cut_off_there_does_not_open(s3: S3, tmp_path: Path) -> None:
    vault = empty_bucket(s3, tmp_path)
    evidence = Evidence(vault, KEYS)
    sealed = evidence.put("m1", os.urandom(200_000), 1_000_000)
    whole = read(vault, sealed.path)
    for damaged in (whole[:-1], whole[:70_000], b"", whole[:5] + bytes([whole[5] ^ 1]) + whole[6:]):
        lay(vault, sealed.path, damaged)
        with pytest.raises(Damaged):
            b"".join(evidence.open("m1", sealed.path, sealed.data_key))


def test_what_only_just_came_is_not_swept(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    lay(vault, ONE, b"satu")
    evidence = Evidence(vault, KEYS)
    assert evidence.shelved("7e/") == []
    later = time.time() + FORGOTTEN_AFTER + 60
    monkeypatch.setattr("storage.evidence.time.time", lambda: later)
    assert evidence.shelved("7e/") == [ONE]


class Killed(BaseException):
    pass


def test_what_was_filled_stays(vault: Vault) -> None:
    with vault.filling() as filling:
        filling.write(ONE, iter([b"sa", b"tu"]))
        filling.write(OTHER, iter([b"dua"]))
        filling.put_in_place()
    assert (read(vault, ONE), read(vault, OTHER)) == (b"satu", b"dua")
    with pytest.raises(NotEmpty), vault.filling():
        pass
    assert all_of(vault) == [ONE, OTHER]


def test_what_fails_while_it_is_filled_leaves_nothing(vault: Vault) -> None:
    for last_step in (False, True):
        with pytest.raises(Killed), vault.filling() as filling:
            filling.write(ONE, iter([b"satu"]))
            if last_step:
                filling.put_in_place()
            raise Killed
        assert all_of(vault) == []


def test_a_filling_that_was_killed_is_no_hindrance(s3: S3, tmp_path: Path) -> None:
    vault = empty_bucket(s3, tmp_path)
    killed = vault.filling()
    killed.__enter__().write(ONE, iter([b"half"]))
    with vault.filling() as again:
        again.write(OTHER, iter([b"dua"]))
        again.put_in_place()
    assert all_of(vault) == [OTHER]


def test_all_of_it_can_be_copied_elsewhere_and_what_is_there_is_not_copied_again(
    s3: S3, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copying, "shelves", lambda: ["00/", "7e/"])
    here, there = Folder(tmp_path / "media"), empty_bucket(s3, tmp_path)
    lay(here, ONE, b"satu")
    lay(here, OTHER, b"dua" * 50_000)
    lay(there, ONE, b"sa")  # an upload that another program cut short
    copied = copy_all(here, there)
    assert (copied.files, copied.already) == (2, 0)
    assert (read(there, ONE), read(there, OTHER)) == (b"satu", b"dua" * 50_000)
    lay(here, "00/01/0001" + "2" * 28, b"tiga")
    copied = copy_all(here, there)
    assert (copied.files, copied.already) == (1, 2)
    back = Folder(tmp_path / "back")
    assert copy_all(there, back).files == 3
    assert read(back, OTHER) == read(here, OTHER)


def test_the_address_says_which_it_is(tmp_path: Path) -> None:
    assert isinstance(vault_at("data/media", tmp_path), Folder)
    found = vault_at("s3://bukti/2024", tmp_path, access_key_id="a", secret_access_key="b")
    assert isinstance(found, Bucket)
