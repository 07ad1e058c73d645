"""Whatever is asked of the list of reports, no look at all of them is taken for it, on either engine."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.dialects import postgresql, sqlite

from core.model.cases import Actor
from core.model.people import Role
from storage.report_list import Wanted, listed
from storage.store import Store

WIDE = Actor("staff", 1, ((Role.KABKOTA, "64.72"),))
NARROW = Actor("staff", 1, ((Role.PANWASCAM, "64.72.05"),))
COUNTRY = Actor("staff", 1, ((Role.RI, ""),))
DAY = datetime(2024, 11, 27, tzinfo=UTC)
ASKED = {
    "wide": (Wanted(WIDE), "ix_report_filed_at_number_area"),
    "country": (Wanted(COUNTRY), "ix_report_filed_at_number_area"),
    "narrow": (Wanted(NARROW), "ix_report_area_filed_at_number"),
    "a day": (Wanted(WIDE, since=DAY, until=DAY), "ix_report_filed_at_number_area"),
    "goes on": (Wanted(WIDE, after="P-7K2-M9Q"), "ix_report_filed_at_number_area"),
    "a form": (Wanted(WIDE, forms=("lhp",)), "ix_report_form_filed_at_number"),
    "a stage": (Wanted(WIDE, forms=("lhp", "pungut")), "ix_report_filed_at_number_area"),
    "flagged": (Wanted(WIDE, marks=frozenset({"flagged"})), "ix_report_flagged"),
    "nihil": (Wanted(WIDE, marks=frozenset({"nihil"})), "ix_report_nihil"),
    "withdrawn": (Wanted(WIDE, marks=frozenset({"withdrawn"})), "ix_report_changed"),
    "unverified": (Wanted(WIDE, marks=frozenset({"unverified"})), "ix_report_unverified"),
    "practice": (Wanted(WIDE, practice=True), "ix_report_practice"),
}


def plan_of(store: Store, wanted: Wanted) -> str:
    dialect = sqlite.dialect() if store.url.startswith("sqlite") else postgresql.dialect()
    sql = str(listed(wanted).compile(dialect=dialect, compile_kwargs={"literal_binds": True}))
    with store.reading() as book:
        if dialect.name == "postgresql":
            # With no rows there every plan is as good as another: only what cannot be had otherwise is left.
            book.connection.execute(text("SET LOCAL enable_seqscan = off"))
            rows = book.connection.exec_driver_sql(f"EXPLAIN {sql.replace('%', '%%')}")
        else:
            rows = book.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}")
        return "\n".join(str(row[-1]) for row in rows)


@pytest.mark.parametrize("case", ASKED)
def test_each_question_has_its_index(store: Store, case: str) -> None:
    wanted, index = ASKED[case]
    plan = plan_of(store, wanted)
    if store.url.startswith("sqlite"):
        assert index in plan, plan
        assert "SCAN report\n" not in plan + "\n", plan
        is_sorted = (
            "USE TEMP B-TREE FOR ORDER BY" in plan.partition("SEARCH person")[0].partition("report")[2]
        )
        assert not is_sorted or case == "narrow", plan
    else:
        assert "Seq Scan on report" not in plan, plan
