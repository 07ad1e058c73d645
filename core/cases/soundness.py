"""Does a procedure hold together? Each state is reached and comes to an end, each name used is there.

diterima ─▶ kajian-awal ─▶ diregistrasi        "klarifikasi" is in nobody's reach: a problem
"""

import re
from collections.abc import Iterable

from core.cases.procedure import Move, Procedure, Term
from core.model.people import Role
from core.toml.page import Page
from core.toml.problems import nearest


def check(procedure: Procedure, page: Page) -> None:
    """Note down all that does not hold."""
    for one in (_states, _moves, _clocks, _names, _number):
        one(procedure, page)


def _states(procedure: Procedure, page: Page) -> None:
    if not procedure.states:
        return
    if procedure.start and procedure.start not in procedure.states:
        _unknown_state(procedure, page, "start", procedure.start)
    elif procedure.start and procedure.states[procedure.start].is_end:
        page.refuse("start", "procedures.start_ends", word=procedure.start)
    elif procedure.start:
        for name in procedure.states.keys() - _reached(procedure):
            page.refuse(f"states.{name}", "procedures.unreachable", word=name)
    if not any(state.is_end for state in procedure.states.values()):
        page.refuse("states", "procedures.no_end")
    for name in procedure.states.keys() - _ending(procedure):
        page.refuse(f"states.{name}", "procedures.stuck", word=name)


def _moves(procedure: Procedure, page: Page) -> None:
    for number, move in enumerate(procedure.moves, 1):
        path = f"moves[{number}]"
        for state in sorted(move.sources - procedure.states.keys()):
            _unknown_state(procedure, page, f"{path}.from", state)
        if move.target and move.target not in procedure.states:
            _unknown_state(procedure, page, f"{path}.to", move.target)
        if not (move.target or move.needs or move.extends):
            page.refuse(path, "procedures.idle", word=move.name)
        _needs(procedure, move, page, path)
        if move.extends:
            _extends(procedure, move, page, path)


def _needs(procedure: Procedure, move: Move, page: Page, path: str) -> None:
    if "result" in move.needs and not procedure.results:
        page.refuse(f"{path}.needs", "procedures.no_results")
    if move.results and "result" not in move.needs:
        page.refuse(f"{path}.results", "procedures.results_unasked")
    for word in move.results:
        if word not in procedure.results:
            known = ", ".join(procedure.results) or "—"
            suggestion = nearest(word, procedure.results)
            page.refuse(f"{path}.results", "toml.value", word=word, allowed=known, suggestion=suggestion)
    officers = any(isinstance(who, Role) for who in move.who)
    givable = set() if "clock" in move.who else {"reason"}
    if move.who and (not officers or "clock" in move.who) and set(move.needs) - givable:
        page.refuse(f"{path}.needs", "procedures.not_givable", words=", ".join(set(move.needs) - givable))


def _extends(procedure: Procedure, move: Move, page: Page, path: str) -> None:
    term = next((one for one in procedure.terms if one.name == move.extends), None)
    if term is None:
        known = [one.name for one in procedure.terms]
        page.refuse(f"{path}.extends", "toml.value", word=move.extends,
                    allowed=", ".join(known) or "—", suggestion=nearest(move.extends, known))  # fmt: skip
    elif not term.extension:
        page.refuse(f"{path}.extends", "procedures.no_extension", word=term.name)
    elif not move.sources <= term.states:
        page.refuse(f"{path}.from", "procedures.extends_elsewhere", word=term.name)


def _clocks(procedure: Procedure, page: Page) -> None:
    for number, term in enumerate(procedure.terms, 1):
        path = f"clocks[{number}].states"
        for name in sorted(term.states):
            if name not in procedure.states:
                _unknown_state(procedure, page, path, name)
            elif procedure.states[name].is_end:
                page.refuse(path, "procedures.end_clock", word=name)


def _names(procedure: Procedure, page: Page) -> None:
    groups: tuple[tuple[str, Iterable[Move | Term]], ...] = (
        ("moves", procedure.moves),
        ("clocks", procedure.terms),
    )
    for table, named in groups:
        seen: dict[str, frozenset[str]] = {}
        for number, one in enumerate(named, 1):
            before = seen.get(one.name, frozenset())
            if one.name and before & _span(one):
                page.refuse(f"{table}[{number}].name", "procedures.twice", word=one.name)
            seen[one.name] = before | _span(one)


def _span(one: Move | Term) -> frozenset[str]:
    """Where its name must be its own: a clock's everywhere, a move's where it starts from, so that
    "keberatan" may lead from each end to a review of its own."""
    return one.sources if isinstance(one, Move) else frozenset({""})


def _number(procedure: Procedure, page: Page) -> None:
    if not procedure.number_pattern:
        return
    try:
        pattern = re.compile(procedure.number_pattern)
    except re.error as error:
        page.refuse("number.pattern", "procedures.pattern", reason=str(error))
        return
    if procedure.number_example and not pattern.fullmatch(procedure.number_example):
        page.refuse("number.example", "procedures.example", word=procedure.number_example)


def _unknown_state(procedure: Procedure, page: Page, path: str, name: str) -> None:
    values = {"word": name, "allowed": ", ".join(procedure.states) or "—"}
    page.refuse(path, "procedures.state", **values, suggestion=nearest(name, procedure.states))


def _reached(procedure: Procedure) -> set[str]:
    reached: set[str] = set()
    ahead = [procedure.start]
    while ahead:
        state = ahead.pop()
        if state not in reached:
            reached.add(state)
            ahead += [move.leads_to(state) for move in procedure.moves if state in move.sources]
    return reached


def _ending(procedure: Procedure) -> set[str]:
    """The states from which a case can come to an end."""
    ending = {state.name for state in procedure.states.values() if state.is_end}
    while more := {
        source for move in procedure.moves if move.target in ending for source in move.sources - ending
    }:
        ending |= more
    return ending
