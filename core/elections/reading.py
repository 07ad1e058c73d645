"""An election's file: TOML that an operator can read and change; every problem in it is told at once.

name = "pilkada-2024"

[[stage]]
name = "kampanye"
first = 2024-09-25
last = 2024-11-23

[[duty]]
name = "lhp-pekanan"
form = "lhp"
roles = ["pkd"]
stage = "kampanye"
cadence = "weekly"
weekday = "minggu"
due = 18:00:00
"""

import re
import tomllib
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import time
from functools import lru_cache
from typing import cast, get_args

from core.elections.election import Cadence, Duty, Election, Stage
from core.elections.problems import Problem, Problems
from core.elections.tables import TomlTable
from core.forms.xlsform.purpose import STAGES
from core.model.people import Role

LAWS = ("pilkada", "pemilu")
CADENCES: tuple[str, ...] = get_args(Cadence)
WEEKDAYS = ("senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu")
ENGLISH_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
AREA = re.compile(r"\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?")
LONGEST_GRACE = 24 * 60
LONGEST_AFTER = 14 * 24
PER_EVENT = frozenset({Role.PKD, Role.PANWASCAM, Role.KABKOTA, Role.PROVINSI})
"""Whose area can be told from a place of an event; a polling station cannot."""


class ElectionWrong(Exception):
    """A stored election cannot be read any more."""


def read_election(
    text: str, forms: Collection[str] | None = None
) -> tuple[Election | None, Sequence[Problem]]:
    """The election, or all that is wrong with it. A duty's form must be one of `forms`, where given."""
    problems = Problems()
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        problems.refuse("", "", "elections.toml", reason=str(error))
        return None, problems
    election = _election(TomlTable(values, "", problems), forms)
    return (None if problems else election), problems


@lru_cache(maxsize=64)
def parse_election(text: str) -> Election:
    """One that was checked when it was published."""
    election, problems = read_election(text)
    if election is None:
        raise ElectionWrong(f"{ElectionWrong.__doc__} ({problems[0].place} {problems[0].name})")
    return election


def _election(table: TomlTable, forms: Collection[str] | None) -> Election | None:
    name, version, law = table.name("name"), table.text("version"), table.word("law", LAWS)
    title, areas = table.words("title"), _areas(table)
    voting_day = table.day("voting_day")
    stages = [_stage(one) for one in _tables(table, "stage")]
    known = {stage.name: stage for stage in stages if stage}
    duties = [_duty(one, known, forms) for one in _tables(table, "duty")]
    table.close()
    _refuse_twice(table, "stage", [stage.name for stage in stages if stage])
    _refuse_twice(table, "duty", [duty.name for duty in duties if duty])
    if voting_day is None:
        return None
    there, owed = tuple(filter(None, stages)), tuple(filter(None, duties))
    return Election(name, version, law, title, areas, voting_day, there, owed)


def _tables(table: TomlTable, kind: str) -> list[TomlTable]:
    return [
        TomlTable(values, _place(kind, number, values), table.problems)
        for number, values in enumerate(table.rows(kind), 1)
    ]


def _place(kind: str, number: int, values: Mapping[str, object]) -> str:
    name = values.get("name")
    return f"{kind} {number} ({name})" if isinstance(name, str) and name else f"{kind} {number}"


def _stage(table: TomlTable) -> Stage | None:
    name, label = table.word("name", STAGES), table.words("label")
    first, last = table.day("first"), table.day("last")
    table.close()
    if first and last and last < first:
        table.refuse("last", "elections.backwards", first=first.isoformat(), last=last.isoformat())
    return Stage(name, label, first, last) if name and first and last else None


def _duty(table: TomlTable, stages: Mapping[str, Stage], forms: Collection[str] | None) -> Duty | None:
    name, roles, form = table.name("name"), _roles(table), table.text("form")
    if form and forms is not None and form not in forms:
        table.refuse("form", "elections.form", found=form, allowed=", ".join(sorted(forms)))
    stage = _stage_of(table, stages)
    cadence = table.word("cadence", CADENCES)
    is_per_event = cadence == "per-event"
    due = table.clock("due", time(0) if is_per_event else None)
    opens = table.clock("opens", time(6)) or time(6)
    weekday = _weekday(table) if "weekday" in table else 6
    grace = table.number("grace_minutes", LONGEST_GRACE, 0)
    after = table.number("after_hours", LONGEST_AFTER, 24)
    areas = _areas(table) if "areas" in table else frozenset[str]()
    table.close()
    if is_per_event and not roles <= PER_EVENT:
        table.refuse("roles", "elections.per_event", allowed=", ".join(sorted(PER_EVENT)))
    if due is None or not cadence:
        return None
    if not is_per_event and due <= opens and _on_one_day(cadence, stages.get(stage)):
        table.refuse("due", "elections.due_first", due=f"{due:%H:%M}", opens=f"{opens:%H:%M}")
    kind = cast(Cadence, cadence)
    return Duty(name, form, roles, stage, kind, due, weekday, opens, grace, after, areas)


def _on_one_day(cadence: str, stage: Stage | None) -> bool:
    """Can a period begin and be due on the same day? A short first or last week can."""
    return cadence != "once" or (stage is not None and stage.first == stage.last)


def _stage_of(table: TomlTable, stages: Mapping[str, Stage]) -> str:
    name = table.text("stage")
    if name and name not in stages:
        table.refuse("stage", "elections.stage", found=name, allowed=", ".join(stages) or "–")
    return name


def _roles(table: TomlTable) -> frozenset[Role]:
    words = table.several("roles")
    known = frozenset(role for role in Role if role.value in words)
    for word in words:
        if word not in {role.value for role in known}:
            table.refuse("roles", "elections.word", found=word, allowed=", ".join(Role))
    return known


def _areas(table: TomlTable) -> frozenset[str]:
    codes = table.several("areas")
    for code in codes:
        if not AREA.fullmatch(code):
            table.refuse("areas", "elections.area", found=code)
    return frozenset(codes)


def _weekday(table: TomlTable) -> int:
    day = table.word("weekday", (*WEEKDAYS, *ENGLISH_WEEKDAYS))
    names = ENGLISH_WEEKDAYS if day in ENGLISH_WEEKDAYS else WEEKDAYS
    return names.index(day) if day else 6


def _refuse_twice(table: TomlTable, kind: str, names: Sequence[str]) -> None:
    for name, many in Counter(filter(None, names)).items():
        if many > 1:
            table.refuse(kind, "elections.twice", found=name)
