"""The clocks of a case: which run in a state, from which day, until when, and which have run out.

decide   started 2 Oct, 3 days, due 5 Oct 23.59.59; extended by 2 days: due 7 Oct
"""

from dataclasses import replace
from datetime import date, datetime, timedelta

from core.cases.days import day_in, end_of, last_day
from core.cases.procedure import Move, Procedure, Term
from core.model.cases import Case, Clock


def clocks_in(case: Case, procedure: Procedure) -> tuple[Clock, ...]:
    """Those that run in the state it stands in: one that ran before goes on, the others begin."""
    state = procedure.states.get(case.state)
    if state is None or state.is_end:
        return ()
    running = {clock.name: clock for clock in case.clocks}
    return tuple(
        running.get(term.name) or _started(case, term)
        for term in procedure.terms
        if case.state in term.states
    )


def prolonged(case: Case, term: Term) -> tuple[Clock, ...]:
    """The clocks with that one extended: it ends as if its days had been more from the start."""
    return tuple(
        _extended(clock, term, case.office) if clock.name == term.name else clock for clock in case.clocks
    )


def term_of(procedure: Procedure, name: str) -> Term | None:
    return next((term for term in procedure.terms if term.name == name), None)


def running(case: Case, name: str) -> Clock | None:
    return next((clock for clock in case.clocks if clock.name == name), None)


def next_due(case: Case, procedure: Procedure) -> Clock | None:
    """The clock to tell of: the first to end of those that began with the state, since a reporting term
    says nothing about what comes next."""
    begun = [
        clock for clock in case.clocks if (term := term_of(procedure, clock.name)) and term.since == "entered"
    ]
    return min(begun or case.clocks, key=lambda clock: clock.due_at, default=None)


def is_near(clock: Clock, term: Term, now: datetime) -> bool:
    return term.warn_days > 0 and now >= clock.due_at - timedelta(days=term.warn_days)


def is_over(clock: Clock, now: datetime) -> bool:
    return now > clock.due_at


def open_until(case: Case, move: Move) -> date | None:
    """The last day on which a move can still be made; None where it always can."""
    if not move.within_days:
        return None
    return last_day(day_in(case.office, case.entered_at), move.within_days, move.within_counting)


def is_open(case: Case, move: Move, now: datetime) -> bool:
    last = open_until(case, move)
    return last is None or now <= end_of(last, case.office)


def _started(case: Case, term: Term) -> Clock:
    start = _beginning(case, term)
    due = last_day(start, term.days, term.counting, term.counts_first_day)
    return Clock(term.name, start, due, end_of(due, case.office))


def _beginning(case: Case, term: Term) -> date:
    match term.since:
        case "entered":
            return day_in(case.office, case.entered_at)
        case "known":
            told = case.known_on
        case "happened":
            told = case.happened_on or case.known_on
    return told or day_in(case.office, case.opened_at)


def _extended(clock: Clock, term: Term, office: str) -> Clock:
    due = last_day(clock.due_on, term.extension, term.counting)
    return replace(
        clock, due_on=due, due_at=end_of(due, office), extended=True, warned=False, escalated=False
    )
