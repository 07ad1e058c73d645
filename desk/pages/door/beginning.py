"""Setting an account up by its one-time link: a password, an app for the second step, recovery codes."""

import time

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from desk.api.callers import caller
from desk.pages.room import Room, TheRoom
from desk.pages.sent import Sent, read_sent
from desk.pages.showing import page
from desk.refused import Refused, unknown
from storage.accounts import Link
from storage.book import Book
from storage.passwords import SHORTEST, stretch, weakness
from storage.totp import address, matching_step, written


def beginning_routes() -> APIRouter:
    router = APIRouter()
    router.add_api_route("/begin/{shown}", show_beginning, methods=["GET"])
    router.add_api_route("/begin/{shown}", begin, methods=["POST"])
    return router


async def show_beginning(request: Request, room: TheRoom, shown: str) -> Response:
    return _form(request, room, await _link(request, room, shown))


async def begin(request: Request, room: TheRoom, shown: str) -> Response:
    """The recovery codes stand in the answer itself: they can be shown only now."""
    sent = await read_sent(request)
    link = await _link(request, room, shown)
    now = room.house.clock()
    step = matching_step(link.secret, sent.get("code", ""), now)
    problem = _problem(link, sent) or ("" if step is not None else "code")
    if problem or step is None:
        return _form(request, room, link, problem)
    async with room.stretching:
        stretched = await run_in_threadpool(stretch, sent["password"])

    def job(book: Book) -> list[str]:
        codes = book.accounts.begin(shown, stretched, step, now)
        if codes is None:
            raise unknown()
        book.visits.end_all(link.member.id, now)
        book.audit.write(link.member.actor.key, "account.set", link.member.actor.key, {}, now)
        return list(codes)

    return page(request, "door/codes.html", codes=await room.house.write(job))


def _problem(link: Link, sent: Sent) -> str:
    password = sent.get("password", "")
    if password != sent.get("again", ""):
        return "again"
    return weakness(password, link.member.email)


def _form(request: Request, room: Room, link: Link, problem: str = "") -> Response:
    return page(
        request,
        "door/begin.html",
        status=422 if problem else 200,
        member=link.member,
        secret=written(link.secret),
        uri=address(link.secret, link.member.email, f"LaporDesk {room.name}"),
        shortest=SHORTEST,
        problem=problem,
    )


async def _link(request: Request, room: Room, shown: str) -> Link:
    """Refused as unknown, and slower and slower for whoever tries links."""
    who, now = caller(request), time.monotonic()
    if wait := room.tries_of_network.wait(who, now):
        raise Refused(429, "often", wait=wait)
    link = await room.house.read(lambda book: book.accounts.link(shown[:100], room.house.clock()))
    if link is None:
        room.tries_of_network.note(who, now)
        raise Refused(404, "link")
    return link
