"""Systems that are told, at the desk: set up in one's own area, the secret shown once, what came of it."""

import re
from collections.abc import Mapping

import pytest

from core.hooks.trying import Answer
from core.model.people import Role
from storage.hook_outbox import HookErrand
from tests.desk.pages.desk_office import DeskOffice, Officer
from tests.desk.pages.monday.test_week import told
from tests.storage.hooked import hooked

ADDRESS = "https://data.contoh.example/lapordesk"
SECRET = re.compile(r"whsec_[A-Za-z0-9+/=]{44}")
ASKED = {"address": ADDRESS, "area": "64", "report.filed": "1", "case.moved": "1"}


@pytest.fixture
def tono(desk_office: DeskOffice) -> Officer:
    return desk_office.officer(Role.PROVINSI, "64").enter()


def added(tono: Officer, **changes: str) -> int:
    tono.post("/settings/hooks", **(ASKED | changes))
    with tono.office.store.reading() as book:
        return book.hooks.under("")[0].id


def waiting(office: DeskOffice) -> list[HookErrand]:
    with office.store.begin() as book:
        return book.hook_outbox.claim(office.now, 30, "test", 9, {})


def test_the_secret_is_shown_once_and_signs(desk_office: DeskOffice, tono: Officer) -> None:
    shown = tono.post("/settings/hooks", **ASKED)
    [secret] = SECRET.findall(shown.text)
    [link] = re.findall(r"/settings/hooks/(\d+)", shown.text)
    for path in ("/settings/hooks", f"/settings/hooks/{link}"):
        page = tono.get(path)
        assert ADDRESS in page.text
        assert "whsec_" not in page.text
    assert "report filed" in told(page.text)
    assert "week sent" not in told(page.text)
    assert tono.post(f"/settings/hooks/{link}/test").headers["Location"].endswith("done=hook_test")
    [errand] = waiting(desk_office)
    assert (errand.secrets, errand.address) == ((secret,), ADDRESS)
    assert desk_office.audit(f"hook:{link}") == ["hook.added"]


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"address": "http://data.contoh.example/"}, "must begin with https"),
        ({"address": "http://127.0.0.1:8000/"}, "must begin with https"),
        ({"address": "https://10.0.0.7/"}, "private network"),
        ({"address": "https://umi:sandi@data.contoh.example/"}, "user name"),
        ({"address": "tidak terbaca"}, "cannot be read"),
        ({"area": "63"}, "no such area"),
        ({"area": "64.99"}, "no such area"),
        ({"area": ""}, "no such area"),
        ({"report.filed": "", "case.moved": ""}, "at least one kind"),
    ],
)
def test_what_cannot_be_is_refused_with_its_reason(
    desk_office: DeskOffice, tono: Officer, changes: Mapping[str, str], why: str
) -> None:
    answer = tono.post("/settings/hooks", **(ASKED | changes))
    assert (answer.status_code, why in told(answer.text)) == (409, True)
    with desk_office.store.reading() as book:
        assert book.hooks.under("") == []


def test_a_new_secret_signs_beside_the_old_one(desk_office: DeskOffice, tono: Officer) -> None:
    number = added(tono)
    shown = tono.post(f"/settings/hooks/{number}/rotate")
    [fresh] = SECRET.findall(shown.text)
    assert "good for 24 hours more" in told(shown.text)
    assert "Old secret good until" in told(tono.get(f"/settings/hooks/{number}").text)
    tono.post(f"/settings/hooks/{number}/test")
    [errand] = waiting(desk_office)
    assert errand.secrets[0] == fresh
    assert len(errand.secrets) == 2
    assert desk_office.audit(f"hook:{number}") == ["hook.added", "hook.rotated"]


def test_what_came_of_it_stands_there_and_can_be_sent_again(desk_office: DeskOffice, tono: Officer) -> None:
    number = added(tono)
    tono.post(f"/settings/hooks/{number}/test")
    [errand] = waiting(desk_office)
    with desk_office.store.begin() as book:
        book.hook_outbox.give_up(errand, Answer(503, "<b>tutup</b>"), desk_office.now)
    page = tono.get(f"/settings/hooks/{number}").text
    for said in ("given up", "HTTP 503", errand.event, "Nothing arrived since", "<b>tutup</b>"):
        assert said in told(page).replace("&lt;", "<").replace("&gt;", ">")
    assert "<b>tutup" not in page
    assert "Failing" in told(tono.get("/settings/hooks").text)
    again = tono.post(f"/settings/hooks/{number}/again", delivery=str(errand.id))
    assert again.headers["Location"].endswith("done=hook_again")
    assert [one.event for one in waiting(desk_office)] == [errand.event]
    assert tono.post(f"/settings/hooks/{number}/again", delivery="x").status_code == 404


def test_stopped_it_stays_in_sight_and_nothing_can_be_done(desk_office: DeskOffice, tono: Officer) -> None:
    number = added(tono)
    assert tono.post(f"/settings/hooks/{number}/stop").headers["Location"].endswith("done=hook_stop")
    assert "Stopped" in told(tono.get(f"/settings/hooks/{number}").text)
    for act in ("stop", "rotate", "test"):
        assert tono.post(f"/settings/hooks/{number}/{act}").status_code == 404
    assert desk_office.audit(f"hook:{number}") == ["hook.added", "hook.stopped"]


def test_nobody_learns_of_those_of_another_area(desk_office: DeskOffice, tono: Officer) -> None:
    """Nor on the page which case was told of: it may not be for whoever looks."""
    beside, above = desk_office.officer(Role.PROVINSI, "63"), desk_office.officer(Role.RI, "")
    with desk_office.store.begin() as book:
        theirs, _ = hooked(book, "63", owner=beside.member)
        whole, _ = hooked(book, "", owner=above.member)
    for other in (theirs.id, whole.id):
        hidden, missing = (tono.get(f"/settings/hooks/{one}") for one in (other, 99999))
        assert hidden.status_code == missing.status_code == 404
        assert hidden.text.replace(f"hooks/{other}", "hooks/99999") == missing.text
        for act in ("stop", "rotate", "test", "again"):
            assert tono.post(f"/settings/hooks/{other}/{act}", delivery="1").status_code == 404
    assert "data.contoh" not in tono.get("/settings/hooks").text.partition("placeholder")[0]
    own = added(tono, **{"case.opened": "1"})
    number = desk_office.opens()
    assert number not in tono.get(f"/settings/hooks/{own}").text
    assert "case opened" in told(tono.get(f"/settings/hooks/{own}").text)
