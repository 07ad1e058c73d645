"""A broadcast at the desk: looked at first, sent once, followed, stopped; seen by those above alone."""

import re

import pytest

from core.model.messages import Address, Channel
from core.model.people import Role
from tests.desk.api.office import NOW, VILLAGE
from tests.desk.pages.desk_office import SAME, DeskOffice, Officer
from tests.desk.pages.monday.test_week import told
from tests.storage.reachable import send_all

WORDS = "Bimtek hari Kamis pukul 10.00 WITA."
ASKED = {"area": "64.72", "role_ptps": "1", "text": WORDS}


@pytest.fixture
def posted(desk_office: DeskOffice) -> DeskOffice:
    """Three supervisors in Sidodadi, one of whom never wrote; it is ten in the morning."""
    with desk_office.store.begin() as book:
        for number in (1, 2, 3):
            person = book.people.save(f"Ani {number} Contoh", f"+62800000000{number}", NOW)
            book.people.assign(person, Role.PTPS, book.areas.add_tps(VILLAGE, number).code, NOW)
        for person, channel in ((1, Channel.TELEGRAM), (2, Channel.WHATSAPP)):
            met = book.addresses.meet(Address(channel, "ours", str(person)), NOW)
            book.addresses.link(met.id, person)
    return desk_office


def test_looked_at_before_it_goes_out(posted: DeskOffice) -> None:
    umi = posted.officer().enter()
    page = umi.post("/broadcasts/preview", **ASKED)
    assert page.status_code == 200
    words = told(page.text)
    assert "To 3 people in Kota Samarinda: PTPS. 1 of them never wrote here" in words
    assert "By Telegram 1" in words
    assert "By Whatsapp 1" in words
    assert "It goes out now." in words
    assert "Send to 2 people" in words
    with posted.store.reading() as book:
        assert book.broadcasts.latest("") == []
    posted.now = NOW.replace(hour=14)
    assert "nobody is written to at this hour" in umi.enter().post("/broadcasts/preview", **ASKED).text


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"text": "  "}, "Write the message first"),
        ({"text": "x" * 1501}, "too long"),
        ({"role_ptps": ""}, "Choose to whom"),
        ({"role_ptps": "", "role_pkd": "1"}, "There is nobody to send it to"),
    ],
)
def test_what_cannot_be_sent_is_said_and_kept(posted: DeskOffice, wrong: dict[str, str], why: str) -> None:
    umi = posted.officer().enter()
    page = umi.post("/broadcasts/preview", **(ASKED | wrong))
    assert page.status_code == 409
    assert why in page.text
    assert (ASKED | wrong)["text"].strip() in page.text


def test_sent_once_followed_and_stopped(posted: DeskOffice) -> None:
    umi = posted.officer().enter()
    answer = umi.post("/broadcasts", **ASKED)
    assert answer.status_code == 303
    path = answer.headers["Location"].removeprefix("/desk").partition("?")[0]
    again = umi.post("/broadcasts", **ASKED)
    assert again.status_code == 409
    assert "It is not sent again" in again.text
    page = umi.get(path).text
    assert 'hx-trigger="every 5s"' in page
    assert f'href="/desk{path}">Reload' in page
    part = umi.get(f"{path}/progress").text
    assert "<html" not in part
    assert "Waiting 2" in told(part)
    with posted.store.begin() as book:
        assert len(send_all(book, NOW)) == 2
    assert "hx-get" not in umi.get(f"{path}/progress").text, "nothing moves any more"
    umi.post(f"{path}/stop")
    assert "Stopped 20 Nov 2024" in umi.get(path).text
    number = path.rpartition("/")[2]
    assert posted.audit(f"broadcast:{number}") == ["broadcast.sent", "broadcast.stopped"]


def test_after_a_stop_the_same_words_may_go_out(posted: DeskOffice) -> None:
    umi = posted.officer().enter()
    for _ in range(2):
        answer = umi.post("/broadcasts", **ASKED)
        assert answer.status_code == 303
        umi.post(answer.headers["Location"].removeprefix("/desk").partition("?")[0] + "/stop")
    posted.later(hours=25)
    assert umi.enter().post("/broadcasts", **ASKED).status_code == 303


SEATS = (
    (Role.PANWASCAM, "64.72.05"),
    (Role.KABKOTA, "64.02"),
    (Role.PROVINSI, "64"),
    (Role.PROVINSI, "63"),
    (Role.RI, ""),
)


@pytest.mark.parametrize(("role", "seat"), SEATS, ids=lambda one: str(one) or "indonesia")
def test_only_those_above_know_of_it(posted: DeskOffice, role: Role, seat: str) -> None:
    sent = posted.officer().enter().post("/broadcasts", **ASKED)
    path = sent.headers["Location"].removeprefix("/desk").partition("?")[0]
    who = posted.officer(role, seat).enter()
    may = seat in ("64", "")
    for asked in (path, f"{path}/progress"):
        answer, nothing = who.get(asked), who.get(re.sub(r"\d+", "999", asked))
        assert nothing.status_code == 404
        number = path.rpartition("/")[2]
        assert (answer.text == nothing.text.replace("/999", f"/{number}")) != may
    assert (WORDS in who.get("/broadcasts").text) == may
    assert who.post(f"{path}/stop").status_code == (303 if may else 404)
    for area in ("64.72", "64.02", "63", "99"):
        asked = {"csrf": who.mark()} | ASKED | {"area": area, "text": f"Lain {area}"}
        inside = area != "99" and (not seat or area == seat or area.startswith(f"{seat}."))
        for route in ("/broadcasts", "/broadcasts/preview"):
            answer = who.browser.post(f"/desk{route}", data=asked, headers=SAME)
            assert (answer.status_code == 403) != inside, (route, area, answer.status_code)


def test_words_are_never_markup(posted: DeskOffice) -> None:
    umi = posted.officer().enter()
    nasty = "<script>alert(1)</script>{{7*7}}"
    page = umi.post("/broadcasts/preview", **(ASKED | {"text": nasty}))
    assert "<script>alert" not in page.text
    sent = umi.post("/broadcasts", **(ASKED | {"text": nasty}))
    assert "&lt;script&gt;" in umi.get(sent.headers["Location"].removeprefix("/desk")).text


def test_nothing_without_a_visit(posted: DeskOffice, umi: Officer) -> None:
    browser = posted.open_browser()
    answer = browser.get("/desk/broadcasts/1/progress", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Redirect"], answer.text) == (200, "/desk/sign-in", "")
