"""One's own chat linked to one's account: by a code that the bot gave there, typed here while signed in."""

import time

from fastapi import APIRouter, Request, Response

from desk.pages.door.account import account_page
from desk.pages.room import TheRoom
from desk.pages.showing import go
from desk.pages.visitor import TheSent, TheVisitor
from desk.refused import Refused
from storage.book import Book

ALIKE = str.maketrans("OIL", "011")
LONGEST = 20


def chat_routes() -> APIRouter:
    router = APIRouter()
    router.add_api_route("/account/chat", link_chat, methods=["POST"])
    router.add_api_route("/account/chat/end", unlink_chat, methods=["POST"])
    return router


async def link_chat(request: Request, room: TheRoom, visitor: TheVisitor, sent: TheSent) -> Response:
    """Who holds both the account and the chat has the code from the one and types it into the other."""
    who, moment = f"{visitor.actor.key}\x1fchat", time.monotonic()
    if wait := room.tries_of_one.wait(who, moment):
        raise Refused(429, "often", wait=wait)
    code = sent.get("code", "")[:LONGEST].upper().translate(ALIKE)
    now, key, whom = room.house.clock(), visitor.actor.key, visitor.member.id

    def job(book: Book) -> bool:
        account, found = book.accounts.of(whom), book.invitations.find(code, now)
        if account is None or account.secret is None or found is None:
            return False
        if not book.invitations.use(found.id, now):
            return False
        book.entrances.link_chat(whom, found.person_id, now)
        book.audit.write(key, "chat.linked", key, {"person": str(found.person_id)}, now)
        return True

    if not await room.house.write(job):
        room.tries_of_one.note(who, moment)
        return await account_page(request, room, visitor, status=409, problem="code")
    return go("/account", "chat")


async def unlink_chat(room: TheRoom, visitor: TheVisitor, _: TheSent) -> Response:
    now, key, whom = room.house.clock(), visitor.actor.key, visitor.member.id

    def job(book: Book) -> None:
        if book.entrances.person_of(whom) is not None:
            book.entrances.unlink_chat(whom)
            book.audit.write(key, "chat.unlinked", key, {}, now)

    await room.house.write(job)
    return go("/account", "chat_off")
