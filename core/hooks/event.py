"""Events that other systems are told of: which one, of what, where, and never a word that anybody wrote.

{"type": "report.filed", "timestamp": "2024-11-27T00:30:00Z",
 "data": {"number": "P-7K2-M9Q", "serial": 1, "form": "lhp", "area": "64.72.03.1005.012",
          "standing": "filed", "address": "/api/v1/reports/P-7K2-M9Q"}}
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from core.model.cases import Case, Note, NoteKind
from core.model.effects import Confirmed
from core.model.records import Revision

API = "/api/v1"
"""Where whoever has a token reads the rest."""
KINDS = ("report.filed", "report.revised", "report.verified", "case.opened", "case.moved", "week.sent")
TEST = "hook.test"
MOVES = frozenset({NoteKind.MOVED, NoteKind.CONTESTED})


@dataclass(frozen=True, slots=True)
class Event:
    kind: str
    at: datetime
    area: str
    """Who looks after it is told; "" is told to the country alone."""
    subject: str
    """The number of the report or case; "" where it is neither."""
    told: Mapping[str, object]

    @property
    def body(self) -> str:
        at = self.at.astimezone(UTC).isoformat().replace("+00:00", "Z")
        whole = {"type": self.kind, "timestamp": at, "data": dict(self.told)}
        return json.dumps(whole, separators=(",", ":"))


def report_event(kind: str, number: str, form: str, area: str, revision: Revision, at: datetime) -> Event:
    """A report was filed, revised or verified: that state of it."""
    told = {
        "number": number,
        "serial": revision.serial,
        "form": form,
        "area": area,
        "standing": revision.standing.value,
        "address": f"{API}/reports/{number}",
    }
    return Event(kind, at, area, number, told)


def opening_event(case: Case, at: datetime) -> Event:
    return _case_event("case.opened", case, at)


def moving_event(case: Case, note: Note, at: datetime) -> Event | None:
    """None for an act that leaves the case where it stands."""
    return _case_event("case.moved", case, at) if note.kind in MOVES else None


def week_event(sent: Confirmed, at: datetime) -> Event:
    """An area's week was sent up, or corrected."""
    week = sent.week.isoformat()
    told = {"area": sent.area, "week": week, "address": f"{API}/digests/{sent.area}/{week}"}
    return Event("week.sent", at, sent.area, "", told)


def trial_event(hook: int, at: datetime) -> Event:
    return Event(TEST, at, "", "", {"hook": hook})


def _case_event(kind: str, case: Case, at: datetime) -> Event:
    """Where it is worked, not where it happened: that may tell who brought it."""
    told = {
        "number": case.number,
        "serial": case.serial,
        "procedure": case.procedure,
        "state": case.state,
        "area": case.office,
        "address": f"{API}/cases/{case.number}",
    }
    return Event(kind, at, case.office, case.number, told)
