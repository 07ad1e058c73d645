"""A whole form in one coded SMS, for where a telephone has no data: codes from the form's column `sms`.

"HITUNG 012 DPT 150 148 298 01 143 02 171 TS 12"  ->  post "012", {"dpt/pemilih_dpt_l": "150", …}

Codes come in any order; questions that share a code take the values behind it one by one.
"""

import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from core.forms.form import Form, Kind, Question

SPOKEN = frozenset({Kind.INTEGER, Kind.RANGE, Kind.SELECT_ONE, Kind.TIME, Kind.TEXT})
"""The kinds that a code can stand for."""
LONGEST = 1_000
"""Six SMS put together; what is longer is a story."""
_APART = re.compile(r"[\s,;=/|+*#()]+|[.:-](?=\s|$)")
_ALIKE = str.maketrans("OIL", "011")
_POST = re.compile(r"(?:TPS)?0*(\d{1,3})")
_GLUED = re.compile(r"([^\W\d_]+)([\doO][\doOlI.,]*)")
_LETTERS = re.compile(r"[^\W\d_]+")

Slots = Mapping[str, tuple[Question, ...]]


@dataclass(frozen=True, slots=True)
class Decoded:
    """What a coded SMS says: raw answers by place, and the pieces that belong to none."""

    post: str = ""
    """The number of the polling station, without noughts in front."""
    values: Mapping[str, str] = field(default_factory=dict)
    unmatched: tuple[str, ...] = ()


def slots_of(form: Form) -> Slots:
    """The questions of each code, in the order of the sheet."""
    slots: dict[str, tuple[Question, ...]] = {}
    for question in form.questions():
        if question.sms:
            slots[question.sms] = (*slots.get(question.sms, ()), question)
    return slots


def place_in(question: Question) -> str:
    """Where a coded question is answered: none of them is in a repeat."""
    return "/".join(question.path)


def begins_with(text: str, form: Form) -> str | None:
    """What stands behind the form's name; None when the text does not begin with it."""
    found = _beginning(form.name).match(text[:LONGEST])
    return text[found.end() :] if found and len(text) <= LONGEST else None


@cache
def _beginning(name: str) -> re.Pattern[str]:
    spelled = r"[\s_.-]*".join(map(re.escape, re.split(r"[_.-]", name)))
    return re.compile(rf"\W*{spelled}(?![^\W\d])\W*", re.IGNORECASE)


def decode(text: str, form: Form, answered: Iterable[str] = ()) -> Decoded:
    """Read the codes. Of a code that lacks as many answers as there are values, those are meant."""
    slots = slots_of(form)
    post, rest = _post(text, slots)
    values: dict[str, str] = {}
    unmatched: list[str] = []
    done = frozenset(answered)
    for code, pieces in _runs(rest, slots):
        asked = _meant(slots.get(code, ()), pieces, done)
        given = _apart(pieces, asked)
        values |= {place_in(question): piece for question, piece in zip(asked, given, strict=False)}
        unmatched += given[len(asked) :]
    return Decoded(post, values, tuple(unmatched))


def _post(text: str, slots: Slots) -> tuple[str, str]:
    """ "012 DPT …", "TPS 12 DPT …": the first number, unless it is one of our codes itself."""
    found = re.match(r"\W*((?:tps\W*)?\d{1,3})(?![\w.:,])\W*", text, re.IGNORECASE)
    if not found or _code(found[1], slots):
        return "", text
    number = _POST.fullmatch(re.sub(r"\W", "", found[1]).upper())
    return (number[1], text[found.end() :]) if number else ("", text)


def _runs(text: str, slots: Slots) -> Iterator[tuple[str, list[str]]]:
    """Each code with what stands behind it; what stands before the first has none."""
    pieces = deque(piece for piece in _APART.split(text) if piece)
    code, run, seen = "", list[str](), set[str]()
    while pieces:
        piece = pieces.popleft()
        told = _told_apart(piece, slots, code)
        if len(told) > 1:
            pieces.extendleft(reversed(told))
            continue
        found = _code(piece, slots)
        if _is_prose(code, slots):
            begins = piece == found and (_is_prose(found, slots) or _ends_prose(piece, pieces, seen))
        else:
            begins = bool(found) and _may_begin(found, piece, code, run, slots)
        if begins:
            yield code, run
            code, run = found, []
            seen.add(found)
        else:
            run.append(piece)
    yield code, run


def _told_apart(piece: str, slots: Slots, code: str) -> list[str]:
    """ "DPT150" and "01:143" are two pieces; "07:00" is one where a time is asked for."""
    if _is_prose(code, slots):
        return [piece]
    glued = _GLUED.fullmatch(piece)
    if glued and not _code(piece, slots) and glued[1].upper() in slots:
        return [glued[1], glued[2]]
    parts = [part for part in re.split(r"[:-]", piece) if part]
    times = any(question.kind is Kind.TIME for question in slots.get(code, ()))
    return parts if len(parts) > 1 and not times else [piece]


def _may_begin(found: str, piece: str, code: str, run: list[str], slots: Slots) -> bool:
    """A number is a code when it is written as one, or when nothing more is to come for the code before."""
    if len(found) == 1 and _chooses(slots.get(code, ()), run):
        return False
    return not found.isdecimal() or len(piece) == len(found) > 1 or len(run) >= len(slots.get(code, ()))


def _ends_prose(piece: str, following: Sequence[str], seen: set[str]) -> bool:
    """A code in capitals that was not given yet, with a number behind it: no word of the sentence."""
    numbers = bool(following) and following[0][0].isdecimal()
    return piece.isalpha() and len(piece) > 1 and piece not in seen and numbers


def _chooses(asked: tuple[Question, ...], run: list[str]) -> bool:
    """Is a letter awaited? "H Y T T" are answers, even where T is a code."""
    awaited = asked[len(_apart(run, asked)) :]
    return bool(awaited) and awaited[0].kind is Kind.SELECT_ONE


def _is_prose(code: str, slots: Slots) -> bool:
    return any(question.kind is Kind.TEXT for question in slots.get(code, ()))


def _code(piece: str, slots: Slots) -> str:
    """The code a piece is: also "O1" and "l" for 01 and 1, and "1" for 01."""
    written = piece.upper()
    if written in slots:
        return written
    alike = written.translate(_ALIKE)
    return next((code for code in slots if _same(code.translate(_ALIKE), alike)), "")


def _same(code: str, written: str) -> bool:
    if code.isdecimal() and written.isdecimal():
        return int(code) == int(written) and len(written) <= len(code)
    return code == written


def _meant(asked: tuple[Question, ...], pieces: list[str], done: frozenset[str]) -> tuple[Question, ...]:
    lacking = tuple(question for question in asked if place_in(question) not in done)
    return lacking if lacking and len(lacking) == len(pieces) else asked


def _apart(pieces: list[str], asked: tuple[Question, ...]) -> list[str]:
    """Prose is one piece; "YTTTY" is five where five are to be chosen."""
    if asked and asked[0].kind is Kind.TEXT:
        return [" ".join(pieces)] if pieces else []
    together = len(pieces) == 1 < len(asked) and len(pieces[0]) == len(asked)
    if together and all(q.kind is Kind.SELECT_ONE for q in asked) and _LETTERS.fullmatch(pieces[0]):
        return list(pieces[0])
    return pieces
