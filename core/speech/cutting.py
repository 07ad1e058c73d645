"""Cut words to a platform's measure: at a paragraph, a line, a sentence, a word; through a word only at need.

Sizes are UTF-16 units. Platforms count characters, or UTF-16 units, or do not say; these are never fewer.
"""

import re
import unicodedata

# Where to cut, the best first, and how much of the room a part must fill for that cut to be worth it.
SEAMS = (
    (re.compile(r"\n\s*\n"), 0.5),
    (re.compile(r"\n"), 0.33),
    (re.compile(r"(?<=[.!?…;])\s"), 0.33),
    (re.compile(r"\s"), 0.0),
)
JOINER = "\u200d"
LONGEST_CLUSTER = 16


def size(text: str) -> int:
    """The length in UTF-16 units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def split(text: str, room: int, last: int) -> list[str]:
    """The text in pieces of at most `room`, the last of at most `last`; only the blanks at cuts are lost."""
    pieces = []
    rest = text.strip()
    while size(rest) > last:
        head, rest = _cut(rest, room if size(rest) > room else last)
        pieces.append(head)
    return [*pieces, rest] if rest else pieces


def shorten(text: str, room: int) -> str:
    """The text, or its beginning and an ellipsis."""
    if size(text) <= room:
        return text
    return text[: _boundary(text, _reach(text, room - 1))].rstrip() + "…"


def _cut(text: str, room: int) -> tuple[str, str]:
    reach = _reach(text, room)
    for seam, share in SEAMS:
        worth = max(1, int(reach * share))
        cuts = [found.start() for found in seam.finditer(text, 0, reach + 1) if found.start() >= worth]
        if cuts:
            return text[: cuts[-1]].rstrip(), text[cuts[-1] :].lstrip()
    at = _boundary(text, reach)
    return text[:at], text[at:]


def _reach(text: str, room: int) -> int:
    """How many characters from the beginning fit; one at least, so that every cut gets on."""
    units = text.encode("utf-16-le", "replace")[: 2 * room]
    return max(1, len(units.decode("utf-16-le", "ignore")))


def _boundary(text: str, at: int) -> int:
    """The nearest place at or before `at` that does not tear a letter from its accents or an emoji in two."""
    for place in range(at, max(0, at - LONGEST_CLUSTER), -1):
        if not _clings(text, place):
            return place
    return at


def _clings(text: str, at: int) -> bool:
    """Does the character here belong to the one before it?"""
    if at <= 0 or at >= len(text):
        return False
    here, before = text[at], text[at - 1]
    if here == JOINER or before == JOINER or "\U0001f3fb" <= here <= "\U0001f3ff":
        return True
    if _is_flag_half(here):
        halves = re.search("[\U0001f1e6-\U0001f1ff]*$", text[max(0, at - LONGEST_CLUSTER) : at])
        return halves is not None and len(halves[0]) % 2 == 1
    return unicodedata.category(here).startswith("M")


def _is_flag_half(letter: str) -> bool:
    return "\U0001f1e6" <= letter <= "\U0001f1ff"
