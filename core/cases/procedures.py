"""Procedures as their files say them: TOML in, a Procedure out, and everything that is wrong with it at once.

[[moves]]
name = "registrasi"
from = ["kajian-awal"]
to = "diregistrasi"
who = ["kabkota"]
needs = ["number"]
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import cast, get_args

from core.cases.procedure import (
    Counting,
    Move,
    Need,
    Procedure,
    ProcedureKind,
    Retention,
    Since,
    State,
    Telling,
    Term,
    Who,
)
from core.cases.soundness import check
from core.model.people import Role
from core.toml.problems import Problem, nearest
from core.toml.table import Table, opened

LAWS = ("pilkada", "pemilu")
KINDS = get_args(ProcedureKind)
SINCE = get_args(Since)
COUNTINGS = get_args(Counting)
NEEDS = get_args(Need)
TELLINGS = get_args(Telling)
ROLES = tuple(Role)
WHO = (*ROLES, "citizen", "clock")

MOST_DAYS = 3650
MOST_LETTERS = 64
"""Of a version, as the database holds it."""


def read_procedure(text: str, file: str) -> tuple[Procedure | None, tuple[Problem, ...]]:
    """The procedure that a file tells; None when anything is wrong with it."""
    page, table = opened(text, file)
    if table is None:
        return None, page.problems
    procedure = _read(table)
    check(procedure, page)
    return (None if page.problems else procedure), page.problems


def check_together(procedures: Mapping[str, Procedure], published: Iterable[str] = ()) -> tuple[Problem, ...]:
    """What only shows when files are read together: a name told twice, moves that open what nobody knows."""
    names = [procedure.name for procedure in procedures.values()]
    known = {*names, *published}
    problems: list[Problem] = []
    for position, (file, procedure) in enumerate(procedures.items()):
        if procedure.name in names[:position]:
            problems.append(Problem(file, 0, "name", "procedures.same_name", {"word": procedure.name}))
        for number, move in enumerate(procedure.moves, 1):
            if move.opens and move.opens not in known:
                values = {"word": move.opens, "allowed": ", ".join(sorted(known))}
                values["suggestion"] = nearest(move.opens, known)
                problems.append(Problem(file, 0, f"moves[{number}].opens", "procedures.opens", values))
    return tuple(problems)


@lru_cache(maxsize=128)
def parse_procedure(text: str) -> Procedure:
    """A procedure that was checked when it was published; ValueError for any other."""
    procedure, problems = read_procedure(text, "")
    if procedure is None:
        raise ValueError(f"not a procedure: {problems[0].path} {problems[0].key}")
    return procedure


def _read(table: Table) -> Procedure:
    states = {
        name: _state(name, inner) for name, inner in table.named_tables("states", required=True).items()
    }
    number = table.table("number", required=False)
    procedure = Procedure(
        name=table.name("name"),
        version=_version(table),
        law=table.one_of("law", LAWS),
        title=table.words("title"),
        kind=cast(ProcedureKind, table.one_of("kind", KINDS)),
        start=table.text("start"),
        states=states,
        moves=tuple(_move(one) for one in table.numbered("moves")),
        terms=tuple(_term(one) for one in table.numbered("clocks")),
        results=table.named_words("results"),
        number_pattern=number.text("pattern") if number else "",
        number_example=number.text("example") if number else "",
        worked_by=_roles(table, "worked_by"),
        hours=table.words("hours", required=False),
        requirements=table.named_words("requirements"),
        papers=table.named_words("papers"),
        retention=_retention(table.table("retention", required=False)),
    )
    if number:
        number.close()
    table.close()
    return procedure


def _version(table: Table) -> str:
    version = table.text("version")
    if len(version) > MOST_LETTERS or not version.isprintable():
        table.refuse("version", "procedures.version", most=MOST_LETTERS)
    return version


def _state(name: str, table: Table) -> State:
    state = State(
        name=name,
        label=table.words("label"),
        told=table.words("told"),
        ahead=table.words("ahead", required=False, places=frozenset({"due"})),
        is_end=table.yes("end"),
    )
    table.close()
    return state


def _move(table: Table) -> Move:
    move = Move(
        name=table.name("name"),
        label=table.words("label"),
        sources=frozenset(table.words_in("from")),
        target=table.text("to", required=False),
        who=frozenset(cast(tuple[Who, ...], tuple(map(_who, table.some_of("who", WHO))))),
        needs=cast(tuple[Need, ...], table.some_of("needs", NEEDS, required=False)),
        results=table.words_in("results", required=False),
        tells=frozenset(cast(tuple[Telling, ...], table.some_of("tells", TELLINGS, required=False))),
        opens=table.text("opens", required=False),
        within_days=table.whole("within_days", 0, 1, MOST_DAYS),
        within_counting=cast(Counting, table.one_of("within_counting", COUNTINGS, "calendar")),
        extends=table.text("extends", required=False),
    )
    table.close()
    return move


def _term(table: Table) -> Term:
    term = Term(
        name=table.name("name"),
        label=table.words("label"),
        states=frozenset(table.words_in("states")),
        days=table.whole("days", None, 1, MOST_DAYS),
        counting=cast(Counting, table.one_of("counting", COUNTINGS)),
        since=cast(Since, table.one_of("since", SINCE, "entered")),
        counts_first_day=table.yes("counts_first_day"),
        extension=table.whole("extension", 0, 1, MOST_DAYS),
        warn_days=table.whole("warn_days", 1, 0, MOST_DAYS),
        escalates=_roles(table, "escalates"),
    )
    table.close()
    return term


def _retention(table: Table | None) -> Retention:
    usual = Retention()
    if table is None:
        return usual
    days = Retention(
        reply_address=table.whole("reply_address", usual.reply_address, 1, MOST_DAYS * 10),
        identity=table.whole("identity", usual.identity, 1, MOST_DAYS * 10),
        content=table.whole("content", usual.content, 1, MOST_DAYS * 10),
    )
    table.close()
    return days


def _roles(table: Table, name: str) -> frozenset[Role]:
    return frozenset(map(Role, table.some_of(name, ROLES)))


def _who(word: str) -> Role | str:
    return Role(word) if word in ROLES else word
