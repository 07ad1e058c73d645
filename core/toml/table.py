"""The tables of a file: each key is taken out, and what is not as it should be is noted.

page, table = opened(text, "laporan.toml")
table.numbered("moves")[2].text("to")       reads "moves[3].to"
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from string import Formatter

from core.forms.form import Words
from core.speech.texts import LANGUAGES
from core.toml.page import Page
from core.toml.problems import nearest

NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_NAME = 40
"""What a column of the database holds."""

_CLOCK = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)")
_AT = re.compile(r"\(at line (\d+), column \d+\)")


def opened(text: str, file: str = "") -> "tuple[Page, Table | None]":
    """The file's page and its outermost table; no table where it is no TOML at all."""
    page = Page(file, text)
    try:
        return page, Table(page, "", tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        # TOML's own words are English; the line is what helps.
        line = int(found[1]) if (found := _AT.search(str(error))) else 0
        page.refuse_at(line, "toml.syntax", reason=_AT.sub("", str(error)).strip())
        return page, None


class Table:
    """One table. Whoever has taken all they know calls `close`, which refuses what is left."""

    def __init__(self, page: Page, path: str, values: Mapping[str, object]) -> None:
        self.page = page
        self.path = path
        self._values = values
        self._known: set[str] = set()

    def refuse(self, name: str, key: str, /, **values: str | int) -> None:
        self.page.refuse(self.at(name), key, **values)

    def at(self, name: str) -> str:
        return f"{self.path}.{name}" if self.path and name else self.path or name

    def text(self, name: str, required: bool = True) -> str:
        found = self._take(name, required)
        if found is None:
            return ""
        if isinstance(found, str) and (found.strip() or not required):
            return found.strip()
        self.refuse(name, "toml.type.text")
        return ""

    def name(self, name: str) -> str:
        """A word that the database and exports say: small letters, figures, dashes."""
        return self._named(name, self.text(name))

    def whole(self, name: str, default: int | None, least: int, most: int) -> int:
        found = self._take(name, default is None)
        if found is None:
            return least if default is None else default
        if isinstance(found, bool) or not isinstance(found, int):
            self.refuse(name, "toml.type.whole")
        elif least <= found <= most:
            return found
        else:
            self.refuse(name, "toml.range", found=found, least=least, most=most)
        return least if default is None else default

    def day(self, name: str) -> date | None:
        found = self._take(name, True)
        if isinstance(found, date) and not isinstance(found, datetime):
            return found
        if found is not None:
            self.refuse(name, "toml.type.day")
        return None

    def clock(self, name: str, default: time | None = None) -> time | None:
        """A local time, 18:00:00 as TOML has it or "18:00" as people write it."""
        found = self._take(name, default is None)
        if isinstance(found, time):
            return found.replace(microsecond=0)
        if isinstance(found, str) and (spelled := _CLOCK.fullmatch(found.strip())):
            return time(int(spelled[1]), int(spelled[2]))
        if found is not None:
            self.refuse(name, "toml.type.clock")
        return default

    def yes(self, name: str) -> bool:
        found = self._take(name, False)
        if found is None or isinstance(found, bool):
            return bool(found)
        self.refuse(name, "toml.type.yes")
        return False

    def one_of(self, name: str, allowed: Iterable[str], default: str | None = None) -> str:
        found = self.text(name, default is None)
        known = tuple(allowed)
        if not found or found in known:
            return found or default or ""
        self._unknown(name, found, known)
        return default or ""

    def some_of(self, name: str, allowed: Iterable[str], required: bool = True) -> tuple[str, ...]:
        """A list of words, each of them known."""
        known = tuple(allowed)
        found = self.words_in(name, required)
        for word in found:
            if word not in known:
                self._unknown(name, word, known)
        return tuple(word for word in found if word in known)

    def words_in(self, name: str, required: bool = True, may_be_empty: bool = False) -> tuple[str, ...]:
        found = self._take(name, required)
        if found is None:
            return ()
        if not isinstance(found, list) or not all(isinstance(word, str) for word in found):
            self.refuse(name, "toml.type.list")
            return ()
        if required and not found and not may_be_empty:
            self.refuse(name, "toml.missing", name=name)
        return tuple(found)

    def words(self, name: str, required: bool = True, places: frozenset[str] = frozenset()) -> Words:
        """A sentence in each language; may hold the places."""
        table = self.table(name, required)
        if table is None:
            return {}
        spoken = {language: table.text(language) for language in LANGUAGES}
        for language, sentence in spoken.items():
            if not _places(sentence) <= places:
                table.refuse(
                    language, "toml.places", allowed=", ".join(f"{{{one}}}" for one in places) or "—"
                )
        table.close()
        return spoken

    def table(self, name: str, required: bool = True) -> "Table | None":
        found = self._take(name, required)
        if isinstance(found, dict):
            return Table(self.page, self.at(name), found)
        if found is not None:
            self.refuse(name, "toml.type.table", name=self.at(name))
        return None

    def named_tables(self, name: str, required: bool = False) -> dict[str, "Table"]:
        """The tables within a table, by name: [states.diterima]."""
        outer = self.table(name, required)
        if outer is None:
            return {}
        inner = {outer._named(key, key): outer.table(key) for key in outer._values}
        return {key: table for key, table in inner.items() if table is not None}

    def named_words(self, name: str) -> dict[str, Words]:
        """Sentences by name: [results.pidana]."""
        outer = self.table(name, False)
        return {outer._named(key, key): outer.words(key) for key in outer._values} if outer else {}

    def numbered(self, name: str, required: bool = False) -> list["Table"]:
        """The tables of a list: [[moves]], counted from 1."""
        found = self._take(name, required)
        if found is None:
            return []
        if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
            self.refuse(name, "toml.type.tables", name=name)
            return []
        return [Table(self.page, f"{self.at(name)}[{number}]", one) for number, one in enumerate(found, 1)]

    def refuse_twice(self, name: str, words: Iterable[str], key: str = "name") -> None:
        """Of the tables of a list, each whose word (the name, say) stood in one before."""
        seen: set[str] = set()
        for number, word in enumerate(words, 1):
            if word and word in seen:
                self.refuse(f"{name}[{number}].{key}", "toml.twice", word=word)
            seen.add(word)

    def close(self) -> None:
        """Refuse each key that nobody took."""
        for name in self._values.keys() - self._known:
            values = {"name": name, "known": ", ".join(sorted(self._known))}
            self.refuse(name, "toml.key", **values, suggestion=nearest(name, self._known))

    def _take(self, name: str, required: bool) -> object:
        self._known.add(name)
        found = self._values.get(name)
        if found is None and required:
            self.refuse(name, "toml.missing", name=name)
        return found

    def _named(self, name: str, word: str) -> str:
        if word and not (NAME.fullmatch(word) and len(word) <= LONGEST_NAME):
            self.refuse(name, "toml.name", word=word, most=LONGEST_NAME)
        return word

    def _unknown(self, name: str, word: str, known: tuple[str, ...]) -> None:
        values = {"word": word, "allowed": ", ".join(known) or "—"}
        self.refuse(name, "toml.value", **values, suggestion=nearest(word, known))


def _places(sentence: str) -> set[str]:
    """What stands in braces; a lone brace counts as a place of no name."""
    try:
        return {place for _, place, _, _ in Formatter().parse(sentence) if place is not None}
    except ValueError:
        return {""}
