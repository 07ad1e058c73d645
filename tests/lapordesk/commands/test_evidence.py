"""An operator moves the evidence into a bucket: the doctor looks, all is copied, it goes on from there."""

import os
import secrets
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

from lapordesk.cli import run
from lapordesk.commands.console import Console
from lapordesk.settings import PREFIX
from lapordesk.vaults import evidence_of
from storage.vaults import bucket
from tests.standins.s3 import S3, free_port

Said = tuple[int, str, str]
Lapordesk = Callable[[str], Said]


@pytest.fixture
def lapordesk(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> Lapordesk:
    for name in os.environ:
        if name.startswith((PREFIX, "AWS_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv(PREFIX + "LANGUAGE", "en")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(bucket, "TRIES", 0)

    def call(line: str) -> Said:
        capsys.readouterr()
        code = run(shlex.split(line))
        said = capsys.readouterr()
        return code, said.out, said.err

    assert call("migrate")[0] == 0
    return call


def keep(content: bytes) -> tuple[str, bytes]:
    """What is kept now, wherever that is."""
    with Console.open().store() as store:
        sealed = evidence_of(Console.open().settings, store.keys).put("m1", content, 1000)
    return sealed.path, sealed.data_key


def kept(path: str, data_key: bytes) -> bytes:
    with Console.open().store() as store:
        return b"".join(evidence_of(Console.open().settings, store.keys).open("m1", path, data_key))


def test_into_a_bucket_and_back(
    lapordesk: Lapordesk, monkeypatch: pytest.MonkeyPatch, s3: S3, tmp_path: Path
) -> None:
    before = keep(b"lama")
    url = f"s3://bukti-{secrets.token_hex(6)}/2024"
    monkeypatch.setenv(PREFIX + "MEDIA_URL", url)
    wanted = "".join(f"{name}={value}\n" for name, value in s3.environment().items())
    (tmp_path / ".env").write_text(wanted)
    code, said, _ = lapordesk("doctor")
    assert (code, "NoSuchBucket" in said, url in said) == (1, True, True)
    assert lapordesk("evidence copy data/media")[0] == 1
    s3.make(url.split("/")[2])
    assert f"The place of evidence {url} can be written and read." in lapordesk("doctor")[1]
    assert lapordesk("evidence copy data/media")[1] == f"1 files copied to {url}; 0 were there already.\n"
    assert kept(*before) == b"lama"
    after = keep(b"baru")
    assert lapordesk("evidence copy data/media")[1] == f"0 files copied to {url}; 1 were there already.\n"
    monkeypatch.delenv(PREFIX + "MEDIA_URL")
    assert lapordesk(f"evidence copy {url}")[0] == 0
    assert (kept(*before), kept(*after)) == (b"lama", b"baru")


def test_what_cannot_be_copied_is_said(lapordesk: Lapordesk, monkeypatch: pytest.MonkeyPatch) -> None:
    assert lapordesk("evidence copy data/medai")[::2] == (1, "lapordesk: There is no folder data/medai.\n")
    assert lapordesk("evidence copy data/media/")[::2] == (1, "lapordesk: data/media is the same place.\n")
    for name, value in S3(free_port()).environment().items():
        monkeypatch.setenv(name, value)
    code, _, complaint = lapordesk("evidence copy s3://bukti/2024")
    assert (code, complaint.startswith("lapordesk: The place of evidence cannot be reached")) == (1, True)
    assert "rahasia-contoh" not in complaint
