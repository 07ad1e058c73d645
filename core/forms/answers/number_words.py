"""Numbers written out: "dua ratus tujuh belas", "seribu", "twenty-one"; joined or apart."""

import re
from collections.abc import Callable, Mapping

from core.forms.answers.spelling import each

LONGEST = 120

_ID = {w: n for n, w in enumerate(each("nol satu dua tiga empat lima enam tujuh delapan sembilan"))}
_EN = {
    w: n
    for n, w in enumerate(
        each(
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
            "sixteen seventeen eighteen nineteen"
        )
    )
}
_TENS = {w: 10 * n for n, w in enumerate(each("twenty thirty forty fifty sixty seventy eighty ninety"), 2)}

_SCALES_ID = (("miliar", 10**9), ("milyar", 10**9), ("juta", 10**6), ("ribu", 1000))
_SCALES_EN = (("billion", 10**9), ("million", 10**6), ("thousand", 1000))


def _any(found: Mapping[str, int]) -> str:
    return "|".join(sorted(found, key=len, reverse=True))


_ONE = _any(_ID)
_BELOW_ID = re.compile(
    rf"(?:(?P<hundreds>{_ONE}|se)ratus)?"
    rf"(?:(?P<teen>{_ONE}|se)belas|(?:(?P<tens>{_ONE}|se)puluh)?(?P<ones>{_ONE})?)"
)
_BELOW_EN = re.compile(
    rf"(?:(?P<hundreds>{_any(_EN)}|a)hundred(?:and)?)?(?P<tens>{_any(_TENS)})?(?P<ones>{_any(_EN)})?"
)


def number_in_words(text: str) -> int | None:
    """The number that plain text spells; None when it spells none."""
    joined = re.sub(r"[\s-]", "", text)
    if not joined or len(joined) > LONGEST:
        return None
    counted = _counted(joined, _SCALES_ID, _below_thousand_id)
    return counted if counted is not None else _counted(joined, _SCALES_EN, _below_thousand_en)


def _counted(
    joined: str, scales: tuple[tuple[str, int], ...], below_thousand: Callable[[str], int | None]
) -> int | None:
    total = 0
    for word, scale in scales:
        before, met, after = joined.partition(word)
        if met:
            count = 1 if before in ("se", "a") else below_thousand(before)
            if not count:
                return None
            total, joined = total + count * scale, after
    rest = below_thousand(joined)
    return None if rest is None else total + rest


def _below_thousand_id(joined: str) -> int | None:
    found = _BELOW_ID.fullmatch(joined)
    if not found:
        return None
    hundreds, teen, tens, ones = (
        1 if found[part] == "se" else _ID.get(found[part] or "", 0)
        for part in ("hundreds", "teen", "tens", "ones")
    )
    return hundreds * 100 + (teen + 10 if found["teen"] else tens * 10 + ones)


def _below_thousand_en(joined: str) -> int | None:
    found = _BELOW_EN.fullmatch(joined)
    if not found:
        return None
    hundreds = 1 if found["hundreds"] == "a" else _EN.get(found["hundreds"] or "", 0)
    return hundreds * 100 + _TENS.get(found["tens"] or "", 0) + _EN.get(found["ones"] or "", 0)
