"""Finding an option by its name, in lists of two as of 83,000: places above all.

Kec./kel./kab. do not count, kukar is Kutai Kartanegara, III is 3, Api-api is api api; a parent narrows
("sidomulyo samarinda ilir"); a slip of the thumb is forgiven where only one name is near.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile

from core.forms.answers.outcome import Reading
from core.forms.answers.spelling import NEGATIONS, each, is_near, slips_allowed, squeezed, words
from core.forms.form import Option

_DESIGNATIONS = frozenset(
    each(
        "kecamatan kelurahan desa kampung kabupaten kota provinsi propinsi prov distrik dusun "
        "di daerah wilayah"
    )
)
_ALIASES = {
    "kukar": "kutai kartanegara",
    "kutim": "kutai timur",
    "kubar": "kutai barat",
    "mahulu": "mahakam ulu",
    "ppu": "penajam paser utara",
    "smd": "samarinda",
    "smr": "samarinda",
    "bpp": "balikpapan",
    "tgr": "tenggarong",
    "btg": "bontang",
    "kaltim": "kalimantan timur",
    "sei": "sungai",
    "sungei": "sungai",
    "tj": "tanjung",
    "tjg": "tanjung",
    "gn": "gunung",
    "gng": "gunung",
    "sbrg": "seberang",
}
_PARENT_COLUMNS = (
    "desa",
    "kelurahan",
    "village",
    "kecamatan",
    "district",
    "kabupaten",
    "kota",
    "regency",
    "parent",
)
_PREFIXED = {"kecamatan": "Kec. ", "district": "Kec. "}
_MOST_WORDS = 10
_SHORT_LIST = 10
"""Up to here a single letter is beginning enough: L and P."""


@dataclass(frozen=True, slots=True)
class Directory:
    """The names of a list, ready to be looked up. Numbers are positions in `options`."""

    options: tuple[Option, ...]
    exact: Mapping[str, tuple[int, ...]]
    """By the whole label or name."""
    bare: Mapping[str, tuple[int, ...]]
    """By the label without designation or what follows a comma, aliases spelled out."""
    order: tuple[tuple[str, int], ...]
    """Every squeezed spelling, sorted, for beginnings."""
    parents: frozenset[str]
    """Every word that occurs in a parent's name."""
    districts: Mapping[str, tuple[int, ...]]
    """By the whole name of their kecamatan."""


@dataclass(frozen=True, slots=True, eq=False)
class _Same:
    """A list by its identity, since options cannot be hashed; holding it keeps the identity its own."""

    options: tuple[Option, ...]

    def __hash__(self) -> int:
        return id(self.options)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.options is self.options


def directory(options: tuple[Option, ...]) -> Directory:
    return _directory(_Same(options))


def described(option: Option, context: Reading) -> str:
    """The label with the parents that its columns name: "Sidomulyo, Kec. Samarinda Ilir, Samarinda"."""
    label = context.label(option)
    named = [
        _PREFIXED.get(column, "") + _titled(option.columns[column])
        for column in _PARENT_COLUMNS
        if column in option.columns and _is_name(option.columns[column])
    ]
    return ", ".join([label, *dict.fromkeys(name for name in named if name not in label.split(", "))])


def same(book: Directory, text: str) -> tuple[int, ...]:
    """Those whose whole label or name it is."""
    return book.exact.get(squeezed(words(text)), ())


def find(book: Directory, text: str) -> tuple[int, ...]:
    """Those that may be meant, by the strictest rule that finds any; one only where it is beyond doubt."""
    typed = words(text)
    if not typed or len(typed) > _MOST_WORDS:
        return ()
    steps: tuple[Callable[[], Iterable[int]], ...] = (
        lambda: book.exact.get(squeezed(typed), ()),
        lambda: _narrowed(book, typed, lambda name: book.bare.get(squeezed(_spelled(name)), ())),
        # "samboja" may be Samboja Kuala, or any other village of the kecamatan Samboja.
        lambda: book.districts.get(squeezed(_spelled(typed)), ()),
        lambda: _narrowed(book, typed, lambda name: _beginning(book, name)),
        lambda: _containing(book, typed),
        lambda: _narrowed(book, typed, lambda name: _near(book, squeezed(_spelled(name)))),
    )
    for step in steps:
        if found := tuple(sorted(set(step()))):
            return found
    return ()


def _narrowed(
    book: Directory, typed: tuple[str, ...], look: Callable[[tuple[str, ...]], Iterable[int]]
) -> tuple[int, ...]:
    """The name alone, else the longest name that leaves words which all belong to its parent."""
    whole = tuple(look(typed))
    if whole:
        return whole
    for cut in range(len(typed) - 1, 0, -1):
        for name, rest in ((typed[:cut], typed[cut:]), (typed[-cut:], typed[:-cut])):
            parent = _spelled(rest)
            if book.parents.issuperset(_telling(parent)):
                found = _below(book, look(name), parent)
                if found:
                    return found
    return ()


def _below(book: Directory, found: Iterable[int], parent: tuple[str, ...]) -> tuple[int, ...]:
    """Those under that parent; one that is named just so goes before those that merely hold the words."""
    strong, weak = [], []
    for place in found:
        above = _parents(book.options[place])
        if any(squeezed(name) == squeezed(parent) for name in above):
            strong.append(place)
        elif {word for name in above for word in name}.issuperset(_telling(parent)):
            weak.append(place)
    return tuple(strong or weak)


def _beginning(book: Directory, name: tuple[str, ...]) -> set[int]:
    wanted = squeezed(_spelled(name))
    if len(wanted) < 2 and len(book.options) > _SHORT_LIST:
        return set()
    found = set()
    for at in range(bisect_left(book.order, (wanted, -1)), len(book.order)):
        spelling, place = book.order[at]
        if not spelling.startswith(wanted):
            break
        if not wanted[-1].isdecimal() or not spelling[len(wanted) : len(wanted) + 1].isdecimal():
            found.add(place)
    return found


def _containing(book: Directory, typed: tuple[str, ...]) -> set[int]:
    """Those that hold every word: "banjir" for "Cuaca/banjir"."""
    if not any(len(word) > 2 and word not in NEGATIONS for word in typed):
        return set()
    holding = _holders(_Same(book.options))
    found = set.intersection(*(set(holding.get(word, ())) for word in typed))
    return {place for place in found if not _denied(book.options[place], typed)}


def _near(book: Directory, wanted: str) -> set[int]:
    """Slips of the thumb; only names that share enough pairs of letters are compared."""
    if not slips_allowed(len(wanted)):
        return set()
    pairs = _pairs_of(_Same(book.options))
    shared = Counter(place for pair in _pairs(wanted) for place in pairs.get(pair, ()))
    enough = max(1, len(wanted) + 1 - 3 * slips_allowed(len(wanted)))
    return {
        book.order[at][1]
        for at, count in shared.items()
        if count >= enough and is_near(wanted, book.order[at][0])
    }


def _denied(option: Option, typed: tuple[str, ...]) -> bool:
    """ "lengkap" never stands for "Tidak lengkap"."""
    for label in option.label.values():
        before = takewhile(lambda word: word not in typed, words(label))
        if not NEGATIONS.isdisjoint(before):
            return True
    return False


@lru_cache(maxsize=64)
def _directory(known: _Same) -> Directory:
    exact: dict[str, list[int]] = defaultdict(list)
    bare: dict[str, list[int]] = defaultdict(list)
    districts: dict[str, list[int]] = defaultdict(list)
    parents: set[str] = set()
    for place, option in enumerate(known.options):
        for spelling in {squeezed(words(label)) for label in (option.name, *option.label.values())}:
            exact[spelling].append(place)
        for spelling in {squeezed(name) for label in option.label.values() for name in _names(label)}:
            bare[spelling].append(place)
        for name in _parents(option):
            parents.update(name)
        for column in _PREFIXED.keys() & option.columns.keys():
            districts[squeezed(_spelled(words(option.columns[column])))].append(place)
    order = sorted((spelling, place) for spelling, places in bare.items() if spelling for place in places)
    return Directory(
        known.options, _settled(exact), _settled(bare), tuple(order), frozenset(parents), _settled(districts)
    )


@lru_cache(maxsize=16)
def _pairs_of(known: _Same) -> Mapping[str, tuple[int, ...]]:
    """Which spellings (by their place in `order`) hold a pair of letters. Made only when somebody slips."""
    found: dict[str, list[int]] = defaultdict(list)
    for at, (spelling, _) in enumerate(_directory(known).order):
        for pair in _pairs(spelling):
            found[pair].append(at)
    return _settled(found)


@lru_cache(maxsize=16)
def _holders(known: _Same) -> Mapping[str, tuple[int, ...]]:
    """Which options hold a word in any of their labels."""
    found: dict[str, list[int]] = defaultdict(list)
    for place, option in enumerate(known.options):
        for word in {word for label in option.label.values() for word in words(label)}:
            found[word].append(place)
    return _settled(found)


def _pairs(spelling: str) -> frozenset[str]:
    framed = f"^{spelling}$"
    return frozenset(framed[at : at + 2] for at in range(len(framed) - 1))


def _settled(found: dict[str, list[int]]) -> dict[str, tuple[int, ...]]:
    return {key: tuple(places) for key, places in found.items() if key}


@lru_cache(maxsize=2**17)
def _names(label: str) -> tuple[tuple[str, ...], ...]:
    """The ways in which one label may be said: whole, without designation, without what follows a comma."""
    said = (words(label), words(label.partition(",")[0])) if "," in label else (words(label),)
    return tuple(dict.fromkeys(way for name in said for way in (_expanded(name), _spelled(name))))


def _expanded(found: tuple[str, ...]) -> tuple[str, ...]:
    if _ALIASES.keys().isdisjoint(found):
        return found
    return tuple(part for word in found for part in _ALIASES.get(word, word).split())


def _spelled(found: tuple[str, ...]) -> tuple[str, ...]:
    """Aliases spelled out and leading designations left out, unless nothing else is there."""
    whole = _expanded(found)
    start = next((at for at, word in enumerate(whole) if word not in _DESIGNATIONS), 0)
    return whole[start:]


def _telling(parent: tuple[str, ...]) -> frozenset[str]:
    """The words of a parent that tell it from others."""
    return frozenset(parent) - _DESIGNATIONS or frozenset(parent)


def _parents(option: Option) -> tuple[tuple[str, ...], ...]:
    """The names in its columns, and in its label after a comma."""
    tails = [part for label in option.label.values() for part in label.split(",")[1:]]
    named = [value for value in option.columns.values() if _is_name(value)]
    return tuple(_spelled(words(value)) for value in (*named, *tails))


def _is_name(value: str) -> bool:
    return any(mark.isalpha() for mark in value)


def _titled(value: str) -> str:
    """A parent given by its name in the list ("samarinda_ilir") is shown as words."""
    return value.replace("_", " ").title() if "_" in value or value.islower() else value
