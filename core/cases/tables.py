"""The tables of a procedure's file: each key is taken out, and what is not as it should be is noted.

Page("laporan.toml", text) knows the line of "moves[3].to"; Table("moves[3]", …).text("to") reads it
"""

import re
from collections.abc import Iterable, Mapping
from string import Formatter

from core.cases.problems import Problem, nearest
from core.forms.form import Words
from core.speech.texts import LANGUAGES

NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_NAME = 40
"""What a column of the database holds."""

_HEADING = re.compile(r"\s*(\[\[?)\s*([\w.\-]+)\s*\]")
_KEY = re.compile(r"\s*([\w.\-]+)\s*=")


class Page:
    """A file with the problems found in it so far, and the lines where its keys stand."""

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self._lines = _lines_of(text)

    def refuse(self, path: str, key: str, /, **values: str | int) -> None:
        self.problems.append(Problem(self.file, self.line(path), path, key, values))

    def line(self, path: str) -> int:
        """Where it stands, or the table around it; 0 for what is not there at all."""
        while path and path not in self._lines:
            path = path.rpartition(".")[0]
        return self._lines.get(path, 0)


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
        self.refuse(name, "procedures.type.text")
        return ""

    def name(self, name: str) -> str:
        """A word that the database and exports say: small letters, figures, dashes."""
        return self._named(name, self.text(name))

    def whole(self, name: str, default: int | None, least: int, most: int) -> int:
        found = self._take(name, default is None)
        if found is None:
            return least if default is None else default
        if isinstance(found, bool) or not isinstance(found, int):
            self.refuse(name, "procedures.type.whole")
        elif least <= found <= most:
            return found
        else:
            self.refuse(name, "procedures.range", found=found, least=least, most=most)
        return least

    def yes(self, name: str) -> bool:
        found = self._take(name, False)
        if found is None or isinstance(found, bool):
            return bool(found)
        self.refuse(name, "procedures.type.yes")
        return False

    def one_of(self, name: str, allowed: Iterable[str], default: str | None = None) -> str:
        found = self.text(name, default is None)
        known = tuple(allowed)
        if not found or found in known:
            return found or default or ""
        self._unknown(name, found, known)
        return default or known[0]

    def some_of(self, name: str, allowed: Iterable[str], required: bool = True) -> tuple[str, ...]:
        """A list of words, each of them known."""
        known = tuple(allowed)
        found = self.words_in(name, required)
        for word in found:
            if word not in known:
                self._unknown(name, word, known)
        return tuple(word for word in found if word in known)

    def words_in(self, name: str, required: bool = True) -> tuple[str, ...]:
        found = self._take(name, required)
        if found is None:
            return ()
        if not isinstance(found, list) or not all(isinstance(word, str) for word in found):
            self.refuse(name, "procedures.type.list")
            return ()
        if required and not found:
            self.refuse(name, "procedures.missing", name=name)
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
                    language, "procedures.places", allowed=", ".join(f"{{{one}}}" for one in places) or "—"
                )
        table.close()
        return spoken

    def table(self, name: str, required: bool = True) -> "Table | None":
        found = self._take(name, required)
        if isinstance(found, dict):
            return Table(self.page, self.at(name), found)
        if found is not None:
            self.refuse(name, "procedures.type.table", name=self.at(name))
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

    def numbered(self, name: str) -> list["Table"]:
        """The tables of a list: [[moves]], counted from 1."""
        found = self._take(name, False)
        if found is None:
            return []
        if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
            self.refuse(name, "procedures.type.tables", name=name)
            return []
        return [Table(self.page, f"{self.at(name)}[{number}]", one) for number, one in enumerate(found, 1)]

    def close(self) -> None:
        """Refuse each key that nobody took."""
        for name in self._values.keys() - self._known:
            values = {"name": name, "known": ", ".join(sorted(self._known))}
            self.refuse(name, "procedures.key", **values, suggestion=nearest(name, self._known))

    def _take(self, name: str, required: bool) -> object:
        self._known.add(name)
        found = self._values.get(name)
        if found is None and required:
            self.refuse(name, "procedures.missing", name=name)
        return found

    def _named(self, name: str, word: str) -> str:
        if word and not (NAME.fullmatch(word) and len(word) <= LONGEST_NAME):
            self.refuse(name, "procedures.name", word=word, most=LONGEST_NAME)
        return word

    def _unknown(self, name: str, word: str, known: tuple[str, ...]) -> None:
        values = {"word": word, "allowed": ", ".join(known) or "—"}
        self.refuse(name, "procedures.value", **values, suggestion=nearest(word, known))


def _places(sentence: str) -> set[str]:
    """What stands in braces; a lone brace counts as a place of no name."""
    try:
        return {place for _, place, _, _ in Formatter().parse(sentence) if place is not None}
    except ValueError:
        return {""}


def _lines_of(text: str) -> dict[str, int]:
    lines: dict[str, int] = {}
    counts: dict[str, int] = {}
    table = ""
    for number, line in enumerate(text.splitlines(), 1):
        if heading := _HEADING.match(line):
            table = heading[2]
            if heading[1] == "[[":
                counts[table] = counts.get(table, 0) + 1
                table = f"{table}[{counts[table]}]"
            lines.setdefault(table, number)
        elif key := _KEY.match(line):
            path = f"{table}.{key[1]}" if table else key[1]
            while path and path != table:
                lines.setdefault(path, number)
                path = path.rpartition(".")[0]
    return lines
