"""Where the keys of a file stand, and what is wrong with it, in order."""

from core.toml.table import opened
from tests.core.toml.test_table import faults, read


def test_lines_are_known_in_tables_lists_and_dotted_keys() -> None:
    page, _ = opened('a = 1\n\n[b]\nc.d = 2\n\n[[e]]\nf = 1\n\n[[e]]\nf = "x"\n')
    lines = {path: page.line(path) for path in ("a", "b.c.d", "b.c", "e[1].f", "e[2].f", "e[2].g", "z")}
    assert lines == {"a": 1, "b.c.d": 4, "b.c": 4, "e[1].f": 7, "e[2].f": 10, "e[2].g": 9, "z": 0}


def test_problems_come_in_the_order_of_the_lines_and_what_is_missing_last() -> None:
    table = read("b = 1\na = 2\n")
    for name in ("z", "a", "b"):
        table.text(name)
    assert [path for _, path, _ in faults(table)] == ["b", "a", "z"]


def test_what_stands_in_a_sound_table_can_be_used() -> None:
    table = read("[[a]]\nb = 1\n[[a]]\nb = 2\nc = 3\n")
    for one in table.numbered("a"):
        one.whole("b", None, 1, 9)
        one.close()
    assert (table.page.is_sound("a[1]"), table.page.is_sound("a[2]")) == (True, False)
