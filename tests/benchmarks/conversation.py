"""What each of the crowd says: two of the kept transcripts, one after the other, again and again.

Pictures are skipped: their answer waits a second for the rest of an album, which says nothing about speed.
"""

from collections.abc import Iterator
from functools import cache
from itertools import chain, cycle, repeat
from pathlib import Path

from tests.conversations.transcript import Script

TRANSCRIPTS = Path(__file__).parent.parent / "conversations"
PLAYED = ("pungut-telegram", "logistik-telegram")
OF_THE_DAY = ("pungut-telegram", "hitung-telegram")
INTRODUCTION = "☎"
PICTURE = "📷"
GREETING = "menu"


def talk(number: int) -> Iterator[str]:
    """Everything that this person will say, without end; every other one begins with the second report."""
    first, second = (_lines(name) for name in PLAYED)
    reports = first + second if number % 2 else second + first
    return chain(repeat(GREETING, greetings(number)), cycle(reports))


def greetings(number: int) -> int:
    """How often a person greets at first, so that at any time some are at each line of the reports."""
    return 1 + number % max(len(_lines(name)) for name in PLAYED)


def day() -> list[str]:
    """Voting and counting from the menu to Kirim; each of the lines `📷` is a picture."""
    return [line for name in OF_THE_DAY for line in (GREETING, *_told(name))]


@cache
def _lines(name: str) -> tuple[str, ...]:
    """A whole report, from the menu to Kirim."""
    return (GREETING, *("lewati" if line == PICTURE else line for line in _told(name)))


def _told(name: str) -> list[str]:
    """What is said after the introduction, several pictures as one."""
    said = [line[2:] for line in Script.read(TRANSCRIPTS / f"{name}.txt").lines if line.startswith("> ")]
    told = said[said.index(INTRODUCTION) + 1 :]
    return [PICTURE if line.startswith(PICTURE) else line for line in told]
