"""Files are told by their content: each kind by its opening, and two files in one by neither."""

import io
import struct
import zipfile

import pytest

from core.model.messages import MediaKind
from storage.signatures import HEAD, MB, TAIL, Kind, Reason, Refusal, judge, suits

REST = bytes(200)


def office(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "x" * 50)
    return out.getvalue()


DOCX = office("[Content_Types].xml", "_rels/.rels", "word/document.xml")
XLSX = office("docProps/app.xml", "xl/workbook.xml")
KINDS: dict[str, bytes] = {
    "image/jpeg": b"\xff\xd8\xff\xe1" + REST,
    "image/png": b"\x89PNG\r\n\x1a\n" + REST,
    "image/gif": b"GIF89a" + REST,
    "image/webp": b"RIFF" + struct.pack("<I", 200) + b"WEBPVP8 " + REST,
    "image/heic": b"\0\0\0\x18ftypheic" + REST,
    "application/pdf": b"%PDF-1.7\n" + REST,
    "audio/ogg": b"OggS\0\x02" + REST + b"OpusHead",
    "audio/mpeg": b"ID3\x04" + REST,
    "audio/aac": b"\xff\xf1" + REST,
    "audio/mp4": b"\0\0\0\x1cftypM4A " + REST,
    "audio/amr": b"#!AMR\n" + REST,
    "audio/wav": b"RIFF" + struct.pack("<I", 200) + b"WAVEfmt " + REST,
    "video/mp4": b"\0\0\0\x18ftypmp42" + REST,
    "video/3gpp": b"\0\0\0\x18ftyp3gp4" + REST,
    "video/quicktime": b"\0\0\0\x14ftypqt  " + REST,
    "video/webm": b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm" + REST,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": DOCX,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": XLSX,
}


def judged(content: bytes) -> Kind | Refusal:
    return judge(content[:HEAD], content[-TAIL:], len(content))


@pytest.mark.parametrize(("content_type", "content"), KINDS.items(), ids=KINDS.keys())
def test_a_kind_is_known_by_its_content(content_type: str, content: bytes) -> None:
    kind = judged(content)
    assert isinstance(kind, Kind)
    assert kind.content_type == content_type


REFUSED: dict[str, tuple[bytes, Reason]] = {
    "nothing": (b"", "empty"),
    "svg": (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "disguise"),
    "svg behind xml": (b"<?xml version='1.0'?>\n<!-- -->\n<SVG/>", "disguise"),
    "html": (b"<!DOCTYPE html><html></html>", "disguise"),
    "eps": (b"%!PS-Adobe-3.0 EPSF-3.0\n" + REST, "type"),
    "a shell script": (b"#!/bin/sh\nrm -rf /\n", "type"),
    "a Windows program": (b"MZ\x90\0" + REST, "type"),
    "plain words": (b"Laporan hari ini", "type"),
    "an old Word file": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + REST, "type"),
    "tiff": (b"II*\0" + REST, "type"),
    "matroska": (b"\x1a\x45\xdf\xa3\x42\x82\x88matroska" + REST, "type"),
    "a ZIP of anything": (office("readme.txt"), "type"),
    "an app": (office("AndroidManifest.xml", "classes.dex", "word/document.xml"), "type"),
    "macros": (office("word/document.xml", "word/vbaProject.bin"), "type"),
    "half a docx": (DOCX[:-40], "type"),
    "gif with a script": (b"GIF89a/*" + REST + b"*/=1;</p><script>alert(1)</script>", "disguise"),
    "jpeg with php": (b"\xff\xd8\xff\xfe\0\x20<?php system($_GET['c']); ?>" + REST, "disguise"),
    "jpeg with a pdf": (b"\xff\xd8\xff\xfe\0\x20%PDF-1.4" + REST, "disguise"),
    "jpeg with a zip": (b"\xff\xd8\xff" + REST + office("word/document.xml"), "disguise"),
    "a picture too large": (b"\xff\xd8\xff" + bytes(20 * MB), "large"),
    "a film too large": (b"\0\0\0\x18ftypmp42" + bytes(50 * MB), "large"),
}


@pytest.mark.parametrize(("content", "reason"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_not_taken(content: bytes, reason: Reason) -> None:
    assert judged(content) == Refusal(reason)


def test_a_zip_mark_inside_a_photo_is_only_a_coincidence() -> None:
    assert isinstance(judged(b"\xff\xd8\xff" + REST + b"PK\x05\x06" + REST), Kind)


@pytest.mark.parametrize(
    ("declared", "content_type", "yes"),
    [
        ("image", "image/png", True),
        ("image", "application/pdf", False),
        ("audio", "video/mp4", True),
        ("video", "image/gif", False),
        ("file", "image/jpeg", True),
    ],
)
def test_a_file_should_be_what_was_asked_for(declared: MediaKind, content_type: str, yes: bool) -> None:
    kind = judged(KINDS[content_type])
    assert isinstance(kind, Kind)
    assert suits(declared, kind) is yes
