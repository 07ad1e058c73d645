"""Where a page of a list ends: the last case's number with a seal, so that nobody tries numbers with it."""

import hmac

from core.model.cases import Actor
from desk.refused import Refused
from storage.keys import Keys

MARK = 16


def write_cursor(keys: Keys, actor: Actor, number: str) -> str:
    return f"{number}.{_mark(keys, actor, number)}"


def read_cursor(keys: Keys, actor: Actor, cursor: str) -> str:
    """The number; Refused for one that was never given to this caller."""
    number, _, mark = cursor.rpartition(".")
    if not hmac.compare_digest(mark.encode(), _mark(keys, actor, number).encode()):
        raise Refused(404, "cursor")
    return number


def _mark(keys: Keys, actor: Actor, number: str) -> str:
    return keys.index("cursor", f"{actor.key}\x1f{number}")[:MARK]
