"""The clock at the desk: what it did and does, run on demand; for province and centre alone."""

import pytest

from core.model.people import Role
from desk.overseeing import Clockwork, Overseen, Work
from tests.desk.pages.desk_office import SAME, DeskOffice, Officer
from tests.desk.pages.monday.test_week import told
from tests.storage.duties import wita


@pytest.fixture
def asked_for(desk_office: DeskOffice) -> list[str]:
    """A clock with two jobs that notes what it is asked for."""
    done: list[str] = []

    async def run(name: str) -> None:
        done.append(name)
        if name == "upkeep":
            raise RuntimeError(name)

    works = [Work(name, lambda _: wita(20, 12)) for name in ("reminders-makassar", "upkeep")]
    object.__setattr__(desk_office.house, "overseen", Overseen(Clockwork(works, run)))
    return done


@pytest.fixture
def overseer(desk_office: DeskOffice) -> Officer:
    return desk_office.officer(Role.PROVINSI, "64").enter()


def test_what_was_done_and_what_comes_next(
    desk_office: DeskOffice, asked_for: list[str], overseer: Officer
) -> None:
    with desk_office.store.begin() as book:
        book.ticks.take("reminders-makassar", wita(20, 9), wita(20, 9))
        book.ticks.note("reminders-makassar", wita(20, 9), "12 reminded, 2 unreachable")
        book.ticks.take("upkeep", wita(20, 9), wita(20, 9))
        book.ticks.note("upkeep", wita(20, 9), "failed: KeyError")
    page = told(overseer.get("/clock").text)
    assert "Remind who owes reports Makassar reminders-makassar" in page
    assert "✓ well Last 20 Nov 2024, 09:00: 12 people reminded, 2 unreachable Next 20 Nov 2024, 12:00" in page
    assert "✕ failed Last 20 Nov 2024, 09:00: failed: KeyError" in page


def test_a_job_is_run_on_demand_and_that_is_written_down(
    desk_office: DeskOffice, asked_for: list[str], overseer: Officer
) -> None:
    for name in ("reminders-makassar", "upkeep"):
        answer = overseer.post("/clock/run", job=name)
        assert (answer.status_code, answer.headers["Location"]) == (303, "/desk/clock?done=begun")
        assert desk_office.audit(f"job:{name}") == ["clock.run"]
    assert asked_for == ["reminders-makassar", "upkeep"], "one that falls over takes nobody with it"
    assert overseer.post("/clock/run", job="nothing").status_code == 404
    assert overseer.post("/clock/run").status_code == 404


@pytest.mark.parametrize(
    ("role", "seat"), [(Role.PANWASCAM, "64.72.05"), (Role.KABKOTA, "64.72"), (Role.RI, "")]
)
def test_only_for_those_who_look_after_the_house(
    desk_office: DeskOffice, asked_for: list[str], role: Role, seat: str
) -> None:
    who = desk_office.officer(role, seat).enter()
    may = role is Role.RI
    nothing = who.get("/nowhere")
    for path in ("/clock", "/channels", "/channels/platforms"):
        answer = who.get(path)
        assert answer.status_code == (200 if may else 404)
        assert may or answer.text == nothing.text.replace("/nowhere", path)
        assert (f'href="/desk{path}"' in who.get("/").text) == (may and path != "/channels/platforms")
    mark = who.mark()
    for path in ("/clock/run", "/channels/release", "/channels/dismiss"):
        sent = {"csrf": mark, "job": "upkeep", "reason": "x"}
        answer = who.browser.post(f"/desk{path}", data=sent, headers=SAME)
        assert answer.status_code == (303 if may else 404), path
    assert bool(asked_for) <= may
