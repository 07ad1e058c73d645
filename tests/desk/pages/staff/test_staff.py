"""The room of the staff: taken in by a link, given another role, let go; only in one's own area."""

import re

import pytest

from core.model.people import Role
from storage.totp import code, step_of
from tests.desk.api.office import NOW
from tests.desk.pages.desk_office import PASSWORD, SAME, DeskOffice, Officer

SHOWN = re.compile(r"/desk/begin/([\w-]+)")
TOKEN = re.compile(r"<code>(ld_[\w-]+)</code>")
SARI = {"email": "sari@contoh.example", "name": "Sari Contoh", "role": "kabkota", "area": "64.72"}


@pytest.fixture
def tono(desk_office: DeskOffice) -> Officer:
    """Oversees the province."""
    return desk_office.officer(Role.PROVINSI, "64").enter()


def begun(office: DeskOffice, page: str) -> int:
    """Set an account up by the link that stands on the page; what came of it."""
    shown = SHOWN.search(page)
    assert shown
    with office.store.reading() as book:
        link = book.accounts.link(shown[1], office.now)
    assert link
    sent = {"password": PASSWORD, "again": PASSWORD, "code": code(link.secret, step_of(office.now))}
    answer = office.open_browser().post(f"/desk/begin/{shown[1]}", data=sent, headers=SAME)
    return answer.status_code


def test_whoever_is_taken_in_sets_an_account_up_by_the_link(desk_office: DeskOffice, tono: Officer) -> None:
    answer = tono.post("/staff", **SARI)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert begun(desk_office, answer.text) == 200
    page = tono.get("/staff?q=sari").text
    assert "Sari Contoh" in page
    assert not SHOWN.search(page)
    with desk_office.store.reading() as book:
        member = book.staff.by_email(SARI["email"])
        assert member
        acts = [(one.act, one.actor) for one in book.audit.of(member.actor.key)]
    assert acts[:2] == [("staff.added", tono.key), ("account.invited", tono.key)]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"email": "sari"}, "check how it is written"),
        ({"role": "pkd"}, "Choose a role"),
        ({"role": "ri", "area": ""}, "not yours"),
        ({"area": "63.71"}, "not yours"),
        ({"area": "64.99"}, "not yours"),
        ({"area": "64.72.05"}, "no such role in such an area"),
        ({"email": "kabkota-64.02@contoh.example"}, "in use already"),
    ],
)
def test_nobody_is_taken_in_where_it_cannot_be(
    desk_office: DeskOffice, tono: Officer, fields: dict[str, str], said: str
) -> None:
    desk_office.officer(Role.KABKOTA, "64.02")
    answer = tono.post("/staff", **{**SARI, **fields})
    assert answer.status_code == 409
    assert said in answer.text
    assert 'value="Sari Contoh"' in answer.text
    with desk_office.store.reading() as book:
        assert book.staff.by_email(SARI["email"]) is None


def test_another_role_ends_all_that_the_old_one_opened(desk_office: DeskOffice, tono: Officer) -> None:
    umi = desk_office.officer().enter()
    with desk_office.store.begin() as book:
        _, token = book.tokens.make(umi.member.id, ["papers"], 9, "", NOW)
    answer = tono.post(f"/staff/{umi.member.id}/change", role="panwascam", area="64.72.05")
    assert answer.status_code == 200
    assert umi.get("/cases").status_code == 303
    assert umi.knock().status_code == 403
    with desk_office.store.reading() as book:
        assert book.tokens.find(token, desk_office.now) is None
        now = book.staff.get(umi.member.id)
        assert now
        assert (now.role, now.area, now.ended_at) == (Role.PANWASCAM, "64.72.05", None)
    assert begun(desk_office, answer.text) == 200
    # What was refused halfway undid nothing.
    other = desk_office.officer(Role.KABKOTA, "64.02").enter()
    assert tono.post(f"/staff/{other.member.id}/change", role="kabkota", area="63.71").status_code == 409
    assert other.get("/cases").status_code == 200


def test_the_end_ends_it_at_once_and_once(desk_office: DeskOffice, tono: Officer) -> None:
    umi = desk_office.officer().enter()
    assert tono.post(f"/staff/{umi.member.id}/end").status_code == 303
    assert umi.get("/").status_code == 303
    assert tono.post(f"/staff/{umi.member.id}/end").status_code == 404
    assert umi.email not in tono.get("/staff").text
    assert umi.email in tono.get("/staff?ended=1").text
    for act in ("end", "change", "invite"):
        own = tono.post(f"/staff/{tono.member.id}/{act}", role="provinsi", area="64")
        assert (own.status_code, "your own account" in own.text) == (409, True)


def test_a_token_is_shown_once_and_revoked(desk_office: DeskOffice, tono: Officer) -> None:
    umi = desk_office.officer()
    path = f"/staff/{umi.member.id}"
    answer = tono.post(f"{path}/tokens", **{"label": "Buku register", "cases:read": "1", "days": "30"})
    shown = TOKEN.search(answer.text)
    assert shown
    held = {"Authorization": f"Bearer {shown[1]}"}
    assert desk_office.get("/cases", held).status_code == 200
    page = tono.get(path).text
    assert "Buku register" in page
    assert not TOKEN.search(page)
    number = re.search(r"/tokens/(\d+)/revoke", page)
    assert number
    elsewhere = desk_office.officer(Role.KABKOTA, "64.02").member.id
    assert tono.post(f"/staff/{elsewhere}/tokens/{number[1]}/revoke").status_code == 404
    assert tono.post(f"{path}/tokens/{number[1]}/revoke").status_code == 303
    assert desk_office.get("/cases", held).status_code == 401
    for fields in ({"days": "0", "papers": "1"}, {"days": "9" * 5000, "papers": "1"}, {"days": "9"}):
        assert tono.post(f"{path}/tokens", label="x", **fields).status_code == 409


def test_whoever_works_elsewhere_does_not_exist(desk_office: DeskOffice, tono: Officer) -> None:
    away = [desk_office.officer(Role.PROVINSI, "63"), desk_office.officer(Role.RI, "")]
    fields = {"role": "provinsi", "area": "64", "days": "9", "papers": "1"}

    def answers(number: int) -> list[tuple[int, str]]:
        path = f"/staff/{number}"
        given = [tono.get(path)]
        for act in ("invite", "change", "end", "tokens", "tokens/1/revoke"):
            given.append(tono.post(f"{path}/{act}", **fields))
        return [(one.status_code, one.text.replace(path, "")) for one in given]

    for officer in away:
        assert "Nobody fits." in tono.get(f"/staff?ended=1&q={officer.email}").text
        told = answers(officer.member.id)
        assert {status for status, _ in told} == {404}
        assert told == answers(999999)
    assert tono.get("/staff/99999999999999999999").status_code == 404
    assert away[1].enter().get(f"/staff/{away[0].member.id}").status_code == 200


def test_the_list_goes_on(desk_office: DeskOffice, tono: Officer) -> None:
    with desk_office.store.begin() as book:
        for n in range(51):
            book.staff.add(f"a{n:03}@contoh.example", f"Rekan {n} Contoh", Role.KABKOTA, "64.02", NOW)
    page = tono.get("/staff").text
    following = re.search(r'/desk(/staff\?after=[^"]+)" rel="next"', page)
    assert following
    assert "a049@contoh.example" in page
    assert "a050@contoh.example" not in page
    assert "a050@contoh.example" in tono.get(following[1]).text
