"""Areas by their Kemendagri code: province 64, kabupaten 64.02, kecamatan 64.02.08, village 64.02.08.2001.

A polling station hangs below its village: 64.02.08.2001.012 is TPS 012.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

CODE = re.compile(r"\d{2}(\.\d{2}(\.\d{2}(\.\d{4}(\.\d{3})?)?)?)?", re.ASCII)


class Level(StrEnum):
    PROVINCE = "province"
    REGENCY = "regency"
    DISTRICT = "district"
    VILLAGE = "village"
    TPS = "tps"


@dataclass(frozen=True, slots=True)
class Area:
    """One place. `name` is bare ("Sidodadi"), `kind` is what it is called there ("Kelurahan")."""

    code: str
    name: str
    level: Level
    kind: str = ""

    @property
    def parent(self) -> str:
        return parent_of(self.code)


def level_of(code: str) -> Level:
    """The level a code stands for; ValueError when it has too many parts."""
    return list(Level)[code.count(".")]


def is_code(text: str) -> bool:
    """Is it written like the code of an area?"""
    return CODE.fullmatch(text) is not None


def parent_of(code: str) -> str:
    """The code one level up; empty for a province."""
    return code.rpartition(".")[0]


def lineage(code: str) -> tuple[str, ...]:
    """The code and all above it, the province first."""
    parts = code.split(".")
    return tuple(".".join(parts[: n + 1]) for n in range(len(parts)))


def within(code: str, scope: str) -> bool:
    """Is the area inside (or the same as) the scope? An empty scope is the whole country."""
    return not scope or code == scope or code.startswith(scope + ".")
