"""One number in figures or words: 2.821.202, 50rb, 1,5 jt, "seribu dua ratus", 1O5 with a letter O.

In Indonesian a dot parts thousands and a comma the decimals; in English it is the other way round.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from core.forms.answers.number_words import number_in_words
from core.forms.answers.spelling import plain

LONGEST = 120

_LARGE = {
    10: "puluh",
    100: "ratus",
    10**3: "ribu rb rbu rebu k thousand",
    10**6: "juta jt jta million",
    10**9: "miliar milyar miliyar billion",
}
_SCALES = {word: scale for scale, written in _LARGE.items() for word in written.split()}
_SCALED = re.compile(rf"(-?\d[\d.,]*)\s*({'|'.join(sorted(_SCALES, key=len, reverse=True))})\b")

_MISTYPED = re.compile(r"(?<![\w.,])(?=[\w.,]*\d)[\doOlI.,]*[\doO](?!\w)")
_LEADING = re.compile(
    r"^(?:(?:ada|jumlah|jumlahnya|jml|total|totalnya|sebanyak|sejumlah|sekitar|kira-kira|kira kira|"
    r"kurang lebih|hanya|cuma|about|around)\b|(?:rp|idr)(?![a-z])\.?|[=:~±])\s*"
)
_TRAILING = re.compile(
    r"(?:(?<![a-z])(?:persen|percent|orang|org|jiwa|pemilih|suara|lembar|lbr|buah|bh|unit|kotak|bilik|keping|dus|"
    r"set|pcs|kali|rupiah|saja|aja|pak|bu|kak|people|votes|sheets)|%|,-|[.,;!])\s*$"
)
_MINUS = re.compile(r"^(?:minus|min|negatif|negative)\s*(?=\d)")


@dataclass(frozen=True, slots=True)
class Numeral:
    value: Decimal
    plain: bool = False
    """Written as we would store or show it: nothing was interpreted."""
    foreign: bool = False
    """Its decimals are parted as in the other language: 12.5 in Indonesian."""


def numeral(text: str, language: str) -> Numeral | None:
    """The one number that a text says; None when it says none, or more than one."""
    if len(text) > LONGEST:
        return None
    exact = _figure(plain(text), language)
    if exact:
        return exact
    body = _bare(plain(_MISTYPED.sub(_mended, text)))
    found = _figure(body, language) or _scaled(body, language)
    if found:
        return Numeral(found.value, foreign=found.foreign)
    counted = number_in_words(body)
    return None if counted is None else Numeral(Decimal(counted))


def _mended(found: re.Match[str]) -> str:
    """O for 0 and l for 1. Not at the end: "12l" may well mean something else."""
    return found[0].translate(str.maketrans("oOlI", "0011"))


def _bare(typed: str) -> str:
    """Without "Rp", "sebanyak", "orang", "%"; minus in words becomes a sign."""
    while shorter := _LEADING.match(typed):
        typed = typed[shorter.end() :]
    while shorter := _TRAILING.search(typed):
        typed = typed[: shorter.start()].rstrip()
    return _MINUS.sub("-", typed)


def _figure(typed: str, language: str) -> Numeral | None:
    point, group = (".", ",") if language == "en" else (",", ".")
    p, g = re.escape(point), re.escape(group)
    if re.fullmatch(rf"[-+]?\d+(?:{p}\d+)?", typed):
        return Numeral(Decimal(typed.replace(point, ".")), plain=True)
    if re.fullmatch(rf"[-+]?[1-9]\d{{0,2}}({g}|\s)\d{{3}}(?:\1\d{{3}})*(?:{p}\d+)?", typed):
        return Numeral(Decimal(re.sub(rf"[{g}\s]", "", typed).replace(point, ".")))
    if re.fullmatch(rf"[-+]?[1-9]\d{{0,2}}(?:{p}\d{{3}}){{2,}}", typed):
        return Numeral(Decimal(typed.replace(point, "")))
    if re.fullmatch(rf"[-+]?(?:\d+|[1-9]\d{{0,2}}(?:{p}\d{{3}})+){g}\d+", typed):
        return Numeral(Decimal(typed.replace(point, "").replace(group, ".")), foreign=True)
    return None


def _scaled(body: str, language: str) -> Numeral | None:
    """50rb, 1,5 jt, 2 juta 500 ribu, 3 ribu 250."""
    total, last, end = Decimal(0), 0, 0
    for part in _SCALED.finditer(body):
        figure, scale = _figure(part[1], language), _SCALES[part[2]]
        if body[end : part.start()].strip() or not figure or (last and scale >= last):
            return None
        total, last, end = total + figure.value * scale, scale, part.end()
    rest = _figure(body[end:].strip() or "0", language)
    if not last or not rest or not 0 <= rest.value < last:
        return None
    return Numeral(total + rest.value)
