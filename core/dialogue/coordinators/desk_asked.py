"""What somebody asks of a week, by a button or in words: which area, which week, how much must be read.

/rekap             the week of the desk, in the own area      /belum anggana   who owes something there
/rekap kukar       there, where one may look                  tambah catatan   a button's words, typed
/rekap minggu lalu the last whole week
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from core.dialogue.commands import plain
from core.dialogue.coordinators.deskwords import after_of, desk_pressed
from core.dialogue.session import Session, Stage
from core.digests.weeks import day_of_key

Need = Literal["digest", "silent", "state"]
"""The whole digest; a page of those who are silent; whether the week was sent, and how its topics stand."""


@dataclass(frozen=True, slots=True)
class WeekAsked:
    need: Need
    act: str
    """As in a button's key: show, quiet, up, nihil, note, topics …"""
    place: str = ""
    """A code, or a name as it was written; empty: the own area."""
    week: date | None = None
    """None: the desk's; with `is_last` the last whole one."""
    is_last: bool = False
    after: tuple[datetime, int] | None = None
    rest: str = ""


NEEDS: dict[str, Need] = {"show": "digest", "quiet": "silent", "q": "silent"}
"""What every other act needs is the state alone."""
LISTENING = (Stage.DESK_NOTE, Stage.DESK_TOPIC)
"""Where any words are for the week in hand."""
QUIET = frozenset({Stage.START, Stage.MENU, Stage.REPORTS, Stage.CASES, Stage.CASEFILE})
"""Where "belum" is no answer to anything; elsewhere it takes a slash."""
LAST = re.compile(r"\b(minggu|pekan) (lalu|kemarin|kmrn)\b|\blast week\b")
RECAP = re.compile(r"(?:rekap|recap|digest)(?: (?P<place>.*))?")
UNTOLD = re.compile(r"(?:yang |siapa yang |lihat yang |see who is )?(?:belum|silent)(?: (?P<place>.*))?")
FILLERS = re.compile(r"^(?:di|untuk|wilayah|for|in) ")
PHRASES: dict[str, str] = {
    "kirim ke provinsi": "up",
    "kirim ke kab/kota": "up",
    "kirim ke kabupaten": "up",
    "send to the province": "up",
    "send to the kab/kota": "up",
    "kirim nihil": "nihil",
    "nihil desk": "nihil",
    "send as nihil": "nihil",
    "tambah catatan": "note",
    "add a note": "note",
    "ubah topik": "topics",
    "change a topic": "topics",
    "perbaiki kiriman": "again",
    "correct what was sent": "again",
}
LONGEST = 60


def week_asked(choice: str, text: str, session: Session) -> WeekAsked | None:
    """None for whatever is not about a week."""
    if choice:
        return _by_button(choice)
    is_slashed = text.strip().startswith("/")
    if session.stage in LISTENING and not is_slashed:
        return _in_hand(session)
    words = plain(text)
    if len(words) > LONGEST or not (is_slashed or session.stage in QUIET):
        return None
    if act := PHRASES.get(words):
        return WeekAsked("state", act)
    return _in_words(words)


def _by_button(choice: str) -> WeekAsked | None:
    key = desk_pressed(choice)
    if key is None:
        return None
    need = NEEDS.get(key.act, "state")
    after = after_of(key.rest) if key.act == "q" else None
    return WeekAsked(need, key.act, key.area, key.week, after=after, rest=key.rest)


def _in_hand(session: Session) -> WeekAsked | None:
    """The week that a note is being written for."""
    area, week, rest = (*session.subject.split(" ", 2), "", "")[:3]
    monday = day_of_key(week)
    return WeekAsked("state", session.stage.value, area, monday, rest=rest) if monday else None


def _in_words(words: str) -> WeekAsked | None:
    for pattern, act in ((RECAP, "show"), (UNTOLD, "quiet")):
        if found := pattern.fullmatch(words):
            place = LAST.sub("", found["place"] or "").strip()
            is_last = bool(LAST.search(words))
            return WeekAsked(NEEDS[act], act, FILLERS.sub("", f"{place} ").strip(), is_last=is_last)
    return None
