"""How the same words are written: folding of letters and digits, usual abbreviations, slips of the thumb."""

import re
import unicodedata
from functools import lru_cache


def each(written: str) -> list[str]:
    """The words of a list that is easier to read without quotes and commas."""
    return written.split()


_TOKEN = re.compile(r"[^\W_]+")
_APOSTROPHES = re.compile("['`´ʼ‘’ʻ]")
_DROPPED = frozenset({"Mn", "Me", "Cf", "Cs", "Sk"})

_ABBREVIATED = {
    "tidak": "tdk gak ga gk nggak ngga gag enggak engga ndak nda kagak tak tida",
    "belum": "blm blom belom",
    "sudah": "sdh udh udah sdah",
    "yang": "yg",
    "dengan": "dgn dg",
    "untuk": "utk",
    "karena": "krn karna",
    "dalam": "dlm",
    "jumlah": "jml jmlh jlh",
    "keterangan": "ket",
    "tanggal": "tgl tg",
    "nomor": "nmr nomer",
    "orang": "org",
    "sekarang": "skrg skg skrang",
    "kemarin": "kmrn kmren kemaren kmarin",
    "besok": "bsk",
    "pada": "pd",
    "dari": "dr",
    "saya": "sy",
    "juga": "jg",
    "laporan": "lap",
    "tentang": "ttg",
    "tadi": "td",
    "hari": "hr",
    "lembar": "lbr",
    "kecamatan": "kec",
    "kelurahan": "kel",
    "kabupaten": "kab",
    "kampung": "kp kpg",
    "desa": "ds",
    "paslon": "psl",
}
SPELLED_OUT = {short: word for word, shorts in _ABBREVIATED.items() for short in shorts.split()}

NEGATIONS = frozenset({"tidak", "bukan", "belum", "tanpa", "kurang", "jangan", "no", "not", "none"})
_ROMAN = dict(zip(each("i ii iii iv v vi vii viii ix x"), map(str, range(1, 11)), strict=True))


def plain(text: str) -> str:
    """Lower case, one kind of digit, no accents, single spaces: `"７ｊａｍ"` is "7jam"."""
    if not text.isascii():
        text = "".join(_simple(mark) for mark in unicodedata.normalize("NFKD", text.replace("−", "-")))
    return " ".join(text.casefold().replace("\x00", " ").split())


def _simple(mark: str) -> str:
    if unicodedata.category(mark) in _DROPPED:
        return ""
    digit = unicodedata.decimal(mark, None)
    return mark if digit is None else str(digit)


@lru_cache(maxsize=2**17)
def words(text: str) -> tuple[str, ...]:
    """The words that count in comparing: abbreviations spelled out, 003 and III both 3."""
    found = _TOKEN.findall(plain(_APOSTROPHES.sub("", text)))
    first, later = found[:1], found[1:]
    return tuple(_figure(SPELLED_OUT.get(word, word)) for word in first) + tuple(
        _ROMAN.get(word) or _figure(SPELLED_OUT.get(word, word)) for word in later
    )


def _figure(word: str) -> str:
    return (word.lstrip("0") or "0") if word.isdecimal() else word


def squeezed(found: tuple[str, ...]) -> str:
    """The words without what stands between them: "Api-api", "api api" and "Apiapi" are one."""
    return "".join(found)


def digits(text: str) -> str:
    return "".join(mark for mark in text if mark.isdecimal())


def negated(found: tuple[str, ...]) -> bool:
    return not NEGATIONS.isdisjoint(found)


def slips_allowed(length: int) -> int:
    """How many slips still leave a word of that length recognisable."""
    return 0 if length < 4 else 1 if length < 7 else 2


def is_near(typed: str, meant: str) -> bool:
    """A slip of the thumb apart? Never across a figure: TPS 3 is not a slip for TPS 4."""
    allowed = slips_allowed(min(len(typed), len(meant)))
    if not allowed or abs(len(typed) - len(meant)) > allowed or digits(typed) != digits(meant):
        return False
    return _slips(typed, meant, allowed) <= allowed


def _slips(one: str, other: str, limit: int) -> int:
    """Letters added, left out, replaced, or swapped with their neighbour; gives up beyond the limit."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        earlier, before = before, row
        row = [i]
        for j, against in enumerate(other, 1):
            cost = min(before[j] + 1, row[-1] + 1, before[j - 1] + (letter != against))
            if i > 1 and j > 1 and letter == other[j - 2] and against == one[i - 2]:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
    return row[-1]
