"""The evidence of a case or a report as the papers and the bundle name it: 001-foto.jpg, 002-suara.ogg."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from core.cases.papers.facts import LANGUAGE
from core.speech.texts import texts

STEMS = {"image": "foto", "audio": "suara", "video": "video"}
ENDINGS = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/gif": "gif",
    "image/webp": "webp",
    "image/heic": "heic",
    "audio/ogg": "ogg",
    "audio/mpeg": "mp3",
    "audio/mp4": "m4a",
    "audio/amr": "amr",
    "audio/wav": "wav",
    "video/mp4": "mp4",
    "video/3gpp": "3gp",
    "video/webm": "webm",
    "video/quicktime": "mov",
    "application/pdf": "pdf",
    "text/plain": "txt",
}
KEPT = "kept"


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One piece of evidence. Its name is ours: what the sender called it is never a file's name."""

    number: int
    media: str
    """Our id of it."""
    kind: str
    content_type: str
    size: int
    sha256: str
    """Empty when the bytes are not kept."""
    state: str = KEPT

    @property
    def name(self) -> str:
        ending = ENDINGS.get(self.content_type.partition(";")[0].strip().lower(), "bin")
        return f"{self.number:03}-{STEMS.get(self.kind, 'berkas')}.{ending}"

    @property
    def described(self) -> str:
        """In words for a list of evidence: Foto, 001-foto.jpg."""
        kind = self.kind if self.kind in STEMS else "file"
        named = f"{texts(LANGUAGE).say(f'papers.exhibit.{kind}')}, {self.name}"
        return named if self.state == KEPT else f"{named} ({texts(LANGUAGE).say('papers.exhibit.missing')})"


def fingerprint(exhibits: Iterable[Exhibit]) -> str:
    """One SHA-256 over the list of fingerprints: whoever holds it can prove that nothing was exchanged.

    It is that of the lines `sha256sum` would write for the files that are kept.
    """
    lines = "".join(f"{one.sha256}  {one.name}\n" for one in exhibits if one.sha256)
    return hashlib.sha256(lines.encode()).hexdigest() if lines else ""
