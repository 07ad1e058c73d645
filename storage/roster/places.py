"""Which area a roster means: a code, or a name with what it lies in where that is needed."""

import re
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from typing import Protocol

from core.model.areas import Area, Level, parent_of
from storage.areas import label
from storage.roster.entries import Unread
from storage.spelling import parts, plain, readings

SHOWN = 6
"""How many candidates a fault lists."""
REMEMBERED = 2**14
"""Names that are kept with what they mean: twice the kecamatan there are."""
_CODE = re.compile(r"\d{2}([.\s]?\d{2}([.\s]?\d{2}([.\s]?\d{4}([.\s]?\d{3})?)?)?)?")
_WIDTHS = (2, 2, 2, 4, 3)


class Places(Protocol):
    """What we ask of the known areas; `storage.areas.Areas` is one."""

    def get(self, code: str) -> Area | None: ...

    def several(self, codes: Collection[str]) -> dict[str, Area]: ...

    def find(self, name: str, level: Level | None = None, within: str = "") -> list[Area]: ...

    def chain(self, code: str) -> tuple[str, ...]: ...


class Gazetteer:
    """Remembers what was looked up: a roster names the same village again and again."""

    def __init__(self, places: Places) -> None:
        self.several = places.several
        self.get = lru_cache(REMEMBERED)(places.get)
        self.find = lru_cache(REMEMBERED)(places.find)
        self.chain = lru_cache(REMEMBERED)(places.chain)
        self._known: dict[str, Area] = {}

    def expect(self, written: Iterable[str]) -> None:
        """Look up at once all codes among what is written; of those before none is kept."""
        codes = {dotted(text) for text in written if _CODE.fullmatch(text.strip())}
        self._known = self.several({one for code in codes for one in (code, parent_of(code)) if one})

    def place(self, text: str, level: Level) -> Area:
        """The one area of that level that is meant; Unread says why there is none."""
        if not text:
            raise Unread("roster.area.missing")
        if _CODE.fullmatch(text.strip()):
            return self._by_code(dotted(text), level)
        name, *around = parts(text)
        found = [one for one in self.find(name, level) if self._lies_in(one, around)]
        exact = [one for one in found if plain(one.name) in readings(name)]
        if len(exact) == 1:
            return exact[0]
        if exact:
            raise Unread("roster.area.several", found=text, candidates=self._shown(exact))
        if found:
            raise Unread("roster.area.alike", found=text, candidates=self._shown(found))
        raise Unread("roster.area.unknown", found=text)

    def _by_code(self, code: str, level: Level) -> Area:
        area = self._known.get(code) or self.get(code)
        if area is None:
            raise Unread("roster.area.unknown", found=code)
        if area.level is not level:
            raise Unread("roster.area.level", found=f"{label(area)} ({code})")
        return area

    def _lies_in(self, one: Area, around: Sequence[str]) -> bool:
        """Does each further name belong to one of the areas above?"""
        above = {plain(name) for name in self.chain(one.parent)} if around else set()
        above |= (
            {spelling for name in self.chain(one.parent) for spelling in readings(name)} if around else set()
        )
        return all(above & set(readings(name)) for name in around)

    def _shown(self, areas: Sequence[Area]) -> str:
        shown = [f"{', '.join(self.chain(one.code)[:3])} ({one.code})" for one in areas[:SHOWN]]
        return "; ".join(shown)


def dotted(code: str) -> str:
    """6472011001 as 64.72.01.1001."""
    digits = "".join(letter for letter in code if letter.isdigit())
    parts: list[str] = []
    for width in _WIDTHS:
        if digits:
            parts.append(digits[:width])
            digits = digits[width:]
    return ".".join(parts)
