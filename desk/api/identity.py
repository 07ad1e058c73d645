"""Opening an identity: a reason that stays written, a custodian's passphrase, an entry in the audit log.

It fails closed: without custodian, passphrase and reason nothing is shown, and every try is in the log.
"""

import time

from fastapi import APIRouter

from desk.acting import look_up
from desk.api.asked import IdentityAsked
from desk.api.bearer import Opener
from desk.api.cases import Number
from desk.api.evidence import sealed_under
from desk.api.house import TheHouse
from desk.api.problems import told
from desk.api.shown import IdentityShown
from desk.refused import Refused, outrun
from storage.book import Book
from storage.cases import Outrun
from storage.identities import Withheld


def identity_routes() -> APIRouter:
    router = APIRouter(tags=["identity"])
    answers = told(400, 401, 403, 404, 409, 413, 429)
    router.add_api_route("/cases/{number}/identity", open_identity, methods=["POST"], responses=answers)
    return router


async def open_identity(house: TheHouse, held: Opener, number: Number, asked: IdentityAsked) -> IdentityShown:
    """Who brought it, for a reason; a custodian has to be there. What is shown was logged before."""
    actor, moment = held.member.actor, time.monotonic()
    if wait := house.wrong_passphrases.wait(actor.key, moment):
        raise Refused(429, "often", wait=wait)

    def job(book: Book) -> dict[str, str] | Withheld:
        now = house.clock()
        hand = look_up(book, number, actor, now)
        under = sealed_under(book, hand.case) or number
        opened = book.identities.open(under, asked.custodian, asked.passphrase, asked.reason, actor, now)
        return opened if isinstance(opened, Withheld) else dict(opened)

    try:
        opened = await house.write(job)
    except Outrun:
        raise outrun() from None
    if isinstance(opened, Withheld):
        house.wrong_passphrases.note(actor.key, moment)
        raise Refused(409, "shut", lambda texts: texts.say(f"api.shut.{opened.why}"))
    return IdentityShown(identity=opened)
