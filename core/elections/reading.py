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
from collections.abc import Collection, Mapping, Sequence
from datetime import time
from functools import lru_cache
from typing import cast, get_args

from core.elections.election import Cadence, Duty, Election, Stage
from core.forms.xlsform.purpose import STAGES
from core.model.people import Role
from core.toml.problems import Problem, nearest
from core.toml.table import Table, opened

LAWS = ("pilkada", "pemilu")
CADENCES: tuple[str, ...] = get_args(Cadence)
WEEKDAYS = ("senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu")
ENGLISH_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
AREA = re.compile(r"\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?")
EARLY = time(6)
LONGEST_GRACE = 24 * 60
LONGEST_AFTER = 14 * 24
PER_EVENT = frozenset({Role.PKD, Role.PANWASCAM, Role.KABKOTA, Role.PROVINSI})
"""Whose area can be told from a place of an event; a polling station cannot."""


class ElectionWrong(Exception):
    """A stored election cannot be read any more."""


def read_election(
    text: str, forms: Collection[str] | None = None, file: str = ""
) -> tuple[Election | None, Sequence[Problem]]:
    """The election, or all that is wrong with it. A duty's form must be one of `forms`, where given."""
    page, table = opened(text, file)
    election = _election(table, forms) if table else None
    return (None if page.problems else election), page.problems


@lru_cache(maxsize=64)
def parse_election(text: str) -> Election:
    """One that was checked when it was published."""
    election, problems = read_election(text)
    if election is None:
        raise ElectionWrong(f"{ElectionWrong.__doc__} ({problems[0].path} {problems[0].key})")
    return election


def _election(table: Table, forms: Collection[str] | None) -> Election | None:
    name, version, law = table.name("name"), table.text("version"), table.one_of("law", LAWS)
    title, areas = table.words("title"), _areas(table)
    voting_day = table.day("voting_day")
    stages = [_stage(one) for one in table.numbered("stage")]
    known = {stage.name: stage for stage in stages if stage}
    duties = [_duty(one, known, forms) for one in table.numbered("duty")]
    table.close()
    table.refuse_twice("stage", [stage.name if stage else "" for stage in stages])
    table.refuse_twice("duty", [duty.name if duty else "" for duty in duties])
    if voting_day is None:
        return None
    there, owed = tuple(filter(None, stages)), tuple(filter(None, duties))
    return Election(name, version, law, title, areas, voting_day, there, owed)


def _stage(table: Table) -> Stage | None:
    name, label = table.one_of("name", STAGES), table.words("label")
    first, last = table.day("first"), table.day("last")
    table.close()
    if first and last and last < first:
        table.refuse("last", "elections.backwards", first=first.isoformat(), last=last.isoformat())
    return Stage(name, label, first, last) if name and first and last else None


def _duty(table: Table, stages: Mapping[str, Stage], forms: Collection[str] | None) -> Duty | None:
    name, roles, form = table.name("name"), _roles(table), _form(table, forms)
    stage = _stage_of(table, stages)
    cadence = table.one_of("cadence", CADENCES)
    is_per_event = cadence == "per-event"
    due = table.clock("due", time(0) if is_per_event else None)
    opens = table.clock("opens", EARLY) or EARLY
    weekday = _weekday(table)
    grace = table.whole("grace_minutes", 0, 0, LONGEST_GRACE)
    after = table.whole("after_hours", 24, 0, LONGEST_AFTER)
    areas = _areas(table, required=False)
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


def _form(table: Table, forms: Collection[str] | None) -> str:
    name = table.text("form")
    if name and forms is not None and name not in forms:
        values = {"word": name, "allowed": ", ".join(sorted(forms)) or "—"}
        table.refuse("form", "elections.form", **values, suggestion=nearest(name, forms))
    return name


def _stage_of(table: Table, stages: Mapping[str, Stage]) -> str:
    name = table.text("stage")
    if name and name not in stages:
        values = {"word": name, "allowed": ", ".join(stages) or "—"}
        table.refuse("stage", "elections.stage", **values, suggestion=nearest(name, stages))
    return name


def _roles(table: Table) -> frozenset[Role]:
    return frozenset(map(Role, table.some_of("roles", Role)))


def _areas(table: Table, required: bool = True) -> frozenset[str]:
    codes = table.words_in("areas", required, may_be_empty=True)
    for code in codes:
        if not AREA.fullmatch(code):
            table.refuse("areas", "elections.area", word=code)
    return frozenset(codes)


def _weekday(table: Table) -> int:
    day = table.one_of("weekday", (*WEEKDAYS, *ENGLISH_WEEKDAYS), "minggu")
    return (ENGLISH_WEEKDAYS if day in ENGLISH_WEEKDAYS else WEEKDAYS).index(day)
