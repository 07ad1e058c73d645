from core.model.cases import Actor
from core.model.people import Role
from core.reports.sight import covers


def test_a_seat_covers_its_area_and_all_in_it() -> None:
    umi = Actor("staff", 1, ((Role.KABKOTA, "64.72"), (Role.PANWASCAM, "64.02.06")))
    seen = [
        area
        for area in ("64.72", "64.72.05.1004.012", "64.02.06", "64", "64.02", "64.7", "")
        if covers(umi, area)
    ]
    assert seen == ["64.72", "64.72.05.1004.012", "64.02.06"]


def test_what_was_filed_from_nowhere_is_the_centres() -> None:
    assert covers(Actor("staff", 1, ((Role.RI, ""),)), "")
    assert not covers(Actor("staff", 1, ()), "64")
