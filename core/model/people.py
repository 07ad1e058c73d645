"""People and the posts they hold for a while: a report is owed by a post, not by a person."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """Who somebody is to the body; `value` is what rosters, forms and exports say."""

    PTPS = "ptps"
    PKD = "pkd"
    PANWASCAM = "panwascam"
    KABKOTA = "kabkota"
    PROVINSI = "provinsi"
    RI = "ri"


OVERSEERS = frozenset({Role.PROVINSI, Role.RI})
"""Those who look after the house itself: its channels, its clock, its staff."""


@dataclass(frozen=True, slots=True)
class Post:
    """One seat: PTPS of TPS 012 in 64.72.01.1001."""

    id: int
    role: Role
    area: str
    """The area's code; for a PTPS the polling station's."""
    place: tuple[str, ...]
    """Names from the area up: ("TPS 012", "Sidodadi", "Samarinda Ulu", "Kota Samarinda", …)."""
    zone: str
    """IANA time zone of the area, Asia/Makassar."""


@dataclass(frozen=True, slots=True)
class Person:
    id: int
    name: str
    language: str
    """The language the roster or the person chose; empty when never chosen."""
    posts: tuple[Post, ...]
    """The posts held now."""
    phone: str = ""
    """E.164; filled only where it was asked for (a form's `phonenumber` metadata)."""

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(post.role for post in self.posts)
