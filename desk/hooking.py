"""Other systems that are told what happens: one set up, its secret changed, tried out, stopped; only inside
the area of whoever does it.
"""

from collections.abc import Collection
from datetime import datetime

from core.hooks.event import KINDS
from core.model.cases import Actor
from core.model.people import OVERSEERS
from desk.refused import Refused, unknown
from desk.staffing import covers
from storage.book import Book
from storage.hook_addresses import NoHookAddress, checked
from storage.hooks import Hook

MOST = 50
"""In one house: each event is written down for each of them."""


def look_up(book: Book, actor: Actor, number: int) -> Hook:
    """Also one that was stopped; Refused as unknown when there is none for them."""
    hook = book.hooks.get(number)
    if hook is None or not covers(actor, hook.area):
        raise unknown()
    return hook


def add(
    book: Book,
    owner: Actor,
    area: str,
    address: str,
    kinds: Collection[str],
    now: datetime,
    *,
    by: Actor | None = None,
    is_local: bool = False,
) -> tuple[Hook, str]:
    """A new one, told what its owner may see; and its secret, which can never be had again."""
    place = area.strip()
    if not any(role in OVERSEERS for role, _ in owner.seats):
        raise Refused(409, "role")
    if not covers(owner, place) or (place and book.areas.get(place) is None):
        raise Refused(409, "area")
    if not kinds or not set(kinds) <= set(KINDS):
        raise Refused(409, "kinds")
    if book.hooks.count_heard() >= MOST:
        raise Refused(409, "many")
    try:
        there = checked(address, is_local=is_local)
    except NoHookAddress as refused:
        raise Refused(409, refused.why) from None
    hook, secret = book.hooks.add(owner.id, place, there, kinds, now)
    details = {"area": hook.area, "kinds": " ".join(hook.kinds), "for": owner.key}
    book.audit.write((by or owner).key, "hook.added", f"hook:{hook.id}", details, now)
    return hook, secret


def rotate(book: Book, actor: Actor, number: int, now: datetime) -> tuple[Hook, str]:
    hook = look_up(book, actor, number)
    secret = book.hooks.rotate(hook.id, now)
    if secret is None:
        raise unknown()
    book.audit.write(actor.key, "hook.rotated", f"hook:{hook.id}", {}, now)
    return hook, secret


def stop(book: Book, actor: Actor, number: int, now: datetime) -> None:
    hook = look_up(book, actor, number)
    if not book.hooks.stop(hook.id, now):
        raise unknown()
    book.audit.write(actor.key, "hook.stopped", f"hook:{hook.id}", {}, now)


def try_out(book: Book, actor: Actor, number: int, now: datetime) -> str:
    hook = look_up(book, actor, number)
    if hook.stopped_at is not None:
        raise unknown()
    return book.hook_outbox.try_out(hook.id, now)


def send_again(book: Book, actor: Actor, number: int, delivery: int, now: datetime) -> None:
    hook = look_up(book, actor, number)
    if not book.hook_outbox.send_again(delivery, hook.id, now):
        raise unknown()
