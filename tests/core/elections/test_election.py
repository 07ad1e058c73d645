from datetime import date

import pytest

from tests.core.elections.samples import CAMPAIGN, QUIET, VOTING, duty, election


@pytest.mark.parametrize(
    "day, stages",
    [
        (date(2024, 9, 24), ()),
        (date(2024, 9, 25), (CAMPAIGN,)),
        (date(2024, 11, 23), (CAMPAIGN,)),
        (date(2024, 11, 24), (QUIET,)),
        (date(2024, 11, 27), (VOTING,)),
        (date(2024, 11, 28), ()),
    ],
)
def test_the_stage_of_a_day(day: date, stages: tuple[object, ...]) -> None:
    assert election().stages_on(day) == stages


def test_where_stages_overlap_the_one_that_began_last_comes_first() -> None:
    longer = VOTING.__class__("rekapitulasi", {"id": ""}, date(2024, 11, 20), date(2024, 12, 16))
    both = election(stages=(longer, VOTING)).stages_on(date(2024, 11, 27))
    assert [stage.name for stage in both] == ["pungut-hitung", "rekapitulasi"]


@pytest.mark.parametrize(
    "whole, only, owed",
    [
        (["64"], [], {"64"}),
        (["64"], ["64.72"], {"64.72"}),
        (["64.72"], ["64"], {"64.72"}),
        (["64"], ["65"], set()),
        ([], ["64"], {"64"}),
        ([], [], {""}),
        (["64", "65"], ["64.72", "65"], {"64.72", "65"}),
    ],
)
def test_a_duty_is_owed_where_both_say_so(whole: list[str], only: list[str], owed: set[str]) -> None:
    one = duty(areas=frozenset(only))
    assert election(one, areas=frozenset(whole)).areas_of(one) == owed
