"""Places: province to village from a well-kept source, polling stations added below their village."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from difflib import get_close_matches
from functools import cache

from sqlalchemy import Connection, Executable, bindparam, func, select

from core.model.areas import Area, Level, level_of, lineage
from storage.spelling import parts, plain, readings, sound, sounds_near
from storage.tables import AnyRow, area
from storage.upsert import insert_for

PAGE = 1000
LIKENESS = 0.82
MOST_ALIKE = 5
MOST_WORDS = 8
"""Longer than any name with its kecamatan."""
LAST_LETTER = "\U0010ffff"


class UnknownArea(KeyError):
    """There is no area of that code."""


class Areas:
    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def save(self, areas: Iterable[Area]) -> int:
        """Add them, or correct their names; gives how many there were."""
        rows = [
            {
                "code": one.code,
                "name": one.name,
                "level": one.level.value,
                "kind": one.kind,
                "parent": one.parent,
                "plain": (flat := plain(one.name)),
                "sound": "" if one.level is Level.TPS else sound(flat),
            }
            for one in areas
        ]
        for start in range(0, len(rows), PAGE):
            self.connection.execute(_save(self.connection.dialect.name), rows[start : start + PAGE])
        return len(rows)

    def add_tps(self, village: str, number: int) -> Area:
        """A polling station under its village; adding it twice does no harm."""
        if level_of(village) is not Level.VILLAGE or self.get(village) is None:
            raise UnknownArea(village)
        if not 0 < number <= 999:
            raise ValueError(f"no polling station has the number {number}")
        tps = Area(f"{village}.{number:03}", f"TPS {number:03}", Level.TPS, "TPS")
        self.save([tps])
        return tps

    def get(self, code: str) -> Area | None:
        row = self.connection.execute(_GET, {"wanted": code}).first()
        return _area(row) if row else None

    def several(self, codes: Collection[str]) -> dict[str, Area]:
        """Those that exist, by code."""
        rows = self.connection.execute(_CHAIN, {"codes": sorted(codes)}) if codes else ()
        return {row.code: _area(row) for row in rows}

    def children(self, code: str) -> list[Area]:
        """The areas one level below; of "" the provinces."""
        return [_area(row) for row in self.connection.execute(_CHILDREN, {"of": code})]

    def under(self, code: str, level: Level) -> list[Area]:
        """All areas of a level inside an area; everywhere when the code is empty."""
        rows = self.connection.execute(
            _UNDER, {"level": level.value, "from": code and f"{code}.", "to": _end(code)}
        )
        return [_area(row) for row in rows]

    def chain(self, code: str) -> tuple[str, ...]:
        """Names from the area up: ("TPS 012", "Sidodadi", …, "Kota Samarinda", "Kalimantan Timur")."""
        found = self.several(lineage(code))
        return tuple(label(found[one]) for one in reversed(lineage(code)) if one in found)

    def find(self, name: str, level: Level | None = None, within: str = "") -> list[Area]:
        """The areas that somebody may mean by a name: called exactly so, else so within what else is named
        ("Sidomulyo, Anggana"), else beginning so, else alike."""
        wanted = readings(name)
        if not wanted:
            return []
        scope: dict[str, object] = {
            "from": within and f"{within}.",
            "to": _end(within),
            "levels": _levels(level),
        }
        return (
            self._exactly(wanted, scope)
            or self._narrowed(name, scope)
            or self._beginning(wanted, scope)
            or self._alike(wanted, scope)
        )

    def counts(self) -> dict[Level, int]:
        return {Level(row.level): row.many for row in self.connection.execute(_COUNTS)}

    def _exactly(self, wanted: Sequence[str], scope: Mapping[str, object]) -> list[Area]:
        for reading in wanted:
            if rows := self.connection.execute(_FIND, {**scope, "plains": [reading]}).all():
                return [_area(row) for row in rows]
        return []

    def _narrowed(self, name: str, scope: Mapping[str, object]) -> list[Area]:
        """As it says what lies in what; else the longest name that leaves words which name what is around."""
        words = name.split()
        cuts = range(len(words) - 1, 0, -1) if len(words) <= MOST_WORDS else ()
        ways = [parts(name), *([" ".join(words[:cut]), " ".join(words[cut:])] for cut in cuts)]
        for bare, *around in filter(None, ways):
            if around and (found := self._inside(self._exactly(readings(bare), scope), around)):
                return found
        return []

    def _inside(self, found: Sequence[Area], around: Sequence[str]) -> list[Area]:
        """Those that lie in all of what is named around them."""
        above = self.several({code for one in found for code in lineage(one.code)[:-1]})
        heard = {code: {_heard(one.name), _heard(label(one))} for code, one in above.items()}
        wanted = [{sound(reading) for reading in readings(name)} for name in around]
        return [one for one in found if _lies_in(one, wanted, heard)]

    def _beginning(self, wanted: Sequence[str], scope: Mapping[str, object]) -> list[Area]:
        likely = [reading for reading in wanted if len(reading) >= 4]
        for reading in likely:
            stretch = {"first": reading, "last": f"{reading}{LAST_LETTER}"}
            if rows := self.connection.execute(_BEGINNING, {**scope, **stretch}).all():
                return [_area(row) for row in rows]
        return []

    def _alike(self, wanted: Sequence[str], scope: Mapping[str, object]) -> list[Area]:
        for reading in wanted:
            near = {**scope, "sounds": sorted(sounds_near(sound(reading)))}
            names = self.connection.execute(_NAMES, near).scalars().all()
            if alike := get_close_matches(reading, names, n=MOST_ALIKE, cutoff=LIKENESS):
                return [_area(row) for row in self.connection.execute(_FIND, {**scope, "plains": alike})]
        return []


def label(one: Area) -> str:
    """The name as people say it: a regency with its kind, all others bare."""
    return f"{one.kind} {one.name}" if one.level is Level.REGENCY and one.kind else one.name


def _area(row: AnyRow) -> Area:
    return Area(row.code, row.name, Level(row.level), row.kind)


def _lies_in(one: Area, wanted: Sequence[set[str]], heard: Mapping[str, set[str]]) -> bool:
    above = [heard[code] for code in lineage(one.code)[:-1] if code in heard]
    return all(any(name & sounds for sounds in above) for name in wanted)


def _heard(name: str) -> str:
    return sound(plain(name))


def _end(code: str) -> str:
    """The first code after everything inside; "/" follows "." in both engines' byte order."""
    return f"{code}/" if code else "~"


def _levels(level: Level | None) -> list[str]:
    return [level.value] if level else [one.value for one in Level if one is not Level.TPS]


@cache
def _save(engine: str) -> Executable:
    insert = insert_for(engine, area)
    fresh = {name: insert.excluded[name] for name in ("name", "level", "kind", "parent", "plain", "sound")}
    return insert.on_conflict_do_update(index_elements=[area.c.code], set_=fresh)


_CODE, _LEVEL = area.c.code + "", area.c.level + ""
"""As expressions no index serves them: SQLite would go through every village in the order of codes, where
name or sound leave a handful."""
_AREA = select(area.c.code, area.c.name, area.c.level, area.c.kind)
_INSIDE = (area.c.code >= bindparam("from"), area.c.code < bindparam("to"))
_SCOPE = (*_INSIDE, area.c.level.in_(bindparam("levels", expanding=True)))
_GET = _AREA.where(area.c.code == bindparam("wanted"))
_CHILDREN = _AREA.where(area.c.parent == bindparam("of")).order_by(area.c.code)
_UNDER = _AREA.where(*_INSIDE, area.c.level == bindparam("level")).order_by(area.c.code)
_CHAIN = _AREA.where(area.c.code.in_(bindparam("codes", expanding=True)))
_FIND = _AREA.where(*_SCOPE, area.c.plain.in_(bindparam("plains", expanding=True))).order_by(area.c.code)
_BEGINNING = (
    _AREA.where(*_SCOPE, area.c.plain >= bindparam("first"), area.c.plain < bindparam("last"))
    .order_by(_CODE)
    .limit(20)
)
_NAMES = (
    select(area.c.plain)
    .where(
        area.c.sound.in_(bindparam("sounds", expanding=True)),
        _LEVEL.in_(bindparam("levels", expanding=True)),
        bindparam("from") <= _CODE,
        bindparam("to") > _CODE,
    )
    .distinct()
)
_COUNTS = select(area.c.level, func.count().label("many")).group_by(area.c.level)
