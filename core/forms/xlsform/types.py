"""The word in the type column: what a row is.

"select_one paslon or_other" -> Asks(Kind.SELECT_ONE, "paslon", other=True)
"begin repeat"               -> Begins("repeat")
"""

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from core.forms.form import CHOSEN, Kind

Container = Literal["group", "repeat"]


@dataclass(frozen=True, slots=True)
class Asks:
    """A question of a kind; `options` names its list or its file."""

    kind: Kind
    options: str = ""
    from_file: bool = False
    other: bool = False


@dataclass(frozen=True, slots=True)
class Begins:
    container: Container


@dataclass(frozen=True, slots=True)
class Ends:
    container: Container


@dataclass(frozen=True, slots=True)
class Strange:
    """A type that cannot be asked in chat, or that XLSForm does not know."""

    key: str
    values: Mapping[str, str]


Type = Asks | Begins | Ends | Strange

SELECTS = {
    "select_one": Kind.SELECT_ONE,
    "select1": Kind.SELECT_ONE,
    "select_one_from": Kind.SELECT_ONE,
    "select_multiple": Kind.SELECT_MULTIPLE,
    "select_all_that_apply": Kind.SELECT_MULTIPLE,
    "select_all_that_apply_from": Kind.SELECT_MULTIPLE,
    "rank": Kind.RANK,
    "select_one_from_file": Kind.SELECT_ONE,
    "select_multiple_from_file": Kind.SELECT_MULTIPLE,
}
SELECT = re.compile(
    rf"^(?P<what>{'|'.join(word.replace('_', '[ _]') for word in sorted(SELECTS, key=len, reverse=True))})"
    r"(?:\s+(?P<options>\S+))?(?:\s+(?P<other>or specify other|or_other|or other))?$"
)
CONTROL = re.compile(r"^(?P<edge>begin|end)[ _](?P<what>group|repeat|lgroup|looped group|loop)\b.*$")

ALIASES = {
    "int": Kind.INTEGER,
    "string": Kind.TEXT,
    "datetime": Kind.DATETIME,
    "date time": Kind.DATETIME,
    "photo": Kind.IMAGE,
    "gps": Kind.GEOPOINT,
    "location": Kind.GEOPOINT,
    "trigger": Kind.ACKNOWLEDGE,
    "phone number": Kind.TEXT,
    "start time": Kind.START,
    "end time": Kind.END,
    "device id": Kind.DEVICEID,
    "imei": Kind.DEVICEID,
}
PLAIN = {str(kind): kind for kind in Kind if kind not in CHOSEN} | ALIASES

NOT_IN_CHAT = frozenset(
    {
        "audit",
        "background-audio",
        "background-geopoint",
        "barcode",
        "csv-external",
        "geoshape",
        "geotrace",
        "loop",
        "osm",
        "select_one_external",
        "simserial",
        "start-geopoint",
        "subscriberid",
        "xml-external",
    }
)


def read_type(cell: str) -> Type:
    """What the cell says, or why it cannot be."""
    word = " ".join(cell.split())
    if control := CONTROL.match(word.lower()):
        return _control(control["edge"], control["what"])
    if select := SELECT.match(word):
        return _select(select["what"].replace(" ", "_"), select["options"], bool(select["other"]))
    if kind := PLAIN.get(word) or PLAIN.get(word.lower()):
        return Asks(kind)
    first = word.split(" ")[0].lower() if word else ""
    if first in NOT_IN_CHAT:
        return Strange("forms.type.not_in_chat", {"type": first})
    known = (*PLAIN, *SELECTS, "begin_group", "begin_repeat", "end_group", "end_repeat")
    near = difflib.get_close_matches(word.lower(), known, n=1, cutoff=0.7)
    return Strange("forms.type.unknown", {"type": word, "suggestion": near[0] if near else ""})


def _control(edge: str, what: str) -> Type:
    if what == "loop":
        return Strange("forms.type.not_in_chat", {"type": "loop"})
    container: Container = "group" if what == "group" else "repeat"
    return Begins(container) if edge == "begin" else Ends(container)


def _select(what: str, options: str | None, other: bool) -> Type:
    if not options:
        return Strange("forms.type.no_list", {"type": what})
    if "${" in options:
        return Strange("forms.type.list_from_answers", {"type": what})
    from_file = what.endswith("_from_file")
    if from_file and not options.lower().endswith(".csv"):
        return Strange("forms.type.file_not_csv", {"file": options})
    return Asks(SELECTS[what], options, from_file, other)
