"""A country of 435,296 polling stations with a supervisor in most of them, made by the database itself."""

from datetime import UTC, datetime

from sqlalchemy import Connection, text

from core.model.zones import zone_of
from storage.book import Book
from tests.storage.samples import publish

STATIONS = 435_296
PROVINCES = (
    *(str(code) for code in (*range(11, 20), 21, *range(31, 37), *range(51, 54), *range(61, 66))),
    *(str(code) for code in (*range(71, 77), 81, 82, *range(91, 97))),
)
"""The 38 there are."""
SINCE = datetime(2024, 11, 1, tzinfo=UTC)

_NUMBERS = "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < {many})"
_STATION = """
SELECT province || '.' || substr(cast(101 + r % 14 AS text), 2)
    || '.' || substr(cast(101 + d % 14 AS text), 2)
    || '.' || cast(1001 + v % 12 AS text)
    || '.' || substr(cast(1001 + i % 5 AS text), 2) AS code, zone
FROM (SELECT i, i / 5 AS v, i / 60 AS d, i / 840 AS r, i / 11760 AS p FROM n) AS placed
JOIN provinces ON provinces.number = p
"""
"""Five stations a village, twelve villages a kecamatan, fourteen of those a kabupaten."""


def settle(book: Book, many: int = STATIONS) -> None:
    """Areas, posts, and somebody in 49 posts of 50: one and the same, who never wrote to us."""
    publish(book)
    here = book.connection
    here.execute(text("CREATE TEMPORARY TABLE provinces (number integer, province text, zone text)"))
    for number, province in enumerate(PROVINCES):
        row = {"number": number, "province": province, "zone": zone_of(province)}
        here.execute(text("INSERT INTO provinces VALUES (:number, :province, :zone)"), row)
    stations = f"{_NUMBERS.format(many=many)} {_STATION}"
    here.execute(text(f"CREATE TEMPORARY TABLE stations AS {stations}"))
    _areas(here)
    here.execute(text(_POSTS))
    here.execute(text(_PERSON), {"at": _spelled(here)})
    here.execute(text(_HOLDINGS), {"at": _spelled(here)})


def hire_all(book: Book) -> None:
    """Each post that is held has somebody of its own, who wrote from Telegram."""
    here = book.connection
    for statement in (_PEOPLE, "UPDATE holding SET person_id = post_id + 1", _CHATS):
        here.execute(text(statement), {"at": _spelled(here)} if ":at" in statement else {})


def _areas(here: Connection) -> None:
    for length, parent, level in ((17, 13, "tps"), (13, 8, "village"), (8, 5, "district"), (5, 2, "regency")):
        here.execute(text(_AREAS), {"length": length, "parent": parent, "level": level})
    here.execute(text(_PROVINCES))


def _spelled(here: Connection) -> object:
    """SQLite keeps moments as text, as `UTCDateTime` writes them."""
    return f"{SINCE:%Y-%m-%d %H:%M:%S.%f}" if here.dialect.name == "sqlite" else SINCE


_POSTS = "INSERT INTO post (role, area, seat, zone) SELECT 'ptps', code, 1, zone FROM stations ORDER BY code"
_PERSON = """
INSERT INTO person (id, name, language, created_at, updated_at) VALUES (1, 'Contoh', '', :at, :at)
"""
_HOLDINGS = """
INSERT INTO holding (post_id, person_id, since) SELECT id, 1, :at FROM post WHERE id % 50 <> 0
"""
_PEOPLE = """
INSERT INTO person (id, name, language, created_at, updated_at)
SELECT post_id + 1, 'Contoh', '', :at, :at FROM holding
"""
_CHATS = """
INSERT INTO address (channel, account, peer_index, peer_sealed, person_id, language, last_in_at)
SELECT 'telegram', '1001', 'contoh' || person_id, '', person_id, '', since FROM holding
"""
_AREAS = """
INSERT INTO area (code, name, level, kind, parent, plain)
SELECT DISTINCT substr(code, 1, :length), 'Contoh', :level, '', substr(code, 1, :parent), 'contoh'
FROM stations
"""
_PROVINCES = """
INSERT INTO area (code, name, level, kind, parent, plain)
SELECT province, 'Contoh', 'province', '', '', 'contoh' FROM provinces
"""
