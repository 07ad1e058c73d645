"""Reports by the API: the caller's own area, narrowed, page after page; what is not theirs is not there."""

import pytest

from core.model.people import Role
from core.model.records import Flag
from tests.desk.api.office import Office
from tests.desk.pages.reports.filed import FAR, TPS, Filed


@pytest.fixture
def filed(office: Office) -> Filed:
    return Filed(office)


def test_the_list_is_narrowed_and_goes_on(office: Office, filed: Filed) -> None:
    odd = filed.file(TPS, Flag("suara/sah", "lebih dari pemilih"), suara__sah="900")
    mine = {odd, *(filed.file(lancar="ya") for _ in range(4)), filed.nihil()}
    filed.file(FAR)
    apart = filed.file(practice=True)
    seen: list[str] = []
    cursor = ""
    while True:
        page = office.get(f"/reports?limit=4{cursor}").json()
        seen += [one["number"] for one in page["reports"]]
        if not page["next"]:
            break
        cursor = f"&cursor={page['next']}"
    assert (len(seen), set(seen)) == (len(mine), mine)
    for query, wanted in (
        ("mark=flagged", {odd}),
        ("practice=true", {apart}),
        ("form=lain", set()),
        ("until=2024-11-19", set()),
        (f"area={FAR}", set()),
    ):
        assert {one["number"] for one in office.get(f"/reports?{query}").json()["reports"]} == wanted, query
    assert office.get("/reports?cursor=P-000-000.0").status_code == 404


def test_one_report_with_its_revisions(office: Office, filed: Filed) -> None:
    number, far = filed.file(suara__sah="212"), filed.file(FAR)
    filed.correct(number, "salah ketik", suara__sah="221")
    filed.pictured(number)
    with office.store.begin() as book:
        book.verifications.mark(number, 2, "staff:1", office.now)
    shown = office.get(f"/reports/{number}").json()
    assert [one["answers"]["suara/sah"] for one in shown["revisions"]] == ["212", "221"]
    assert [one["reason"] for one in shown["revisions"]] == ["", "salah ketik"]
    assert [(one["serial"], one["actor"]) for one in shown["verified"]] == [(2, "staff:1")]
    assert [one["can_be_viewed"] for one in shown["media"]] == [True]
    unknown = office.get("/reports/P-ZZZ-ZZ0")
    assert (office.get(f"/reports/{far}").status_code, unknown.status_code) == (404, 404)
    assert office.get(f"/reports/{far}").json() == unknown.json()


def test_another_scope_does_not_read_reports(office: Office, filed: Filed) -> None:
    number = filed.file()
    reader = office.token(Role.KABKOTA, "64.72", "cases:read")
    assert {office.get(path, reader).status_code for path in ("/reports", f"/reports/{number}")} == {403}
