"""An election: its stages with their dates, and the duties in each; data that an operator can change.

pilkada-2024   kampanye 25 Sep – 23 Nov   lhp weekly from pkd, by Sunday 18.00
               masa-tenang 24 – 26 Nov    patroli daily from ptps, by 20.00
               pungut-hitung 27 Nov       pungut once from ptps, by 15.00
"""

from dataclasses import dataclass
from datetime import date, time
from typing import Literal

from core.forms.form import Words
from core.model.people import Role

Cadence = Literal["once", "hourly", "daily", "weekly"]


@dataclass(frozen=True, slots=True)
class Stage:
    name: str
    """One of the form language's stages: kampanye, masa-tenang, pungut-hitung …"""
    label: Words
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Duty:
    """A report that a role owes while a stage lasts."""

    name: str
    form: str
    roles: frozenset[Role]
    stage: str
    cadence: Cadence
    due: time
    """Local time of the post's zone at which a period's report is due."""
    weekday: int = 6
    """For a weekly duty, the day on which it is due: 0 is Monday."""
    opens: time = time(6, 0)
    """When the period's first reminder may go out, and an hourly duty's first hour begins."""
    grace_minutes: int = 0
    areas: frozenset[str] = frozenset()
    """Only in these areas (codes); empty: in all of the election's."""


@dataclass(frozen=True, slots=True)
class Election:
    name: str
    version: str
    law: str
    title: Words
    areas: frozenset[str]
    """Where it takes place: codes of provinces, kab/kota …"""
    voting_day: date
    stages: tuple[Stage, ...]
    duties: tuple[Duty, ...]
