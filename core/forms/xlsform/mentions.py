"""What an expression mentions, read from its source: names, and the files and values beside them.

The parser has judged the expression already; here only the words are looked at.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

TOKEN = re.compile(
    r"""(?P<text>"[^"]*"|'[^']*')
      | \$\{\s*(?:last-saved\#)?(?P<reference>[^}\s]+)\s*\}
      | (?:\.\.?\s*/\s*)+(?P<path>[A-Za-z_][\w.-]*)(?!\s*\()
      | (?P<call>[A-Za-z_][\w.:-]*)\s*\(
      | (?P<open>\()
      | (?P<close>\))
      | .""",
    re.VERBOSE | re.DOTALL,
)
GATHERING = frozenset(
    ("sum", "count", "count-non-empty", "min", "max", "join", "indexed-repeat", "position", "concat")
)
"""Functions that take a repeated question as a whole."""


@dataclass(frozen=True, slots=True)
class Mention:
    """`${name}` with the functions around it, the outermost first."""

    name: str
    inside: tuple[str, ...] = ()

    @property
    def is_gathered(self) -> bool:
        return not GATHERING.isdisjoint(self.inside)

    @property
    def is_of_a_chosen_turn(self) -> bool:
        return "indexed-repeat" in self.inside


def mentions(source: str) -> Iterator[Mention]:
    """Every ${name} and ../name, in order."""
    calls: list[str] = []
    for token in TOKEN.finditer(source):
        match token.lastgroup:
            case "reference" | "path" as kind:
                yield Mention(token[kind], tuple(filter(None, calls)))
            case "call":
                calls.append(token["call"])
            case "open":
                calls.append("")
            case "close" if calls:
                calls.pop()


PULLED = re.compile(r"""pulldata\s*\(\s*(?:'([^']*)'|"([^"]*)")""")


def pulled_files(source: str) -> Iterator[str]:
    """The files that `pulldata('file', …)` reads, with their extension."""
    for found in PULLED.finditer(source):
        file = found[1] or found[2] or ""
        yield file if file.lower().endswith(".csv") else f"{file}.csv"


TEXT = r"""(?:'(?P<{0}1>[^']*)'|"(?P<{0}2>[^"]*)")"""
COMPARED = re.compile(
    r"selected\s*\(\s*\$\{\s*(?P<selected>[^}\s]+)\s*\}\s*,\s*"
    + TEXT.format("s")
    + r"\s*\)|\$\{\s*(?P<equal>[^}\s]+)\s*\}\s*!?=\s*"
    + TEXT.format("e")
)


def compared_values(source: str) -> Iterator[tuple[str, str]]:
    """`${name} = 'value'` and `selected(${name}, 'value')` as (name, value)."""
    for found in COMPARED.finditer(source):
        name = found["selected"] or found["equal"]
        value = found["s1"] or found["s2"] or found["e1"] or found["e2"] or ""
        if value:
            yield name, value
