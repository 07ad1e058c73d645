"""How a page is made: a template, the words of one language, and what the route knows."""

from collections.abc import Mapping
from datetime import datetime

from babel.numbers import format_decimal
from fastapi import Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from core.forms.answers.showing import date_shown
from core.model.records import NOTHING
from core.speech.texts import LANGUAGES, texts
from desk.pages.room import PATH, Room, the_room, the_tongue
from desk.pages.rooms import is_here, rooms_of
from desk.pages.statics import static
from desk.pages.times import moment, urgency
from desk.pages.visitor import Visitor
from desk.refused import Refused


def page(
    request: Request,
    template: str,
    visitor: Visitor | None = None,
    status: int = 200,
    known: Mapping[str, object] = NOTHING,
    **values: object,
) -> Response:
    """The page as HTML; `done` in the address says what was just done, `problem` why it was not."""
    room, language = the_room(request), the_tongue(request)
    words, now = texts(language), room.house.clock()
    shown = {"problem": "", "typed": {}, **known, **values}

    def when(at: datetime) -> str:
        return moment(at, room.house.zone, language)

    content = room.pages.get_template(template).render(
        say=words.say,
        language=language,
        other=next(one for one in LANGUAGES if one != language),
        house=room.name,
        visitor=visitor,
        mark=visitor.mark if visitor else "",
        here=request.url.path.removeprefix(PATH),
        back=_back(request),
        when=when,
        day=lambda one: date_shown(one, language),
        urgency=lambda due: urgency(due, now),
        done=_done(request, room),
        static=static,
        rooms_of=rooms_of,
        is_here=is_here,
        figure=lambda one: format_decimal(one, locale=language),
        **shown,
    )
    return HTMLResponse(content, status)


def go(path: str, done: str = "") -> Response:
    """After a form was taken: the page is fetched anew, so that nothing is sent twice."""
    sign = "&" if "?" in path else "?"
    return RedirectResponse(f"{PATH}{path}{sign}done={done}" if done else f"{PATH}{path}", 303)


def trouble(request: Request, refused: Refused) -> Response:
    """What cannot be had, said kindly; alike for what is not there and what is not theirs."""
    words = texts(the_tongue(request))
    key = f"desk.trouble.{refused.code}"
    said = words.say(key if key in words.sentences else "desk.trouble.other")
    response = page(request, "trouble.html", status=refused.status, said=said)
    if refused.wait:
        response.headers["Retry-After"] = str(refused.wait)
    return response


def _done(request: Request, room: Room) -> str:
    words = texts(the_tongue(request))
    return words.sentences.get(f"desk.done.{request.query_params.get('done', '')[:20]}", "")


def _back(request: Request) -> str:
    """Where to go on after another language was chosen: only pages that can be fetched again."""
    if request.method != "GET":
        return f"{PATH}/"
    query = f"?{request.url.query}" if request.url.query else ""
    return f"{PATH}{request.url.path.removeprefix(PATH)}{query}"
