"""The procedures in force, for programs."""

from core.model.people import Role
from tests.desk.api.office import Office


def test_they_are_listed_and_shown(office: Office) -> None:
    listed = office.get("/procedures").json()["procedures"]
    names = [one["name"] for one in listed]
    assert names == ["informasi-awal", "informasi-publik", "laporan", "sengketa", "temuan"]
    for name in names:
        shown = office.get(f"/procedures/{name}").json()
        states = {state["name"] for state in shown["states"]}
        assert shown["start"] in states
        assert all({*move["sources"], move["target"]} - {""} <= states for move in shown["moves"])
    assert office.get("/procedures/tebak").status_code == 404
    assert office.get("/procedures", office.token(Role.PANWASCAM, "64.72.05")).status_code == 200
