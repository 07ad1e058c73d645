"""A file as a whole: the lines where its keys stand, and what is wrong with it so far.

Page("laporan.toml", text) knows the line of "moves[3].to"
"""

import re

from core.toml.problems import Problem

_HEADING = re.compile(r"\s*(\[\[?)\s*([\w.\-]+)\s*\]")
_KEY = re.compile(r"\s*([\w.\-]+)\s*=")


class Page:
    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self._found: list[Problem] = []
        self._lines = _lines_of(text)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """As one reads the file, from the top; what is missing at its end."""
        return tuple(sorted(self._found, key=_place))

    def refuse(self, path: str, key: str, /, **values: str | int) -> None:
        self._found.append(Problem(self.file, self.line(path), path, key, values))

    def refuse_at(self, line: int, key: str, /, **values: str | int) -> None:
        """For what is no key of its own."""
        self._found.append(Problem(self.file, line, "", key, values))

    def is_sound(self, path: str) -> bool:
        """Nothing is wrong with what stands there or inside it."""
        return not any(one.path == path or one.path.startswith(f"{path}.") for one in self._found)

    def line(self, path: str) -> int:
        """Where it stands, or the table around it; 0 for what is not there at all."""
        while path and path not in self._lines:
            path = path.rpartition(".")[0]
        return self._lines.get(path, 0)


def _place(problem: Problem) -> tuple[bool, int, str, str]:
    return not problem.line, problem.line, problem.path, problem.key


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
