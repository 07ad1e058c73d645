"""The door for Telegram: one path for all bots, each told by its own secret.

    POST /webhooks/telegram   X-Telegram-Bot-Api-Secret-Token: <secret_for(TELEGRAM_SECRET, "700001")>

403: not from Telegram; nothing is kept. 413: too large. 200: kept, or none of our business. 503: nothing
could be stored; Telegram sends it again. What is authentic and cannot be read is kept as a failure and
answered 200: Telegram would repeat it for hours and hold back all that comes behind it.
"""

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from core.model.messages import Channel
from webhooks.intake import BODY_LIMIT, Ears, Unreadable, hand_over, keep_failure
from webhooks.telegram_updates import Json, parse, tap_id, translate, update_id

PATH = "/webhooks/telegram"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105
"""https://core.telegram.org/bots/api#setwebhook"""


def secret_for(secret: str, account: str) -> str:
    """A bot's own secret: letters Telegram allows, and one bot's tells nothing of another's."""
    return hmac.new(secret.encode(), account.encode(), hashlib.sha256).hexdigest()


def telegram_door(accounts: Iterable[str], secret: str, ears: Ears) -> Route:
    """The route for these bots; `secret` is the setting TELEGRAM_SECRET.

    Most of what comes comes here, so nothing of FastAPI stands before it: there is nothing to read but bytes.
    """
    if not secret:
        raise ValueError("the Telegram door needs a secret")
    secrets = {account: secret_for(secret, account).encode() for account in accounts}

    async def receive(request: Request) -> Response:
        account = _account(secrets, request.headers.get(SECRET_HEADER, ""))
        if account is None:
            return Response(status_code=403)
        taken = await take(ears, account, await request.body())
        return _answer(taken) if taken.kept else Response(status_code=503)

    return Route(PATH, receive, methods=["POST"], max_body_size=BODY_LIMIT)


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of an update: is it kept (or none of our business), and which tap wants acknowledging?"""

    kept: bool
    tap: str


async def take(ears: Ears, account: str, raw: bytes) -> Taken:
    """Read an authentic update and hand it over; for the webhook and for polling."""
    update: Json = {}
    number = ""
    try:
        update = parse(raw)
        number = str(update_id(update))
        incoming = translate(update, account, datetime.now(UTC))
    except Unreadable as trouble:
        kept = await keep_failure(ears, Channel.TELEGRAM, account, raw, trouble.reason, number)
    else:
        kept = incoming is None or await hand_over(ears, incoming, raw)
    return Taken(kept, tap_id(update))


def _account(secrets: dict[str, bytes], given: str) -> str | None:
    """Whose secret it is; every one is compared, so that time tells nothing."""
    known = given.encode("utf-8", "surrogateescape")
    matching = [account for account, secret in secrets.items() if hmac.compare_digest(secret, known)]
    return matching[0] if matching else None


def _answer(taken: Taken) -> Response:
    """A tap is acknowledged in the answer itself, which costs no request of our own."""
    if taken.tap:
        return JSONResponse({"method": "answerCallbackQuery", "callback_query_id": taken.tap})
    return Response()
