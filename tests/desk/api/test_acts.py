"""What an officer does to a case through the API, once, and only on the case that they have read."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from core.model.cases import Secrecy
from core.model.people import Role
from tests.desk.api.office import Office


def code(answer: object) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]  # type: ignore[attr-defined]


def test_a_move_takes_it_further_and_tells_the_citizen(office: Office) -> None:
    number = office.opens()
    woken = office.woken
    answer = office.post(f"/cases/{number}/moves", move="telusuri", serial=1)
    shown = answer.json()["case"]
    assert (shown["state"]["name"], shown["serial"]) == ("penelusuran", 2)
    assert shown["notes"][-1]["details"] == {"move": "telusuri", "from": "diterima", "to": "penelusuran"}
    assert office.woken > woken
    with office.store.reading() as book:
        [met] = [book.cases.reply_address(number)]
        assert met
        assert any("menelusuri" in said.reply.text for said in book.outbox.conversation(met))


def test_what_the_procedure_forbids_is_refused_with_its_reason(office: Office) -> None:
    number = office.opens()
    answer = office.post(f"/cases/{number}/moves", move="jadikan-temuan", reason="Ada bukti.")
    assert code(answer) == (409, "refused")
    assert "Received" in answer.json()["detail"]
    assert office.case(number).serial == 1


def test_a_tip_becomes_a_complaint_of_its_own(office: Office) -> None:
    office.custodians()
    number = office.opens(secrecy=Secrecy.NAMED, identity={"nama": "Budi Contoh"})
    office.post(f"/cases/{number}/moves", move="telusuri")
    moves = {one["name"]: one for one in office.get(f"/cases/{number}").json()["moves"]}
    name = next(one for one in moves if "laporan" in one)
    given = {need: "Pelapor datang ke kantor." for need in moves[name]["needs"] if need == "reason"}
    answer = office.post(f"/cases/{number}/moves", move=name, **given)
    assert answer.status_code == 200, answer.text
    grown = answer.json()["opened"]
    assert office.get(f"/cases/{grown}").json()["parent"] == number


def test_whoever_read_an_older_state_is_outrun(office: Office) -> None:
    number = office.opens()
    assert office.post(f"/cases/{number}/notes", text="Sudah ditelepon.", serial=1).status_code == 200
    assert code(office.post(f"/cases/{number}/notes", text="Juga saya.", serial=1)) == (409, "outrun")
    late = office.visit.post(
        f"/cases/{number}/notes", headers={**office.samarinda, "If-Match": '"1"'}, json={"text": "Juga saya."}
    )
    assert code(late) == (409, "outrun")
    fresh = office.visit.post(
        f"/cases/{number}/notes", headers={**office.samarinda, "If-Match": '"2"'}, json={"text": "Juga saya."}
    )
    assert fresh.status_code == 200
    assert [note.text for note in office.case(number).notes[1:]] == ["Sudah ditelepon.", "Juga saya."]


def test_of_many_at_once_with_the_same_serial_one_is_done(office: Office) -> None:
    number = office.opens()

    def write(which: int) -> int:
        return office.post(f"/cases/{number}/notes", text=f"Catatan {which}", serial=1).status_code

    with ThreadPoolExecutor(6) as threads:
        came = sorted(threads.map(write, range(6)))
    assert came == [200, 409, 409, 409, 409, 409]
    assert len(office.case(number).notes) == 2


def test_a_question_waits_for_its_answer(office: Office) -> None:
    number = office.opens()
    shown = office.post(f"/cases/{number}/questions", text="Jam berapa kejadiannya?").json()["case"]
    assert shown["awaits"] is True
    assert shown["notes"][-1]["kind"] == "asked"


def test_it_is_given_to_somebody_who_may_see_it(office: Office) -> None:
    number = office.opens()
    office.token(Role.PROVINSI, "64"), office.token(Role.KABKOTA, "64.02")
    above, beside = office.key_of(Role.PROVINSI, "64"), office.key_of(Role.KABKOTA, "64.02")
    assert office.post(f"/cases/{number}/assignment", to=above).json()["case"]["assigned"] == above
    assert code(office.post(f"/cases/{number}/assignment", to=beside)) == (409, "refused")
    assert code(office.post(f"/cases/{number}/assignment", to="staff:999")) == (409, "nobody")
    assert code(office.post(f"/cases/{number}/assignment", to="person:999")) == (409, "nobody")
    mine = office.post(f"/cases/{number}/assignment", to="me").json()["case"]["assigned"]
    assert mine == office.key_of(Role.KABKOTA, "64.72")


def test_whoever_is_excluded_sees_it_no_longer(office: Office) -> None:
    number = office.opens()
    province = office.token(Role.PROVINSI, "64")
    assert office.get(f"/cases/{number}", province).status_code == 200
    whom = office.key_of(Role.PROVINSI, "64")
    shown = office.post(f"/cases/{number}/exclusions", whom=whom, reason="Saudara terlapor.").json()["case"]
    assert shown["excluded"] == [whom]
    assert office.get(f"/cases/{number}", province).status_code == 404
    assert office.get("/cases", province).json()["cases"] == []


def test_two_cases_are_linked_when_both_are_theirs(office: Office) -> None:
    one, other, far = office.opens(), office.opens(), office.opens(area="64.02.06")
    assert office.post(f"/cases/{one}/links", other=other).status_code == 200
    assert code(office.post(f"/cases/{one}/links", other=far)) == (404, "unknown")
    assert code(office.post(f"/cases/{one}/links", other="K-ZZZ-ZZZ")) == (404, "unknown")
    assert office.case(one).notes[-1].details == {"case": other}


def test_it_is_held_and_let_go(office: Office) -> None:
    number = office.opens()
    held = office.post(f"/cases/{number}/hold", on=True, reason="Dipakai di sidang.").json()["case"]
    assert held["held"] is True
    assert code(office.post(f"/cases/{number}/hold", on=True, reason="Sekali lagi.")) == (409, "refused")
    free = office.post(f"/cases/{number}/hold", on=False, reason="Sidang selesai.").json()["case"]
    assert free["held"] is False


@pytest.mark.parametrize(
    ("route", "body"),
    [
        ("moves", {}),
        ("moves", {"move": "Telusuri!"}),
        ("moves", {"move": "telusuri", "serial": 0}),
        ("moves", {"move": "telusuri", "why": "because"}),
        ("notes", {"text": ""}),
        ("assignment", {"to": "citizen"}),
        ("exclusions", {"whom": "clock", "reason": "Alasan."}),
        ("links", {"other": "7Q2M-K9TD-4XW1-B6RE"}),
        ("hold", {"on": "perhaps", "reason": "Alasan."}),
    ],
)
def test_what_is_not_well_formed_is_told_where(office: Office, route: str, body: dict[str, object]) -> None:
    number = office.opens()
    answer = office.post(f"/cases/{number}/{route}", **body)
    assert code(answer) == (422, "invalid")
    assert all(fault["where"].startswith("body") for fault in answer.json()["errors"])
    assert office.case(number).serial == 1


@pytest.mark.parametrize(
    ("body", "status", "told"),
    [
        (b'{"text": "\\ud800"}', 422, "invalid"),
        (b'{"text": "', 422, "invalid"),
        (b'["\\ud800"]', 422, "invalid"),
        (b'{"\\ud800": 1}', 422, "invalid"),
        (b"\xff", 400, "unread"),
        (b"[" * 60_000, 400, "unread"),
        (b'{"text": "' + b"a" * 70_000 + b'"}', 413, "large"),
    ],
)
def test_no_body_makes_it_stumble(office: Office, body: bytes, status: int, told: str) -> None:
    number = office.opens()
    headers = {**office.samarinda, "Content-Type": "application/json"}
    answer = office.visit.post(f"/cases/{number}/notes", headers=headers, content=body)
    assert code(answer) == (status, told)
    assert answer.headers["Content-Type"] == "application/problem+json"
