"""What goes first and how an area stands: the same marks for areas and topics, the worst before the rest."""

from core.digests.digest import Digest, Mark, Part, Tally, Topic
from core.digests.figures import percent_of
from core.forms.form import Words

GOOD, FAIR = 95, 80
"""Percents of what was expected: from GOOD on all is well, below FAIR there is trouble."""
WORST_FIRST: tuple[Mark, ...] = ("masalah", "perhatian", "belum", "aman")


def standing_of(tally: Tally) -> Mark:
    """How an area reports; "belum" where nothing was expected."""
    percent = percent_of(tally)
    if percent is None:
        return "belum"
    return "aman" if percent >= GOOD else "perhatian" if percent >= FAIR else "masalah"


def silent_parts(digest: Digest) -> tuple[Part, ...]:
    """The areas below that owe something, those that owe most first."""
    silent = (part for part in digest.parts if part.tally.silent > 0)
    return tuple(sorted(silent, key=lambda part: (-part.tally.silent, part.code)))


def topics_by_mark(digest: Digest) -> tuple[Topic, ...]:
    """The worst first, otherwise as the election lists them."""
    return tuple(sorted(digest.topics, key=lambda topic: WORST_FIRST.index(topic.mark)))


def awaits_confirmations(digest: Digest) -> bool:
    """A province hears from its kab/kota; those below are heard by nobody but their own coordinator."""
    return digest.level == "province" and bool(digest.parts)


def confirms(digest: Digest) -> bool:
    """A kab/kota sends its digest up to the province, a kecamatan to the kab/kota."""
    return digest.level in ("regency", "district")


def in_language(words: Words, language: str) -> str:
    """The sentence in that language, else in Indonesian, else in any."""
    for wanted in (language, "id", ""):
        if words.get(wanted):
            return words[wanted]
    return next((each for each in words.values() if each), "")
