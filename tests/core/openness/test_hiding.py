"""What stays hidden: nothing small is shown, and nobody can compute it, which is tried out."""

import random
from collections.abc import Iterator, Mapping
from itertools import product

import pytest

from core.openness.hiding import FEWEST, Line, hidden

Cell = tuple[str, str]
ALL = "all"


def table(rows: Mapping[str, Mapping[str, int]]) -> tuple[dict[Cell, int], list[Line[Cell]]]:
    """The cells with their totals, and what adds up to what."""
    columns = list(next(iter(rows.values())))
    counts = {(row, column): rows[row][column] for row in rows for column in columns}
    whole = with_totals(counts, list(rows), columns)
    across = [Line((row, ALL), tuple((row, column) for column in columns)) for row in (*rows, ALL)]
    down = [Line((ALL, column), tuple((row, column) for row in rows)) for column in (*columns, ALL)]
    return whole, across + down


def with_totals(inner: Mapping[Cell, int], rows: list[str], columns: list[str]) -> dict[Cell, int]:
    found = dict(inner)
    for row in rows:
        found[row, ALL] = sum(inner[row, column] for column in columns)
    for column in (*columns, ALL):
        found[ALL, column] = sum(found[row, column] for row in rows)
    return found


def fitting(counts: Mapping[Cell, int], away: frozenset[Cell]) -> Iterator[dict[Cell, int]]:
    """Tables that one who sees only the shown cells, and knows where nobody came, must hold for possible.
    The equations of a table are such that where there is any but the true one, there is one close to it."""
    rows, columns = (list(dict.fromkeys(key[n] for key in counts if key[n] != ALL)) for n in (0, 1))
    fixed = {key: count for key, count in counts.items() if key not in away}
    inner = [key for key in counts if ALL not in key]
    around = [
        (counts[key],) if key in fixed or not counts[key] else range(max(1, counts[key] - 1), counts[key] + 2)
        for key in inner
    ]
    for values in product(*around):
        whole = with_totals(dict(zip(inner, values, strict=True)), rows, columns)
        if all(whole[key] == count for key, count in fixed.items()):
            yield whole


def test_one_small_cell_takes_others_with_it() -> None:
    counts, lines = table({"Berau": {"Jan": 2, "Feb": 9}, "Paser": {"Jan": 7, "Feb": 6}})
    inner = {(row, column) for row in ("Berau", "Paser") for column in ("Jan", "Feb")}
    assert hidden(counts, lines) == inner


def test_where_nobody_came_nothing_else_is_hidden_for_it() -> None:
    counts, lines = table({"Berau": {"Jan": 8, "Feb": 0}, "Paser": {"Jan": 7, "Feb": 0}})
    assert hidden(counts, lines) == {(row, "Feb") for row in ("Berau", "Paser", ALL)}


def test_what_is_large_everywhere_is_shown() -> None:
    counts, lines = table({"Berau": {"Jan": 5, "Feb": 9}, "Paser": {"Jan": 7, "Feb": 6}})
    assert hidden(counts, lines) == frozenset()


def test_hidden_ones_of_a_line_are_not_small_together() -> None:
    """22 - 20 would tell that two complained in the other two months of Berau."""
    counts, lines = table(
        {"Berau": {"Jan": 1, "Feb": 1, "Mar": 20}, "Paser": {"Jan": 4, "Feb": 4, "Mar": 20}}
    )
    away = hidden(counts, lines)
    assert ("Berau", "Mar") in away or ("Berau", ALL) in away


def test_a_bridge_between_two_blocks_is_seen_through() -> None:
    """Every line has two hidden cells or more, and yet one of them is pinned by all lines together."""
    small = {"aA": 1, "aB": 4, "bA": 4, "bB": 4, "bC": 3, "cC": 4, "cD": 2, "dC": 4, "dD": 4}
    rows = {row: {column: small.get(row + column, 20) for column in "ABCD"} for row in "abcd"}
    counts, lines = table(rows)
    away = hidden(counts, lines)
    assert away > {(key[0], key[1]) for key in small}, "the bridge bC alone would be told"


@pytest.mark.parametrize("seed", range(4))
def test_nobody_can_compute_a_hidden_cell(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(40):
        drawn = {row: {column: chance.choice((0, 1, 3, 6, 9, 12)) for column in "ABC"} for row in "xy"}
        counts, lines = table(drawn)
        away = hidden(counts, lines)
        assert {key for key, count in counts.items() if count < FEWEST} <= away
        held_possible = list(fitting(counts, away))
        for key in (key for key in away if counts[key]):
            assert len({one[key] for one in held_possible}) > 1, (drawn, key)
