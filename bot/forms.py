"""The published forms in this process's memory: read once a version, looked for anew every few seconds."""

from collections.abc import Callable
from datetime import datetime, timedelta

from core.forms.catalogue import Catalogue
from core.forms.plan import Plan
from core.forms.written import from_json
from storage.book import Book

FRESH_FOR = timedelta(seconds=3)
"""So long a newly published version may go unseen."""


class FormShelf:
    """Shared by all turns of a process; threads may find the same version twice, which harms nothing."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._plans: dict[tuple[str, str], Plan] = {}
        self._current: tuple[Plan, ...] = ()
        self._looked_at: datetime | None = None
        self._stamp = ""

    def catalogue(self, book: Book) -> Catalogue:
        self._look(book)
        return Catalogue(self._current, lambda name, version: self._older(book, name, version))

    def forget(self) -> None:
        """Look again at once: something was published here."""
        self._looked_at = None

    def _look(self, book: Book) -> None:
        now = self._clock()
        if self._looked_at is not None and now - self._looked_at < FRESH_FOR:
            return
        stamp = book.forms.stamp()
        if stamp != self._stamp or self._looked_at is None:
            newest = {one.name: one.version for one in book.forms.versions()}
            plans = [self._plan(book, name, version) for name, version in newest.items()]
            self._current = tuple(sorted(plans, key=lambda plan: (plan.form.purpose.menu, plan.form.name)))
            self._stamp = stamp
        self._looked_at = now

    def _older(self, book: Book, name: str, version: str) -> Plan | None:
        try:
            return self._plan(book, name, version)
        except KeyError:
            return None

    def _plan(self, book: Book, name: str, version: str) -> Plan:
        key = (name, version)
        if key not in self._plans:
            self._plans[key] = Plan(from_json(book.forms.load(name, version)))
        return self._plans[key]
