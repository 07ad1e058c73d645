"""The words that WhatsApp has approved, by which alone we may write to whoever has not written for a day.

templates.find("reminder", "id").fill(("Ani Contoh", "LHP Selasa", "20.00 WITA"))
→ Filled("HX…", ("Ani Contoh", "LHP Selasa", "20.00 WITA"), "Yth. Ani Contoh, LHP Selasa belum …")
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from core.speech.cutting import shorten, size

PURPOSES: Mapping[str, tuple[str, ...]] = {
    "reminder": ("name", "owed", "due"),
    "digest": ("name", "area", "week"),
    "news": (),
}
"""What a template is for, and what its variables stand for: {{1}} is the first."""
SLOT = re.compile(r"\{\{\s*(\d+)\s*\}\}")
PEOPLE_A_DAY = 250
"""What a new account may reach: https://developers.facebook.com/docs/whatsapp/messaging-limits."""
LONGEST = 1024
"""Of the words with their variables (error 63021)."""
SHORTEST = 12
EMPTY = "-"
"""A variable may not be empty (error 21656); one left out would be filled with the template's sample."""


@dataclass(frozen=True, slots=True)
class Filled:
    """An approved template with its variables, {{1}} first."""

    sid: str
    values: tuple[str, ...]
    text: str
    """What the person reads."""


@dataclass(frozen=True, slots=True)
class Approved:
    """One template as it was approved, in one language."""

    purpose: str
    language: str
    sid: str
    text: str

    @property
    def slots(self) -> int:
        return max((int(number) for number in SLOT.findall(self.text)), default=0)

    def fill(self, variables: tuple[str, ...]) -> Filled:
        """With as many variables as it has places, on one line each; the longest are cut until all fits."""
        given = (*variables, *("" for _ in range(self.slots)))[: self.slots]
        values = [_on_one_line(value) or EMPTY for value in given]
        while size(text := self._with(values)) > LONGEST:
            longest = max(range(len(values)), key=lambda at: size(values[at]))
            room = size(values[longest]) - (size(text) - LONGEST)
            values[longest] = shorten(values[longest], max(SHORTEST, room))
            if size(self._with(values)) == size(text):
                break
        return Filled(self.sid, tuple(values), self._with(values))

    def _with(self, values: list[str]) -> str:
        return SLOT.sub(lambda slot: values[int(slot[1]) - 1], self.text)


@dataclass(frozen=True, slots=True)
class Templates:
    """All that were approved, and how many people a day each of our numbers may write to first."""

    approved: tuple[Approved, ...] = ()
    people_a_day: int = PEOPLE_A_DAY
    numbers: Mapping[str, int] = field(default_factory=dict)
    """Where one of our numbers has a limit of its own."""

    def find(self, purpose: str, language: str) -> Approved | None:
        """In their language, or in whatever language there is."""
        fitting = [one for one in self.approved if one.purpose == purpose]
        spoken = [one for one in fitting if one.language == language]
        return next(iter(spoken or fitting), None)

    def most(self, number: str) -> int:
        return self.numbers.get(number, self.people_a_day)


def _on_one_line(value: str) -> str:
    """No line break, no row of blanks (error 21656)."""
    return " ".join(value.split())
