"""Cases: their rows, notes, clocks and exclusions; what is written in words is sealed, with a key a case."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from core.model.cases import CLOCK, Case
from core.model.effects import Noted, Opened
from storage.attempts import Attempts
from storage.cases.reading import Reading
from storage.cases.search import PAGE, Search, running_out, search
from storage.cases.words import Words
from storage.cases.writing import Outrun, Writing
from storage.keys import Keys

__all__ = ["Cases", "Outrun", "Search"]


class Cases:
    def __init__(self, connection: Connection, keys: Keys) -> None:
        self.connection = connection
        self._reading = Reading(connection, keys)
        self._writing = Writing(connection, keys)
        self._attempts = Attempts(connection)
        self._words = Words(connection, keys)

    def open(self, opened: Opened, address_id: int | None, now: datetime) -> bool:
        """Keep a new case with its first note; news go to that address unless its secrecy forbids. Gives
        whether any other system listens."""
        is_heard = self._writing.open(opened, address_id)
        if opened.case.parent:
            self._writing.inherit(opened.case.number, opened.case.parent)
        if address_id is not None and opened.is_theirs:
            self._attempts.opened(address_id, now)
        return is_heard

    def note(self, noted: Noted) -> bool:
        """Keep an act; `Outrun` when its note is not the next of the case. Gives the same."""
        return self._writing.note(noted)

    def get(self, number: str, *, notes: bool = True) -> Case | None:
        return self._reading.get(number, notes=notes)

    def several(self, numbers: list[str]) -> list[Case]:
        """Those that exist, in this order, without their notes."""
        return self._reading.several(numbers)

    def by_code(self, code: str) -> Case | None:
        """The case that this tracking code follows."""
        return self._reading.by_code(code)

    def of_address(self, address_id: int) -> list[Case]:
        """The cases whose news go to that address, the newest first."""
        return self._reading.of_address(address_id)

    def question_of(self, address_id: int) -> Case | None:
        """The newest of them that waits for an answer."""
        return self._reading.question_of(address_id)

    def of_report(self, number: str) -> Case | None:
        """The newest case that came out of that report."""
        return self._reading.of_report(number)

    def reply_address(self, number: str) -> int | None:
        """Where news of the case go; None when there is no way to whoever brought it."""
        return self._reading.reply_address(number)

    def find(self, wanted: Search) -> list[Case]:
        """One page of what this officer may see, what is due first in front; without notes."""
        return search(self.connection, self._reading, wanted)

    def every(self, *, practice: bool = False) -> Iterator[Case]:
        """All of them in the order of `find`, without notes; a page at a time in memory."""
        wanted = Search(CLOCK, open_only=False, practice=practice, limit=PAGE)
        while page := self.find(wanted):
            yield from page
            wanted = replace(wanted, after=page[-1].number)

    def running_out(self, ended: datetime, near: datetime, limit: int, after: str = "") -> list[str]:
        """Numbers of open cases with a clock that is to be told of: one that ended before the first moment
        and was not escalated, or one that ends before the second and was not warned of."""
        return running_out(self.connection, ended, near, limit, after)

    def search_anew(self, after: str = "", limit: int = PAGE) -> list[str]:
        """Make the words anew that the next cases are searched by; gives their numbers, none at the end."""
        numbers = self._words.written(after, limit)
        for number in numbers:
            self._words.drop(number)
            if case := self.get(number):
                self._words.add(case, case.notes)
        return numbers

    def opened_from(self, address_id: int, since: datetime) -> int:
        """How many were opened from that address lately."""
        return self._attempts.opened_since(address_id, since)
