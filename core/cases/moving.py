"""Moves: which a case may make now, what stands against one, and what it changes."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime

from core.cases.acts import LONGEST, Act, Acted, Given, Opening, Refusal, noted
from core.cases.clocks import clocks_in, is_open, open_until, prolonged, running, term_of
from core.cases.days import day_in
from core.cases.numbers import is_official
from core.cases.opening import alert_of_opening, open_case
from core.cases.procedure import Move, Need, Procedure, Rulebook
from core.cases.sight import may_make, may_see, reaches
from core.cases.telling import news, to_office, to_roles
from core.model.cases import Actor, Case, NoteKind, Secrecy
from core.model.effects import Effect, Opened
from core.model.people import Role

FEWEST = 3
"""Letters that make a reason."""


def moves_for(case: Case, procedure: Procedure, actor: Actor, now: datetime) -> tuple[Move, ...]:
    """What this actor may do with it now."""
    if not may_see(actor, case, procedure):
        return ()
    return tuple(move for move in procedure.moves if _hindrance(case, procedure, move, actor, now) is None)


def move(
    case: Case, procedure: Procedure, rules: Rulebook, name: str, given: Given, actor: Actor, now: datetime
) -> Act:
    """Make the move of that name, or say why not."""
    if not may_see(actor, case, procedure):
        return Refusal("cases.refused.unknown", {"number": case.number})
    wanted = _named(procedure, name, case.state)
    if wanted is None:
        return Refusal("cases.refused.no_move", {"move": name})
    given = _tidied(given, wanted)
    refusal = _hindrance(case, procedure, wanted, actor, now) or _lack(case, procedure, wanted, given, actor)
    if refusal:
        return refusal
    child = rules.current(wanted.opens) if wanted.opens else None
    if wanted.opens and (child is None or not given.case):
        return Refusal("cases.refused.nothing_to_open", {"procedure": wanted.opens})
    return _moved(case, procedure, child, wanted, given, actor, now)


def _named(procedure: Procedure, name: str, state: str) -> Move | None:
    """The move of that name; of several, the one that starts from where the case stands."""
    named = [one for one in procedure.moves if one.name == name]
    return next((one for one in named if state in one.sources), named[0] if named else None)


def _hindrance(case: Case, procedure: Procedure, wanted: Move, actor: Actor, now: datetime) -> Refusal | None:
    """What stands against the move itself, whatever is given with it."""
    if case.state not in wanted.sources:
        closed = case.closed_at is not None
        key = "cases.refused.closed" if closed else "cases.refused.not_from_here"
        return Refusal(key, {"move": wanted.label, "state": _label(case, procedure)})
    if not may_make(actor, wanted.who, case):
        return Refusal("cases.refused.not_yours", {"move": wanted.label})
    if not is_open(case, wanted, now):
        return Refusal("cases.refused.too_late", {"day": open_until(case, wanted)})
    return _not_extendable(case, wanted) if wanted.extends else None


def _not_extendable(case: Case, wanted: Move) -> Refusal | None:
    clock = running(case, wanted.extends)
    if clock is None:
        return Refusal("cases.refused.no_clock", {"move": wanted.label})
    return Refusal("cases.refused.extended", {"day": clock.due_on}) if clock.extended else None


def _lack(case: Case, procedure: Procedure, wanted: Move, given: Given, actor: Actor) -> Refusal | None:
    """What the move needs and has not been given."""
    if len(given.reason) > LONGEST:
        return Refusal("cases.refused.too_long", {"longest": LONGEST})
    lacks = (_LACKS[need](case, procedure, wanted, given, actor) for need in wanted.needs)
    return next((refusal for refusal in lacks if refusal), None)


Lack = Callable[[Case, Procedure, Move, Given, Actor], Refusal | None]


def _no_reason(case: Case, procedure: Procedure, wanted: Move, given: Given, actor: Actor) -> Refusal | None:
    return None if len(given.reason) >= FEWEST else Refusal("cases.refused.reason")


def _no_number(case: Case, procedure: Procedure, wanted: Move, given: Given, actor: Actor) -> Refusal | None:
    if is_official(given.number, procedure):
        return None
    return Refusal("cases.refused.number", {"example": procedure.number_example or "—"})


def _no_result(case: Case, procedure: Procedure, wanted: Move, given: Given, actor: Actor) -> Refusal | None:
    allowed = wanted.results or tuple(procedure.results)
    return None if given.result in allowed else Refusal("cases.refused.result", {"known": ", ".join(allowed)})


def _no_office(case: Case, procedure: Procedure, wanted: Move, given: Given, actor: Actor) -> Refusal | None:
    if given.office == case.office:
        return Refusal("cases.refused.same_office")
    if actor.kind not in ("citizen", "clock") and reaches(actor, given.office):
        return None
    return Refusal("cases.refused.office")


def _no_identity(
    case: Case, procedure: Procedure, wanted: Move, given: Given, actor: Actor
) -> Refusal | None:
    return None if case.secrecy is Secrecy.NAMED else Refusal("cases.refused.identity")


_LACKS: dict[Need, Lack] = {
    "reason": _no_reason,
    "number": _no_number,
    "result": _no_result,
    "office": _no_office,
    "identity": _no_identity,
}


def _moved(
    case: Case,
    procedure: Procedure,
    child: Procedure | None,
    wanted: Move,
    given: Given,
    actor: Actor,
    now: datetime,
) -> Acted:
    details = {"move": wanted.name, "from": case.state, "to": wanted.leads_to(case.state)}
    details |= {
        need: str(getattr(given, need)) for need in ("number", "result", "office") if need in wanted.needs
    }
    if child:
        details |= {"opens": child.name, "case": given.case}
    first = noted(
        _placed(case, procedure, wanted, given, now),
        _kind(case, wanted, actor),
        actor,
        now,
        given.reason,
        details,
    )
    grown = _grown(first.case, child, given, actor, now) if child else ()
    # Told before the new case takes over the way to whoever brought this one.
    told = _tellings(first.case, procedure, wanted, actor, now)
    return Acted(first.case, (first, *told, *grown))


def _placed(case: Case, procedure: Procedure, wanted: Move, given: Given, now: datetime) -> Case:
    """The case where the move takes it, with the clocks that run there."""
    target = wanted.leads_to(case.state)
    if "number" in wanted.needs:
        case = replace(case, official=given.number)
    if "result" in wanted.needs:
        case = replace(case, result=given.result)
    if "office" in wanted.needs:
        case = replace(case, office=given.office, assigned="")
    if wanted.extends and (term := term_of(procedure, wanted.extends)):
        case = replace(case, clocks=prolonged(case, term))
    if target == case.state:
        return case
    is_end = procedure.states[target].is_end
    case = replace(case, state=target, entered_at=now, closed_at=now if is_end else None)
    return replace(case, clocks=clocks_in(case, procedure), awaits=case.awaits and not is_end)


def _kind(case: Case, wanted: Move, actor: Actor) -> NoteKind:
    if wanted.extends:
        return NoteKind.EXTENDED
    contests = actor.kind == "citizen" and case.closed_at is not None
    return NoteKind.CONTESTED if contests else NoteKind.MOVED


def _grown(case: Case, procedure: Procedure, given: Given, actor: Actor, now: datetime) -> tuple[Effect, ...]:
    """The new case: the same story, secrecy, office and exclusions. What is found is known from today."""
    known = day_in(case.office, now) if procedure.kind == "finding" else case.known_on
    opening = Opening(
        given.case, case.secrecy, case.area, case.office, case.form, case.form_version, case.answers,
        case.title, case.story, case.accused, case.where, known, case.happened_on, case.missing,
        case.report, case.number, case.practice, case.doubts,
    )  # fmt: skip
    born, note = open_case(opening, procedure, actor, now)
    born = replace(born, office=case.office, excluded=case.excluded)
    return (Opened(born, note), alert_of_opening(born, procedure))


def _tellings(
    case: Case, procedure: Procedure, wanted: Move, actor: Actor, now: datetime
) -> Iterator[Effect]:
    whose = "cases.alert.by_citizen" if actor.kind == "citizen" else "cases.alert.moved"
    values = {"move": wanted.label, "state": _label(case, procedure)}
    if "citizen" in wanted.tells:
        yield from news(case, procedure, now, goes_on=bool(wanted.opens))
    if "office" in wanted.tells:
        yield to_office(case, whose, **values)
    if "province" in wanted.tells:
        yield to_roles(case, frozenset({Role.PROVINSI}), whose, **values)


def _label(case: Case, procedure: Procedure) -> object:
    state = procedure.states.get(case.state)
    return state.label if state else case.state


def _tidied(given: Given, wanted: Move) -> Given:
    """Without spaces around; a single possible result is the one."""
    only = wanted.results[0] if len(wanted.results) == 1 else ""
    return Given(
        given.reason.strip(),
        given.number.strip(),
        given.result.strip() or only,
        given.office.strip(),
        given.case,
    )
