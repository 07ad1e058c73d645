"""What a turn must know of duties: what the one who writes owes, and who is silent below them."""

from dataclasses import dataclass, replace
from datetime import datetime

from core.dialogue.known import SILENT_SHOWN, Known, Wanted
from core.elections.owed import Owed
from core.elections.silent import Silent, looks_after
from core.model.areas import is_code
from core.model.people import Person
from storage.book import Book
from storage.reminding import owed_by
from storage.silence import Looked

UNCALLED = frozenset({"call", "called"})
"""Buttons that ask who was phoned: whoever was, today, is shown no more."""


@dataclass(frozen=True, slots=True)
class Duties:
    """The part of `Known` that is about duties."""

    book: Book
    who: Person | None
    now: datetime

    def look(self, known: Known, asked: Wanted) -> Known:
        """Nothing is read that the message is not about."""
        if self.who is None or not (asked.owed or asked.silent):
            return known
        elections = tuple(self.book.elections.in_force())
        owed = self._owed(self.who) if asked.owed else ()
        silent = self._silent(self.who, asked.silent) if asked.silent else None
        return replace(known, owed=owed, silent=silent, elections=elections)

    def _owed(self, who: Person) -> tuple[Owed, ...]:
        return tuple(owed_by(self.book, [who.id], self.now).get(who.id, ()))

    def _silent(self, who: Person, button: str) -> Silent | None:
        """Only of an area that is theirs to look after."""
        wish, _, rest = button.partition(":")
        area, _, value = rest.partition(":")
        if not is_code(area) or not looks_after(who, area):
            return None
        number = int(value) if value.isascii() and value.isdecimal() and len(value) < 10 else None
        looked = Looked(
            page=min(number or 0, 999) if wish == "call" else 0,
            size=SILENT_SHOWN,
            uncalled=wish in UNCALLED,
            post=number if wish == "called" else None,
        )
        return self.book.silent.read(area, self.now, looked)
