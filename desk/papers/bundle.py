"""The evidence of a case in one ZIP that anybody can check without us.

    sampul.pdf            the cover: the SHA-256 of manifest.json, and what is in the bundle
    asli/001-foto.jpg     the originals, byte for byte, under names of ours
    lihat/001-foto.jpg    copies to look at, without what the camera wrote into them
    surat/laporan.pdf     the papers and the history of the case
    manifest.json         each file with its SHA-256, size, kind, our id, and the name the sender gave it
    SHA256SUMS            for `sha256sum -c`

An original that does not open whole is left out, named in the manifest and on the cover; the others go on.
"""

import hashlib
import json
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Literal, Protocol

from babel.numbers import format_decimal

from core.cases.papers import Exhibit
from core.cases.papers.dates import local, short_day_words, time_words
from core.cases.procedure import Procedure
from core.model.cases import Case
from core.speech.texts import texts
from desk.papers.archive import Archive
from desk.papers.drawing import case_words, exhibits_of, paper_words
from desk.papers.printing import print_paper
from storage.evidence import Damaged
from storage.keys import SealBroken
from storage.media import Media
from storage.vaults.vault import Away

ORIGINALS, COPIES, PAPERS = "asli", "lihat", "surat"
LOST = (Damaged, SealBroken, OSError, ValueError)
"""How a stored file may fail to open: altered, its key gone, missing on disk, a path that is none.
A store that is away is no such thing: nothing may then be said of the file, and the bundle breaks off."""
State = Literal["kept", "damaged", "expected", "refused", "failed"]


class Opens(Protocol):
    """Where the bytes lie: `storage.evidence.Evidence`."""

    def open(self, media: str, path: str, data_key: bytes) -> Iterator[bytes]: ...


@dataclass(slots=True)
class Bundled:
    """What came of a bundle, known once it was read to its end."""

    manifest: str = ""
    """The SHA-256 of manifest.json."""
    damaged: list[str] = field(default_factory=list)
    """The names of originals that did not open whole."""
    files: int = 0


@dataclass(frozen=True, slots=True)
class _CoverFile:
    name: str
    size: str
    sha256: str


@dataclass(frozen=True, slots=True)
class _Cover:
    case: str
    official: str
    procedure: str
    opened: str
    manifest: str
    files: tuple[_CoverFile, ...]
    practice: bool


def bundle(
    case: Case,
    procedure: Procedure,
    evidence: Sequence[Media],
    papers: Mapping[str, bytes],
    store: Opens,
    now: datetime,
    *,
    language: str = "id",
    told: Bundled | None = None,
) -> Iterator[bytes]:
    """The ZIP in pieces, as it comes into being; `told` says afterwards what was damaged.

    `papers` are PDFs by their file name: {"laporan.pdf": b"%PDF…"}.
    """
    told = told if told is not None else Bundled()
    # The times in the archive are those of the office that made it.
    archive = Archive(local(now, case.office))
    entries = []
    for exhibit, one in zip(exhibits_of(evidence), evidence, strict=True):
        state: State = one.state
        if state == "kept":
            state = yield from _original(archive, exhibit, one, store)
        seen = bool(one.view_path) and (yield from _copy(archive, exhibit, one, store))
        if state == "damaged":
            told.damaged.append(exhibit.name)
        entries.append(_entry(exhibit, one, state, has_copy=seen))
    for name, content in papers.items():
        yield from archive.add(f"{PAPERS}/{name}", [content], packed=True)
    manifest = _manifest(case, entries, archive, now)
    told.manifest = hashlib.sha256(manifest).hexdigest()
    yield from archive.add("manifest.json", [manifest], packed=True)
    cover = _cover(case, procedure, archive, told, now, language)
    yield from archive.add("sampul.pdf", [cover], packed=True)
    yield from archive.add("SHA256SUMS", [_sums(archive)], packed=True)
    told.files = len(archive.added)
    yield from archive.close()


def _original(archive: Archive, exhibit: Exhibit, one: Media, store: Opens) -> Generator[bytes, None, State]:
    """The bytes, after a first reading has shown that they are all there and are what they were."""
    if not _is_whole(one, store):
        return "damaged"
    try:
        yield from archive.add(f"{ORIGINALS}/{exhibit.name}", store.open(one.id, one.path, one.data_key))
    except Away:
        raise
    except LOST:
        return "damaged"
    return "kept"


def _copy(archive: Archive, exhibit: Exhibit, one: Media, store: Opens) -> Generator[bytes, None, bool]:
    """The copy to look at; a bundle without it lacks no evidence."""
    try:
        pieces = list(store.open(one.id, one.view_path, one.data_key))
    except Away:
        raise
    except LOST:
        return False
    yield from archive.add(_copy_name(exhibit), pieces)
    return True


def _is_whole(one: Media, store: Opens) -> bool:
    digest = hashlib.sha256()
    try:
        for piece in store.open(one.id, one.path, one.data_key):
            digest.update(piece)
    except Away:
        raise
    except LOST:
        return False
    return digest.hexdigest() == one.sha256


def _copy_name(exhibit: Exhibit) -> str:
    """Copies are always JPEGs, whatever the original is."""
    return f"{COPIES}/{exhibit.name.rpartition('.')[0]}.jpg"


def _entry(exhibit: Exhibit, one: Media, state: State, *, has_copy: bool) -> dict[str, object]:
    return {
        "name": f"{ORIGINALS}/{exhibit.name}" if state == "kept" else None,
        "number": exhibit.number,
        "state": state,
        "reason": one.reason,
        "size": one.size,
        "sha256": one.sha256 or None,
        "kind": one.kind,
        "type": one.content_type,
        "media": one.id,
        "original_name": one.name,
        "expected_at": _moment(one.expected_at),
        "kept_at": _moment(one.kept_at),
        "copy": _copy_name(exhibit) if has_copy else None,
    }


def _manifest(case: Case, entries: list[dict[str, object]], archive: Archive, now: datetime) -> bytes:
    content = {
        "case": case.number,
        "official": case.official or None,
        "procedure": f"{case.procedure} {case.version}",
        "practice": case.practice,
        "made_at": _moment(now),
        "evidence": entries,
        "files": [asdict(one) for one in archive.added],
    }
    return (json.dumps(content, indent=2) + "\n").encode()


def _cover(
    case: Case,
    procedure: Procedure,
    archive: Archive,
    told: Bundled,
    now: datetime,
    language: str,
) -> bytes:
    say = texts(language).say
    opened = local(case.opened_at, case.office)
    names = ", ".join(told.damaged)
    words = {
        **paper_words(case.number, case.office, now, language),
        **case_words(language),
        "damaged": say("papers.cover.damaged", names=names) if names else "",
        **{
            name: say(f"papers.cover.{name}")
            for name in ("title", "files", "name", "size", "hash", "manifest", "check", "missing")
        },
    }
    lost = [_CoverFile(f"{ORIGINALS}/{name}", "–", "") for name in told.damaged]
    content = _Cover(
        case.number,
        case.official,
        procedure.title.get(language, case.procedure),
        f"{short_day_words(opened.date())}, {time_words(opened)}",
        told.manifest,
        (*(_CoverFile(one.name, _size(one.size, language), one.sha256) for one in archive.added), *lost),
        case.practice,
    )
    return print_paper("sampul", content, words, now)


def _sums(archive: Archive) -> bytes:
    return "".join(f"{one.sha256}  {one.name}\n" for one in archive.added).encode()


def _size(size: int, language: str) -> str:
    return f"{format_decimal(size, locale=language)} B"


def _moment(at: datetime | None) -> str | None:
    return at.astimezone(UTC).isoformat(timespec="seconds") if at else None
