"""The door: signing in with password and second step, signing out, choosing a language."""

import time
from datetime import datetime

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool

from core.speech.texts import LANGUAGES
from desk.api.callers import caller
from desk.pages.door.browsers import browser_of
from desk.pages.room import COOKIE, LANGUAGE_COOKIE, PATH, Room, TheRoom, the_room
from desk.pages.sent import Sent, read_sent
from desk.pages.showing import page
from desk.pages.visitor import DOOR, TheSent, TheVisitor, is_ours, let_in
from desk.refused import Refused
from storage.accounts import Account
from storage.book import Book
from storage.passwords import fits
from storage.totp import matching_step

YEAR = 365 * 24 * 3600


def entrance_routes() -> APIRouter:
    router = APIRouter()
    router.add_api_route("/sign-in", show_door, methods=["GET"])
    router.add_api_route("/sign-in", sign_in, methods=["POST"])
    router.add_api_route("/sign-out", sign_out, methods=["POST"])
    router.add_api_route("/language/{language}", choose_language, methods=["GET"])
    return router


async def show_door(request: Request, room: TheRoom, next: str = "") -> Response:  # noqa: A002
    wanted = next if is_ours(next) else ""
    return page(request, "door/sign-in.html", wanted=wanted, email="", has_links=bool(room.address))


async def sign_in(request: Request, room: TheRoom) -> Response:
    sent = await read_sent(request)
    email, wanted = sent.get("email", "").strip().lower()[:254], sent.get("next", "")
    tries = Tries(room, email, caller(request))
    if wait := tries.wait():
        return _shut(request, sent, Refused(429, "often", wait=wait))
    token = await _enter(request, room, email, sent)
    if not token:
        tries.note()
        return _shut(request, sent, Refused(403, "sign_in"))
    response = RedirectResponse(wanted if is_ours(wanted) else f"{PATH}/", 303)
    let_in(response, room, token)
    return response


async def sign_out(room: TheRoom, visitor: TheVisitor, _: TheSent) -> Response:
    now, visit = room.house.clock(), visitor.visit

    def leave(book: Book) -> None:
        book.visits.end(visit.id, visitor.member.id, now)
        book.audit.write(visitor.actor.key, "visit.ended", visitor.actor.key, {}, now)

    await room.house.write(leave)
    response = RedirectResponse(DOOR, 303)
    response.delete_cookie(COOKIE, path=PATH)
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


async def choose_language(room: TheRoom, language: str, back: str = "") -> Response:
    response = RedirectResponse(back if is_ours(back) else f"{PATH}/", 303)
    if language in LANGUAGES:
        response.set_cookie(
            LANGUAGE_COOKIE, language, max_age=YEAR, path=PATH, secure=room.is_secure, samesite="lax"
        )
    return response


class Tries:
    """The wrong tries of one who knocks: counted by account, by network, and by both."""

    def __init__(self, room: Room, email: str, network: str) -> None:
        self._counted = (
            (room.tries_of_one, f"{email}\x1f{network}"),
            (room.tries_of_network, network),
            (room.tries_of_account, email),
        )

    def wait(self) -> int:
        now = time.monotonic()
        return max(failures.wait(who, now) for failures, who in self._counted)

    def note(self) -> None:
        now = time.monotonic()
        for failures, who in self._counted:
            failures.note(who, now)


async def _enter(request: Request, room: Room, email: str, sent: Sent) -> str:
    """A token for their browser; empty when something was not right, and nobody is told what."""
    account = await room.house.read(lambda book: _account(book, email))
    async with room.stretching:
        kept = account.password_hash if account else None
        is_right = await run_in_threadpool(fits, sent.get("password", ""), kept)
    browser = browser_of(request.headers.get("User-Agent", ""))

    def job(book: Book) -> str:
        now, known = room.house.clock(), _account(book, email)
        if known is None:
            return ""
        key = known.member.actor.key
        same = is_right and account is not None and known.password_hash == account.password_hash
        if not same or not _second_step(book, known, sent.get("code", ""), room):
            book.audit.write(key, "visit.refused", key, {}, now)
            return ""
        _, token = book.visits.begin(known.member, browser, now)
        book.audit.write(key, "visit.begun", key, {"browser": browser}, now)
        return token

    return await room.house.write(job) if account else ""


def _account(book: Book, email: str) -> Account | None:
    member = book.staff.by_email(email)
    return book.accounts.of(member.id) if member else None


def _second_step(book: Book, account: Account, shown: str, room: Room) -> bool:
    if account.secret is None:
        return True
    return take_second_step(book, account, account.secret, shown, room.house.clock())


def take_second_step(book: Book, account: Account, secret: bytes, shown: str, now: datetime) -> bool:
    """The app's code, or one of the recovery codes: each opens once."""
    whom, step = account.member.id, matching_step(secret, shown, now)
    if step is not None:
        return book.accounts.take_step(whom, step)
    return book.accounts.take_code(whom, shown, now)


def _shut(request: Request, sent: Sent, refused: Refused) -> Response:
    """The same words whatever was wrong."""
    values = {
        "wanted": sent.get("next", ""),
        "email": sent.get("email", ""),
        "problem": refused.code,
        "has_links": bool(the_room(request).address),
    }
    response = page(request, "door/sign-in.html", status=refused.status, known=values)
    if refused.wait:
        response.headers["Retry-After"] = str(refused.wait)
    return response
