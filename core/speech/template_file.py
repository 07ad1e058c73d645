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
from collections.abc import Sequence

from core.speech.cutting import size
from core.speech.templates import LONGEST, PEOPLE_A_DAY, PURPOSES, SLOT, Approved, Templates
from core.speech.texts import LANGUAGES
from core.toml.problems import Problem
from core.toml.table import Table, opened

SID = re.compile(r"HX[0-9a-f]{32}")
NUMBER = re.compile(r"\+[1-9]\d{6,14}")
MOST_A_DAY = 10_000_000
"""Meta's highest tier has no limit; this is as good."""


def read_templates(text: str, file: str = "") -> tuple[Templates, Sequence[Problem]]:
    """What can be used of the file, and all that is wrong with it."""
    page, table = opened(text, file)
    return (_templates(table) if table else Templates()), page.problems


def _templates(table: Table) -> Templates:
    people = table.whole("people_a_day", PEOPLE_A_DAY, 1, MOST_A_DAY)
    approved = [_approved(one) for one in table.numbered("template")]
    limits = [_limit(one) for one in table.numbered("number")]
    table.close()
    said = [f"{one.purpose} {one.language}" if one else "" for one in approved]
    table.refuse_twice("template", said, "purpose")
    table.refuse_twice("number", [one[0] if one else "" for one in limits], "number")
    return Templates(tuple(filter(None, approved)), people, dict(filter(None, limits)))


def _approved(table: Table) -> Approved | None:
    one = Approved(
        table.one_of("purpose", PURPOSES),
        table.one_of("language", LANGUAGES),
        table.text("sid"),
        table.text("text"),
    )
    table.close()
    if one.sid and not SID.fullmatch(one.sid):
        table.refuse("sid", "templates.sid", word=one.sid)
    if one.purpose and one.text:
        _check_slots(one, table)
    return one if table.page.is_sound(table.path) else None


def _limit(table: Table) -> tuple[str, int] | None:
    number, people = table.text("number"), table.whole("people_a_day", None, 1, MOST_A_DAY)
    table.close()
    if number and not NUMBER.fullmatch(number):
        table.refuse("number", "templates.number", word=number)
    return (number, people) if table.page.is_sound(table.path) else None


def _check_slots(one: Approved, table: Table) -> None:
    """Every variable of its purpose once or more, and none besides."""
    names = PURPOSES[one.purpose]
    found = {int(number) for number in SLOT.findall(one.text)}
    if found != set(range(1, len(names) + 1)):
        meant = ", ".join(f"{{{{{at}}}}} = {name}" for at, name in enumerate(names, 1)) or "–"
        table.refuse("text", "templates.variables", purpose=one.purpose, meant=meant)
    if size(one.text) > LONGEST:
        table.refuse("text", "templates.long", most=LONGEST)
