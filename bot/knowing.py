"""What a turn decides by: who writes, where their conversation stands, and what their message asks for."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from bot.cases import Looking
from bot.forms import FormShelf
from bot.owing import Duties
from bot.recognition import recognise
from bot.weeks import about_week
from core.dialogue.coordinators.desk_known import WeekKnown
from core.dialogue.filling.inquired import NEWEST, inquiry_asked
from core.dialogue.known import REPORTS_SHOWN, House, Known, Wanted, wanted
from core.dialogue.session import Session, from_json
from core.dialogue.typed import as_choice
from core.model.messages import Incoming
from core.model.people import Person
from core.model.records import Inquiry, Report
from storage.addresses import Correspondent
from storage.book import Book


class Crossed(Exception):
    """Two of these turns are one person's: the second must see what the first has written."""


@dataclass(slots=True)
class Knowing:
    """The people and conversations of several turns, read together; the rest as each asks for it."""

    book: Book
    shelf: FormShelf
    house: House
    language: str
    demo: Callable[[Book], tuple[Person, ...]]
    people: dict[int, Person] = field(default_factory=dict)
    sessions: dict[str, str | None] = field(default_factory=dict)
    owners: set[str] = field(default_factory=set)

    def meet(self, all_met: Iterable[Correspondent]) -> None:
        """Read who they are, and lock their conversations."""
        known = {met.id: met.person_id for met in all_met}
        people = {one for one in known.values() if one is not None}
        self.people = self.book.people.several(people, with_phone=True)
        self.sessions = self.book.sessions.open_all(
            f"person:{person}" if person in self.people else f"address:{address}"
            for address, person in known.items()
        )

    def of(
        self, met: Correspondent, incoming: Incoming, now: datetime, week: WeekKnown | None
    ) -> tuple[Known, str, Incoming]:
        """What `respond` decides by, and whose conversation it is; a stranger is recognised by what their
        words choose. `week` is what `Unprepared` asked for."""
        person = self.people.get(met.person_id) if met.person_id else None
        introduction, session, demo = None, None, tuple[Person, ...]()
        if person is None:
            demo = self.demo(self.book)
            session = self._session(f"address:{met.id}", None)
            incoming = as_choice(session, incoming)
            introduction = recognise(self.book, incoming, now, demo)
        who = person or (introduction.person if introduction else None)
        owner = self._own(f"person:{who.id}" if who else f"address:{met.id}")
        if session is None or who is not None:
            session = self._session(owner, who, session.language if session else "")
        chosen = as_choice(session, incoming)
        asked = wanted(chosen, session)
        reports, rules = self._reports(who, asked), self.book.procedures.rulebook()
        own = frozenset(report.number for report in reports)
        looked = Looking(self.book, rules, met, who, session, now, own).gather(asked)
        known = Known(
            house=self.house,
            person=person,
            session=session,
            forms=self.shelf.catalogue(self.book),
            introduction=introduction,
            demo=demo,
            reports=reports,
            rules=rules,
            case=looked.case,
            cases=looked.cases,
            question=looked.question,
            guess=looked.guess,
            can_seal=looked.can_seal,
            opened_today=looked.opened_today,
            names=self.book.areas.chain,
            inquiry=self._inquiry(who, chosen, session),
            week=about_week(self.book, asked.week, person, now, week),
        )
        return Duties(self.book, who, now).look(known, asked), owner, incoming

    def _own(self, owner: str) -> str:
        if owner in self.owners:
            raise Crossed
        self.owners.add(owner)
        return owner

    def _session(self, owner: str, who: Person | None, spoken: str = "") -> Session:
        """Where the conversation stands; a new one is in their language, else in the one `spoken` here."""
        kept = self.sessions[owner] if owner in self.sessions else self.book.sessions.open(owner)
        if kept is not None:
            return from_json(kept)
        return Session(language=(who.language if who else "") or spoken or self.language)

    def _reports(self, who: Person | None, asked: Wanted) -> tuple[Report, ...]:
        if who is None:
            return ()
        report = self.book.reports.get(asked.number) if asked.number else None
        if report is not None and report.person == who.id:
            return (report,)
        is_asked = asked.number or asked.recent
        return tuple(self.book.reports.of_person(who.id, REPORTS_SHOWN)) if is_asked else ()

    def _inquiry(self, who: Person | None, incoming: Incoming, session: Session) -> Inquiry | None:
        """The question of the desk that is answered; nothing is read that the message is not about."""
        number = inquiry_asked(incoming, session) if who else ""
        if not who or not number:
            return None
        return self.book.inquiries.open_for(who.id, "" if number == NEWEST else number)
