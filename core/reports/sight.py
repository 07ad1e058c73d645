"""Who may see a report: whoever has a seat over the area that it was filed from."""

from core.model.areas import within
from core.model.cases import Actor


def covers(actor: Actor, area: str) -> bool:
    """An area that is not known lies in the country alone."""
    return any(within(area, seat) for _, seat in actor.seats)
