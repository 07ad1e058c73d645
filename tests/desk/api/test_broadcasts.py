"""A broadcast by API: to one's own area only, its progress, and its stop."""

import pytest

from core.model.messages import Address, Channel
from core.model.people import Role
from tests.desk.api.office import NOW, VILLAGE, Office
from tests.storage.reachable import said, send_all

ASKED = {"area": "64.72", "roles": ["ptps"], "text": "Bimtek hari Kamis pukul 10.00 WITA."}


@pytest.fixture
def posted(office: Office) -> Office:
    """Two supervisors in Sidodadi, one of whom never wrote; it is ten in the morning."""
    with office.store.begin() as book:
        for number in (1, 2):
            person = book.people.save(f"Ani {number} Contoh", f"+62800000000{number}", NOW)
            book.people.assign(person, Role.PTPS, book.areas.add_tps(VILLAGE, number).code, NOW)
        met = book.addresses.meet(Address(Channel.TELEGRAM, "bot", "1"), NOW)
        book.addresses.link(met.id, 1)
    return office


def test_to_how_many_it_would_go(posted: Office) -> None:
    answer = posted.post("/audience", area="64.72", roles=["ptps", "pkd"])
    assert (answer.status_code, answer.json()) == (200, {"people": 2, "unreachable": 1})
    with posted.store.reading() as book:
        assert book.broadcasts.latest("") == []


def test_sent_shown_and_stopped(posted: Office) -> None:
    answer = posted.post("/broadcasts", **ASKED)
    assert answer.status_code == 201
    sent = answer.json()
    assert answer.headers["Location"] == f"/api/v1/broadcasts/{sent['id']}"
    assert (sent["people"], sent["unreachable"], sent["waiting"], sent["sent"]) == (2, 1, 1, 0)
    assert posted.woken == 1
    assert posted.get(f"/broadcasts/{sent['id']}").json() == sent
    assert posted.get("/broadcasts").json() == {"broadcasts": [sent]}
    stopped = posted.post(f"/broadcasts/{sent['id']}/stop").json()
    assert (stopped["waiting"], stopped["dropped"]) == (0, 1)
    assert stopped["stopped_at"]
    with posted.store.begin() as book:
        assert send_all(book, NOW) == []
    assert posted.audit(f"broadcast:{sent['id']}") == ["broadcast.sent", "broadcast.stopped"]


def test_what_has_gone_out_stays_out(posted: Office) -> None:
    number = posted.post("/broadcasts", **ASKED).json()["id"]
    with posted.store.begin() as book:
        assert send_all(book, NOW) == [1]
        assert [reply.text for _, reply in said(book, f"broadcast {number}")] == [ASKED["text"]]
    stopped = posted.post(f"/broadcasts/{number}/stop").json()
    assert (stopped["sent"], stopped["dropped"]) == (1, 0)
    posted.post(f"/broadcasts/{number}/stop")
    assert posted.audit(f"broadcast:{number}") == ["broadcast.sent", "broadcast.stopped"]


@pytest.mark.parametrize("area", ["64.02", "64", "", "99"])
def test_to_nobody_elses_area(posted: Office, area: str) -> None:
    for path in ("/broadcasts", "/audience"):
        body = ASKED | {"area": area} if path == "/broadcasts" else {"area": area, "roles": ["ptps"]}
        answer = posted.post(path, **body)
        assert (answer.status_code, answer.json()["code"]) == (403, "elsewhere")


def test_only_those_above_see_how_far_it_is(posted: Office) -> None:
    number = posted.post("/broadcasts", **ASKED).json()["id"]
    elsewhere, above = posted.token(Role.KABKOTA, "64.02"), posted.token(Role.PROVINSI, "64")
    below = posted.token(Role.PANWASCAM, "64.72.05")
    assert posted.get(f"/broadcasts/{number}", above).status_code == 200
    assert len(posted.get("/broadcasts", above).json()["broadcasts"]) == 1
    for who in (elsewhere, below):
        for answer in (
            posted.get(f"/broadcasts/{number}", who),
            posted.post(f"/broadcasts/{number}/stop", who),
            posted.get("/broadcasts/999", who),
        ):
            assert (answer.status_code, answer.json()["code"]) == (404, "unknown")
        assert posted.get("/broadcasts", who).json() == {"broadcasts": []}


def test_a_token_needs_the_scope(posted: Office) -> None:
    reader = posted.token(Role.KABKOTA, "64.72", "cases:read", "cases:write")
    assert posted.get("/broadcasts", reader).status_code == 403
    assert posted.post("/broadcasts", reader, **ASKED).status_code == 403


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": ""},
        {"text": "  "},
        {"text": "x" * 1501},
        {"roles": []},
        {"roles": ["citizen"]},
        {"area": "64.7"},
        {"when": "now"},
    ],
)
def test_what_is_not_well_formed_is_refused(posted: Office, wrong: dict[str, object]) -> None:
    answer = posted.post("/broadcasts", **(ASKED | wrong))
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
