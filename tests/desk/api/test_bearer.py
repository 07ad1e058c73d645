"""Tokens at the door: none, wrong, dead, too many wrong ones; and what stands on every answer."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import OperationalError

from core.model.people import Role
from desk.api.guards import GUARDS
from tests.desk.api.office import Office

BASIC = {"Authorization": "Basic dW1pOmNvbnRvaA=="}


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


@pytest.mark.parametrize(
    "headers", [{}, BASIC, bearer(""), bearer("ld_salah"), bearer("a" * 5000), {"Authorization": "Bearer"}]
)
def test_without_a_token_that_opens_nothing_is_told(office: Office, headers: dict[str, str]) -> None:
    office.opens()
    for path in ("/cases", "/procedures", "/audit?subject=staff:1", "/cases/K-ZZZ-ZZZ"):
        answer = office.visit.get(path, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (401, "unauthorised")
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_token_dies_with_its_day_its_revocation_and_the_work_of_its_holder(office: Office) -> None:
    for end in ("day", "revoked", "ended"):
        who = office.token(Role.KABKOTA, "64.72", email=f"{end}@contoh.example")
        assert office.get("/cases", who).status_code == 200
        with office.store.begin() as book:
            member = book.staff.by_email(f"{end}@contoh.example")
            assert member
            if end == "revoked":
                book.tokens.revoke(book.tokens.of(member.id)[0].id, office.now)
            if end == "ended":
                book.staff.end(member.id, office.now)
        office.now += timedelta(days=31 if end == "day" else 0)
        assert office.get("/cases", who).status_code == 401
        office.now -= timedelta(days=31 if end == "day" else 0)


def test_too_many_wrong_tokens_have_to_wait(office: Office) -> None:
    came = [office.visit.get("/cases", headers=bearer(f"ld_{n}")).status_code for n in range(31)]
    assert came == [401] * 30 + [429]
    waiting = office.get("/cases")
    assert waiting.status_code == 429
    assert 1 <= int(waiting.headers["Retry-After"]) <= 300


def test_without_a_token_nobody_is_counted(office: Office) -> None:
    for _ in range(40):
        office.visit.get("/cases")
    assert office.get("/cases").status_code == 200


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/nowhere", 404, "unknown"),
        ("DELETE", "/cases", 405, "method"),
        ("PATCH", "/cases/K-ZZZ-ZZZ", 405, "method"),
        ("GET", "/status", 405, "method"),
        ("GET", "/cases/nonsense", 422, "invalid"),
        ("GET", "/cases?limit=0", 422, "invalid"),
        ("GET", "/cases?stat=x", 422, "invalid"),
        ("GET", "/cases", 200, ""),
    ],
)
def test_every_answer_is_guarded_and_every_failure_a_problem(
    office: Office, method: str, path: str, status: int, code: str
) -> None:
    answer = office.visit.request(method, path, headers=office.samarinda)
    assert answer.status_code == status
    assert {name: answer.headers[name] for name in GUARDS} == GUARDS
    if code:
        assert answer.headers["Content-Type"] == "application/problem+json"
        told = answer.json()
        assert (told["code"], told["status"]) == (code, status)
        assert told["type"] == f"urn:lapordesk:problem:{code}"
    if status == 405:
        assert answer.headers["Allow"]


def test_a_problem_speaks_the_language_that_was_asked_for(office: Office) -> None:
    for asked, language, word in (
        ("id", "id", "Tidak ada"),
        ("en", "en", "There is"),
        ("*", "id", "Tidak ada"),
    ):
        answer = office.get("/cases/K-ZZZ-ZZZ", headers={"Accept-Language": asked})
        assert answer.headers["Content-Language"] == language
        assert answer.json()["title"].startswith(word)


def test_what_is_wrong_is_never_repeated(office: Office) -> None:
    answer = office.post("/cases", story="Rahasia sekali", accused=7, nama="Budi Contoh")
    assert answer.status_code == 422
    assert "Rahasia" not in answer.text
    assert "Budi" not in answer.text


def test_a_database_that_is_away_is_told_so(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(_: object) -> None:
        raise OperationalError("SELECT", {}, Exception("gone"))

    monkeypatch.setattr(type(office.store), "reading", gone)
    answer = office.get("/cases")
    assert (answer.status_code, answer.json()["code"]) == (503, "away")
    assert answer.headers["Retry-After"] == "5"


def test_its_openapi_is_public_and_says_what_can_come(office: Office) -> None:
    answer = office.visit.get("/openapi.json")
    document = answer.json()
    assert answer.status_code == 200
    for path, methods in document["paths"].items():
        for route in methods.values():
            assert route["summary"] and route["description"], path
            assert {"422", "503"} <= route["responses"].keys()
            if path != "/status":
                assert {"401", "403", "429"} <= route["responses"].keys(), path
                assert route["security"], path
    assert "HTTPValidationError" not in answer.text
