"""What a turn must know of cases before it can decide; none is read that the message is not about.

a citizen   the case whose code they give, or gave in this conversation; the question that waits for them
an officer  a case by its number, or the list: only what their seats cover and nobody keeps from them
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from core.cases.lifecycle import may_see
from core.cases.procedure import Rulebook
from core.dialogue.known import CASES_LISTED, Wanted
from core.dialogue.officers.casework import is_officer
from core.dialogue.session import Session
from core.model.cases import Case, actor_of
from core.model.people import Person
from storage.addresses import Correspondent
from storage.book import Book
from storage.cases import Search

DAY = timedelta(days=1)
CHOOSING = ("consent", "secrecy")
"""The stages in which it is decided how somebody wants to be known."""


@dataclass(frozen=True, slots=True)
class InHand:
    """The part of `Known` that is about cases."""

    case: Case | None = None
    cases: tuple[Case, ...] = ()
    question: Case | None = None
    guess: Literal["", "wrong", "wait"] = ""
    can_seal: bool = False
    opened_today: int = 0


@dataclass(frozen=True, slots=True)
class Looking:
    """Who looks at cases, from where, by which rules."""

    book: Book
    rules: Rulebook
    met: Correspondent
    who: Person | None
    session: Session
    now: datetime
    reports: frozenset[str] = frozenset()
    """Numbers of their own reports that were asked for."""

    def gather(self, asked: Wanted) -> InHand:
        case, guess = self._by_code(asked.code) if asked.code else (self._case(asked), "")
        is_telling = self.who is None or self._is_telling()
        return InHand(
            case=case,
            cases=self._list() if asked.cases else (),
            question=self.book.cases.question_of(self.met.id) if self.who is None else None,
            guess=guess,
            can_seal=(is_telling or self._takes_down()) and self.book.custodians.can_seal(),
            opened_today=self.book.cases.opened_from(self.met.id, self.now - DAY) if is_telling else 0,
        )

    def _is_telling(self) -> bool:
        """Somebody whom we know brings a case, as any citizen may."""
        filling = self.session.filling
        return self.session.stage in CHOOSING or (filling is not None and bool(filling.secrecy))

    def _takes_down(self) -> bool:
        """An officer may be entering what somebody came to the counter with."""
        return is_officer(self.who)

    def _by_code(self, code: str) -> tuple[Case | None, Literal["", "wrong", "wait"]]:
        """Who tried too many is answered without a look: not even a right one would be heard now."""
        if self.book.attempts.standing(self.met.id, self.now) == "wait":
            return None, "wait"
        case = self.book.cases.by_code(code)
        return case, "" if case else "wrong"

    def _case(self, asked: Wanted) -> Case | None:
        if asked.of_report in self.reports:
            return self.book.cases.of_report(asked.of_report)
        if not asked.case:
            return None
        if self.who is None or not is_officer(self.who):
            return self._followed(asked.case)
        case = self.book.cases.get(asked.case)
        return case if case is not None and self._may_see(self.who, case) else None

    def _followed(self, number: str) -> Case | None:
        """A citizen, or a supervisor who is one here, names no case by its number: its code was right in this
        conversation, or there is none."""
        return self.book.cases.get(number) if number == self.session.following else None

    def _list(self) -> tuple[Case, ...]:
        if self.who is None or not is_officer(self.who):
            return tuple(self.book.cases.of_address(self.met.id))
        wanted = Search(actor_of(self.who), practice=self.session.practice, limit=CASES_LISTED)
        return tuple(self.book.cases.find(wanted))

    def _may_see(self, who: Person, case: Case) -> bool:
        procedure = self.rules.get(case.procedure, case.version)
        return procedure is not None and may_see(actor_of(who), case, procedure)
