"""How place names are compared: "Sanga-Sanga", "kec. sanga sanga" and "Sangasanga" are the same.

plain("Sanga-Sanga")           # "sangasanga"
readings("tj. redeb")          # ("tjredeb", "tanjungredeb")
sound("tenggarongseberang")    # "tngrngsbrng": what a slip of the thumb mostly leaves as it is
"""

import re
import unicodedata

_PREFIX = re.compile(
    r"^(provinsi|prov|prop|kabupaten|kab|kota administrasi|kota|kecamatan|kec|distrik|kelurahan|kel"
    r"|desa|ds|kampung|kp|gampong|nagari)\b[.\s]*(?=\w)",
    re.IGNORECASE,
)
NICKNAMES = {
    "kaltim": "kalimantantimur",
    "kaltara": "kalimantanutara",
    "kalsel": "kalimantanselatan",
    "kalteng": "kalimantantengah",
    "kalbar": "kalimantanbarat",
    "jabar": "jawabarat",
    "jateng": "jawatengah",
    "jatim": "jawatimur",
    "dki": "dkijakarta",
    "diy": "daerahistimewayogyakarta",
    "jogja": "yogyakarta",
    "sumut": "sumaterautara",
    "sumbar": "sumaterabarat",
    "sumsel": "sumateraselatan",
    "kepri": "kepulauanriau",
    "babel": "kepulauanbangkabelitung",
    "ntb": "nusatenggarabarat",
    "ntt": "nusatenggaratimur",
    "sulut": "sulawesiutara",
    "sulteng": "sulawesitengah",
    "sulsel": "sulawesiselatan",
    "sulbar": "sulawesibarat",
    "sultra": "sulawesitenggara",
    "malut": "malukuutara",
    "jaksel": "jakartaselatan",
    "jaktim": "jakartatimur",
    "jakbar": "jakartabarat",
    "jakut": "jakartautara",
    "jakpus": "jakartapusat",
    "tangsel": "tangerangselatan",
    "kukar": "kutaikartanegara",
    "kutim": "kutaitimur",
    "kubar": "kutaibarat",
    "mahulu": "mahakamulu",
    "ppu": "penajampaserutara",
    "smd": "samarinda",
    "smr": "samarinda",
    "bpp": "balikpapan",
    "btg": "bontang",
    "tgr": "tenggarong",
}
_SHORTENED = {
    "sungai": "sei sungei sg",
    "tanjung": "tj tjg tg",
    "gunung": "gn gng",
    "pulau": "pl",
    "muara": "ma mr",
    "teluk": "tl tlk",
    "pematang": "pmt",
    "kepulauan": "kep",
    "kampung": "kp",
    "perkebunan": "perk",
    "simpang": "sp spg",
    "seberang": "sbrg sbr",
    "utara": "utr",
    "selatan": "sel slt",
    "timur": "tim tmr",
    "barat": "brt",
    "tengah": "tgh teng",
    "hulu": "ulu",
    "hilir": "ilir",
    "baru": "br",
    "besar": "bsr",
}
_LONG = {short: word for word, shorts in _SHORTENED.items() for short in shorts.split()}
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
_SHORT = {"sungai": "sei", "hulu": "ulu", "hilir": "ilir"}
_SHORT |= {str(figure): roman for figure, roman in enumerate(_ROMAN, 1)}
"""As names are written in the source."""
_WORD = re.compile(r"[^\W_]+")

_BETWEEN = re.compile(
    r"[,;/()\n]|\s-\s|\s–\s|(?<=\s)(?=(?:kec|kecamatan|kab|kabupaten|prov|provinsi)\b)", re.IGNORECASE
)

_OLD = (("ngg", "ng"), ("dj", "j"), ("tj", "c"), ("v", "p"), ("f", "p"), ("q", "k"))
_UNHEARD = str.maketrans("", "", "aiueohy")
_TWICE = re.compile(r"(.)\1+")
_HEARD = "bcdgjklmnprstw"
"""What is worth trying in place of a letter, or between two."""


def plain(name: str) -> str:
    """The letters and digits alone, without accents and case."""
    bare = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold())
    return "".join(letter for letter in bare if letter.isalnum())


def parts(text: str) -> list[str]:
    """The name, and then what it is said to lie in: "Sidomulyo kec. Anggana, Kukar"."""
    return [part.strip() for part in _BETWEEN.split(text) if part.strip()]


def readings(name: str) -> tuple[str, ...]:
    """What the name may stand for, the likeliest first: as written, without its "kec.", as a nickname, with
    its words spelled out, or shortened as some names are in the source ("Sei Rampah")."""
    bare = _PREFIX.sub("", name.strip())
    found = [plain(name), plain(bare)]
    found += [NICKNAMES.get(reading, "") for reading in found]
    found += [plain(way) for way in (_written(bare, _LONG), _written(_written(bare, _LONG), _SHORT))]
    return tuple(dict.fromkeys(reading for reading in found if reading))


def sound(spelling: str) -> str:
    """The consonants of a plain name as they are heard, each once: vowels and doubled letters slip most."""
    for old, new in _OLD:
        spelling = spelling.replace(old, new)
    return _TWICE.sub(r"\1", spelling.translate(_UNHEARD)) or spelling


def sounds_near(heard: str) -> frozenset[str]:
    """The sound itself, and all that lie one consonant away: left out, put in, replaced, or swapped."""
    found = {heard}
    for place in range(len(heard) + 1):
        before, after = heard[:place], heard[place:]
        found.update(before + letter + after for letter in _HEARD)
        if after:
            found.update(before + letter + after[1:] for letter in ("", *_HEARD))
            found.add(before + after[1:2] + after[:1] + after[2:])
    return frozenset(found - {""})


def _written(name: str, instead: dict[str, str]) -> str:
    """Each word by what stands for it."""
    return " ".join(instead.get(word, word) for word in _WORD.findall(name.casefold()))
