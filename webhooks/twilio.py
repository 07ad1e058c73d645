"""Twilio's door: WhatsApp and SMS come in here, and the receipts of what we sent.

A signature has no time in it, so a replayed message is genuine here; the inbox knows it by its MessageSid.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

import structlog
from fastapi import APIRouter, Request, Response
from starlette.datastructures import FormData
from twilio.request_validator import RequestValidator  # type: ignore[import-untyped]

from core.model.messages import Receipt
from webhooks.intake import Ears, Unreadable, hand_over, keep_failure
from webhooks.twilio_message import message_sid, our_side, read_message, read_receipt

MESSAGES = "/webhooks/twilio"
STATUS = "/webhooks/twilio/status"
BODY_LIMIT = 256 * 1024
FORM = "application/x-www-form-urlencoded"
EMPTY_TWIML = '<?xml version="1.0" encoding="UTF-8"?><Response/>'

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class TwilioDoor:
    ears: Ears
    receipts: Callable[[Receipt], Awaitable[None]]
    account_sid: str
    auth_token: str
    public_url: str | None
    now: Callable[[], datetime]

    def router(self) -> APIRouter:
        router = APIRouter(include_in_schema=False)
        for path, answer in ((MESSAGES, self.take_message), (STATUS, self.take_status)):
            router.add_api_route(path, answer, methods=["POST"], max_body_size=BODY_LIMIT)
        return router

    async def take_message(self, request: Request) -> Response:
        form = await _form(request)
        if refused := self._refusal(request, form, MESSAGES):
            return refused
        raw = await request.body()
        try:
            incoming = read_message(_single(form), self.now())
        except Unreadable as trouble:
            kept = await self._keep(form, raw, trouble.reason)
        else:
            kept = await hand_over(self.ears, incoming, raw)
        return Response(EMPTY_TWIML, media_type="text/xml") if kept else Response(status_code=503)

    async def take_status(self, request: Request) -> Response:
        form = await _form(request)
        if refused := self._refusal(request, form, STATUS):
            return refused
        try:
            receipt = read_receipt(_single(form), self.now())
        except Unreadable as trouble:
            log.warning("unreadable receipt", reason=trouble.reason)
            return Response(status_code=204)
        if receipt and not await self._noted(receipt):
            return Response(status_code=503)
        return Response(status_code=204)

    def _refusal(self, request: Request, form: FormData, path: str) -> Response | None:
        if not self.public_url:
            log.error("twilio cannot be verified: PUBLIC_URL is not set")
            return Response(status_code=503)
        # Twilio signs the address that it knows; what a proxy made of it does not count.
        query = f"?{request.url.query}" if request.url.query else ""
        signed = f"{self.public_url.rstrip('/')}{path}{query}"
        signature = request.headers.get("X-Twilio-Signature", "")
        genuine = RequestValidator(self.auth_token).validate(signed, form, signature)
        if not genuine or form.getlist("AccountSid") != [self.account_sid]:
            log.warning("twilio refused", reason="account" if genuine else "signature")
            return Response(status_code=403)
        return None

    async def _keep(self, form: FormData, raw: bytes, reason: str) -> bool:
        written = {name: str(value) for name, value in form.items()}
        channel, account = our_side(written)
        try:
            known_as = message_sid(written)
        except Unreadable:
            known_as = ""
        return await keep_failure(self.ears, channel, account[:64], raw, reason, known_as)

    async def _noted(self, receipt: Receipt) -> bool:
        try:
            await self.receipts(receipt)
        except Exception as trouble:
            # An edge: Twilio may send it again, and the log must not repeat what a database error quotes.
            log.error("receipt not kept", message=receipt.provider_id, error=type(trouble).__name__)
            return False
        return True


async def _form(request: Request) -> FormData:
    """The fields, blank ones too: they are signed. Nothing but a form is read."""
    if request.headers.get("Content-Type", "").partition(";")[0].strip().lower() != FORM:
        return FormData()
    await request.body()
    return await request.form()


def _single(form: FormData) -> Mapping[str, str]:
    fields = {name: str(value) for name, value in form.multi_items()}
    if len(fields) != len(form.multi_items()):
        raise Unreadable("a field that comes twice")
    return fields
