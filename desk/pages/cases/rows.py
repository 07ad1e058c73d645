"""Cases as they stand in a list: what, where, in which state, who works it, how much time is left."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from core.cases.acts import in_language
from core.cases.lifecycle import may_see
from core.model.cases import Actor, Case
from core.speech.texts import Texts
from desk.api.shown import CaseLine
from desk.api.views import line
from desk.pages.names import where_is, who_is
from desk.pages.times import left, urgency
from storage.book import Book


@dataclass(frozen=True, slots=True)
class Row:
    case: CaseLine
    procedure: str
    office: str
    worker: str
    """Empty when nobody works it."""
    urgency: str
    left: str
    """How much time is left; empty where no clock runs."""


def rows(book: Book, cases: Iterable[Case], actor: Actor, words: Texts, now: datetime) -> list[Row]:
    """Only those that the actor may see."""
    rules = book.procedures.rulebook()
    known = [(case, rules.get(case.procedure, case.version)) for case in cases]
    seen = [(case, one) for case, one in known if one and may_see(actor, case, one)]
    workers = who_is(book, (case.assigned for case, _ in seen), words)
    places = where_is(book, (case.office for case, _ in seen))
    found = []
    for case, procedure in seen:
        shown = line(case, procedure, words.language, now)
        found.append(
            Row(
                shown,
                in_language(procedure.title, words.language),
                places.get(case.office, case.office),
                workers.get(case.assigned, ""),
                urgency(shown.due_at, now),
                left(shown.due_at, now, words) if shown.due_at else "",
            )
        )
    return found
