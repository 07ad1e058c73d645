"""What a platform tells of a message after it took it, and what has to be said again because of it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Literal

from bot.channels.twilio_errors import FILE_REFUSED
from core.model.messages import Address, Receipt
from core.speech.layout import Layout, Part, fit, without_files
from core.speech.texts import texts
from storage import receipts
from storage.book import Book
from storage.outbox import Errand
from storage.window import REASON as WINDOW

Kept = Literal["noted", "unknown", "to send"]


def keep_receipt(
    book: Book, receipt: Receipt, layout_of: Callable[[Address], Layout | None], now: datetime
) -> Kept:
    """Note it. "to send": there is something to say because of it. "unknown": a failure of nothing that is
    written down yet.

    A file that could not be fetched or shown is told of so late: its words are said again without it.
    """
    if receipt.status != "failed":
        book.outbox.receipt(receipt)
        return "noted"
    if not receipts.is_known(book.connection, receipt):
        return "unknown"
    is_new = book.outbox.receipt(receipt)
    if receipt.error == WINDOW and is_new:
        receipts.withhold(book.connection, receipt)
    is_said = receipt.error == FILE_REFUSED and _say_again(book, receipt, layout_of, now, is_new=is_new)
    return "to send" if is_said else "noted"


def _say_again(
    book: Book,
    receipt: Receipt,
    layout_of: Callable[[Address], Layout | None],
    now: datetime,
    *,
    is_new: bool,
) -> bool:
    place = receipts.take_place(book.connection, receipt, is_new=is_new)
    errand = book.outbox.errand(place.outbox_id) if place else None
    layout = layout_of(errand.address) if errand else None
    if place is None or errand is None or layout is None:
        return False
    return _say_without_files(book, errand, place.part, layout, now)


def _say_without_files(book: Book, errand: Errand, place: int | None, layout: Layout, now: datetime) -> bool:
    words = texts(errand.language)
    parts = fit(errand.reply, layout, words)
    part = parts[-1 if place is None else place] if parts else Part("")
    if not part.files:
        return False
    choices = errand.reply.choices if part.text else ()
    text = without_files(replace(part, text=errand.reply.text if part.text else ""), words).text
    again = replace(errand.reply, text=text, choices=choices, files=(), template=None)
    book.outbox.put(errand.address_id, again, now, priority=errand.priority)
    return True
