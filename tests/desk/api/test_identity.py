"""An identity opens for a custodian with a reason; whatever else is tried, it stays shut, and is logged."""

import pytest

from core.model.cases import Secrecy
from core.model.people import Role
from tests.desk.api.office import PASSPHRASES, Answer, Office

REASON = "Memanggil pelapor untuk klarifikasi."
IDENTITY = {"nama": "Budi Contoh", "telepon": "+62 800 0000 777"}


@pytest.fixture
def number(office: Office) -> str:
    office.custodians()
    return office.opens(secrecy=Secrecy.NAMED, identity=IDENTITY)


def open_it(office: Office, number: str, **change: object) -> Answer:
    body = {"reason": REASON, "custodian": 1, "passphrase": PASSPHRASES[0]} | change
    return office.post(f"/cases/{number}/identity", **body)


def test_a_custodian_with_a_reason_opens_it(office: Office, number: str) -> None:
    answer = open_it(office, number)
    assert (answer.status_code, answer.json()) == (200, {"identity": IDENTITY})
    assert answer.headers["Cache-Control"] == "no-store"
    assert office.audit(number)[-1] == "identity.opened"
    note = office.case(number).notes[-1]
    assert (note.kind.value, note.text, note.actor) == (
        "identity",
        REASON,
        office.key_of(Role.KABKOTA, "64.72"),
    )


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"passphrase": PASSPHRASES[1]}, "passphrase"),
        ({"passphrase": "tebakan saja, siapa tahu"}, "passphrase"),
        ({"custodian": 99}, "custodian"),
        ({"custodian": 3}, "recovery"),
        ({"reason": "ya          "}, "reason"),
    ],
)
def test_all_else_leaves_it_shut(office: Office, number: str, change: dict[str, object], why: str) -> None:
    answer = open_it(office, number, **change)
    assert (answer.status_code, answer.json()["code"]) == (409, "shut"), why
    assert answer.json()["detail"]
    assert "Budi" not in answer.text
    assert office.audit(number)[-1] == "identity.withheld"
    assert office.case(number).serial == 1


def test_where_there_is_none_nothing_opens(office: Office, number: str) -> None:
    other = office.opens()
    assert open_it(office, other).json()["code"] == "shut"


def test_who_tries_passphrases_has_to_wait(office: Office, number: str) -> None:
    came = [open_it(office, number, passphrase=f"tebakan ke-{n}").status_code for n in range(9)]
    assert came == [409] * 8 + [429]
    assert open_it(office, number).status_code == 429
    elsewhere = office.token(Role.PROVINSI, "64")
    body = {"reason": REASON, "custodian": 1, "passphrase": PASSPHRASES[0]}
    assert office.post(f"/cases/{number}/identity", elsewhere, **body).status_code == 200


def test_the_passphrase_is_in_no_row(office: Office, number: str) -> None:
    open_it(office, number)
    open_it(office, number, passphrase="tebakan saja, siapa tahu")
    with office.store.reading() as book:
        told = " ".join(str(entry.details) for entry in book.audit.of(number))
    assert PASSPHRASES[0] not in told
    assert "tebakan" not in told
    assert "Budi" not in told


def test_what_grew_out_of_a_case_leads_to_the_same_identity(office: Office, number: str) -> None:
    office.post(f"/cases/{number}/moves", move="telusuri")
    grown = office.post(f"/cases/{number}/moves", move="jadikan-laporan", reason="Datang ke kantor.").json()[
        "opened"
    ]
    assert office.get(f"/cases/{grown}").json()["has_identity"] is True
    assert open_it(office, grown).json() == {"identity": IDENTITY}
