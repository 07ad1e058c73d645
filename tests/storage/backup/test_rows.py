"""Every column of every table can be written and read back."""

import json
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Column, Interval, MetaData, Table

from storage.backup.rows import KINDS, Layout, kind_of
from storage.tables import metadata

VALUES = {
    "int": 9_000_000_000,
    "float": 0.25,
    "text": "Ibu Contoh\n\u2026 \U0001f600",
    "bool": True,
    "bytes": bytes(range(256)),
    "time": datetime(2024, 11, 27, 1, 2, 3, 45, tzinfo=UTC),
    "date": date(2024, 11, 27),
}


@pytest.mark.parametrize("table", metadata.sorted_tables, ids=lambda table: table.name)
def test_each_column_has_a_kind(table: Table) -> None:
    layout = Layout.of(table)
    assert [name for name, _ in layout.columns] == [column.name for column in table.columns]
    assert Layout.read(layout.written()) == layout


def test_a_column_of_an_unknown_type_is_not_left_out_silently() -> None:
    strange = Table("strange", MetaData(), Column("lasts", Interval()))
    with pytest.raises(TypeError, match=r"strange\.lasts"):
        kind_of(strange.c.lasts)


@pytest.mark.parametrize("kind", KINDS)
def test_a_value_comes_back_as_it_was(kind: str) -> None:
    layout = Layout("one", (("value", kind), ("nothing", kind)))
    written = json.loads(json.dumps(layout.write((VALUES[kind], None))))
    assert layout.read_row(written) == [VALUES[kind], None]
