"""Who visits the desk: the one that the browser's cookie stands for; all others are led to the door."""

from dataclasses import dataclass
from typing import Annotated
from urllib.parse import quote

from fastapi import Depends, Request, Response
from fastapi.responses import RedirectResponse

from core.model.cases import Actor
from core.model.people import OVERSEERS
from desk.pages.room import COOKIE, PATH, Room, TheRoom
from desk.pages.sent import Sent, mark_of, read_marked
from desk.refused import unknown
from storage.staff import Member
from storage.visits import LONGEST, Visit

DOOR = f"{PATH}/sign-in"


class NotSignedIn(Exception):
    """Nobody is known by this browser."""

    def __init__(self, wanted: str, is_by_itself: bool) -> None:
        super().__init__(wanted)
        self.wanted = wanted
        self.is_by_itself = is_by_itself


@dataclass(frozen=True, slots=True)
class Visitor:
    visit: Visit
    mark: str
    """For the forms that are shown to them."""

    @property
    def member(self) -> Member:
        return self.visit.member

    @property
    def actor(self) -> Actor:
        return self.visit.member.actor


async def visitor(request: Request, room: TheRoom) -> Visitor:
    token = request.cookies.get(COOKIE, "")
    house, now = room.house, room.house.clock()
    visit = await house.read(lambda book: book.visits.find(token, now)) if 0 < len(token) < 100 else None
    if visit is None:
        raise NotSignedIn(_wanted(request), is_by_itself(request))
    if visit.is_stale(now) and not is_by_itself(request):
        await house.write(lambda book: book.visits.see(visit.id, now))
    return Visitor(visit, mark_of(token))


def is_by_itself(request: Request) -> bool:
    """A page looks for news: that nobody clicked must not keep a visit from its end."""
    return request.method == "GET" and request.headers.get("HX-Request") == "true"


async def marked(request: Request, _: Annotated[Visitor, Depends(visitor)]) -> Sent:
    """What a form of theirs sent; who they are is asked first."""
    return await read_marked(request)


async def overseer(visitor: Annotated[Visitor, Depends(visitor)]) -> Visitor:
    """One who looks after the house itself; to all others the page does not exist."""
    if visitor.member.role not in OVERSEERS:
        raise unknown()
    return visitor


TheVisitor = Annotated[Visitor, Depends(visitor)]
TheOverseer = Annotated[Visitor, Depends(overseer)]
TheSent = Annotated[Sent, Depends(marked)]


def to_the_door(missing: NotSignedIn) -> Response:
    if missing.is_by_itself:
        # A part of a page would be replaced by the door: the whole page has to go there.
        return Response(headers={"HX-Redirect": DOOR})
    asked = f"?next={quote(missing.wanted)}" if missing.wanted else ""
    return RedirectResponse(DOOR + asked, 303)


def let_in(response: Response, room: Room, token: str) -> None:
    """Give the browser what it is known by from now on."""
    response.set_cookie(
        COOKIE,
        token,
        max_age=int(LONGEST.total_seconds()),
        path=PATH,
        secure=room.is_secure,
        httponly=True,
        samesite="lax",
    )


def is_ours(path: str) -> bool:
    """A place at the desk to go on to, and nowhere else."""
    inside = path == PATH or path.startswith((f"{PATH}/", f"{PATH}?"))
    return inside and "\\" not in path and path.isprintable()


def _wanted(request: Request) -> str:
    """Where they were going, if it can be gone to again."""
    if request.method != "GET":
        return ""
    query = f"?{request.url.query}" if request.url.query else ""
    inner = request.url.path.removeprefix(PATH)
    return "" if inner in ("", "/") else f"{PATH}{inner}{query}"
