from dataclasses import replace
from datetime import date, timedelta

from core.cases.likeness import likely, likeness
from core.model.cases import Case
from tests.core.cases.samples import NOW, a_case

STORY = "Tim sukses paslon 02 membagikan sembako dan uang 100rb di rumah Pak Contoh"


def a_tip(
    number: str, story: str = STORY, area: str = "64.72.01.1001", day: date = date(2024, 11, 25)
) -> Case:
    return replace(
        a_case(), number=number, title="", story=story, accused="", area=area, happened_on=day, known_on=day
    )


FIRST = a_tip("K-1")


def test_the_same_told_in_other_words_is_likely() -> None:
    others = [
        a_tip("K-2", "td malam timses psl 2 bagi2 sembako sama uang seratus ribu, di rmh pak Contoh"),
        a_tip("K-3", "Pembagian uang dan sembako oleh tim paslon 02", area="64.72.01.1002"),
        a_tip("K-4", "Spanduk dirobek orang tak dikenal di depan pasar"),
        a_tip("K-5", area="64.02.08.2001", day=date(2024, 10, 1)),
        FIRST,
    ]
    found = likely(FIRST, others)
    assert {case.number for case, _ in found} - {"K-5"} == {"K-2", "K-3"}
    assert all(0.5 <= score <= 1 for _, score in found)


def test_the_same_words_place_and_day_are_the_same() -> None:
    assert likeness(FIRST, a_tip("K-2")) == 1.0


def test_place_and_day_alone_say_nothing() -> None:
    assert likeness(FIRST, a_tip("K-2", "Spanduk dirobek di pasar")) == 0
    assert likeness(FIRST, a_tip("K-2", "")) == 0
    assert likely(FIRST, []) == ()


def test_it_is_less_alike_the_farther_away_in_place_and_time() -> None:
    near = likeness(FIRST, a_tip("K-2"))
    farther = [
        likeness(FIRST, a_tip("K-2", area="64.72.01.1009")),
        likeness(FIRST, a_tip("K-2", area="64.72.05.1009")),
        likeness(FIRST, a_tip("K-2", area="64.02.05.1009")),
        likeness(FIRST, a_tip("K-2", area="")),
    ]
    assert [near, *farther] == sorted([near, *farther], reverse=True)
    later = [likeness(FIRST, a_tip("K-2", day=date(2024, 11, 25) + timedelta(days=n))) for n in range(6)]
    assert later == sorted(later, reverse=True) and later[0] > later[-1]


def test_at_most_a_handful_is_shown_and_nobody_raises() -> None:
    many = [a_tip(f"K-{n}") for n in range(2, 30)]
    assert len(likely(FIRST, many)) == 5
    undated = replace(FIRST, number="K-9", happened_on=None, known_on=None, opened_at=NOW)
    assert 0 < likeness(FIRST, undated) < 1
