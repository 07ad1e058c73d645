"""The audit log is leafed through by an index each way, however long it is."""

from datetime import timedelta

import pytest
from sqlalchemy.dialects import postgresql, sqlite

from storage.audit_list import Leaf, wanted
from storage.store import Store
from tests.storage.kaltim import NOW

INDEXES = {"subject": "ix_audit_subject_id", "actor": "ix_audit_actor_id", "act": "ix_audit_act_id"}


def test_the_newest_first_and_on_from_there(store: Store) -> None:
    with store.begin() as book:
        for n in range(9):
            about = f"K-{n % 2}"
            book.audit.write(f"staff:{n % 3}", "case.noted", about, {}, NOW + timedelta(seconds=n))
        numbers = [one.number for one in book.audit_list.find(Leaf(limit=4))]
        assert numbers == [9, 8, 7, 6]
        assert [one.number for one in book.audit_list.find(Leaf(before=6, limit=3))] == [5, 4, 3]
        both = book.audit_list.find(Leaf(subject="K-0", actor="staff:1"))
        assert [one.number for one in both] == [5]
        assert both[0].at == NOW + timedelta(seconds=4)
        assert book.audit_list.find(Leaf(act="case.moved")) == []


@pytest.mark.parametrize("column", INDEXES)
def test_each_way_has_its_index(store: Store, engine: str, column: str) -> None:
    dialect = sqlite.dialect() if engine == "sqlite" else postgresql.dialect()
    leaf = Leaf(**{column: "x"}, before=500, limit=50)
    query = str(wanted(leaf).compile(dialect=dialect, compile_kwargs={"literal_binds": True}))
    with store.begin() as book:
        if engine == "postgres":
            book.connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        explain = "EXPLAIN QUERY PLAN" if engine == "sqlite" else "EXPLAIN"
        plan = str(book.connection.exec_driver_sql(f"{explain} {query}").all())
    assert INDEXES[column] in plan
    assert "SCAN audit" not in plan
    assert "TEMP B-TREE" not in plan
    assert "Sort" not in plan
