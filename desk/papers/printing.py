"""From a paper's content to a PDF, by typst: the same content gives the same bytes.

The content goes in as JSON and is set as text; the template alone is markup. The PDFs are PDF/A-2a for the
archive and PDF/UA-1 for those who have them read aloud, with the fonts that typst brings.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import typst

from desk.papers.legible import legible_data

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

FOLDER = Path(__file__).parent
STANDARDS: list[Literal["a-2a", "ua-1"]] = ["a-2a", "ua-1"]
ATTEMPTS = 4
_HIDDEN = re.compile(r'the text `"((?:[^"\\]|\\.)*)"` could not be displayed')
_FORBIDDEN = re.compile(r'contains the codepoint `"((?:[^"\\]|\\.)*)"`')
_ESCAPED = re.compile(r"\\(?:u\{([0-9a-f]+)\}|(.))")


class NotPrinted(Exception):
    """The paper could not be drawn."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture to be shown on a paper, as a JPEG."""

    caption: str
    content: bytes


def print_paper(
    template: str,
    content: "DataclassInstance",
    words: Mapping[str, str],
    at: datetime,
    pictures: tuple[Picture, ...] = (),
) -> bytes:
    """The PDF of a template; `at` is the moment that it says it was made."""
    data = {"paper": asdict(content), "words": dict(words)}
    shown = [{"caption": one.caption, "content": list(one.content)} for one in pictures]
    hidden: frozenset[str] = frozenset()
    for _ in range(ATTEMPTS):
        clean = legible_data(data, hidden)
        assert isinstance(clean, dict)
        try:
            return _compiled(template, json.dumps({**clean, "pictures": shown}), at)
        except typst.TypstError as error:
            # No font has these letters: they are printed by their names.
            found = frozenset(_unshown(error))
            if found <= hidden:
                raise NotPrinted(f"{template}: {error.message}") from None
            hidden |= found
    raise NotPrinted(template)


def _compiled(template: str, data: str, at: datetime) -> bytes:
    # A compiler of its own for each paper: they are printed in many threads, and share only the fonts.
    compiler = typst.Compiler(
        FOLDER / f"{template}.typ", root=FOLDER, font_paths=_fonts(), ignore_system_fonts=True
    )
    printed = compiler.compile(
        format="pdf",
        sys_inputs={"data": data},
        pdf_standards=list(STANDARDS),
        timestamp=int(at.timestamp()),
    )
    assert isinstance(printed, bytes)
    return printed


@cache
def _fonts() -> typst.Fonts:
    """Those that typst brings, and none of the machine's: a paper looks the same everywhere."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)


def _unshown(error: typst.TypstError) -> Iterator[str]:
    told = f"{error.message}\n{error.diagnostic}"
    for pattern in (_HIDDEN, _FORBIDDEN):
        for found in pattern.findall(told):
            letters = _ESCAPED.sub(lambda one: chr(int(one[1], 16)) if one[1] else one[2], found)
            # In a cluster with a strange mark the plain letter is not the one at fault.
            yield from (letter for letter in letters if not letter.isascii())
