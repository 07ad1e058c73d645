"""Cuts an expression into tokens.

"${sah} >= 0"  ->  REFERENCE sah, SYMBOL >=, NUMBER 0, END
"""

import re
from dataclasses import dataclass
from enum import Enum, auto

from core.forms.expressions.errors import ExpressionError, Reason


class Sort(Enum):
    NUMBER = auto()
    STRING = auto()
    REFERENCE = auto()
    NAME = auto()
    SYMBOL = auto()
    END = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """`text` is what the token means (a string without its quotes); `raw` is how it was written."""

    sort: Sort
    text: str
    position: int
    raw: str


REFERENCE = r"\$\{\s*([^\W\d][\w.-]*)\s*\}"
"""`${name}`, its name in the first group."""

_NAME = r"[^\W\d][\w.-]*"
_TOKEN = re.compile(
    rf"""\s*(?:
    {REFERENCE}
    | (?P<number>[0-9]+(?:\.[0-9]*)?|\.[0-9]+)
    | "(?P<double>[^"]*)" | '(?P<single>[^']*)'
    | (?P<name>{_NAME}(?::{_NAME})?)
    | (?P<symbol>\.\.|//|::|<=|>=|!=|[-+*/()\[\],.=<>|@])
    | (?P<end>\Z)
    )""",
    re.VERBOSE,
)
_SORTS = {
    None: Sort.REFERENCE,
    "number": Sort.NUMBER,
    "double": Sort.STRING,
    "single": Sort.STRING,
    "name": Sort.NAME,
    "symbol": Sort.SYMBOL,
    "end": Sort.END,
}

MEANT = {
    "&&": "and",
    "&": "and",
    "||": "or",
    "==": "=",
    "<>": "!=",
    "=>": ">=",
    "=<": "<=",
    "&lt;": "<",
    "&gt;": ">",
    "&amp;": "and",
    "!": "not()",
    "%": "mod",
    "^": "pow()",
    "≤": "<=",
    "≥": ">=",
    "≠": "!=",
    "×": "*",
    "÷": "div",
    "–": "-",
    "−": "-",
    ";": ",",
    "“": '"',
    "”": '"',
    "‘": "'",
    "’": "'",
}
"""What authors write who know other languages, or whose office program improves what they type."""

_FOREIGN = re.compile("|".join(re.escape(sign) for sign in sorted(MEANT, key=len, reverse=True)))


def tokens(source: str) -> list[Token]:
    """Every token of the source, END last; ExpressionError for a sign that belongs to none."""
    found: list[Token] = []
    position = 0
    while not found or found[-1].sort is not Sort.END:
        match = _TOKEN.match(source, position)
        if match is None:
            raise _stray(source, position)
        found.append(_token(match))
        position = match.end()
    return found


def _token(match: re.Match[str]) -> Token:
    group = match.lastgroup
    text = match[1] if group is None else match[group]
    raw = match[0].lstrip()
    return Token(_SORTS[group], text, match.end() - len(raw), raw)


def _stray(source: str, position: int) -> ExpressionError:
    position += len(source[position:]) - len(source[position:].lstrip())
    rest = source[position:]
    if rest[0] in "\"'":
        return ExpressionError(Reason.UNBALANCED, position, rest[0])
    if rest[0] in "${}":
        return broken_reference(rest, position)
    sign = _FOREIGN.match(rest)
    found = sign[0] if sign else rest[0]
    return ExpressionError(Reason.UNEXPECTED, position, found, suggestion=MEANT.get(found, ""))


def broken_reference(rest: str, position: int) -> ExpressionError:
    """`$umur`, `{umur}`, `${nama lengkap}`, `${umur`, `${last-saved#umur}`."""
    if rest.startswith("${") and "}" not in rest:
        return ExpressionError(Reason.UNBALANCED, position, "${")
    found = re.match(r"\$?\{[^}]*\}|\$[\w.-]*|\}", rest)
    written = found[0] if found else rest[0]
    if "#" in written:
        return ExpressionError(Reason.UNSUPPORTED, position, written)
    name = re.sub(r"\W+", "_", written.strip("${} "))
    suggestion = f"${{{name}}}" if name else ""
    return ExpressionError(Reason.UNEXPECTED, position, written, suggestion=suggestion)
