"""The bundled procedures, and cases and officers to try them with."""

from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

from core.cases.acts import Given, Opening
from core.cases.clocks import clocks_in
from core.cases.opening import open_case
from core.cases.procedure import Move, Procedure, Rulebook
from core.cases.procedures import parse_procedure
from core.model.cases import CITIZEN, Actor, Case, Secrecy
from core.model.people import Role

BUNDLED = Path(__file__).parents[3] / "lapordesk" / "bundled" / "procedures"
LAWS = ("pilkada", "pemilu")
NAMES = ("informasi-awal", "laporan", "temuan", "sengketa", "informasi-publik")

NOW = datetime(2024, 11, 27, 1, 0, tzinfo=UTC)
"""Wednesday, 09.00 WITA."""
VILLAGE = "64.72.01.1001"
OFFICE = "64.72"

OFFICER = Actor("person", 20, ((Role.KABKOTA, OFFICE),))
COLLEAGUE = Actor("staff", 21, ((Role.KABKOTA, OFFICE),))
NEIGHBOUR = Actor("person", 22, ((Role.KABKOTA, "64.02"),))
PROVINCE = Actor("person", 30, ((Role.PROVINSI, "64"),))
NATION = Actor("staff", 40, ((Role.RI, ""),))
FIELD = Actor("person", 50, ((Role.PANWASCAM, "64.72.01"),))
NOBODY = Actor("person", 60)


@cache
def source(law: str, name: str) -> str:
    return (BUNDLED / law / f"{name}.toml").read_text(encoding="utf-8")


def procedure(name: str = "informasi-awal", law: str = "pilkada") -> Procedure:
    return parse_procedure(source(law, name))


def rules(law: str = "pilkada") -> Rulebook:
    def current(name: str) -> Procedure | None:
        return procedure(name, law) if name in NAMES else None

    return Rulebook(current, lambda name, version: current(name))


def a_case(
    of: Procedure | None = None, state: str = "", secrecy: Secrecy = Secrecy.NAMED, now: datetime = NOW
) -> Case:
    """A case as it stands when it has just entered the state."""
    of = of or procedure()
    opening = Opening(
        "K-7K2-M9Q", secrecy, VILLAGE, "64", title="Bagi sembako", story="Ada yang membagi sembako",
        accused="Tim Contoh", known_on=date(2024, 11, 26), happened_on=date(2024, 11, 25),
    )  # fmt: skip
    case, _ = open_case(opening, of, CITIZEN, now)
    if not state or state == case.state:
        return case
    closed = now if of.states[state].is_end else None
    case = replace(case, state=state, closed_at=closed)
    return replace(case, clocks=clocks_in(replace(case, clocks=()), of))


def enough(move: Move, of: Procedure) -> Given:
    """All that the move may need."""
    result = next(iter(move.results or of.results), "")
    return Given("Alasan yang cukup", of.number_example or "12/PS/2024", result, "64.74", "K-NEW-001")
