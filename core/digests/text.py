"""The digest as one phone screen of text.

Desk Senin 25 Nov — Kutai Kartanegara, 18–24 Nov
Belum masuk: 31 dari 237 laporan (Marang Kayu 9, Anggana 7, …)
Masuk 206 dari 237: 87 % (pekan lalu 82 %)
…
"""

from core.digests.digest import Digest
from core.digests.lines import Line, lines_of
from core.digests.tidy import tidy
from core.speech.cutting import shorten, size

LINES, LETTERS, WIDEST = 12, 900, 160
"""What a phone shows without scrolling; a line of WIDEST letters takes four rows of it."""


def digest_text(digest: Digest, language: str) -> str:
    """At most LINES lines and LETTERS letters; the least telling lines are left out, none is empty."""
    lines = [Line(shorten(line.text, WIDEST), line.spare) for line in lines_of(tidy(digest), language)]
    while len(lines) > LINES or size(_joined(lines)) > LETTERS:
        least = max(line.spare for line in lines)
        last = max(at for at, line in enumerate(lines) if line.spare == least)
        lines = lines[:last] + lines[last + 1 :]
    return _joined(lines)


def _joined(lines: list[Line]) -> str:
    return "\n".join(line.text for line in lines)
