"""The demo's weeks of reports: filed by the form's own rules, most in time, each closing what was owed."""

from sqlalchemy import func, select

from core.forms.filling import Filling
from core.forms.plan import Plan
from core.forms.scope import World
from core.forms.survey import broken
from core.forms.walk import take_stock
from core.forms.written import from_json
from lapordesk.sample_weeks import FORM, WEEKS
from storage.tables import expectation
from tests.lapordesk.test_cases import demo, demo_data
from tests.lapordesk.test_cli import Lapordesk, lapordesk, the_store

__all__ = ["demo", "demo_data", "lapordesk"]


def test_they_are_whole_and_close_what_was_owed(demo: Lapordesk) -> None:
    with the_store().reading() as book:
        version = [one.version for one in book.forms.versions() if one.name == FORM][-1]
        plan = Plan(from_json(book.forms.load(FORM, version)))
        reports = list(book.reports.every(FORM))
        of_form = select(expectation.c.state, func.count()).where(expectation.c.form == FORM)
        by_state = dict(list(book.connection.execute(of_form.group_by(expectation.c.state))))
    assert by_state["filed"] == len(reports) > 60 * WEEKS
    assert 0 < by_state["open"] < len(reports)
    for report in reports[:20]:
        latest = report.latest
        filling = Filling(
            "x", FORM, version, report.post, report.started_at, latest.answers, closed=frozenset({"kegiatan"})
        )
        village = latest.answers.values["petugas_wilayah"]
        survey = take_stock(plan, filling, World(latest.filed_at, facts={"petugas_wilayah": village}))
        assert survey.next(filling) is None
        assert broken(survey, filling) is None
