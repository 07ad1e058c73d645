"""A procedure in plain words: its states, who makes which move and what it needs, how long a clock runs."""

from collections.abc import Iterable
from dataclasses import dataclass

from core.cases.acts import in_language
from core.cases.procedure import Move, Procedure, Term
from core.speech.texts import Texts


@dataclass(frozen=True, slots=True)
class StateTold:
    label: str
    told: str
    """What the one who brought it is told."""
    is_start: bool
    is_end: bool


@dataclass(frozen=True, slots=True)
class MoveTold:
    label: str
    way: str
    """From which states to which."""
    who: str
    more: tuple[str, ...]
    """What it needs, how long it may be made, whom it tells, what it opens."""


@dataclass(frozen=True, slots=True)
class TermTold:
    label: str
    length: str
    more: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProcedureTold:
    title: str
    states: tuple[StateTold, ...]
    moves: tuple[MoveTold, ...]
    terms: tuple[TermTold, ...]
    results: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]


def told(procedure: Procedure, words: Texts) -> ProcedureTold:
    language = words.language
    return ProcedureTold(
        in_language(procedure.title, language),
        tuple(
            StateTold(
                in_language(state.label, language),
                in_language(state.told, language),
                state.name == procedure.start,
                state.is_end,
            )
            for state in procedure.states.values()
        ),
        tuple(_move(move, procedure, words) for move in procedure.moves),
        tuple(_term(term, procedure, words) for term in procedure.terms),
        tuple(in_language(label, language) for label in procedure.results.values()),
        tuple(_facts(procedure, words)),
    )


def _facts(procedure: Procedure, words: Texts) -> Iterable[tuple[str, str]]:
    """Each with its name; what a procedure does not have is left out."""
    kept = procedure.retention
    facts = {
        "worked_by": _people(procedure.worked_by, words),
        "number": procedure.number_example,
        "hours": in_language(procedure.hours, words.language),
        "kept": words.say(
            "desk_procedures.kept_days",
            reply=kept.reply_address,
            identity=kept.identity,
            content=kept.content,
        ),
    }
    return ((words.say(f"desk_procedures.fact.{name}"), value) for name, value in facts.items() if value)


def _move(move: Move, procedure: Procedure, words: Texts) -> MoveTold:
    target = _states([move.target], procedure, words) if move.target else ""
    way = (_states(_in_order(move.sources, procedure), procedure, words), target)
    return MoveTold(
        in_language(move.label, words.language),
        " → ".join(filter(None, way)),
        _people(move.who, words),
        tuple(_of_move(move, words)),
    )


def _of_move(move: Move, words: Texts) -> Iterable[str]:
    if move.needs:
        needs = ", ".join(words.say(f"desk_procedures.need.{need}") for need in move.needs)
        yield words.say("desk_procedures.needs", needs=needs)
    if move.within_days:
        days = _days(move.within_days, move.within_counting, words)
        yield words.say("desk_procedures.within", days=days)
    if move.tells:
        whom = ", ".join(words.say(f"desk_procedures.tell.{one}") for one in sorted(move.tells))
        yield words.say("desk_procedures.tells", whom=whom)
    if move.opens:
        yield words.say("desk_procedures.opens", name=move.opens)


def _term(term: Term, procedure: Procedure, words: Texts) -> TermTold:
    return TermTold(
        in_language(term.label, words.language),
        _days(term.days, term.counting, words),
        tuple(_of_term(term, procedure, words)),
    )


def _of_term(term: Term, procedure: Procedure, words: Texts) -> Iterable[str]:
    states = _states(_in_order(term.states, procedure), procedure, words)
    yield words.say("desk_procedures.runs", states=states)
    yield words.say(f"desk_procedures.since.{term.since}")
    first = "counted" if term.counts_first_day else "not_counted"
    yield words.say(f"desk_procedures.first_day.{first}")
    if term.extension:
        yield words.say("desk_procedures.extension", days=_days(term.extension, term.counting, words))
    if term.warn_days:
        yield words.say("desk_procedures.warn", days=term.warn_days)
    if term.escalates:
        yield words.say("desk_procedures.escalates", whom=_people(term.escalates, words))


def _days(days: int, counting: str, words: Texts) -> str:
    return words.say(f"desk_procedures.days.{counting}", days=days)


def _states(names: Iterable[str], procedure: Procedure, words: Texts) -> str:
    known = procedure.states
    return ", ".join(in_language(known[one].label, words.language) if one in known else one for one in names)


def _in_order(names: frozenset[str], procedure: Procedure) -> list[str]:
    return [name for name in procedure.states if name in names]


def _people(who: Iterable[object], words: Texts) -> str:
    """KABKOTA, PROVINSI; the citizen and the clock by their words."""
    names = sorted(map(str, who))
    spoken = {one: words.say(f"desk_procedures.who.{one}") for one in ("citizen", "clock")}
    return ", ".join(spoken.get(name, name.upper()) for name in names)
