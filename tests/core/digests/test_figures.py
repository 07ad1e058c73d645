import pytest

from core.digests.digest import Tally
from core.digests.figures import change_shown, count_shown, percent_of, percent_shown
from tests.core.digests.weeks import tally


@pytest.mark.parametrize(
    ("filed", "nihil", "silent", "percent"),
    [
        (166, 40, 31, 87),
        (0, 0, 5, 0),
        (5, 0, 0, 100),
        (0, 5, 0, 100),
        (999, 0, 1, 99),
        (1, 0, 999, 1),
        (1, 0, 1, 50),
        (1, 0, 7, 13),
    ],
)
def test_whole_percents_and_a_hundred_only_when_nothing_is_missing(
    filed: int, nihil: int, silent: int, percent: int
) -> None:
    assert percent_of(tally(filed, nihil, silent)) == percent


def test_of_nothing_there_are_no_percents() -> None:
    assert percent_of(Tally()) is None
    assert percent_shown(None, "id") == "–"


@pytest.mark.parametrize(
    ("now", "before", "indonesian", "english"),
    [
        (1204, 1020, "+18 %", "+18%"),
        (40, 53, "−25 %", "−25%"),
        (0, 3, "−100 %", "−100%"),
        (2, 1, "+100 %", "+100%"),
        (7, 7, "tetap", "the same"),
        (1001, 1000, "tetap", "the same"),
        (0, 0, "tetap", "the same"),
        (5, 0, "baru", "new"),
        (10, 1, "10 kali lipat", "10 times as many"),
        (12500, 1, "12.500 kali lipat", "12,500 times as many"),
    ],
)
def test_what_changed_since_last_week(now: int, before: int, indonesian: str, english: str) -> None:
    assert change_shown(now, before, "id") == indonesian
    assert change_shown(now, before, "en") == english


def test_thousands_are_told_apart() -> None:
    assert (count_shown(435296, "id"), count_shown(435296, "en")) == ("435.296", "435,296")
