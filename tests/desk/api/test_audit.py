"""The log of a case is for those who may see the case; all else for the province and the centre."""

from core.model.people import Role
from tests.desk.api.office import Office


def test_what_was_done_to_a_case_is_told_in_order(office: Office) -> None:
    number = office.opens()
    office.post(f"/cases/{number}/notes", text="Sangat rahasia.")
    rows = office.get(f"/audit?subject={number}").json()["rows"]
    assert [row["act"] for row in rows] == ["case.opened", "case.noted"]
    assert rows[1]["actor"] == office.key_of(Role.KABKOTA, "64.72")
    assert rows[0]["number"] < rows[1]["number"]
    assert "rahasia." not in str(rows)


def test_of_the_staff_only_those_above_read_the_log(office: Office) -> None:
    with office.store.begin() as book:
        book.audit.write("operator", "staff.added", "staff:1", {"role": "kabkota"}, office.now)
    assert office.get("/audit?subject=staff:1").json()["code"] == "overseers"
    for role, area in ((Role.PROVINSI, "64"), (Role.RI, "")):
        rows = office.get("/audit?subject=staff:1", office.token(role, area)).json()["rows"]
        assert [row["act"] for row in rows] == ["staff.added"]
