"""`lapordesk whatsapp buttons`: the templates by which WhatsApp shows buttons and lists, made once."""

import asyncio
import json
from typing import Annotated

from cyclopts import Parameter

from bot.channels.base import SendFailed
from bot.channels.content import ContentTemplates, ensure_templates
from lapordesk.commands.console import CommandFailed, Console, Given
from storage.book import Book

Off = Annotated[bool, Parameter(name="--off", negative=())]


def buttons(*, off: Off = False, console: Given) -> None:
    account = console.settings.twilio_account_sid
    if account is None or not console.settings.twilio_whatsapp_from:
        raise CommandFailed("commands.whatsapp.no_number")
    with console.store() as store:
        if off:
            with store.begin() as book:
                book.marks.drop(_mark(account))
            console.say("commands.whatsapp.off")
            return
        with store.reading() as book:
            known = known_templates(book, account)
        console.say("commands.whatsapp.making")
        made = asyncio.run(_ensure(console, account, known))
        with store.begin() as book:
            note_templates(book, account, made)
    console.say("commands.whatsapp.on", count=len(made.sids))


def known_templates(book: Book, account: str) -> ContentTemplates | None:
    """The templates that were made for this account; None: options are numbered."""
    kept = book.marks.get(_mark(account))
    return ContentTemplates(json.loads(kept)) if kept else None


def note_templates(book: Book, account: str, made: ContentTemplates) -> None:
    book.marks.put(_mark(account), json.dumps(dict(made.sids)))


async def _ensure(console: Console, account: str, known: ContentTemplates | None) -> ContentTemplates:
    token = console.settings.twilio_auth_token
    try:
        return await ensure_templates(
            account,
            token.get_secret_value() if token else "",
            console.settings.twilio_api_url,
            known.sids if known else None,
        )
    except SendFailed as failed:
        raise CommandFailed("commands.whatsapp.failed", reason=failed.reason) from None


def _mark(account: str) -> str:
    return f"twilio.content.{account}"
