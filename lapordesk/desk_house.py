"""What the desk and its API are given, out of what a running LaporDesk is made of."""

from typing import TYPE_CHECKING

from desk.api.house import House
from desk.lately import Lately, beside
from lapordesk.overseeing import Overseeing
from lapordesk.shape_file import usable_shapes
from scheduler.render.paper import make_paper
from scheduler.render.picture import draw_picture
from scheduler.render.sheet import make_sheet

if TYPE_CHECKING:
    from lapordesk.app import Works


def desk_house(works: "Works") -> House:
    overseeing = Overseeing(
        works.settings,
        (works.ticker, works.rounds),
        works.telegrams,
        tuple(works.outlets),
        lambda: sorted(works.watch.fallen),
    )
    return House(
        works.store,
        works.evidence,
        works.turns.clock,
        works.turns.letters,
        works.settings.province,
        works.settings.timezone,
        works.settings.language,
        works.delivery.wake,
        {"png": draw_picture, "xlsx": make_sheet, "pdf": make_paper},
        usable_shapes(works.settings, works.store),
        overseeing.overseen(),
        Lately(beside),
    )
