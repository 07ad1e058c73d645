"""What a coordinator says of the own week from its page: sent up, a note, how a topic stands.

POST /desk/monday/64.72/2024-11-18/send   nihil=yes   →  303 /desk/monday/64.72/2024-11-18?done=sent
"""

from collections.abc import Callable
from datetime import date, datetime

from fastapi import APIRouter, Request, Response
from sqlalchemy.exc import IntegrityError

from core.digests import saying
from core.digests.calendar import day_shown
from core.digests.saying import NotSaid, Why
from core.speech.texts import texts
from desk import weekly
from desk.pages.monday.address import AreaCode, Monday, week_path
from desk.pages.monday.week import week_page
from desk.pages.room import TheRoom, TheTongue
from desk.pages.sent import Sent
from desk.pages.showing import go
from desk.pages.visitor import TheSent, TheVisitor
from storage.book import Book


def week_act_routes() -> APIRouter:
    router = APIRouter()
    for name, decide in ACTS.items():
        path = f"/monday/{{area}}/{{week}}/{name}"
        router.add_api_route(path, _route(name, decide), methods=["POST"], name=f"monday-{name}")
    return router


def _route(name: str, decide: "Decide") -> Callable[..., object]:
    async def act(
        request: Request,
        room: TheRoom,
        visitor: TheVisitor,
        tongue: TheTongue,
        area: AreaCode,
        week: Monday,
        sent: TheSent,
    ) -> Response:
        now = room.house.clock()

        def job(book: Book) -> weekly.Said | NotSaid:
            return weekly.say(book, visitor.member, area, week, now, decide(sent, now))

        try:
            said = await room.house.write(job)
        except IntegrityError:
            # A colleague said something of the same week at the same moment: now it is known here.
            said = await room.house.write(job)
        if not isinstance(said, NotSaid):
            return go(week_path(area, week), f"week_{name}")
        problem, typed = _why(said.why, name, week, tongue), {"act": name, **sent}
        return await week_page(
            request, room, visitor, tongue, area, week, status=409, problem=problem, typed=typed
        )

    return act


def _why(why: Why, act: str, week: date, tongue: str) -> str:
    sunday = day_shown(weekly.sunday_of(week), tongue)
    most = saying.LONGEST_ON_TOPIC if act == "topic" else saying.LONGEST
    return texts(tongue).say(f"desk_monday.not.{why}", day=sunday, most=most)


Decide = Callable[[Sent, datetime], weekly.Say]


def _send(sent: Sent, now: datetime) -> weekly.Say:
    is_nihil, again = sent.get("nihil") == "yes", sent.get("again") == "yes"
    return lambda week, by: saying.send(week, by, now, is_nihil=is_nihil, again=again)


def _note(sent: Sent, now: datetime) -> weekly.Say:
    return lambda week, by: saying.remark(week, by, now, sent.get("text", ""))


def _topic(sent: Sent, now: datetime) -> weekly.Say:
    name, mark, note = sent.get("topic", ""), sent.get("mark", ""), sent.get("text", "")
    return lambda week, by: saying.set_topic(week, by, now, name, mark, note)


ACTS: dict[str, Decide] = {"send": _send, "note": _note, "topic": _topic}
