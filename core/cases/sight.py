"""Who may see and work a case: whose seat covers its office, unless they have a conflict of interest."""

from core.cases.procedure import Procedure
from core.model.areas import lineage, within
from core.model.cases import Actor, Case
from core.model.people import Role

RANKS = tuple(Role)
BOARD = frozenset({Role.KABKOTA, Role.PROVINSI, Role.RI})
"""The permanent body: whoever sits higher in it sees what those below work."""


def may_see(actor: Actor, case: Case, procedure: Procedure) -> bool:
    """A citizen proved it by the code and the clock sees all; an officer by a seat. Never the excluded."""
    if actor.key in case.excluded:
        return False
    if actor.kind in ("citizen", "clock"):
        return True
    return any(works(role, procedure) for role in roles_over(actor, case))


def works(role: Role, procedure: Procedure) -> bool:
    """Is it for this role to work such cases, or to watch over those who do?"""
    lowest = min(map(RANKS.index, procedure.worked_by), default=len(RANKS))
    return role in procedure.worked_by or (role in BOARD and RANKS.index(role) > lowest)


def roles_over(actor: Actor, case: Case) -> frozenset[Role]:
    """The roles whose seat contains the case's office."""
    return frozenset(role for role, area in actor.seats if within(case.office, area))


def may_make(actor: Actor, who: frozenset[Role | str], case: Case) -> bool:
    """Is the actor one of those who make a move?"""
    if actor.kind in ("citizen", "clock"):
        return actor.kind in who
    return not who.isdisjoint(roles_over(actor, case))


def reaches(actor: Actor, office: str) -> bool:
    """May the actor hand a case to that office: a kab/kota, or the province, of a province of their own?"""
    parts = office.split(".")
    if len(parts) > 2 or not all(len(part) == 2 and part.isdecimal() and part.isascii() for part in parts):
        return False
    return any(not area or lineage(area)[0] == parts[0] for _, area in actor.seats)
