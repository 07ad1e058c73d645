"""Which question a written label means: "jml pemilih", "tdk sah" and "01" for their full labels."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from re import sub

from core.forms.answers.spelling import each, is_near, negated, words

_UNIMPORTANT = frozenset(
    each(
        "yang di ke pada dan apakah berapa apa siapa kapan dimana mana dari untuk nya tersebut "
        "the of is what how a an"
    )
)
_ALIKE = {
    "no": "nomor",
    "l": "laki",
    "lk": "laki",
    "pria": "laki",
    "p": "perempuan",
    "pr": "perempuan",
    "wanita": "perempuan",
    "total": "jumlah",
    "telp": "telepon",
    "tlp": "telepon",
    "hp": "telepon",
    "jam": "waktu",
    "pukul": "waktu",
}
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Labels:
    """The questions in their order, each with the ways in which its label may be written."""

    places: tuple[str, ...]
    spellings: tuple[tuple[tuple[str, ...], ...], ...]

    def exactly(self, written: str) -> str | None:
        """The place with that label or name, whole."""
        key = _key(written)
        return self._only(at for at, known in enumerate(self.spellings) if key and key in known)

    def partly(self, written: str) -> str | None:
        """The only place whose label holds all these words: "tdk sah" for "Suara tidak sah"."""
        key = _key(written)
        return self._only(
            at
            for at, known in enumerate(self.spellings)
            if key and any(set(key) <= set(label) and negated(key) == negated(label) for label in known)
        )

    def find(self, written: str) -> str | None:
        """By the whole label, by a part of it, with words around it, or in spite of a slip."""
        if len(written) > LONGEST:
            return None
        return self.exactly(written) or self.partly(written) or self._around(written) or self._nearly(written)

    def numbered(self) -> bool:
        """Does any label bear a number?"""
        return any(word.isdecimal() for known in self.spellings for label in known for word in label)

    def _around(self, written: str) -> str | None:
        key = _key(written)
        inside = {
            at: max((len(label) for label in known if label and set(label) <= set(key)), default=0)
            for at, known in enumerate(self.spellings)
            if any(negated(label) == negated(key) for label in known)
        }
        longest = max(inside.values(), default=0)
        return self._only(at for at, length in inside.items() if length == longest > 0)

    def _nearly(self, written: str) -> str | None:
        key = "".join(_key(written))
        return self._only(
            at
            for at, known in enumerate(self.spellings)
            if any(is_near(key, "".join(label)) for label in known)
        )

    def _only(self, found: Iterable[int]) -> str | None:
        places = [self.places[at] for at in found]
        return places[0] if len(places) == 1 else None


def labels_of(labels: Mapping[str, str]) -> Labels:
    return Labels(tuple(labels), tuple(_spellings(place, label) for place, label in labels.items()))


@lru_cache(maxsize=4096)
def _spellings(place: str, label: str) -> tuple[tuple[str, ...], ...]:
    """The label, what stands outside and inside its brackets, and the question's own name."""
    outside = sub(r"\([^()]*\)", " ", label)
    inside = label[len(label.partition("(")[0]) + 1 :].partition(")")[0]
    name = sub(r"\[\d+\]", "", place.rpartition("/")[2]).replace("_", " ")
    keys = (_key(written) for written in (label, outside, inside, name))
    return tuple(dict.fromkeys(key for key in keys if key))


def _key(written: str) -> tuple[str, ...]:
    found = [_ALIKE.get(word, word) for word in words(written)]
    return tuple(dict.fromkeys(word for word in found if word not in _UNIMPORTANT)) or tuple(found)
