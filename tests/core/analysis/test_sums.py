from collections import Counter

from core.analysis.sums import Numbers, Sums, countable, from_json, merged, to_json
from core.forms.form import Form, Group, Kind, Option, Question, Repeat
from core.model.records import Answers

MANY = tuple(Option(f"o{n}", {"": str(n)}) for n in range(201))
FORM = Form(
    "lhp",
    "1",
    {},
    (
        Question(("aman",), Kind.SELECT_ONE, {}, options="yt"),
        Question(("desa",), Kind.SELECT_ONE, {}, options="many"),
        Question(("pemilih",), Kind.INTEGER, {}),
        Question(("uraian",), Kind.TEXT, {}),
        Question(("hp",), Kind.CALCULATE, {}),
        Repeat(("saksi",), {}, (Question(("saksi", "umur"), Kind.DECIMAL, {}),)),
        Group(
            ("pelapor",),
            {},
            (Question(("pelapor", "umur"), Kind.INTEGER, {}),),
            appearance=frozenset({"identity"}),
        ),
    ),
    {"yt": (Option("ya", {}), Option("tidak", {})), "many": MANY},
)
KNOWN = countable(FORM)


def summed(**values: str) -> Sums:
    sums = Sums()
    places = {
        name.replace("__", "/").replace("_1", "[1]").replace("_2", "[2]"): v for name, v in values.items()
    }
    sums.add(Answers(places), KNOWN)
    return sums


def test_what_is_counted_is_neither_words_nor_whoever_somebody_is() -> None:
    assert list(KNOWN) == ["aman", "pemilih", "saksi/umur"]


def test_choices_are_counted_and_numbers_added_up_turn_by_turn() -> None:
    sums = summed(aman="ya", pemilih="250", saksi_1__umur="20", saksi_2__umur="31.5", uraian="Rahasia")
    assert sums.choices == {"aman": Counter(ya=1)}
    assert sums.numbers == {"pemilih": Numbers(1, 250, 250, 250), "saksi/umur": Numbers(2, 51.5, 20, 31.5)}
    assert "Rahasia" not in to_json(sums)


def test_sums_of_parts_are_those_of_the_whole() -> None:
    parts = [summed(aman="ya", pemilih="3"), summed(aman="tidak", pemilih="-7"), summed(aman="ya"), Sums()]
    whole = merged(parts)
    assert whole.reports == 3
    assert whole.choices["aman"] == Counter(ya=2, tidak=1)
    assert whole.numbers["pemilih"] == Numbers(2, -4, -7, 3)
    assert whole.numbers["pemilih"].mean == -2
    assert parts[0] == summed(aman="ya", pemilih="3")


def test_what_is_no_number_or_skipped_counts_nowhere() -> None:
    for value in ("", "banyak", "NaN", "Infinity", "1e40"):
        assert summed(pemilih=value, aman="").numbers == {}
    assert summed(aman="").choices == {}


def test_kept_and_read_they_are_the_same() -> None:
    sums = summed(aman="ya tidak", pemilih="2.5")
    sums.nihil = 1
    assert from_json(to_json(sums)) == sums
