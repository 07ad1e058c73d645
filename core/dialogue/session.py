"""Where a conversation stands; kept as JSON text between two messages.

A session belongs to a person, so that it goes on when they write from another channel.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import cast

from core.forms.filling import Filling
from core.model.messages import Choice
from core.model.records import Answers, Flag


class Stage(StrEnum):
    """What the last thing we said was about."""

    START = "start"
    MENU = "menu"
    POST = "post"
    """Which of one's posts is this for?"""
    NIHIL = "nihil"
    """Fill it, or nothing to report?"""
    QUESTION = "question"
    DOUBT = "doubt"
    """A soft rule is broken: is it right all the same?"""
    SUMMARY = "summary"
    REASON = "reason"
    """Why is a filed report corrected or withdrawn?"""
    CANCEL = "cancel"
    """Really throw the filling away?"""
    REPORTS = "reports"
    CASES = "cases"
    """An officer's list of cases,"""
    CASEFILE = "casefile"
    """one of them: the subject is its number,"""
    ACTING = "acting"
    """and an act on it that is being put together: the subject is its draft."""
    CONSENT = "consent"
    """May we keep what a citizen tells?"""
    SECRECY = "secrecy"
    """How do they want to be known?"""
    CODE = "code"
    """The last four of the code that was just given out."""
    CASE = "case"
    """A case that is followed by its code; the subject says what is being done with it."""
    LANGUAGE = "language"
    DESK_NOTE = "desk_note"
    """A note on a week: the subject is its area and Monday,"""
    DESK_TOPIC = "desk_topic"
    """and for one on a topic also the topic and its mark."""
    INQUIRY = "inquiry"
    """The answer to a question of the desk: the subject is the report's number."""


@dataclass(frozen=True, slots=True)
class Session:
    language: str = "id"
    practice: bool = False
    stage: Stage = Stage.START
    subject: str = ""
    """What the stage is about: a place, a form's name, a report's number, a page."""
    filling: Filling | None = None
    aside: tuple[Filling, ...] = ()
    """Begun and put aside."""
    offered: tuple[Choice, ...] = ()
    """What could be tapped last, so that 2 or "nanti saja" can be typed."""
    numbered: bool = False
    picked: tuple[str, ...] = ()
    """Options tapped so far for a question that takes several,"""
    picking: str = ""
    """and the place of that question."""
    pictured: str = ""
    """The place of the last media answer: a further picture belongs to it."""
    album: str = ""
    """The album that the last picture came in."""
    following: str = ""
    """The number of the case in hand: its code was given here, or an officer opened it."""
    visit: str = ""
    """The case that is followed by its code, and when it was last spoken of:
    `K-7K2-M9Q 2024-11-27T04:00:00+00:00`."""
    confirm: str = ""
    """The last four of a tracking code that was just given out, until they were sent back."""
    doubted: bool = False
    """A joke was answered in earnest once."""
    spare: tuple[str, ...] = ()
    """What came before any question asked for it: `image:` and our id of a picture, `text:` and the words
    that stood under one."""

    def begun(self) -> tuple[Filling, ...]:
        """Every filling that waits for its end, the current one first."""
        return (self.filling, *self.aside) if self.filling else self.aside

    def picks(self, place: str) -> tuple[str, ...]:
        return self.picked if self.picking == place else ()

    def pick(self, place: str, names: tuple[str, ...]) -> "Session":
        return replace(self, picked=names, picking=place)

    def turn_to(self, filling: Filling) -> "Session":
        """That filling becomes the current one; the present one is put aside."""
        rest = tuple(other for other in self.begun() if other.id != filling.id)
        return replace(self, filling=filling, aside=rest, picked=(), pictured="")

    def put_aside(self) -> "Session":
        return replace(self, filling=None, aside=self.begun(), picked=(), pictured="")

    def drop(self) -> "Session":
        """The current filling is over, and so is what was kept for it."""
        return replace(self, filling=None, picked=(), pictured="", spare=())


_WRITER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def to_json(session: Session) -> str:
    return _WRITER.encode(
        {
            "language": session.language,
            "practice": session.practice,
            "stage": session.stage,
            "subject": session.subject,
            "filling": session.filling and _from_filling(session.filling),
            "aside": [_from_filling(filling) for filling in session.aside],
            "offered": [[choice.key, choice.label, choice.hint] for choice in session.offered],
            "numbered": session.numbered,
            "picked": session.picked,
            "picking": session.picking,
            "pictured": session.pictured,
            "album": session.album,
            "following": session.following,
            "visit": session.visit,
            "confirm": session.confirm,
            "doubted": session.doubted,
            "spare": session.spare,
        }
    )


def from_json(text: str) -> Session:
    """The session that `to_json` wrote; what is not known is ignored, what is not there has its default."""
    kept = cast("dict[str, object]", json.loads(text))
    filling = cast("dict[str, object] | None", kept.get("filling"))
    return Session(
        language=str(kept.get("language", "id")),
        practice=bool(kept.get("practice")),
        stage=_to_stage(str(kept.get("stage", ""))),
        subject=str(kept.get("subject", "")),
        filling=_to_filling(filling) if filling else None,
        aside=tuple(_to_filling(one) for one in cast("list[dict[str, object]]", kept.get("aside", []))),
        offered=tuple(Choice(*choice) for choice in cast("list[list[str]]", kept.get("offered", []))),
        numbered=bool(kept.get("numbered")),
        picked=tuple(cast("list[str]", kept.get("picked", []))),
        picking=str(kept.get("picking", "")),
        pictured=str(kept.get("pictured", "")),
        album=str(kept.get("album", "")),
        following=str(kept.get("following", "")),
        visit=str(kept.get("visit", "")),
        confirm=str(kept.get("confirm", "")),
        doubted=bool(kept.get("doubted")),
        spare=tuple(cast("list[str]", kept.get("spare", []))),
    )


STAGES = {stage.value: stage for stage in Stage}


def _to_stage(kept: str) -> Stage:
    return STAGES.get(kept, Stage.START)


def _from_filling(filling: Filling) -> dict[str, object]:
    return {
        "id": filling.id,
        "form": filling.form,
        "version": filling.version,
        "post": filling.post,
        "started_at": filling.started_at.isoformat(),
        "values": dict(filling.answers.values),
        "counts": dict(filling.answers.counts),
        "practice": filling.practice,
        "place": filling.place,
        "closed": sorted(filling.closed),
        "confirmed": [[flag.place, flag.reason] for flag in filling.confirmed],
        "revises": filling.revises,
        "fresh": filling.fresh,
        "secrecy": filling.secrecy,
    }


def _to_filling(kept: Mapping[str, object]) -> Filling:
    return Filling(
        id=str(kept["id"]),
        form=str(kept["form"]),
        version=str(kept["version"]),
        post=cast("int | None", kept["post"]),
        started_at=datetime.fromisoformat(str(kept["started_at"])),
        answers=Answers(cast("dict[str, str]", kept["values"]), cast("dict[str, int]", kept["counts"])),
        practice=bool(kept["practice"]),
        place=str(kept["place"]),
        closed=frozenset(cast("list[str]", kept["closed"])),
        confirmed=tuple(Flag(place, reason) for place, reason in cast("list[list[str]]", kept["confirmed"])),
        revises=str(kept["revises"]),
        fresh=_to_fresh(cast("list[object]", kept.get("fresh", ["", 0.0]))),
        secrecy=str(kept.get("secrecy", "")),
    )


def _to_fresh(kept: list[object]) -> tuple[str, float]:
    return str(kept[0]), cast("float", kept[1])
