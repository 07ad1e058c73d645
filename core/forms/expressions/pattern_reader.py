"""Reads a regular expression, as Java and ODK write them, into a Pattern.

Look-around and back-references are refused: a Pattern looks at each letter once and forgets it.
"""

import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache, partial
from string import hexdigits

from core.forms.expressions.patterns import (
    Accepts,
    Pattern,
    PatternError,
    Piece,
    assembled,
    check,
    choice,
    letter_of,
    repeated,
    sequence,
)

_DEEPEST = 50


@lru_cache(maxsize=512)
def read_pattern(source: str) -> Pattern:
    """The pattern, or PatternError."""
    return assembled(source, _Reader(source).whole())


def _is_word(letter: str) -> bool:
    return letter == "_" or (letter.isascii() and letter.isalnum())


def _at_boundary(text: str, place: int) -> bool:
    before = place > 0 and _is_word(text[place - 1])
    return before != (place < len(text) and _is_word(text[place]))


def _not(accepts: Accepts) -> Accepts:
    return lambda letter: not accepts(letter)


def _among(letters: str) -> Accepts:
    return frozenset(letters).__contains__


def _between(first: str, last: str) -> Accepts:
    return lambda letter: first <= letter <= last


def _either(tests: Iterable[Accepts]) -> Accepts:
    tests = tuple(tests)
    return tests[0] if len(tests) == 1 else lambda letter: any(test(letter) for test in tests)


def _folded(accepts: Accepts) -> Accepts:
    return lambda letter: accepts(letter) or accepts(letter.lower()) or accepts(letter.upper())


def _of_category(name: str, letter: str) -> bool:
    return unicodedata.category(letter).startswith(name)


_CLASSES = {"d": _between("0", "9"), "w": _is_word, "s": _among(" \t\n\r\f\v")}
_CLASSES |= {name.upper(): _not(test) for name, test in _CLASSES.items()}
_LETTERS = {"t": "\t", "n": "\n", "r": "\r", "f": "\f"}
_CODES = {"x": 2, "u": 4}
_NAMED = {"Alpha": "L", "Upper": "Lu", "Lower": "Ll", "Digit": "Nd", "Punct": "P", "IsAlphabetic": "L"}
_NAMED |= {name: name for name in ("L", "Lu", "Ll", "Lt", "Lm", "Lo", "M", "N", "Nd", "P", "S", "Z", "Zs")}
_CHECKS: dict[str, Callable[[str, int], bool]] = {
    "A": lambda text, place: place == 0,
    "z": lambda text, place: place == len(text),
    "Z": lambda text, place: place == len(text),
    "b": _at_boundary,
    "B": lambda text, place: not _at_boundary(text, place),
}
_ANCHORS = {"^": _CHECKS["A"], "$": _CHECKS["z"]}


class _Reader:
    """Reads a pattern from left to right."""

    def __init__(self, source: str) -> None:
        self.fold = source.startswith("(?i)")
        self.source = source
        self.at = 4 if self.fold else 0
        self.depth = 0

    def whole(self) -> Piece:
        piece = self._choices()
        if self.at < len(self.source):
            raise PatternError("unbalanced )")
        return piece

    def _peek(self) -> str:
        return self.source[self.at : self.at + 1]

    def _take(self, wanted: str = "") -> str:
        """The next letter (one of those wanted, or none of it)."""
        letter = self._peek()
        if wanted and (not letter or letter not in wanted):
            return ""
        if not letter:
            raise PatternError("ends too early")
        self.at += 1
        return letter

    def _choices(self) -> Piece:
        branches = [self._branch()]
        while self._take("|"):
            branches.append(self._branch())
        return choice(branches)

    def _branch(self) -> Piece:
        pieces: list[Piece] = []
        while self._peek() not in ("", "|", ")"):
            pieces.append(self._counted(self._atom()))
        return sequence(pieces)

    def _atom(self) -> Piece:
        match self._take():
            case "(":
                return self._group()
            case "[":
                return letter_of(self._folding(self._set()))
            case ".":
                return letter_of(_not(_among("\n\r\u0085\u2028\u2029")))
            case ("^" | "$") as anchor:
                return check(_ANCHORS[anchor])
            case "\\" if self._peek() and self._peek() in _CHECKS:
                return check(_CHECKS[self._take()])
            case "\\":
                return letter_of(self._folding(self._escape()))
            case ("*" | "+" | "?" | "{") as sign:
                raise PatternError(f"nothing to repeat before {sign}")
            case letter:
                return letter_of(self._folding(_among(letter)))

    def _folding(self, accepts: Accepts) -> Accepts:
        return _folded(accepts) if self.fold else accepts

    def _group(self) -> Piece:
        if self._take("?") and not self._take(":"):
            raise PatternError("look-around and flags within")
        self.depth += 1
        if self.depth > _DEEPEST:
            raise PatternError("too deep")
        piece = self._choices()
        if not self._take(")"):
            raise PatternError("unbalanced (")
        self.depth -= 1
        return piece

    def _counted(self, piece: Piece) -> Piece:
        sign = self._take("*+?{")
        if not sign:
            return piece
        least, most = self._bounds() if sign == "{" else {"*": (0, None), "+": (1, None), "?": (0, 1)}[sign]
        self._take("?")  # as few as possible: the same, when the whole text must match
        if self._peek() and self._peek() in "*+?{":
            raise PatternError("repeated twice")
        return repeated(piece, least, most)

    def _bounds(self) -> tuple[int, int | None]:
        end = self.source.find("}", self.at)
        least, comma, most = self.source[self.at : end].partition(",") if end > 0 else ("", "", "")
        self.at = end + 1
        if not (
            least.isdecimal() and least.isascii() and (most == "" or (most.isdecimal() and most.isascii()))
        ):
            raise PatternError("bad count")
        if not comma:
            return int(least), int(least)
        if most and int(most) < int(least):
            raise PatternError("bad count")
        return int(least), int(most) if most else None

    def _set(self) -> Accepts:
        inverted = bool(self._take("^"))
        tests: list[Accepts] = []
        while not tests or self._peek() != "]":
            tests.append(self._member())
        self._take()
        return _not(_either(tests)) if inverted else _either(tests)

    def _member(self) -> Accepts:
        first = self._take()
        if first == "\\" and self._peek() and self._peek() in "dwsDWSpP":
            return self._escape()
        first = self._single() if first == "\\" else first
        if self._peek() != "-" or self.source[self.at + 1 : self.at + 2] in ("]", ""):
            return _among(first)
        self._take()
        last = self._take()
        last = self._single() if last == "\\" else last
        if last < first:
            raise PatternError("bad range")
        return _between(first, last)

    def _escape(self) -> Accepts:
        if self._take("p"):
            return self._category()
        if self._take("P"):
            return _not(self._category())
        if name := self._take("dwsDWS"):
            return _CLASSES[name]
        return _among(self._single())

    def _category(self) -> Accepts:
        end = self.source.find("}", self.at)
        name = self.source[self.at + 1 : end] if self._peek() == "{" and end > 0 else ""
        if name not in _NAMED:
            raise PatternError("unknown class")
        self.at = end + 1
        return partial(_of_category, _NAMED[name])

    def _single(self) -> str:
        letter = self._take()
        if letter in _LETTERS:
            return _LETTERS[letter]
        if letter in _CODES:
            return self._coded(_CODES[letter])
        if letter.isascii() and letter.isalnum():
            raise PatternError(f"unknown \\{letter}")
        return letter

    def _coded(self, length: int) -> str:
        code = "".join(self._take() for _ in range(length))
        if not set(code) <= set(hexdigits):
            raise PatternError("bad code")
        return chr(int(code, 16))
