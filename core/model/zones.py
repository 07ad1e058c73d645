"""Indonesia's three time zones by province code (Keppres 41/1987 and the provinces made since)."""

_WITA = ("51", "52", "53", "63", "64", "65", "71", "72", "73", "74", "75", "76")
_WIT = ("81", "82", "91", "92", "93", "94", "95", "96")
ZONES = ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")
_ZONES = dict.fromkeys(_WITA, "Asia/Makassar") | dict.fromkeys(_WIT, "Asia/Jayapura")


def zone_of(code: str) -> str:
    """The IANA zone of an area's code: WITA or WIT where it is named, else WIB."""
    return _ZONES.get(code[:2], "Asia/Jakarta")
