"""Whatever is asked of the list of reports, no look at all of them is taken for it, on either engine."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.dialects import postgresql, sqlite

from core.model.cases import Actor
from core.model.people import Role
from storage import report_list
from storage.report_list import Wanted, listed
from storage.store import Store
from tests.storage.kaltim import NOW, appoint
from tests.storage.samples import filed, publish

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
    sql = str(
        listed(wanted, is_narrow=wanted.actor is NARROW).compile(
            dialect=dialect, compile_kwargs={"literal_binds": True}
        )
    )
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


@pytest.mark.parametrize("few", [0, 2000], ids=["many", "few"])
def test_few_and_many_are_listed_alike(store: Store, monkeypatch: pytest.MonkeyPatch, few: int) -> None:
    monkeypatch.setattr(report_list, "FEW", few)
    with store.begin() as book:
        publish(book)
        person = appoint(book)
        holder = book.people.get(person)
        assert holder
        for n in range(5):
            at = NOW + timedelta(minutes=n // 2)
            book.reports.file(filed(f"P-{n}", person, holder.posts[0].id, at))
        seat = Actor("staff", 1, ((Role.PANWASCAM, holder.posts[0].area[:8]),))
        pages = []
        after = ""
        while page := book.report_list.find(Wanted(seat, since=NOW, after=after, limit=2)):
            pages.append([one.number for one in page])
            after = page[-1].number
        assert pages == [["P-4", "P-3"], ["P-2", "P-1"], ["P-0"]]
        far = Actor("staff", 1, ((Role.PANWASCAM, "63.71.01"),))
        assert book.report_list.find(Wanted(far)) == []


@pytest.mark.parametrize(
    ("asked", "range_"), [("64.72.03", "64.72.03"), ("64", "64.72"), ("63", None), ("", "64.72")]
)
def test_what_is_asked_for_and_what_is_theirs_is_one_range(asked: str, range_: str | None) -> None:
    """Of two, SQLite walks the wider one."""
    actor = Actor("staff", 3, ((Role.KABKOTA, "64.72"),))
    query = listed(Wanted(actor, area=asked), is_narrow=True).compile(dialect=sqlite.dialect())
    areas = sorted(value for value in query.params.values() if isinstance(value, str) and value[:1] == "6")
    assert areas == ([range_, f"{range_}/"] if range_ else [])
