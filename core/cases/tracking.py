"""The tracking code of the one who brought a case: 15 letters drawn by chance and one that checks them.

make("7Q2MK9TD4XW1B6R")  "7Q2M-K9TD-4XW1-B6RF"
code_in("kode saya 7q2m k9td 4xwl b6rf ya")  "7Q2MK9TD4XW1B6RF"
"""

import re
from collections.abc import Iterator

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
DRAWN = 15
"""How many letters chance has to choose: 75 bits."""

_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})
_LETTER = f"[{ALPHABET}OIL]"
_GAP = r"\s?[-–—.]?\s?"
_WRITTEN = re.compile(
    rf"(?<![^\W_])(?=({_LETTER}{{4}}(?:{_GAP}{_LETTER}{{4}}){{3}})(?![^\W_]))", re.IGNORECASE
)


def make(letters: str) -> str:
    """The code, in groups of four, for letters that were drawn from the alphabet."""
    code = letters + _check_letter(letters)
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def code_in(text: str) -> str:
    """The code that stands in the text, without its dashes; "" where there is none."""
    return next((code for code in _candidates(text, mixed=1) if _is_right(code)), "")


def is_mistyped(text: str) -> bool:
    """Does a code stand there that cannot be right, since its check letter does not fit?"""
    return not code_in(text) and any(_candidates(text, mixed=2))


def _candidates(text: str, mixed: int) -> Iterator[str]:
    for found in _WRITTEN.finditer(text):
        if _may_be_meant(written := found[1], mixed):
            yield re.sub(r"[\W_]", "", written).upper().translate(_READ_AS)


def _may_be_meant(written: str, mixed: int) -> bool:
    """Sixteen digits are an identity number. Four short words may be prose ("saya dari desa sana") unless so
    many of them mix letters and digits."""
    if not re.search(r"[^\W\d_OILoil]", written):
        return False
    groups = written.split()
    return len(groups) == 1 or sum(map(_is_mixed, groups)) >= mixed


def _is_mixed(group: str) -> bool:
    return not (group.isdigit() or group.isalpha())


def _is_right(code: str) -> bool:
    return _check_letter(code[:-1]) == code[-1]


def _check_letter(letters: str) -> str:
    """Horner's rule in the field of 32 elements: finds each wrong letter and each two that were swapped."""
    total = 0
    for letter in letters:
        total = _doubled(total) ^ ALPHABET.index(letter)
    return ALPHABET[_doubled(total)]


def _doubled(value: int) -> int:
    value <<= 1
    return value ^ 0b100101 if value & 0b100000 else value
