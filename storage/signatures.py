"""What a file is, told by its content and never by its name: about a dozen types that evidence comes in.

judge(head=b"\\xff\\xd8\\xff...", tail=b"...\\xff\\xd9", size=81_220)  ->  Kind("image", "image/jpeg")
judge(head=b"<svg onload=...", tail=b"...</svg>", size=420)         ->  Refusal("disguise")
"""

from dataclasses import dataclass
from typing import Literal

from core.model.messages import MediaKind

MB = 1024 * 1024
PICTURE_BYTES = 20 * MB
OTHER_BYTES = 50 * MB

HEAD = 4096
"""How many of the first bytes `judge` wants to see."""
TAIL = 65_557
"""How many of the last: a ZIP's directory ends within its longest comment (65,535) and its own 22 bytes."""

Reason = Literal["empty", "large", "type", "other", "disguise", "pixels", "broken"]


@dataclass(frozen=True, slots=True)
class Kind:
    """What a file is."""

    media: MediaKind
    content_type: str
    ending: str
    """How a download of it is called; the sender's file name is never used."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a file is not taken; `evidence.refused.<reason>` is the sentence for it."""

    reason: Reason


JPEG = Kind("image", "image/jpeg", "jpg")
PNG = Kind("image", "image/png", "png")
GIF = Kind("image", "image/gif", "gif")
WEBP = Kind("image", "image/webp", "webp")
HEIC = Kind("image", "image/heic", "heic")
PDF = Kind("file", "application/pdf", "pdf")
DOCX = Kind("file", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx")
XLSX = Kind("file", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx")
OGG = Kind("audio", "audio/ogg", "ogg")
MP3 = Kind("audio", "audio/mpeg", "mp3")
AAC = Kind("audio", "audio/aac", "aac")
M4A = Kind("audio", "audio/mp4", "m4a")
AMR = Kind("audio", "audio/amr", "amr")
WAV = Kind("audio", "audio/wav", "wav")
MP4 = Kind("video", "video/mp4", "mp4")
GPP = Kind("video", "video/3gpp", "3gp")
MOV = Kind("video", "video/quicktime", "mov")
WEBM = Kind("video", "video/webm", "webm")

COPIED = frozenset({JPEG, PNG, GIF, WEBP})
"""Pictures that Pillow may decode for the viewing copy; HEIC is kept as it came, without one."""

OPENINGS = (
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"GIF87a", GIF),
    (b"GIF89a", GIF),
    (b"%PDF-", PDF),
    (b"OggS", OGG),
    (b"ID3", MP3),
    (b"\xff\xfb", MP3),
    (b"\xff\xf3", MP3),
    (b"\xff\xf2", MP3),
    (b"\xff\xf1", AAC),
    (b"\xff\xf9", AAC),
    (b"#!AMR", AMR),
)
RIFFS = {b"WEBP": WEBP, b"WAVE": WAV}
BRANDS = (
    (b"M4A", M4A),
    (b"M4B", M4A),
    (b"3g", GPP),
    (b"qt  ", MOV),
    (b"iso", MP4),
    (b"mp4", MP4),
    (b"avc1", MP4),
    (b"M4V", MP4),
    (b"dash", MP4),
    (b"MSNV", MP4),
    *((brand, HEIC) for brand in (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")),
)
"""The major brand of an ISO media file (ISO/IEC 14496-12), by its beginning."""

MARKUP = (b"<svg", b"<html", b"<!doctype", b"<script", b"<?php", b"<body", b"<iframe", b"javascript:")
STRANGERS = (b"AndroidManifest.xml", b"META-INF/MANIFEST.MF", b"vbaProject.bin", b"classes.dex")
"""What an office document has no business to carry: an app ("undangan.apk"), a Java program, macros."""


def judge(head: bytes, tail: bytes, size: int) -> Kind | Refusal:
    """The kind of a file from its first and last bytes, or why it is not taken."""
    if not size:
        return Refusal("empty")
    if _is_disguised(head, tail):
        return Refusal("disguise")
    kind = _opening(head) or _riff(head) or _brand(head) or _webm(head) or _office(head, tail)
    if kind is None:
        return Refusal("type")
    if size > limit(kind.media):
        return Refusal("large")
    return kind


def limit(media: MediaKind) -> int:
    """The most bytes that a file of this kind may have."""
    return PICTURE_BYTES if media == "image" else OTHER_BYTES


def suits(declared: MediaKind, kind: Kind) -> bool:
    """Is the file what its sender said? Voice and film share containers, and anything may come as a file."""
    match declared:
        case "file":
            return True
        case "image":
            return kind.media == "image"
        case "audio" | "video":
            return kind.media in ("audio", "video")


def _is_disguised(head: bytes, tail: bytes) -> bool:
    """Two files in one: markup or a PDF behind another opening, or a ZIP hung on the end of a picture."""
    start = head[:HEAD].lower()
    if any(mark in start for mark in MARKUP):
        return True
    # Readers accept a PDF whose header stands anywhere in the first 1,024 bytes.
    if head.find(b"%PDF-", 1, 1024) != -1:
        return True
    return not head.startswith(b"PK\x03\x04") and _ends_as_zip(tail)


def _ends_as_zip(tail: bytes) -> bool:
    """A ZIP's end record says how long the comment behind it is; that must meet the end of the file."""
    place = tail.rfind(b"PK\x05\x06")
    if place == -1 or len(tail) - place < 22:
        return False
    return int.from_bytes(tail[place + 20 : place + 22], "little") == len(tail) - place - 22


def _opening(head: bytes) -> Kind | None:
    return next((kind for opening, kind in OPENINGS if head.startswith(opening)), None)


def _riff(head: bytes) -> Kind | None:
    return RIFFS.get(head[8:12]) if head.startswith(b"RIFF") else None


def _brand(head: bytes) -> Kind | None:
    if head[4:8] != b"ftyp":
        return None
    return next((kind for brand, kind in BRANDS if head[8:12].startswith(brand)), None)


def _webm(head: bytes) -> Kind | None:
    return WEBM if head.startswith(b"\x1a\x45\xdf\xa3") and b"webm" in head[:64] else None


def _office(head: bytes, tail: bytes) -> Kind | None:
    """A ZIP is taken only as a Word or Excel document: its directory, at the end, names its parts."""
    if not head.startswith(b"PK\x03\x04") or not _ends_as_zip(tail):
        return None
    if any(stranger in tail for stranger in STRANGERS):
        return None
    if b"word/document.xml" in tail:
        return DOCX
    return XLSX if b"xl/workbook.xml" in tail else None
