"""What a table refuses, and where; what it gives in place of what it refused."""

from datetime import time

import pytest

from core.toml.table import Table, opened


def read(text: str) -> Table:
    _, table = opened(text, "coba.toml")
    assert table is not None
    return table


def faults(table: Table) -> list[tuple[int, str, str]]:
    return [(one.line, one.path, one.key) for one in table.page.problems]


@pytest.mark.parametrize(
    ("text", "told"), [("x = 18:00:00.5", time(18)), ('x = "7.30"', time(7, 30)), ("", time(6))]
)
def test_a_time_of_day(text: str, told: time) -> None:
    table = read(text)
    assert table.clock("x", time(6)) == told
    assert faults(table) == []


def test_what_is_refused_is_told_once_and_the_usual_stands_in() -> None:
    table = read('number = 11\nword = "satuu"\nclock = "26:00"\n')
    assert table.whole("number", 5, 1, 10) == 5
    assert table.one_of("word", ("satu", "dua"), "dua") == "dua"
    assert table.one_of("other", ("satu", "dua"), "dua") == "dua"
    assert table.clock("clock", time(6)) == time(6)
    table.close()
    assert faults(table) == [
        (1, "number", "toml.range"),
        (2, "word", "toml.value"),
        (3, "clock", "toml.type.clock"),
    ]


def test_a_list_may_be_empty_only_where_that_means_something() -> None:
    table = read("some = []\nany = []\n")
    assert (table.words_in("some"), table.words_in("any", may_be_empty=True)) == ((), ())
    assert faults(table) == [(1, "some", "toml.missing")]


def test_of_words_that_stand_twice_the_second_is_told() -> None:
    table = read("[[a]]\n[[a]]\n[[a]]\n")
    table.numbered("a")
    table.refuse_twice("a", ["x", "", "x"])
    assert faults(table) == [(3, "a[3].name", "toml.twice")]
