"""What each of the crowd says: two of the kept transcripts, one after the other, again and again.

Pictures are skipped: their answer waits a second for the rest of an album, which says nothing about speed.
"""

from functools import cache
from itertools import chain, cycle, repeat
from pathlib import Path
from collections.abc import Iterator

from tests.conversations.transcript import Script

TRANSCRIPTS = Path(__file__).parent.parent / "conversations"
PLAYED = ("pungut-telegram",)
INSTEAD = {"/start": "menu"}
INTRODUCTION = "☎"
PICTURE = "📷"
GREETING = "menu"


@cache
def lines() -> tuple[str, ...]:
    """Two whole reports, from the menu to Kirim."""
    scripts = [Script.read(TRANSCRIPTS / f"{name}.txt") for name in PLAYED]
    said = (line[2:] for script in scripts for line in script.lines if line.startswith("> "))
    return tuple(
        "lewati" if line.startswith(PICTURE) else INSTEAD.get(line, line)
        for line in said
        if line != INTRODUCTION
    )


def greetings(number: int) -> int:
    """How often a person greets at first, so that at any time some are at each line of the reports."""
    return 1 + number % len(lines())


def talk(number: int) -> Iterator[str]:
    """Everything that this person will say, without end."""
    return chain(repeat(GREETING, greetings(number)), cycle(lines()))
