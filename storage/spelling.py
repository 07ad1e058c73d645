"""How place names are compared: "Sanga-Sanga", "kec. sanga sanga" and "Sangasanga" are the same."""

import re
import unicodedata

_PREFIX = re.compile(
    r"^(provinsi|prov|prop|kabupaten|kab|kota administrasi|kota|kecamatan|kec|distrik|kelurahan|kel"
    r"|desa|ds|kampung|kp|gampong|nagari)\b[.\s]*(?=\w)",
    re.IGNORECASE,
)
NICKNAMES = {
    "kaltim": "kalimantantimur",
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


def plain(name: str) -> str:
    """The letters and digits alone, without accents and case."""
    bare = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold())
    return "".join(letter for letter in bare if letter.isalnum())


def readings(name: str) -> tuple[str, ...]:
    """What the name may stand for, the likeliest first: as written, without its "kec.", as a nickname."""
    written, bare = plain(name), plain(_PREFIX.sub("", name.strip()))
    found = [written, bare, NICKNAMES.get(written, ""), NICKNAMES.get(bare, "")]
    return tuple(dict.fromkeys(reading for reading in found if reading))
