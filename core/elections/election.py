"""An election: its stages with their dates, and the duties in each; data that an operator can change.

pilkada-2024   kampanye 25 Sep – 23 Nov   lhp weekly from pkd, by Sunday 18.00
               masa-tenang 24 – 26 Nov    patroli daily from ptps, by 20.00
               pungut-hitung 27 Nov       pungut once from ptps, by 15.00
"""

from dataclasses import dataclass
from datetime import date, time
from typing import Literal

from core.forms.form import Words
from core.model.areas import within
from core.model.people import Role

Cadence = Literal["once", "hourly", "daily", "weekly", "per-event"]


@dataclass(frozen=True, slots=True)
class Stage:
    name: str
    """One of the form language's stages: kampanye, masa-tenang, pungut-hitung …"""
    label: Words
    first: date
    last: date

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Duty:
    """A report that a role owes while a stage lasts."""

    name: str
    form: str
    roles: frozenset[Role]
    stage: str
    cadence: Cadence
    due: time
    """Local time of the post's zone at which a period's report is due; an hourly duty ends then."""
    weekday: int = 6
    """For a weekly duty, the day on which it is due: 0 is Monday."""
    opens: time = time(6, 0)
    """When a period begins: reports from then on count for it, and the first reminder may go out. An hourly
    duty's first hour begins then."""
    grace_minutes: int = 0
    """So much later than said is still in time."""
    after_hours: int = 24
    """For a duty per event: so long after the event's end its report is due."""
    areas: frozenset[str] = frozenset()
    """Only in these areas (codes); empty: in all of the election's."""


@dataclass(frozen=True, slots=True)
class Election:
    name: str
    version: str
    law: str
    title: Words
    areas: frozenset[str]
    """Where it takes place: codes of provinces, kab/kota … Empty: in the whole country."""
    voting_day: date
    stages: tuple[Stage, ...]
    duties: tuple[Duty, ...]

    def stage(self, name: str) -> Stage:
        """The stage of that name; KeyError when there is none."""
        for stage in self.stages:
            if stage.name == name:
                return stage
        raise KeyError(name)

    def stages_on(self, day: date) -> tuple[Stage, ...]:
        """Those that the day lies in, the one that began last first: it is what the day is about."""
        there = [stage for stage in self.stages if stage.holds(day)]
        return tuple(sorted(there, key=lambda stage: stage.first, reverse=True))

    def areas_of(self, duty: Duty) -> frozenset[str]:
        """Where the duty is owed; an empty code among them stands for the whole country."""
        everywhere = self.areas or frozenset({""})
        if not duty.areas:
            return everywhere
        inside = {area for area in duty.areas if any(within(area, scope) for scope in everywhere)}
        return frozenset(
            inside | {scope for scope in everywhere if any(within(scope, a) for a in duty.areas)}
        )
