"""What can be done to a case, each act a pure function: from the case to the case after it, or a refusal.

K-7K2-M9Q "diterima" + ask(officer, "Jam berapa?") = the same awaiting an answer, a note, and a question told
"""

import re
from dataclasses import replace
from datetime import datetime

from core.cases.acts import LONGEST, Act, Acted, Given, Opening, Refusal, acted, noted
from core.cases.clocks import is_near, is_over, term_of
from core.cases.moving import FEWEST, move, moves_for
from core.cases.opening import alert_of_opening, open_case
from core.cases.procedure import Procedure
from core.cases.sight import may_see
from core.cases.telling import SCORES, question, to_office, to_roles, to_worker, to_worker_alone
from core.model.cases import CITIZEN, CLOCK, Actor, Case, Clock, NoteKind
from core.model.effects import Alerted
from core.model.people import Role

__all__ = [
    "Act", "Acted", "Given", "Opening", "Refusal", "alert_of_opening", "answer", "ask", "assign", "exclude",
    "hold", "join", "may_see", "move", "moves_for", "note", "open_case", "rate", "run_out", "want_erasure",
    "want_formal",
]  # fmt: skip

_OFFICER = re.compile(r"(person|staff):[1-9]\d{0,17}")
_NUMBER = re.compile(r"[A-Z0-9-]{3,24}")


def note(case: Case, procedure: Procedure, actor: Actor, text: str, now: datetime) -> Act:
    """Write something down for the other officers."""
    refusal = _not_working(case, procedure, actor) or _unfit(text)
    return refusal or acted(noted(case, NoteKind.NOTED, actor, now, text.strip()))


def ask(case: Case, procedure: Procedure, actor: Actor, text: str, now: datetime) -> Act:
    """Ask the one who brought it; an anonymous one reads it when they come back with the code."""
    refusal = _not_working(case, procedure, actor) or _unfit(text)
    if refusal:
        return refusal
    asked = noted(replace(case, awaits=True), NoteKind.ASKED, actor, now, text.strip())
    told = question(asked.case, text.strip())
    return acted(asked, *told) if told else Refusal("cases.refused.nobody_to_ask")


def answer(case: Case, text: str, media: tuple[str, ...], now: datetime) -> Act:
    """What the one who brought it answers, or adds unasked; also when it is closed: nothing told is lost."""
    if not text.strip() and not media:
        return Refusal("cases.refused.empty")
    told = noted(replace(case, awaits=False), NoteKind.ANSWERED, CITIZEN, now, text.strip(), media=media)
    return acted(told, to_worker(told.case, "cases.alert.answered"))


def assign(case: Case, procedure: Procedure, actor: Actor, to: Actor, now: datetime) -> Act:
    """Give it to one officer, who must be able to see it."""
    if refusal := _not_working(case, procedure, actor):
        return refusal
    if to.kind not in ("person", "staff") or not may_see(to, case, procedure):
        return Refusal("cases.refused.assign")
    if to.key == case.assigned:
        return Refusal("cases.refused.assigned")
    given = noted(replace(case, assigned=to.key), NoteKind.ASSIGNED, actor, now, details={"to": to.key})
    return acted(
        given, *(() if to.key == actor.key else (to_worker_alone(given.case, "cases.alert.assigned"),))
    )


def exclude(case: Case, procedure: Procedure, actor: Actor, whom: str, reason: str, now: datetime) -> Act:
    """Keep it from somebody with a conflict of interest, oneself included. The province hears of it."""
    refusal = _not_seeing(case, procedure, actor) or _unfit(reason, FEWEST)
    if refusal:
        return refusal
    if not _OFFICER.fullmatch(whom):
        return Refusal("cases.refused.whom")
    if whom in case.excluded:
        return Refusal("cases.refused.excluded")
    without = replace(
        case,
        excluded=case.excluded | {whom},
        assigned="" if case.assigned == whom else case.assigned,
    )
    kept = noted(without, NoteKind.EXCLUDED, actor, now, reason.strip(), {"whom": whom})
    return acted(kept, to_roles(kept.case, frozenset({Role.PROVINSI}), "cases.alert.excluded"))


def join(case: Case, procedure: Procedure, actor: Actor, other: str, now: datetime) -> Act:
    """Note that another is about the same; whether the actor may see that one is the caller's to ask."""
    if refusal := _not_seeing(case, procedure, actor):
        return refusal
    if other == case.number or not _NUMBER.fullmatch(other):
        return Refusal("cases.refused.other")
    if any(one.kind is NoteKind.JOINED and one.details.get("case") == other for one in case.notes):
        return Refusal("cases.refused.joined", {"other": other})
    return acted(noted(case, NoteKind.JOINED, actor, now, details={"case": other}))


def hold(case: Case, procedure: Procedure, actor: Actor, on: bool, reason: str, now: datetime) -> Act:
    """Keep it from being erased, or no longer."""
    refusal = _not_seeing(case, procedure, actor) or _unfit(reason, FEWEST)
    if refusal:
        return refusal
    if case.held == on:
        return Refusal("cases.refused.held" if on else "cases.refused.not_held")
    details = {"on": "yes" if on else "no"}
    return acted(noted(replace(case, held=on), NoteKind.HELD, actor, now, reason.strip(), details))


def rate(case: Case, score: int, now: datetime) -> Act:
    """How the one who brought it found it to be handled: 3 well, 1 badly; once it is closed, and once."""
    if case.closed_at is None or score not in SCORES:
        return Refusal("cases.refused.rate")
    if _has(case, NoteKind.RATED):
        return Refusal("cases.refused.rated")
    return acted(noted(case, NoteKind.RATED, CITIZEN, now, details={"score": str(score)}))


def want_formal(case: Case, procedure: Procedure, now: datetime) -> Act:
    """They want a formal complaint and are told the way; the office hears of it, nothing else changes."""
    if procedure.kind != "tip" or case.closed_at is not None:
        return Refusal("cases.refused.formal")
    if _has(case, NoteKind.FORMAL):
        return Refusal("cases.refused.formal_known")
    wished = noted(case, NoteKind.FORMAL, CITIZEN, now)
    return acted(wished, to_worker(wished.case, "cases.alert.formal"))


def want_erasure(case: Case, now: datetime) -> Act:
    """They ask that it be erased: an officer decides, since an open case is worked on."""
    if _has(case, NoteKind.ERASURE):
        return Refusal("cases.refused.erasure_known")
    asked = noted(case, NoteKind.ERASURE, CITIZEN, now)
    return acted(asked, to_office(asked.case, "cases.alert.erasure"))


def run_out(case: Case, procedure: Procedure, now: datetime) -> Act | None:
    """Warns before a clock's end and escalates after it, once each; None when there is nothing to tell."""
    ended = [clock for clock in case.clocks if is_over(clock, now) and not clock.escalated]
    near = [
        clock
        for clock in case.clocks
        if not is_over(clock, now)
        and not clock.warned
        and (term := term_of(procedure, clock.name))
        and is_near(clock, term, now)
    ]
    if not ended and not near:
        return None
    details = {"ended": " ".join(clock.name for clock in ended), "warned": " ".join(c.name for c in near)}
    clocks = tuple(
        replace(c, warned=c.warned or c in near or c in ended, escalated=c.escalated or c in ended)
        for c in case.clocks
    )
    told = noted(replace(case, clocks=clocks), NoteKind.ESCALATED, CLOCK, now, details=details)
    alerts = [*(_ended(told.case, procedure, clock) for clock in ended),
              *(_near(told.case, procedure, clock) for clock in near)]  # fmt: skip
    return acted(told, *alerts)


def _ended(case: Case, procedure: Procedure, clock: Clock) -> Alerted:
    term = term_of(procedure, clock.name)
    values = {"clock": term.label if term else clock.name, "day": clock.due_on}
    if term is None or not term.escalates:
        return to_worker(case, "cases.alert.ended", **values)
    return to_roles(case, term.escalates, "cases.alert.ended", **values)


def _near(case: Case, procedure: Procedure, clock: Clock) -> Alerted:
    term = term_of(procedure, clock.name)
    label = term.label if term else clock.name
    return to_worker(case, "cases.alert.near", clock=label, day=clock.due_on)


def _not_seeing(case: Case, procedure: Procedure, actor: Actor) -> Refusal | None:
    """To those who may not see a case, there is none; a citizen does none of the officers' acts."""
    if actor.kind in ("person", "staff") and may_see(actor, case, procedure):
        return None
    return Refusal("cases.refused.unknown", {"number": case.number})


def _not_working(case: Case, procedure: Procedure, actor: Actor) -> Refusal | None:
    if refusal := _not_seeing(case, procedure, actor):
        return refusal
    return Refusal("cases.refused.ended") if case.closed_at is not None else None


def _unfit(text: str, fewest: int = 1) -> Refusal | None:
    if len(text.strip()) < fewest:
        return Refusal("cases.refused.reason" if fewest > 1 else "cases.refused.empty")
    return Refusal("cases.refused.too_long", {"longest": LONGEST}) if len(text) > LONGEST else None


def _has(case: Case, kind: NoteKind) -> bool:
    return any(one.kind is kind for one in case.notes)
