"""One table of an election's file, read key by key; what cannot be read is a problem, and reading goes on."""

import difflib
import re
from collections.abc import Collection, Mapping
from datetime import date, datetime, time

from core.elections.problems import Problems
from core.forms.form import Words
from core.speech.texts import LANGUAGES

NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_NAME = 40
_CLOCK = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)")


class TomlTable:
    """What was read is taken out, so that `close` can tell what nobody asked for."""

    def __init__(self, values: Mapping[str, object], place: str, problems: Problems) -> None:
        self._left = dict(values)
        self._known: list[str] = []
        self.place = place
        self.problems = problems

    def __contains__(self, name: str) -> bool:
        return name in self._left

    def refuse(self, name: str, key: str, /, **values: str | int) -> None:
        self.problems.refuse(self.place, name, key, **values)

    def name(self, name: str) -> str:
        found = self.text(name)
        if found and (not NAME.fullmatch(found) or len(found) > LONGEST_NAME):
            self.refuse(name, "elections.name", found=found)
            return ""
        return found

    def text(self, name: str) -> str:
        found = self._take(name)
        if isinstance(found, str) and found.strip():
            return found.strip()
        self._missing_or(name, found, "elections.text")
        return ""

    def word(self, name: str, allowed: Collection[str]) -> str:
        found = self.text(name)
        if not found or found in allowed:
            return found
        near = difflib.get_close_matches(found.lower(), list(allowed), n=1)
        self.refuse(name, "elections.word", found=found, allowed=_listed(near or allowed))
        return ""

    def words(self, name: str) -> Words:
        """A sentence in each language."""
        found = self._take(name)
        if isinstance(found, dict) and found.keys() == set(LANGUAGES) and all(map(_is_said, found.values())):
            return {language: str(found[language]).strip() for language in LANGUAGES}
        self._missing_or(name, found, "elections.words")
        return {}

    def several(self, name: str) -> tuple[str, ...]:
        found = self._take(name)
        if isinstance(found, list) and all(map(_is_said, found)):
            return tuple(map(str, found))
        self._missing_or(name, found, "elections.list")
        return ()

    def day(self, name: str) -> date | None:
        found = self._take(name)
        if isinstance(found, date) and not isinstance(found, datetime):
            return found
        self._missing_or(name, found, "elections.day")
        return None

    def clock(self, name: str, default: time | None = None) -> time | None:
        """A local time, 18:00:00 as TOML has it or "18:00" as people write it."""
        if default is not None and name not in self._left:
            self._known.append(name)
            return default
        found = self._take(name)
        if isinstance(found, time):
            return found.replace(microsecond=0)
        if isinstance(found, str) and (spelled := _CLOCK.fullmatch(found.strip())):
            return time(int(spelled[1]), int(spelled[2]))
        self._missing_or(name, found, "elections.clock")
        return None

    def number(self, name: str, most: int, default: int) -> int:
        if name not in self._left:
            self._known.append(name)
            return default
        found = self._take(name)
        if isinstance(found, int) and not isinstance(found, bool) and 0 <= found <= most:
            return found
        self.refuse(name, "elections.number", found=str(found), most=most)
        return default

    def rows(self, name: str) -> list[Mapping[str, object]]:
        """The tables of [[name]]."""
        self._known.append(name)
        found = self._left.pop(name, [])
        if isinstance(found, list) and all(isinstance(one, dict) for one in found):
            return found
        self.refuse(name, "elections.rows", name=name)
        return []

    def close(self) -> None:
        for name in self._left:
            near = difflib.get_close_matches(name, self._known, n=1)
            self.refuse(name, "elections.unknown", allowed=_listed(near or self._known))

    def _take(self, name: str) -> object:
        self._known.append(name)
        return self._left.pop(name, None)

    def _missing_or(self, name: str, found: object, key: str) -> None:
        if found is None:
            self.refuse(name, "elections.missing")
        else:
            self.refuse(name, key, found=str(found)[:60])


def _is_said(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _listed(words: Collection[str]) -> str:
    return ", ".join(words)
