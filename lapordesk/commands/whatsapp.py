"""`lapordesk whatsapp`: the templates for buttons and lists, and those approved for writing first."""

import asyncio
import json
from typing import Annotated

from cyclopts import Parameter

from bot.channels.base import SendFailed
from bot.channels.content import ContentTemplates, ensure_templates
from core.speech.templates import PURPOSES, Templates
from lapordesk.commands.console import CommandFailed, Console, Given
from lapordesk.platforms import verdicts_on
from lapordesk.template_file import read_file, template_file
from storage.book import Book

Off = Annotated[bool, Parameter(name="--off", negative=())]
Ask = Annotated[bool, Parameter(name="--ask", negative=())]


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


def templates(*, ask: Ask = False, console: Given) -> int:
    """1 when something in the file, or at Twilio, is not as it should be."""
    file = template_file(console.settings)
    if not file.exists():
        raise CommandFailed("commands.whatsapp.no_file", file=file)
    approved, problems = read_file(console.settings)
    console.listed(problem.say(console.texts) for problem in problems)
    for one in approved.approved:
        named = {"purpose": one.purpose, "language": one.language, "sid": one.sid}
        console.say("commands.whatsapp.template", **named, text=one.text)
    for purpose in PURPOSES:
        if not any(one.purpose == purpose for one in approved.approved):
            console.say("commands.whatsapp.no_template", purpose=purpose)
    _tell_limit(console, approved)
    is_fine = not problems
    return 0 if (not ask or _ask(console, approved)) and is_fine else 1


def known_templates(book: Book, account: str) -> ContentTemplates | None:
    """The templates that were made for this account; None: options are numbered."""
    kept = book.marks.get(_mark(account))
    return ContentTemplates(json.loads(kept)) if kept else None


def note_templates(book: Book, account: str, made: ContentTemplates) -> None:
    book.marks.put(_mark(account), json.dumps(dict(made.sids)))


def _tell_limit(console: Console, approved: Templates) -> None:
    numbers = console.settings.twilio_whatsapp_from
    if not numbers:
        return
    with console.store() as store, store.reading() as book:
        reached = {number: book.window.approached(number, console.now) for number in numbers}
        withheld = book.window.count_withheld()
    for number, count in reached.items():
        most = console.number(approved.most(number))
        console.say("commands.whatsapp.limit", number=number, count=console.number(count), most=most)
    if withheld:
        console.say("commands.whatsapp.withheld", count=console.number(withheld))


def _ask(console: Console, approved: Templates) -> bool:
    """Is each as Twilio has it?"""
    settings = console.settings
    if settings.twilio_account_sid is None or settings.twilio_auth_token is None:
        raise CommandFailed("commands.whatsapp.no_number")
    try:
        verdicts = asyncio.run(verdicts_on(approved, settings))
    except SendFailed as failed:
        raise CommandFailed("commands.whatsapp.failed", reason=failed.reason) from None
    for one, verdict in verdicts:
        named = {"purpose": one.purpose, "language": one.language}
        console.say(f"commands.whatsapp.verdict.{verdict}", **named)
    return all(verdict == "approved" for _, verdict in verdicts)


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
