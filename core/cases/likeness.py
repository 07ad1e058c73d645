"""Cases that may be about the same: same place, near days, same telling words. Hinted, never merged."""

import re
from collections.abc import Iterable
from functools import lru_cache

from core.forms.answers.spelling import each, words
from core.model.areas import lineage
from core.model.cases import Case

LIKELY = 0.5
SHOWN = 5
FEWEST_WORDS = 2
"""A single word in common says nothing."""

_PLACES = (0.0, 0.0, 0.1, 0.2, 0.3, 0.3)
"""By how many parts of the area's code agree: none, province, kab/kota, kecamatan, village, TPS."""
_DAYS = {0: 0.2, 1: 0.15, 2: 0.1, 3: 0.05}

_PREFIX = re.compile(r"^(?:meng|meny|mem|men|me|peng|peny|pem|pen|per|pe|ber|ter|di|ke|se)(?=[a-z]{4})")
_SUFFIX = re.compile(r"(?<=[a-z]{4})(?:kan|nya|lah|kah|an|i)$")
_IDLE = frozenset(
    each(
        """yang dengan untuk dan atau dari pada karena dalam ada adalah itu ini saya kami kita dia mereka juga
        sudah belum tidak akan bisa lagi saat oleh sebagai orang warga kemarin tadi malam pagi siang sore hari
        tanggal jam pukul para agar supaya seperti telah masih lalu sekitar banyak beberapa desa kelurahan
        kampung kecamatan pak bapak ibu mohon tolong lapor laporan"""
    )
)


def likely(case: Case, others: Iterable[Case]) -> tuple[tuple[Case, float], ...]:
    """The most alike of the others, each with how much (at most 1), the best first."""
    scored = [(other, likeness(case, other)) for other in others if other.number != case.number]
    good = [pair for pair in scored if pair[1] >= LIKELY]
    return tuple(sorted(good, key=lambda pair: (-pair[1], pair[0].number))[:SHOWN])


def likeness(case: Case, other: Case) -> float:
    """0 for nothing in common, 1 for the same place, day and words."""
    shared = _words_in_common(case, other)
    return round(shared + _same_place(case, other) + _near_days(case, other), 3) if shared else 0.0


def _words_in_common(case: Case, other: Case) -> float:
    ours, theirs = _stems(_told(case)), _stems(_told(other))
    shared = len(ours & theirs)
    if shared < FEWEST_WORDS:
        return 0.0
    return 0.5 * shared / min(len(ours), len(theirs))


def _same_place(case: Case, other: Case) -> float:
    if not case.area or not other.area:
        return 0.0
    pairs = zip(lineage(case.area), lineage(other.area), strict=False)
    return _PLACES[min(sum(ours == theirs for ours, theirs in pairs), len(_PLACES) - 1)]


def _near_days(case: Case, other: Case) -> float:
    ours, theirs = (one.happened_on or one.known_on or one.opened_at.date() for one in (case, other))
    return _DAYS.get(abs((ours - theirs).days), 0.0)


def _told(case: Case) -> str:
    return f"{case.title} {case.story} {case.accused}"


@lru_cache(maxsize=2**12)
def _stems(text: str) -> frozenset[str]:
    """The words that tell something, without what is put before and behind them: "membagikan" is "bagi"."""
    return frozenset(_stem(word) for word in words(text) if len(word) > 2 and word not in _IDLE)


def _stem(word: str) -> str:
    bare = word.rstrip("0123456789") or word
    return _SUFFIX.sub("", _PREFIX.sub("", bare))
