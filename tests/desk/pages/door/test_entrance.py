"""The door of the desk: who is let in, how long, and that nobody learns what was wrong."""

from collections.abc import Callable

import pytest
from sqlalchemy import text

from core.model.people import Role
from desk.pages.room import OF_ONE
from storage.totp import code, step_of
from storage.visits import IDLE, LONGEST
from tests.desk.pages.desk_office import PASSWORD, SAME, Answer, DeskOffice, Officer

INSIDE = ("/", "/cases", "/account")


def is_in(officer: Officer) -> bool:
    return officer.get("/account").status_code == 200


def test_password_and_code_let_in(desk_office: DeskOffice) -> None:
    officer = desk_office.officer()
    assert officer.get("/cases?mine=1").headers["Location"] == "/desk/sign-in?next=/desk/cases%3Fmine%3D1"
    answer = officer.knock(next="/desk/cases?mine=1")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/desk/cases?mine=1")
    cookie = answer.headers["Set-Cookie"]
    for told in ("HttpOnly", "SameSite=lax", "Secure", "Path=/desk"):
        assert told in cookie
    assert is_in(officer)
    assert desk_office.audit(officer.key) == ["visit.begun"]


WRONG: dict[str, dict[str, str]] = {
    "password": {"password": PASSWORD + "!"},
    "no password": {"password": ""},
    "code": {"code": "000000"},
    "no code": {"code": ""},
    "no such account": {"email": "siapa@contoh.example"},
    "nothing": {"email": "", "password": "", "code": ""},
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG.keys())
def test_whatever_is_wrong_the_answer_is_the_same(desk_office: DeskOffice, wrong: dict[str, str]) -> None:
    officer = desk_office.officer()
    answer = officer.knock(**wrong)
    assert answer.status_code == 403
    assert "Set-Cookie" not in answer.headers
    other = officer.knock(password="yang lain lagi salah", email=wrong.get("email", officer.email))
    assert answer.text == other.text
    assert PASSWORD not in answer.text


def test_a_code_opens_once(desk_office: DeskOffice) -> None:
    officer = desk_office.officer()
    used = officer.now_code
    assert officer.knock(code=used).status_code == 303
    assert officer.knock(code=used).status_code == 403
    desk_office.later(seconds=30)
    assert officer.knock().status_code == 303
    earlier = code(officer.secret, step_of(desk_office.now) - 1)
    assert officer.knock(code=earlier).status_code == 403


def test_a_recovery_code_stands_in_once(desk_office: DeskOffice) -> None:
    officer = desk_office.officer()
    assert officer.knock(code=officer.codes[0].lower()).status_code == 303
    assert officer.knock(code=officer.codes[0]).status_code == 403


def test_too_many_wrong_tries_have_to_wait(desk_office: DeskOffice) -> None:
    officer = desk_office.officer()
    tries = [officer.knock(password="salah sekali lagi").status_code for _ in range(OF_ONE + 1)]
    assert tries == [403] * OF_ONE + [429]
    shut = officer.knock()
    assert shut.status_code == 429
    assert int(shut.headers["Retry-After"]) > 0
    another = desk_office.officer(Role.PROVINSI, "64")
    assert another.knock().status_code == 303


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/", "//evil.example", "/desk\\..", "/chat", "javascript:alert(1)", "/desk\n"],
)
def test_nobody_is_led_elsewhere(desk_office: DeskOffice, elsewhere: str) -> None:
    officer = desk_office.officer()
    assert officer.knock(next=elsewhere).headers["Location"] == "/desk/"


DEATHS: dict[str, Callable[[DeskOffice, Officer], object]] = {
    "rest": lambda office, officer: office.later(seconds=IDLE.total_seconds()),
    "signing out": lambda office, officer: officer.post("/sign-out"),
    "ended in the list": lambda office, officer: officer.post(f"/account/visits/{officer.visit}/end"),
    "another role": lambda office, officer: _change(
        office, "UPDATE staff SET role = 'provinsi', area = '64'"
    ),
    "another area": lambda office, officer: _change(office, "UPDATE staff SET area = '64.02'"),
    "leaving": lambda office, officer: _leave(office, officer),
    "a new account": lambda office, officer: _begin_again(office, officer),
}


def _change(office: DeskOffice, sql: str) -> None:
    with office.store.begin() as book:
        book.connection.execute(text(sql))


def _leave(office: DeskOffice, officer: Officer) -> None:
    with office.store.begin() as book:
        book.staff.end(officer.member.id, office.now)


def _begin_again(office: DeskOffice, officer: Officer) -> Answer:
    with office.store.begin() as book:
        shown = book.accounts.invite(officer.member.id, office.now)
        link = book.accounts.link(shown, office.now)
    assert link
    sent = {
        "password": "empat gajah minum teh",
        "again": "empat gajah minum teh",
        "code": code(link.secret, step_of(office.now)),
    }
    return office.open_browser().post(f"/desk/begin/{shown}", data=sent, headers=SAME)


@pytest.mark.parametrize("death", DEATHS.values(), ids=DEATHS.keys())
def test_a_visit_dies(
    desk_office: DeskOffice, umi: Officer, death: Callable[[DeskOffice, Officer], object]
) -> None:
    assert is_in(umi)
    token = umi.browser.cookies["desk"]
    death(desk_office, umi)
    umi.browser.cookies.set("desk", token, domain="lapor.example.org", path="/desk")
    for path in INSIDE:
        assert umi.get(path).headers["Location"].startswith("/desk/sign-in")


def test_a_visit_ends_by_age_however_busy(desk_office: DeskOffice, umi: Officer) -> None:
    begun = desk_office.now
    while desk_office.now - begun < LONGEST - IDLE / 2:
        assert is_in(umi)
        desk_office.later(minutes=30)
    desk_office.later(minutes=30)
    assert not is_in(umi)


def test_visits_are_listed_and_those_of_others_cannot_be_ended(desk_office: DeskOffice, umi: Officer) -> None:
    other = desk_office.officer(Role.PROVINSI, "64").enter()
    assert "Firefox, Android" in umi.get("/account").text
    assert umi.post(f"/account/visits/{other.visit}/end").status_code == 404
    assert is_in(other)


def test_the_language_is_chosen(desk_office: DeskOffice) -> None:
    officer = desk_office.officer()
    assert '<html lang="en">' in officer.get("/sign-in").text
    assert officer.get("/language/id?back=/desk/sign-in").headers["Location"] == "/desk/sign-in"
    assert '<html lang="id">' in officer.get("/sign-in").text
    assert officer.get("/language/id?back=https://evil.example").headers["Location"] == "/desk/"


class TestBeginning:
    def test_a_link_leads_to_an_account_that_opens(self, desk_office: DeskOffice) -> None:
        officer = desk_office.officer()
        answer = _begin_again(desk_office, officer)
        assert answer.status_code == 200
        assert answer.text.count("<li><code>") == 10
        assert officer.knock().status_code == 403

    @pytest.mark.parametrize(
        ("sent", "said"),
        [
            ({"again": "yang lain sekali"}, "not the same"),
            ({"password": "pendek", "again": "pendek"}, "too short"),
            ({"password": "a" * 20, "again": "a" * 20}, "easily guessed"),
            ({"code": "000000"}, "does not fit"),
        ],
    )
    def test_what_is_wrong_is_said_and_the_link_stays_good(
        self, desk_office: DeskOffice, sent: dict[str, str], said: str
    ) -> None:
        officer = desk_office.officer()
        with desk_office.store.begin() as book:
            shown = book.accounts.invite(officer.member.id, desk_office.now)
            link = book.accounts.link(shown, desk_office.now)
        assert link
        right = {"password": PASSWORD, "again": PASSWORD, "code": code(link.secret, step_of(desk_office.now))}
        browser = desk_office.open_browser()
        assert "otpauth://totp/" in browser.get(f"/desk/begin/{shown}").text
        answer = browser.post(f"/desk/begin/{shown}", data=right | sent, headers=SAME)
        assert answer.status_code == 422
        assert said in answer.text
        assert browser.post(f"/desk/begin/{shown}", data=right, headers=SAME).status_code == 200
        assert browser.get(f"/desk/begin/{shown}").status_code == 404
