"""Topics put together: the own word counts, else the worst said below."""

from core.digests.consolidated import Entry, Standings
from core.digests.digest import Decision, Mark
from core.digests.topics import TopicKind

KIND = TopicKind("logistik", {"id": "Logistik"})
BELOW = {"64": ("64.01", "64.02"), "64.01": ("64.01.01",), "64.02": ("64.02.01", "64.02.02")}
NAMES = {"64.01": "Paser", "64.02": "Kukar", "64.02.01": "Tabang", "64.02.02": "Anggana"}


def standings(**said: Mark) -> Standings:
    """`x64_02_01="aman"` is what 64.02.01 said."""
    entries = [
        Entry(area[1:].replace("_", "."), "logistik", mark, f"catatan {area}") for area, mark in said.items()
    ]
    return Standings((KIND,), {(one.area, one.topic): one for one in entries}, BELOW, NAMES)


def mark(of: Standings, area: str = "64.02") -> Mark:
    return of.marks(area)["logistik"]


def test_nobody_has_said_anything() -> None:
    assert mark(standings()) == "belum"
    assert standings().decisions("64") == ()


def test_the_worst_below_stands_for_an_area_that_says_nothing() -> None:
    assert mark(standings(x64_02_01="aman", x64_02_02="perhatian")) == "perhatian"
    assert mark(standings(x64_02_01="masalah", x64_02_02="perhatian")) == "masalah"
    assert mark(standings(x64_02_01="masalah"), "64") == "masalah", "over two levels"


def test_safe_only_when_all_have_said_so() -> None:
    assert mark(standings(x64_02_01="aman")) == "belum"
    assert mark(standings(x64_02_01="aman", x64_02_02="aman")) == "aman"


def test_the_own_word_counts_and_the_troubled_are_named_all_the_same() -> None:
    said = standings(x64_02="aman", x64_02_01="masalah", x64_02_02="perhatian")
    [topic] = said.topics("64.02")
    assert (topic.mark, topic.note, topic.troubled) == ("aman", "catatan x64_02", ("Tabang", "Anggana"))
    assert mark(said, "64") == "belum", "Paser has not said"


def test_what_was_taken_back_was_not_said() -> None:
    assert mark(standings(x64_02="belum", x64_02_01="perhatian")) == "perhatian"


def test_trouble_needs_a_decision_where_it_is() -> None:
    assert standings(x64_02_01="masalah").decisions("64") == (
        Decision("topic", "logistik", "64.02", "Kukar", None),
    )
    assert standings(x64_02="masalah").decisions("64.02") == (
        Decision("topic", "logistik", "64.02", "", None),
    )
    assert standings(x64_02_02="perhatian").decisions("64.02") == ()
