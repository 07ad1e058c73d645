"""What a roster changes: how many of each kind, and the first of them by name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection, text

from core.model.people import Role
from storage.tables import AnyRow

SHOWN = 5


class Kind(StrEnum):
    ADDED = "added"
    RENAMED = "renamed"
    MOVED = "moved"
    """A known person gets another post."""
    HANDED = "handed"
    """A post goes from somebody to somebody else."""
    VACANT = "vacant"
    """Nobody holds a post any more whose holder the roster puts elsewhere."""
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Change:
    """One of them: the person, what was before (an earlier name, an earlier holder), and the post."""

    name: str
    before: str
    role: Role
    area: str


@dataclass(frozen=True, slots=True)
class Changes:
    counts: Mapping[Kind, int]
    first: Mapping[Kind, Sequence[Change]]


def changes(connection: Connection) -> Changes:
    """Read from the staged rows once each has its seat, before anybody moves."""
    counts, first = {}, {}
    for kind, rows in _ROWS.items():
        counts[kind] = int(connection.execute(text(f"SELECT count(*) {rows}")).scalar_one())
        if kind in _SHOWS and counts[kind]:
            shown = connection.execute(text(f"{_SHOWS[kind]} {rows} ORDER BY staged.line LIMIT {SHOWN}"))
            first[kind] = [_change(row) for row in shown]
    return Changes(counts, first)


def _change(row: AnyRow) -> Change:
    return Change(row.name, row.before or "", Role(row.role), row.area)


_ROWS = {
    Kind.ADDED: "FROM staged WHERE known_as IS NULL",
    Kind.RENAMED: "FROM staged WHERE known_as <> name",
    Kind.MOVED: "FROM staged WHERE known_as IS NOT NULL AND NOT stays",
    Kind.HANDED: "FROM staged JOIN person ON person.id = staged.before",
    Kind.VACANT: """
        FROM staged JOIN holding AS other ON other.person_id = staged.person
        JOIN post ON post.id = other.post_id
        WHERE other.until IS NULL AND other.post_id <> staged.post
        AND NOT EXISTS (SELECT 1 FROM staged AS coming WHERE coming.post = other.post_id)
    """,
    Kind.SAME: "FROM staged WHERE known_as = name AND stays",
}
_SHOWS = {
    Kind.ADDED: "SELECT name, '' AS before, role, area",
    Kind.RENAMED: "SELECT name, known_as AS before, role, area",
    Kind.MOVED: "SELECT name, '' AS before, role, area",
    Kind.HANDED: "SELECT staged.name, person.name AS before, staged.role, staged.area",
    Kind.VACANT: "SELECT staged.name, '' AS before, post.role, post.area",
}
