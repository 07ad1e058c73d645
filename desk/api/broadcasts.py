"""Broadcasts: to how many, sent, how far, stopped."""

from typing import Annotated

from fastapi import APIRouter, Path, Response

from desk import broadcasting
from desk.api.asked import AudienceAsked, BroadcastAsked
from desk.api.bearer import Speaker
from desk.api.house import TheHouse
from desk.api.problems import told
from desk.api.shown import AudienceShown, Broadcasts, BroadcastShown
from storage.book import Book
from storage.broadcasts import Broadcast

Number = Annotated[int, Path(ge=1, le=2**31 - 1)]


def broadcast_routes() -> APIRouter:
    router = APIRouter(tags=["broadcasts"])
    add = router.add_api_route
    writing = told(400, 401, 403, 404, 409, 413, 429)
    add("/broadcasts", list_broadcasts, methods=["GET"], responses=told(401, 403, 429))
    add("/broadcasts", send, methods=["POST"], status_code=201, responses=writing)
    add("/audience", preview, methods=["POST"], responses=writing)
    add("/broadcasts/{number}", show, methods=["GET"], responses=told(401, 403, 404, 429))
    add("/broadcasts/{number}/stop", stop, methods=["POST"], responses=writing)
    return router


async def list_broadcasts(house: TheHouse, held: Speaker) -> Broadcasts:
    """The latest ones to the caller's area or a part of it, the newest first."""
    actor = held.member.actor

    def job(book: Book) -> Broadcasts:
        return Broadcasts(broadcasts=[_shown(book, one) for one in broadcasting.latest(book, actor)])

    return await house.read(job)


async def preview(house: TheHouse, held: Speaker, asked: AudienceAsked) -> AudienceShown:
    """To how many people it would go, and how many of them cannot be reached; nothing is sent."""
    actor = held.member.actor

    def job(book: Book) -> AudienceShown:
        found = broadcasting.preview(book, actor, asked.area, asked.roles)
        return AudienceShown(people=found.people, unreachable=found.unreachable)

    return await house.read(job)


async def send(house: TheHouse, held: Speaker, asked: BroadcastAsked, response: Response) -> BroadcastShown:
    """Write to all of them: between 08.00 and 20.00 of their own zone, unless it is urgent. An answer to
    somebody's own message always goes first."""
    actor, now = held.member.actor, house.clock()

    def job(book: Book) -> BroadcastShown:
        sent = broadcasting.send(book, actor, asked.area, asked.roles, asked.text, now, urgent=asked.urgent)
        return _shown(book, sent)

    shown = await house.write(job)
    response.headers["Location"] = f"/api/v1/broadcasts/{shown.id}"
    return shown


async def show(house: TheHouse, held: Speaker, number: Number) -> BroadcastShown:
    """One of them, and how far it is."""
    actor = held.member.actor
    return await house.read(lambda book: _shown(book, broadcasting.look_up(book, actor, number)))


async def stop(house: TheHouse, held: Speaker, number: Number) -> BroadcastShown:
    """What has not gone out does not go out any more."""
    actor, now = held.member.actor, house.clock()

    def job(book: Book) -> BroadcastShown:
        broadcasting.stop(book, actor, number, now)
        return _shown(book, broadcasting.look_up(book, actor, number))

    return await house.write(job)


def _shown(book: Book, one: Broadcast) -> BroadcastShown:
    far = book.broadcasts.progress(one.id)
    return BroadcastShown(
        id=one.id,
        by=one.by,
        area=one.area,
        roles=[role.value for role in one.roles],
        text=one.text,
        made_at=one.made_at,
        stopped_at=one.stopped_at,
        people=one.people,
        unreachable=one.unreachable,
        waiting=far.waiting,
        sent=far.sent,
        withheld=far.withheld,
        failed=far.failed,
        dropped=far.dropped,
    )
