"""Telling a joke from a tip: laughter, noise from the keyboard, a mere "tes". Whoever is terse is no joker.

is_prank("wkwkwk") and is_prank("asdfgh"), but not is_prank("bagi2 uang di rt 5")
"""

import re

from core.forms.answers.spelling import SPELLED_OUT, each, plain

FEWEST_LETTERS = 4
TRIALS = frozenset(
    each("tes test testing tess ngetes coba nyoba cek ping iseng doang aja p ok oke yo woi oi hm hmm")
)
GREETINGS = frozenset(each("halo hallo hai hi hello assalamualaikum permisi min kak bang gan bro bot"))
FAMILIAR = frozenset(SPELLED_OUT)
KEYBOARD = each("qwertyuiop asdfghjkl zxcvbnm poiuytrewq lkjhgfdsa mnbvcxz")

_WORD = re.compile(r"[^\W_]+")
_LAUGHTER = re.compile(
    r"[wka]*(?:wk|kw)[wka]*|w[wka]*kak[wka]*|a?(?:wok)+[wok]*"
    r"|(?:h+[aeiou]+)+h*|(?:x+i+)+|(?:[aeiou]h+)+[aeiou]*|lo+l|lmao|rofl|ngakak"
)
_LETTER_REPEATED = re.compile(r"(.)\1{2,}")
_PIECE_REPEATED = re.compile(r"([a-z]{2,4})\1{2,}[a-z]{0,3}|([a-z]{3,4})\2[a-z]{0,2}")
_NO_VOWEL = re.compile(r"[b-df-hj-np-tv-z]{5,}")
_CLUSTER = re.compile(r"[b-df-hj-np-tv-z]{6,}")


def is_prank(text: str) -> bool:
    """Is there nothing in it but laughter, noise, or a trial? In doubt it is none."""
    words = _WORD.findall(plain(text))
    telling = [word for word in words if not _is_empty(word)]
    return sum(map(len, telling)) < FEWEST_LETTERS


def _is_empty(word: str) -> bool:
    if word in FAMILIAR:
        return False
    return word in TRIALS or word in GREETINGS or bool(_LAUGHTER.fullmatch(word)) or _is_noise(word)


def _is_noise(word: str) -> bool:
    """Nobody writes so: neighbours on the keyboard, the same again and again, a heap of consonants."""
    if len(word) > 3 and any(word in row for row in KEYBOARD):
        return True
    shapes = (_LETTER_REPEATED.fullmatch, _NO_VOWEL.fullmatch, _CLUSTER.search)
    return any(shape(word) for shape in shapes) or _is_repeated(word)


def _is_repeated(word: str) -> bool:
    """asdasd, jkljkl, qwertyqwerty; but not "bagibagi"."""
    half, rest = word[: len(word) // 2], word[len(word) // 2 :]
    if half == rest and len(half) > 3:
        return _is_noise(half)
    return bool(_PIECE_REPEATED.fullmatch(word))
