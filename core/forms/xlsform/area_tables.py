"""The built-in tables for select_one_from_file: kabupaten.csv, kecamatan.csv and desa.csv.

name,label,kecamatan,kabupaten,parent
64.72.01.1001,Sidodadi,Samarinda Ulu,Samarinda,64.72.01
"""

from collections.abc import Iterable, Mapping

from core.forms.form import Option
from core.forms.xlsform.choices import Files
from core.model.areas import Area, Level, lineage

TABLES = {"kabupaten.csv": Level.REGENCY, "kecamatan.csv": Level.DISTRICT, "desa.csv": Level.VILLAGE}
COLUMNS = {Level.REGENCY: "kabupaten", Level.DISTRICT: "kecamatan"}


def area_tables(areas: Iterable[Area]) -> Files:
    """The three tables over all areas given, each in the order of the codes."""
    known = {area.code: area for area in sorted(areas, key=lambda area: area.code)}
    return {
        file: tuple(_option(area, known) for area in known.values() if area.level is level)
        for file, level in TABLES.items()
    }


def _option(area: Area, known: Mapping[str, Area]) -> Option:
    above = [known[code] for code in reversed(lineage(area.code)[:-1]) if code in known]
    columns = {COLUMNS[one.level]: one.name for one in above if one.level in COLUMNS}
    return Option(area.code, {"": area.name}, {**columns, "parent": area.parent})
