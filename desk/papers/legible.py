"""What people wrote, made fit for paper: it stays their text, and can neither break a page nor turn it."""

import re
import unicodedata

LONGEST_WORD, PIECE = 28, 12
"""Letters without a gap; a longer word gets places to break, or it would run out of its row."""
BREAK = "\u200b"

_TURNING = re.compile(
    "[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufe00-\ufe0f\u200d\U0001f3fb-\U0001f3ff]"
)
"""What turns the direction of writing or the look of a picture: on paper it would only mislead."""
_LINES = re.compile("\r\n?|[\u0085\u2028\u2029\x0b\x0c]")
_MANY_LINES = re.compile(r"\n{3,}")
_HASH = re.compile("[0-9a-f]{64}")
"""A fingerprint stays in one piece; the templates give it its place."""
_LONG = re.compile(rf"[^\s{BREAK}]{{{LONGEST_WORD + 1},}}")


def legible(text: str, hidden: frozenset[str] = frozenset()) -> str:
    """The text for paper; letters in `hidden`, which no font of ours has, by their name or number."""
    if _HASH.fullmatch(text):
        return text
    text = _LINES.sub("\n", _TURNING.sub("", text)).replace("\t", "    ")
    text = "".join(letter if _prints(letter, hidden) else _named(letter) for letter in text)
    return _LONG.sub(_breakable, _MANY_LINES.sub("\n\n", text))


def legible_data(value: object, hidden: frozenset[str]) -> object:
    """The same for every text in plain data."""
    match value:
        case str():
            return legible(value, hidden)
        case dict():
            return {key: legible_data(one, hidden) for key, one in value.items()}
        case list() | tuple():
            return [legible_data(one, hidden) for one in value]
        case _:
            return value


def _prints(letter: str, hidden: frozenset[str]) -> bool:
    return letter == "\n" or (letter not in hidden and unicodedata.category(letter) not in _UNPRINTABLE)


_UNPRINTABLE = frozenset({"Cc", "Cs", "Co", "Cn"})


def _named(letter: str) -> str:
    """😀 is [grinning face]; what has no name that tells anything is [U+65E5]."""
    match unicodedata.category(letter):
        case "Cc":
            return ""
        case "So" | "Sk":
            return f"[{unicodedata.name(letter, f'U+{ord(letter):04X}').lower()}]"
        case _:
            return f"[U+{ord(letter):04X}]"


def _breakable(word: re.Match[str]) -> str:
    whole = word[0]
    return BREAK.join(whole[at : at + PIECE] for at in range(0, len(whole), PIECE))
