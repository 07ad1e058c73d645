"""The audit log a page at a time, the newest first, narrowed by whose, by whom, and by what was done."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response

from core.model.cases import Actor, NoteKind
from core.speech.texts import Texts, texts
from desk.pages.audit.sight import seen
from desk.pages.names import who_is
from desk.pages.room import TheRoom, TheTongue
from desk.pages.showing import page
from desk.pages.visitor import TheOverseer
from storage.audit import Entry
from storage.audit_list import Leaf
from storage.book import Book
from storage.staff_list import StaffWanted

PAGE, LOOKS = 50, 4
"""Rows that are not theirs are left out; so many pages at most are looked through for one that is shown."""
LONGEST = 64
ACT = "desk_audit.act."

Asked = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Line:
    entry: Entry
    who: str
    what: str
    about: str
    """The subject by name, where it has one."""
    link: str
    """Where more of the subject is."""


@dataclass(frozen=True, slots=True)
class Leaved:
    lines: list[Line]
    before: int
    """Where the next page begins; 0 at the end."""


def audit_routes() -> APIRouter:
    router = APIRouter()
    router.add_api_route("/audit", list_audit, methods=["GET"])
    return router


async def list_audit(request: Request, room: TheRoom, visitor: TheOverseer, tongue: TheTongue) -> Response:
    asked, words = asked_of(request), texts(tongue)
    shown = await room.house.read(lambda book: leaved(book, visitor.actor, asked, words))
    return page(request, "audit/list.html", visitor, known=values(asked, words), shown=shown)


def asked_of(request: Request) -> Asked:
    names = ("subject", "actor", "act", "before")
    given = {name: request.query_params.get(name, "").replace("\x00", "").strip()[:LONGEST] for name in names}
    return {name: value for name, value in given.items() if value}


def values(asked: Asked, words: Texts) -> Mapping[str, object]:
    """What the form shows, also beside a verdict."""
    kept = {name: asked.get(name, "") for name in ("subject", "actor", "act")}
    following = urlencode({name: value for name, value in kept.items() if value})
    return {"asked": kept, "acts": _acts(words), "following": following, "verdict": None}


def leaved(book: Book, actor: Actor, asked: Asked, words: Texts) -> Leaved:
    written = asked.get("before", "")
    before = int(written) if written.isascii() and written.isdecimal() and len(written) < 16 else 0
    whose, by = (_key(book, actor, asked.get(name, "")) for name in ("subject", "actor"))
    found: list[Entry] = []
    for _ in range(LOOKS):
        rows = book.audit_list.find(Leaf(whose, by, asked.get("act", ""), before, PAGE))
        found += seen(book, rows, actor)
        before = rows[-1].number if len(rows) == PAGE else 0
        if before == 0 or len(found) >= PAGE // 2:
            break
    return Leaved(_lines(book, found, words), before)


def _key(book: Book, actor: Actor, written: str) -> str:
    """A colleague may be named by their address; a case's number in small letters too."""
    if "@" in written:
        wanted = StaffWanted(actor.seats[0][1], written.lower(), with_ended=True)
        known = {one.email: one.actor.key for one in book.staff_list.find(wanted)}
        return known.get(written.lower(), written)
    return written.upper() if written[:2].casefold() in ("k-", "p-") else written


def _lines(book: Book, entries: list[Entry], words: Texts) -> list[Line]:
    about = [one.subject for one in entries if one.subject.startswith("staff:")]
    names = who_is(book, [*(one.actor for one in entries), *about], words)
    return [
        Line(
            one,
            names.get(one.actor, one.actor),
            act_in_words(one.act, words),
            names.get(one.subject, one.subject) if one.subject in about else one.subject,
            _link(one.subject),
        )
        for one in entries
    ]


def act_in_words(act: str, words: Texts) -> str:
    """As it is written where nobody gave it words."""
    kind = act.removeprefix("case.")
    note = words.sentences.get(f"papers.act.{kind}", act) if kind != act else act
    return words.sentences.get(f"desk_audit.act.{act}", note)


def _acts(words: Texts) -> list[tuple[str, str]]:
    named = {key.removeprefix(ACT) for key in words.sentences if key.startswith(ACT)}
    notes = {f"case.{kind.value}" for kind in NoteKind}
    return sorted(((act, act_in_words(act, words)) for act in named | notes), key=lambda pair: pair[1])


def _link(subject: str) -> str:
    kind, _, number = subject.partition(":")
    if subject.startswith("K-"):
        return f"/desk/cases/{subject}"
    return f"/desk/staff/{number}" if kind == "staff" and number.isdecimal() else ""
