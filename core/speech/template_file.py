"""`templates.toml`: which approved template says what, as an operator writes it down; all problems at once.

people_a_day = 250

[[template]]
purpose = "reminder"
language = "id"
sid = "HX0123456789abcdef0123456789abcdef"
text = "Yth. {{1}}, {{2}} belum kami terima. Batas waktunya {{3}}. Balas pesan ini untuk mengisinya."

[[number]]
number = "+6280012345678"
people_a_day = 2000
"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from core.speech.cutting import size
from core.speech.templates import LONGEST, PEOPLE_A_DAY, PURPOSES, SLOT, Approved, Templates
from core.speech.texts import LANGUAGES, Texts

SID = re.compile(r"HX[0-9a-f]{32}")
NUMBER = re.compile(r"\+[1-9]\d{6,14}")
MOST_A_DAY = 10_000_000
"""Meta's highest tier has no limit; this is as good."""
KEYS = {
    "": ("people_a_day", "template", "number"),
    "template": ("purpose", "language", "sid", "text"),
    "number": ("number", "people_a_day"),
}

Table = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Problem:
    place: str
    """ "template 2 (reminder), sid"; empty for the file as a whole."""
    key: str
    values: Mapping[str, str | int] = field(default_factory=dict)

    def say(self, texts: Texts) -> str:
        sentence = texts.say(self.key, **self.values)
        return texts.say("templates.problem", place=self.place, sentence=sentence) if self.place else sentence


def read_templates(text: str) -> tuple[Templates, Sequence[Problem]]:
    """What can be used of the file, and all that is wrong with it."""
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return Templates(), [Problem("", "templates.toml", {"reason": str(error)})]
    reading = _Reading()
    people = reading.people(content, "")
    reading.close(content, "", "")
    approved = [reading.approved(table, place) for place, table in reading.tables(content, "template")]
    numbers = [reading.number(table, place) for place, table in reading.tables(content, "number")]
    kept, limits = tuple(filter(None, approved)), tuple(filter(None, numbers))
    reading.refuse_twice([f"{one.purpose} {one.language}" for one in kept])
    reading.refuse_twice([number for number, _ in limits])
    return Templates(kept, people or PEOPLE_A_DAY, dict(limits)), reading.problems


class _Reading:
    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def refuse(self, place: str, key: str, **values: str | int) -> None:
        self.problems.append(Problem(place, f"templates.{key}", values))

    def refuse_twice(self, names: Sequence[str]) -> None:
        for name, many in Counter(names).items():
            if many > 1:
                self.refuse("", "twice", found=name)

    def tables(self, content: Table, kind: str) -> Iterator[tuple[str, Table]]:
        rows = content.get(kind, [])
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            self.refuse(kind, "rows", name=kind)
            return
        for at, row in enumerate(rows, 1):
            place = f"{kind} {at}"
            self.close(row, kind, place)
            yield place, row

    def close(self, table: Table, kind: str, place: str) -> None:
        for name in table.keys() - set(KEYS[kind]):
            self.refuse(_in(place, name), "unknown", allowed=", ".join(KEYS[kind]))

    def approved(self, table: Table, place: str) -> Approved | None:
        before = len(self.problems)
        purpose = self._word(table, place, "purpose", tuple(PURPOSES))
        language = self._word(table, place, "language", LANGUAGES)
        sid, text = self._text(table, place, "sid"), self._text(table, place, "text")
        if sid and not SID.fullmatch(sid):
            self.refuse(_in(place, "sid"), "sid", found=sid)
        one = Approved(purpose, language, sid, text)
        if purpose and text:
            self._check_slots(one, place)
        return one if len(self.problems) == before else None

    def number(self, table: Table, place: str) -> tuple[str, int] | None:
        number, people = self._text(table, place, "number"), self.people(table, place)
        if number and not NUMBER.fullmatch(number):
            self.refuse(_in(place, "number"), "number", found=number)
            return None
        if number and "people_a_day" not in table:
            self.refuse(_in(place, "people_a_day"), "missing")
        return (number, people) if number and people is not None else None

    def people(self, table: Table, place: str) -> int | None:
        found = table.get("people_a_day")
        if found is None:
            return None
        if isinstance(found, int) and not isinstance(found, bool) and 1 <= found <= MOST_A_DAY:
            return found
        self.refuse(_in(place, "people_a_day"), "people", found=str(found))
        return None

    def _check_slots(self, one: Approved, place: str) -> None:
        """Every variable of its purpose once or more, and none besides."""
        wanted = set(range(1, len(PURPOSES[one.purpose]) + 1))
        found = {int(number) for number in SLOT.findall(one.text)}
        if found != wanted:
            names = PURPOSES[one.purpose]
            meant = ", ".join(f"{{{{{at}}}}} = {name}" for at, name in enumerate(names, 1)) or "–"
            self.refuse(_in(place, "text"), "variables", purpose=one.purpose, meant=meant)
        if size(one.text) > LONGEST:
            self.refuse(_in(place, "text"), "long", most=LONGEST)

    def _text(self, table: Table, place: str, name: str) -> str:
        found = table.get(name)
        if isinstance(found, str) and found.strip():
            return found.strip()
        self.refuse(_in(place, name), "missing" if found is None else "text")
        return ""

    def _word(self, table: Table, place: str, name: str, allowed: Sequence[str]) -> str:
        found = self._text(table, place, name)
        if not found or found in allowed:
            return found
        self.refuse(_in(place, name), "word", found=found, allowed=", ".join(allowed))
        return ""


def _in(place: str, name: str) -> str:
    return f"{place}, {name}" if place else name
