"""Several answers in one message: pasted "label: value" lines, "01=123 02:98", or bare numbers in order."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import takewhile

from core.forms.answers.labels import Labels, labels_of
from core.forms.answers.words import says_nothing

LONGEST = 10_000
MOST_LINES = 200
A_STORY = 3
"""A value of so many words may go on in the next line."""

_BULLET = re.compile(r"^\s*(?:[•●▪◦‣·>*–—-]\s+|(?:\d{1,2}|[a-z])[.)]\s+(?=[^\W\d]))", re.IGNORECASE)
_MARKED = re.compile(r"[*_~`]+")
_LINE = re.compile(r"^(?P<label>[^:=\t]{1,200}?)\s*(?:[:=\t]|\s[–-]\s)\s*(?P<value>.*)$", re.DOTALL)
_TOKEN = re.compile(r"(?P<number>-?\d[\d.,]*)|(?P<word>[^\W\d_]+)|(?P<sign>[=:)])")
_MARK_ONLY = re.compile(r"[\s,;./|&-]*")
_AND = re.compile(r"(?<=\d)[,\s]+(?:dan|and|&)\s+(?=\d)", re.IGNORECASE)
_BARE = re.compile(r"[\s;/|]+")


@dataclass(frozen=True, slots=True)
class Pasted:
    """Raw texts by the place of their question, and the lines that belong to none."""

    values: Mapping[str, str] = field(default_factory=dict)
    unmatched: tuple[str, ...] = ()


def pasted(text: str, labels: Mapping[str, str]) -> Pasted:
    """What each line says, and to which question; nothing is lost."""
    known, values, unmatched = labels_of(labels), dict[str, str](), list[str]()
    last = ""
    lines = [line for line in text[:LONGEST].splitlines() if line.strip()]
    for at, line in enumerate(lines):
        pairs = _line(line, known) if at < MOST_LINES else {}
        fresh = {place: value for place, value in pairs.items() if place not in values}
        if fresh and len(fresh) == len(pairs):
            values |= fresh
            last = next(reversed(fresh))
        elif last and not pairs and _goes_on(values[last], line):
            values[last] = f"{values[last]}\n{line.strip()}".strip()
        else:
            unmatched.append(line.strip())
    beyond = text[LONGEST:].strip()
    return Pasted(values, (*unmatched, beyond) if beyond else tuple(unmatched))


def several(text: str, labels: Mapping[str, str]) -> Pasted:
    """For a group asked in one message: labelled pairs in any order, or as many bare values as questions."""
    bare = _in_order(text, labels)
    if bare:
        return Pasted(bare)
    found = pasted(text, labels)
    if found.values and not found.unmatched:
        return found
    alternating = _alternating(text, labels)
    return Pasted(alternating) if alternating else found


def _line(line: str, known: Labels) -> dict[str, str]:
    """The pairs of one line: inline results, one label and its value, or several of those between commas."""
    bare = _MARKED.sub("", line).strip()
    unnumbered = _BULLET.sub("", bare).strip()
    return _results(bare, known) or _results(unnumbered, known) or _listed(unnumbered, known)


def _results(line: str, known: Labels) -> dict[str, str]:
    """ "01 : 143, 02 = 171 tdk sah 12": nothing but labels and numbers, every label known."""
    found: dict[str, str] = {}
    for label, value in _labelled_numbers(line, known):
        place = known.exactly(label) or known.partly(label)
        if not place or place in found:
            return {}
        found[place] = value
    return found


def _labelled_numbers(line: str, known: Labels) -> Iterator[tuple[str, str]]:
    """Each number with the words (and the number before "=") before it; an empty label spoils the line."""
    tokens = list(_TOKEN.finditer(line))
    label: list[str] = []
    end = 0
    for at, token in enumerate(tokens):
        if not _MARK_ONLY.fullmatch(line[end : token.start()]):
            yield "", ""
        end = token.end()
        following = tokens[at + 1] if at + 1 < len(tokens) else None
        if token["word"]:
            label.append(token["word"])
        elif token["number"] and _is_label(token["number"], label, following, known):
            label.append(token["number"])
        elif token["number"]:
            yield " ".join(label), token["number"].rstrip(".,")
            label = []
    if label or not _MARK_ONLY.fullmatch(line[end:]):
        yield "", ""


def _is_label(number: str, label: list[str], following: re.Match[str] | None, known: Labels) -> bool:
    """01 in "01=123", and 1 in "paslon 1 123"."""
    if following is None or not number.isdecimal() or len(number) > 3:
        return False
    if following["sign"]:
        return True
    if not following["number"] or not label or any(part.isdecimal() for part in label):
        return False
    return known.partly(" ".join([*label, number])) is not None


def _listed(line: str, known: Labels) -> dict[str, str]:
    """One label and its value; or several, where every part between commas has a label of ours."""
    parts = re.split(r"[,;]\s*", line)
    if 1 < len(parts) <= len(known.places):
        pairs = list(takewhile(bool, (_labelled(part, known) for part in parts)))
        found = dict(pair for pair in pairs if pair)
        if len(found) == len(parts):
            return found
    whole = _labelled(line, known)
    return dict([whole]) if whole else {}


def _labelled(part: str, known: Labels) -> tuple[str, str] | None:
    found = _LINE.match(_BULLET.sub("", part))
    place = known.find(found["label"]) if found else None
    return (place, found["value"].strip()) if found and place else None


def _goes_on(value: str, line: str) -> bool:
    """May the line belong to the value above? Not where it has a short label of its own, known or not."""
    found = _LINE.match(_MARKED.sub("", line).strip())
    labelled = (
        found is not None and len(found["label"].split()) <= A_STORY and not found["label"][-1].isdecimal()
    )
    return not labelled and (not value or len(value.split()) >= A_STORY)


def _in_order(text: str, labels: Mapping[str, str]) -> dict[str, str]:
    """ "143 171 12", "143, 171 dan 12", "143/171/12", or a line each: one a question."""
    text = _AND.sub(" ", text)
    for pieces in (_bare_values(_BARE, text), _bare_values(re.compile(r"[\s;/|,]+"), text)):
        if len(pieces) == len(labels) and all(_is_value(piece) for piece in pieces):
            return dict(zip(labels, pieces, strict=True))
    for apart in (r"\n", r"[,;]"):
        lines = _bare_values(re.compile(apart), text)
        if len(lines) == len(labels) > 1 and not any(_LINE.match(line) for line in lines):
            return dict(zip(labels, _unnumbered(lines), strict=True))
    return {}


def _bare_values(apart: re.Pattern[str], text: str) -> list[str]:
    pieces = (piece.strip().rstrip(",").strip() for piece in apart.split(text[:LONGEST].strip()))
    return [piece for piece in pieces if piece]


def _unnumbered(lines: list[str]) -> list[str]:
    """ "1. 143", "2. 171": the figures in front only count the lines."""
    numbered = [re.fullmatch(rf"0?{at}[.)]\s*(\S.*)", line, re.DOTALL) for at, line in enumerate(lines, 1)]
    return [found[1] for found in numbered if found] if all(numbered) else lines


def _is_value(piece: str) -> bool:
    """A number, however mistyped, or a word for none."""
    return bool(re.fullmatch(r"-?[\doO][\doOlI.,]*", piece)) or says_nothing(piece)


def _alternating(text: str, labels: Mapping[str, str]) -> dict[str, str]:
    """ "01 143 02 171"; where the labels bear no numbers, "1) 143 2) 171" counts the questions."""
    pieces = re.findall(r"-?\d[\d.]*", text[:LONGEST])
    if len(pieces) != 2 * len(labels) or re.search(r"[^\W\d_]", text):
        return {}
    known, places = labels_of(labels), list(labels)
    found: dict[str, str] = {}
    for key, value in zip(pieces[::2], pieces[1::2], strict=True):
        place = known.partly(key) if known.numbered() else _counted(key, places)
        if not place:
            return {}
        found[place] = value.rstrip(".")
    return found if len(found) == len(labels) else {}


def _counted(key: str, places: list[str]) -> str | None:
    number = int(key) if key.isdecimal() and len(key) < 4 else 0
    return places[number - 1] if 1 <= number <= len(places) else None
