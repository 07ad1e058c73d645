"""The statements that turn staged rows into people, posts and who holds them: as many for ten rows as for
435,296.

A newcomer gets a seat that nobody holds, else a new one as far as the role has seats, else that of somebody
whom the roster does not put there; those who come first in the sheet choose first.
"""

from datetime import datetime

from sqlalchemy import Connection, bindparam, text

from storage.tables.types import UTCDateTime

_STATIONS = """
INSERT INTO area (code, name, level, kind, parent, plain)
SELECT area, 'TPS ' || substr(area, 15), 'tps', 'TPS', substr(area, 1, 13), 'tps' || substr(area, 15)
FROM staged WHERE role = 'ptps' GROUP BY area ORDER BY area
ON CONFLICT (code) DO UPDATE SET name = excluded.name, kind = excluded.kind, plain = excluded.plain
WHERE area.name <> excluded.name OR area.kind <> excluded.kind
"""
_KNOW = """
UPDATE staged SET person = known.id, known_as = known.name
FROM person AS known WHERE known.phone_index = staged.phone
"""
_RENAME = """
UPDATE person SET name = staged.name, updated_at = :now
FROM staged WHERE staged.person = person.id AND staged.known_as <> staged.name
"""
_ADD = """
INSERT INTO person (name, phone_index, phone_sealed, language, created_at, updated_at)
SELECT name, phone, sealed, '', :now, :now FROM staged WHERE person IS NULL ORDER BY line
"""
_KNOW_THE_NEW = """
UPDATE staged SET person = added.id
FROM person AS added WHERE added.phone_index = staged.phone AND staged.person IS NULL
"""
_STAY = """
UPDATE staged SET post = held.id, stays = true
FROM (
    SELECT post.id, post.role, post.area, holding.person_id
    FROM staged AS here
    JOIN holding ON holding.person_id = here.person AND holding.until IS NULL
    JOIN post ON post.id = holding.post_id AND post.role = here.role AND post.area = here.area
) AS held
WHERE held.person_id = staged.person AND held.role = staged.role AND held.area = staged.area
"""
_QUEUE = """
UPDATE staged SET place = ranked.place
FROM (
    SELECT line, row_number() OVER (PARTITION BY area, role ORDER BY line) AS place
    FROM staged WHERE post IS NULL
) AS ranked
WHERE ranked.line = staged.line
"""
_MAKE = """
INSERT INTO post (role, area, seat, zone)
SELECT role, area, there + place - free, zone FROM (
    SELECT line, role, area, zone, seats, place, (
        SELECT count(*) FROM post WHERE post.area = staged.area AND post.role = staged.role
    ) AS there, (
        SELECT count(*) FROM post
        LEFT JOIN holding ON holding.post_id = post.id AND holding.until IS NULL
        WHERE post.area = staged.area AND post.role = staged.role AND holding.id IS NULL
    ) AS free
    FROM staged WHERE place IS NOT NULL
) AS counted
WHERE place > free AND (seats IS NULL OR there + place - free <= seats)
ORDER BY line
"""
_SEAT = """
UPDATE staged SET post = given.post, before = given.holder
FROM (
    SELECT post.id AS post, post.role, post.area, holding.person_id AS holder, row_number() OVER (
        PARTITION BY post.area, post.role
        ORDER BY CASE WHEN holding.id IS NULL THEN 0 ELSE 1 END, post.seat
    ) AS place
    FROM (SELECT DISTINCT area, role FROM staged WHERE place IS NOT NULL) AS wanted
    JOIN post ON post.area = wanted.area AND post.role = wanted.role
    LEFT JOIN holding ON holding.post_id = post.id AND holding.until IS NULL
    WHERE NOT EXISTS (SELECT 1 FROM staged AS staying WHERE staying.post = post.id)
) AS given
WHERE given.area = staged.area AND given.role = staged.role AND given.place = staged.place
"""
_MAKE_ROOM = """
UPDATE holding SET until = :now WHERE until IS NULL
AND post_id IN (SELECT post FROM staged WHERE before IS NOT NULL)
"""
_HOLD_ONLY = """
UPDATE holding SET until = :now WHERE id IN (
    SELECT other.id FROM staged
    JOIN holding AS other ON other.person_id = staged.person
    WHERE other.until IS NULL AND other.post_id <> staged.post
)
"""
_HOLD = """
INSERT INTO holding (post_id, person_id, since)
SELECT post, person, :now FROM staged WHERE NOT stays ORDER BY line
"""
_NAMED_STATIONS = "SELECT count(DISTINCT area) FROM staged WHERE role = 'ptps'"
_ALONE = "LOCK TABLE post, holding IN SHARE ROW EXCLUSIVE MODE"
"""Two rosters at once would give the same seat twice; reports and reading go on."""

KNOWING = (_STATIONS, _KNOW, _RENAME, _ADD, _KNOW_THE_NEW)
SEATING = (_STAY, _QUEUE, _MAKE, _SEAT)
HOLDING = (_MAKE_ROOM, _HOLD_ONLY, _HOLD)


def do(connection: Connection, statements: tuple[str, ...], now: datetime) -> None:
    for one in statements:
        statement = text(one)
        if ":now" in one:
            statement = statement.bindparams(bindparam("now", now, type_=UTCDateTime))
        connection.execute(statement)


def work_alone(connection: Connection) -> None:
    """SQLite's writer is alone anyhow."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(_ALONE)
        # Each statement runs once: to compile it takes longer than it does.
        connection.exec_driver_sql("SET LOCAL jit = off")


def stations_of(connection: Connection) -> int:
    """How many polling stations the staged rows name."""
    return int(connection.execute(text(_NAMED_STATIONS)).scalar_one())
