"""A bundle is checked by others' tools; what is damaged is named, and the rest goes on."""

import hashlib
import json
import shutil
import subprocess
import tracemalloc
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from core.cases.papers import Exhibit
from desk.papers import Bundled, bundle
from desk.papers.bundle import Opens
from storage.evidence import Damaged, Evidence
from storage.keys import Keys
from storage.media import Media
from storage.vaults import Folder
from tests.core.cases.papers.samples import CASE, COMPLAINT
from tests.desk.papers.papers import NOW, medium, text

PHOTO, VOICE, COPY = b"\xff\xd8" + bytes(range(256)) * 900, b"OggS" * 40_000, b"\xff\xd8copy"


async def pieces(content: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(content), 50_000):
        yield content[start : start + 50_000]


async def kept(evidence: Evidence, number: int, content: bytes, copy: bytes = b"", **more: str) -> Media:
    one = medium(number, **more)
    sealed = await evidence.keep(one.id, pieces(content), len(content))
    view = evidence.add_copy(one.id, sealed.data_key, copy) if copy else ""
    whole = replace(one, path=sealed.path, size=sealed.size, sha256=sealed.sha256)
    return replace(whole, data_key=sealed.data_key, view_path=view)


@pytest.fixture
def evidence(tmp_path: Path) -> Evidence:
    return Evidence(Folder(tmp_path / "media"), Keys.make())


@pytest.fixture
async def media(evidence: Evidence) -> list[Media]:
    return [
        await kept(evidence, 1, PHOTO, COPY),
        await kept(evidence, 2, VOICE, kind="audio", content_type="audio/ogg"),
        await kept(evidence, 3, b"", kind="file", content_type="text/plain"),
        medium(4, state="failed", sha256="", path="", size=None, reason="gone"),
    ]


def made(media: list[Media], store: Opens) -> tuple[bytes, Bundled]:
    told = Bundled()
    parts = bundle(CASE, COMPLAINT, media, {"laporan.pdf": b"%PDF-sample"}, store, NOW, told=told)
    return b"".join(parts), told


def unpacked(content: bytes, folder: Path) -> Path:
    """By `unzip` where there is one: it is not the tool that packed it."""
    (folder / "bundle.zip").write_bytes(content)
    to = folder / "unpacked"
    if tool := shutil.which("unzip"):
        subprocess.run([tool, "-q", "bundle.zip", "-d", str(to)], cwd=folder, check=True)
    else:
        shutil.unpack_archive(folder / "bundle.zip", to)
    return to


def test_others_unpack_it_and_every_fingerprint_holds(
    media: list[Media], evidence: Evidence, tmp_path: Path
) -> None:
    content, told = made(media, evidence)
    folder = unpacked(content, tmp_path)
    checked = subprocess.run(
        ["sha256sum", "--strict", "-c", "SHA256SUMS"], cwd=folder, capture_output=True, text=True, check=True
    )
    names = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    assert names == {
        *("asli/001-foto.jpg", "asli/002-suara.ogg", "asli/003-berkas.txt", "lihat/001-foto.jpg"),
        *("surat/laporan.pdf", "manifest.json", "sampul.pdf", "SHA256SUMS"),
    }
    assert {line.partition(":")[0] for line in checked.stdout.splitlines()} == names - {"SHA256SUMS"}
    assert (folder / "asli/001-foto.jpg").read_bytes() == PHOTO
    assert (folder / "asli/002-suara.ogg").read_bytes() == VOICE
    assert (folder / "lihat/001-foto.jpg").read_bytes() == COPY
    assert (told.damaged, told.files) == ([], len(names))


def test_the_manifest_tells_of_each_piece_and_the_cover_proves_it(
    media: list[Media], evidence: Evidence
) -> None:
    content, told = made(media, evidence)
    with ZipFile(BytesIO(content)) as archive:
        manifest = archive.read("manifest.json")
        cover = text(archive.read("sampul.pdf"))
    found = json.loads(manifest)
    assert told.manifest == hashlib.sha256(manifest).hexdigest()
    assert told.manifest in cover
    assert "asli/002-suara.ogg" in cover
    assert (found["case"], found["practice"], found["made_at"]) == (
        "K-7K2-M9Q",
        False,
        "2024-11-28T01:00:00+00:00",
    )
    photo, _, empty, gone = found["evidence"]
    assert photo == {
        "name": "asli/001-foto.jpg",
        "number": 1,
        "state": "kept",
        "reason": "",
        "size": len(PHOTO),
        "sha256": hashlib.sha256(PHOTO).hexdigest(),
        "kind": "image",
        "type": "image/jpeg",
        "media": "medium-1",
        "original_name": "IMG_1.jpg",
        "expected_at": "2024-11-28T01:00:00+00:00",
        "kept_at": "2024-11-28T01:00:00+00:00",
        "copy": "lihat/001-foto.jpg",
    }
    assert empty["size"] == 0
    assert (gone["name"], gone["state"], gone["reason"], gone["sha256"]) == (None, "failed", "gone", None)


def test_the_same_case_gives_the_same_bundle(media: list[Media], evidence: Evidence) -> None:
    assert made(media, evidence) == made(media, evidence)


@pytest.mark.parametrize("harm", ["flip", "cut", "gone", "key", "row"])
def test_a_damaged_original_is_named_and_left_out(
    media: list[Media], evidence: Evidence, tmp_path: Path, harm: str
) -> None:
    file = tmp_path / "media" / media[1].path
    match harm:
        case "flip":
            sealed = bytearray(file.read_bytes())
            sealed[-70_000] ^= 1
            file.write_bytes(sealed)
        case "cut":
            file.write_bytes(file.read_bytes()[:70_000])
        case "gone":
            file.unlink()
        case "key":
            media[1] = replace(media[1], data_key=b"no key of ours, and much too short to be one")
        case "row":
            media[1] = replace(media[1], sha256="0" * 64)
    content, told = made(media, evidence)
    assert told.damaged == ["002-suara.ogg"]
    folder = unpacked(content, tmp_path)
    subprocess.run(
        ["sha256sum", "--strict", "-c", "SHA256SUMS"], cwd=folder, stdout=subprocess.DEVNULL, check=True
    )
    assert not (folder / "asli/002-suara.ogg").exists()
    assert (folder / "asli/001-foto.jpg").read_bytes() == PHOTO
    entry = json.loads((folder / "manifest.json").read_text())["evidence"][1]
    assert (entry["state"], entry["name"], entry["media"]) == ("damaged", None, "medium-2")
    assert "TIDAK UTUH: 002-suara.ogg" in text((folder / "sampul.pdf").read_bytes())


class FailsLater:
    """Whole at the first reading, broken at the second: the disk died in between."""

    def __init__(self) -> None:
        self.readings = 0

    def open(self, media: str, path: str, data_key: bytes) -> Iterator[bytes]:
        self.readings += 1
        yield PHOTO[:1000]
        if self.readings > 1:
            raise Damaged
        yield PHOTO[1000:]


def test_what_breaks_while_it_is_written_is_named_too(tmp_path: Path) -> None:
    one = medium(1, sha256=hashlib.sha256(PHOTO).hexdigest())
    content, told = made([one], FailsLater())
    assert told.damaged == ["001-foto.jpg"]
    folder = unpacked(content, tmp_path)
    subprocess.run(
        ["sha256sum", "--strict", "-c", "SHA256SUMS"], cwd=folder, stdout=subprocess.DEVNULL, check=True
    )
    assert json.loads((folder / "manifest.json").read_text())["evidence"][0]["state"] == "damaged"


def test_what_the_sender_called_it_never_names_a_file(media: list[Media], evidence: Evidence) -> None:
    media[0] = replace(media[0], name="../../etc/passwd\n\u202egpj.exe")
    content, _ = made(media, evidence)
    with ZipFile(BytesIO(content)) as archive:
        assert all("passwd" not in name and ".." not in name for name in archive.namelist())
        told = json.loads(archive.read("manifest.json"))["evidence"][0]["original_name"]
    assert told == "../../etc/passwd\n\u202egpj.exe"


class Endless:
    """120 MB that never lie in memory."""

    PIECE, COUNT = b"\x5a" * 64 * 1024, 1920

    def open(self, media: str, path: str, data_key: bytes) -> Iterator[bytes]:
        for _ in range(self.COUNT):
            yield self.PIECE


def test_a_large_file_takes_no_more_memory_than_a_small_one() -> None:
    whole = hashlib.sha256()
    for piece in Endless().open("", "", b""):
        whole.update(piece)
    one = medium(1, "video", "video/mp4", sha256=whole.hexdigest(), size=len(Endless.PIECE) * Endless.COUNT)
    told = Bundled()
    parts = bundle(CASE, COMPLAINT, [one], {}, Endless(), NOW, told=told)
    size = 0
    tracemalloc.start()
    for part in parts:
        size += len(part)
        if size > 100_000_000:
            break
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    size += sum(len(part) for part in parts)
    assert size > len(Endless.PIECE) * Endless.COUNT
    assert peak < 4_000_000
    assert told.damaged == []


def test_the_names_on_the_papers_are_those_in_the_bundle(media: list[Media], evidence: Evidence) -> None:
    content, _ = made(media, evidence)
    one = media[0]
    exhibit = Exhibit(1, one.id, one.kind, one.content_type, one.size or 0, one.sha256)
    assert f"asli/{exhibit.name}" in ZipFile(BytesIO(content)).namelist()
