"""How the channels do, for those who look after the house: doors, platforms, what waits, what is parked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from fastapi import APIRouter, Request, Response

from desk.overseeing import Door
from desk.pages.room import TheRoom
from desk.pages.sent import Sent
from desk.pages.showing import go, page
from desk.pages.visitor import TheOverseer, TheSent
from storage.book import Book
from storage.traffic import Parked, Traffic

LONGEST = 200
NOTHING = Traffic()


@dataclass(frozen=True, slots=True)
class DoorRow:
    door: Door
    traffic: Traffic
    approached: int

    @property
    def many(self) -> int:
        """Of ours, among the latest messages."""
        return sum(self.traffic.states.values())

    def count(self, *states: str) -> int:
        return sum(self.traffic.states.get(state, 0) for state in states)


@dataclass(frozen=True, slots=True)
class Sheet:
    doors: Sequence[DoorRow]
    parked: Sequence[Parked]
    waiting: int
    oldest: datetime | None
    withheld: int
    failed: int


def channel_routes() -> APIRouter:
    router = APIRouter()
    router.add_api_route("/channels", show_channels, methods=["GET"])
    router.add_api_route("/channels/platforms", ask_platforms, methods=["GET"])
    router.add_api_route("/channels/release", release, methods=["POST"])
    router.add_api_route("/channels/dismiss", dismiss, methods=["POST"])
    return router


async def show_channels(request: Request, room: TheRoom, visitor: TheOverseer) -> Response:
    now, channels = room.house.clock(), room.house.overseen.channels

    def look(book: Book) -> Sheet:
        traffic = book.traffic.lately()
        rows = [
            DoorRow(
                one,
                traffic.get((one.channel, one.account), NOTHING),
                book.window.approached(one.account, now) if one.most else 0,
            )
            for one in channels.doors
        ]
        return Sheet(
            rows,
            book.traffic.parked(),
            book.outbox.count_waiting(),
            book.outbox.oldest_waiting(now),
            book.window.count_withheld(),
            book.inbox.count_failed(),
        )

    shown = await room.house.read(look)
    return page(request, "channels/health.html", visitor, sheet=shown, fallen=channels.fallen())


async def ask_platforms(request: Request, room: TheRoom, visitor: TheOverseer) -> Response:
    """Apart from the page, which must not wait for anybody; htmx puts the answer into it."""
    answers = await room.house.overseen.channels.ask()
    return page(request, "channels/platforms.html", visitor, answers=answers)


async def release(room: TheRoom, visitor: TheOverseer, sent: TheSent) -> Response:
    """What was given up for that reason goes out after all."""
    now, key, reason = room.house.clock(), visitor.actor.key, _reason(sent)

    def job(book: Book) -> None:
        count = book.traffic.release(reason, now)
        details = {"reason": reason, "messages": str(count)}
        book.audit.write(key, "outbox.released", "outbox", details, now)

    await room.house.write(job)
    return go("/channels", "released")


async def dismiss(room: TheRoom, visitor: TheOverseer, sent: TheSent) -> Response:
    now, key, reason = room.house.clock(), visitor.actor.key, _reason(sent)

    def job(book: Book) -> None:
        details = {"reason": reason, "messages": str(book.traffic.dismiss(reason))}
        book.audit.write(key, "outbox.dismissed", "outbox", details, now)

    await room.house.write(job)
    return go("/channels", "dismissed")


def _reason(sent: Sent) -> str:
    return sent.get("reason", "")[:LONGEST]
