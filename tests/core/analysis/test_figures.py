from collections import Counter
from datetime import date, timedelta

from core.analysis.figures import REST, by_area, by_day, choices_of, numbers_of
from core.analysis.sums import Numbers, Sums

MONDAY = date(2024, 11, 18)


def chose(**counts: int) -> Sums:
    return Sums(reports=sum(counts.values()), choices={"q": Counter(counts)})


def test_choices_stand_in_the_order_of_the_form() -> None:
    found = choices_of("q", {"a": chose(ya=2), "b": chose(tidak=1, lama=4), "c": Sums()}, ["ya", "tidak"])
    assert found.names == ("ya", "tidak", "lama")
    assert found.whole == (2, 1, 4)
    assert found.rows == (("a", (2, 0, 0)), ("b", (0, 1, 4)), ("c", (0, 0, 0)))


def test_of_many_choices_those_made_least_go_together() -> None:
    counts = {f"o{n:02}": n for n in range(1, 13)}
    found = choices_of("q", {"a": chose(**counts)}, sorted(counts))
    assert found.names == (*(f"o{n:02}" for n in range(6, 13)), REST)
    assert found.whole == (6, 7, 8, 9, 10, 11, 12, 15)
    assert sum(found.whole) == sum(counts.values())


def test_days_and_weeks_without_an_answer_are_there_too() -> None:
    found = {("64", MONDAY): chose(ya=1), ("63", MONDAY + timedelta(days=6)): chose(ya=2)}
    days = by_day(found, MONDAY, MONDAY + timedelta(days=7))
    assert [one.reports for one in days.values()] == [1, 0, 0, 0, 0, 0, 2, 0]
    weeks = by_day(found, MONDAY - timedelta(days=1), MONDAY + timedelta(days=6), weeks=True)
    assert {key: one.reports for key, one in weeks.items()} == {"2024-11-11": 0, "2024-11-18": 3}


def test_areas_have_all_of_their_days() -> None:
    found = {("a", MONDAY + timedelta(days=n)): Sums(n, 0, {}, {"v": Numbers(1, n, n, n)}) for n in (1, 2)}
    parts = by_area(found, ["a", "b"])
    assert [one.reports for one in parts.values()] == [3, 0]
    assert numbers_of("v", parts) == {"a": Numbers(2, 3, 1, 2)}
