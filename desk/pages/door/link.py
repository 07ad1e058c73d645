"""Coming in by a link that the bot sends to one's chat: in place of the password, not of the app's code.

POST /desk/sign-in/link   email=…   →  always the same page
GET  /desk/enter/pQ3…               →  asks for the code; POST lets in, once
"""

import time

from fastapi import APIRouter, BackgroundTasks, Request, Response
from fastapi.responses import RedirectResponse

from core.model.messages import Channel, Reply
from core.speech.texts import texts
from desk.api.callers import caller
from desk.pages.door.browsers import browser_of
from desk.pages.door.entrance import Tries, take_second_step
from desk.pages.room import PATH, Room, TheRoom
from desk.pages.sent import read_sent
from desk.pages.showing import page
from desk.pages.visitor import let_in
from desk.refused import Refused, unknown
from storage.accounts import Account
from storage.addresses import Correspondent
from storage.book import Book
from storage.entrances import LINK_MINUTES

CHATS = frozenset({Channel.TELEGRAM, Channel.WHATSAPP, Channel.SMS})
"""The web chat is a browser, and proves no telephone."""
TOPIC = "entrance"


def link_routes() -> APIRouter:
    router = APIRouter()
    router.add_api_route("/sign-in/link", ask_for_link, methods=["POST"])
    router.add_api_route("/enter/{shown}", show_link, methods=["GET"])
    router.add_api_route("/enter/{shown}", enter, methods=["POST"])
    return router


async def ask_for_link(request: Request, room: TheRoom, tasks: BackgroundTasks) -> Response:
    """The same answer for everybody, and before anything is looked up: time tells nothing either."""
    sent = await read_sent(request)
    email, network, now = sent.get("email", "").strip().lower()[:254], caller(request), time.monotonic()
    if wait := room.asked_of_network.wait(network, now):
        raise Refused(429, "often", wait=wait)
    room.asked_of_network.note(network, now)
    if room.address and not room.asked_of_account.wait(email, now):
        room.asked_of_account.note(email, now)
        tasks.add_task(_send, room, email)
    return page(request, "door/sent.html", minutes=LINK_MINUTES)


async def show_link(request: Request, room: TheRoom, shown: str) -> Response:
    await _account(request, room, shown)
    return page(request, "door/enter.html")


async def enter(request: Request, room: TheRoom, shown: str) -> Response:
    """A wrong code leaves the link good: its tries count as those of the door."""
    sent = await read_sent(request)
    account = await _account(request, room, shown)
    tries = Tries(room, account.member.email, caller(request))
    if wait := tries.wait():
        raise Refused(429, "often", wait=wait)
    browser = browser_of(request.headers.get("User-Agent", ""))

    def job(book: Book) -> str:
        now, known = room.house.clock(), _of(book, shown, room)
        if known is None or known.secret is None:
            raise unknown()
        key = known.member.actor.key
        if not take_second_step(book, known, known.secret, sent.get("code", ""), now):
            book.audit.write(key, "visit.refused", key, {"by": "link"}, now)
            return ""
        if not book.entrances.use(shown, now):
            raise unknown()
        _, token = book.visits.begin(known.member, browser, now)
        book.audit.write(key, "visit.begun", key, {"browser": browser, "by": "link"}, now)
        return token

    token = await room.house.write(job)
    if not token:
        tries.note()
        return page(request, "door/enter.html", status=403, problem="code")
    response = RedirectResponse(f"{PATH}/", 303)
    let_in(response, room, token)
    return response


async def _send(room: Room, email: str) -> None:
    """Nothing for an account without a second step: whoever holds the phone would be an officer."""

    def job(book: Book) -> None:
        member = book.staff.by_email(email)
        account = book.accounts.of(member.id) if member else None
        to = _chat(book, account) if account and account.secret else None
        if account is None or to is None:
            return
        now, key = room.house.clock(), account.member.actor.key
        shown = book.entrances.make(account.member.id, now)
        person = book.people.get(to.person_id or 0)
        words = texts((person.language if person else "") or to.language or room.house.language)
        address = f"{room.address}{PATH}/enter/{shown}"
        said = words.say("desk_entrance.chat.link", address=address, minutes=LINK_MINUTES)
        book.outbox.put(to.id, Reply(said), now, topic=TOPIC, secret=True)
        book.audit.write(key, "visit.linked", key, {"channel": to.address.channel.value}, now)

    await room.house.write(job)


def _chat(book: Book, account: Account) -> Correspondent | None:
    """Where they last wrote from."""
    person = book.entrances.person_of(account.member.id)
    known = book.addresses.of_person(person) if person is not None else []
    return next((one for one in known if one.address.channel in CHATS), None)


async def _account(request: Request, room: Room, shown: str) -> Account:
    """Refused as unknown, and slower and slower for whoever tries links."""
    who, now = caller(request), time.monotonic()
    if wait := room.tries_of_network.wait(who, now):
        raise Refused(429, "often", wait=wait)
    account = await room.house.read(lambda book: _of(book, shown[:100], room))
    if account is None or account.secret is None:
        room.tries_of_network.note(who, now)
        raise Refused(404, "link")
    return account


def _of(book: Book, shown: str, room: Room) -> Account | None:
    whose = book.entrances.whose(shown, room.house.clock())
    return book.accounts.of(whose) if whose is not None else None
