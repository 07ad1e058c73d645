"""Cases through the API: listed by what runs out first, page by page, entered, read whole."""

from datetime import timedelta

import pytest

from core.model.cases import Secrecy
from core.model.people import Role
from tests.desk.api.office import VILLAGE, Office

LETTER = {
    "procedure": "laporan",
    "area": VILLAGE,
    "title": "Pembagian sembako",
    "story": "Pada tanggal 18 November tim kampanye membagikan sembako di balai desa.",
    "accused": "Tim kampanye pasangan Contoh",
    "where": "Balai Kelurahan Sidodadi",
    "happened_on": "2024-11-18",
    "known_on": "2024-11-19",
}


def numbers(office: Office, query: str = "", **more: object) -> list[str]:
    answer = office.get(f"/cases?{query}", **more)  # type: ignore[arg-type]
    assert answer.status_code == 200, answer.text
    return [case["number"] for case in answer.json()["cases"]]


def test_a_case_is_shown_whole_and_without_who_brought_it(office: Office) -> None:
    office.custodians()
    number = office.opens(
        secrecy=Secrecy.NAMED, identity={"nama": "Budi Contoh", "telepon": "+62 800 0000 777"}
    )
    answer = office.get(f"/cases/{number}")
    shown = answer.json()
    assert answer.headers["ETag"] == '"1"'
    assert shown["state"] == {"name": "diterima", "label": "Received"}
    assert shown["story"].startswith("Ada yang membagikan")
    assert shown["has_identity"] is True
    assert [note["kind"] for note in shown["notes"]] == ["opened"]
    assert {"telusuri", "minta-lengkapi"} <= {move["name"] for move in shown["moves"]}
    assert shown["clocks"] and not shown["is_overdue"]
    assert "Budi" not in answer.text and "777" not in answer.text


def test_labels_are_in_the_language_that_was_asked_for(office: Office) -> None:
    number = office.opens()
    for language, label in (("id", "Diterima"), ("en-GB, id;q=0.5", "Received"), ("fr", "Diterima")):
        answer = office.get(f"/cases/{number}", headers={"Accept-Language": language})
        assert answer.json()["state"]["label"] == label


def test_what_runs_out_first_stands_in_front(office: Office) -> None:
    first = office.opens()
    office.now += timedelta(days=1)
    second = office.opens()
    assert numbers(office) == [first, second]


def test_a_list_is_read_page_by_page(office: Office) -> None:
    opened = []
    for _ in range(5):
        opened.append(office.opens())
        office.now += timedelta(minutes=1)
    seen, query = [], "limit=2"
    while query:
        page = office.get(f"/cases?{query}").json()
        seen += [case["number"] for case in page["cases"]]
        query = f"limit=2&cursor={page['next']}" if page["next"] else ""
    assert seen == opened


def test_a_cursor_is_of_use_to_nobody_else_and_cannot_be_made_up(office: Office) -> None:
    number = office.opens()
    cursor = office.get("/cases?limit=1").json()["next"]
    province = office.token(Role.PROVINSI, "64")
    for who, tried in (
        (province, cursor),
        (office.samarinda, number),
        (office.samarinda, f"{number}.{'0' * 16}"),
    ):
        answer = office.get(f"/cases?cursor={tried}", who)
        assert (answer.status_code, answer.json()["code"]) == (404, "cursor")


def test_a_list_is_narrowed(office: Office) -> None:
    tip, complaint = office.opens(), office.opens("laporan", story="Baliho dirusak orang.")
    office.post(f"/cases/{tip}/assignment", to="me")
    province = office.token(Role.PROVINSI, "64")
    elsewhere = office.opens(area="64.02.06")
    assert numbers(office, "procedure=laporan") == [complaint]
    assert numbers(office, "assigned=me") == [tip]
    assert set(numbers(office, "assigned=me", who=province)) == set()
    assert set(numbers(office, "office=64.02", who=province)) == {elsewhere}
    assert set(numbers(office, "office=64", who=province)) == {tip, complaint, elsewhere}
    assert numbers(office, "q=baliho") == [complaint]
    assert numbers(office, f"q={tip.lower()}") == [tip]
    assert numbers(office, "state=penelusuran") == []
    assert numbers(office, "overdue=true") == []
    office.now += timedelta(days=20)
    assert set(numbers(office, "overdue=true")) == {tip, complaint}


def test_what_is_closed_is_listed_only_when_asked_for(office: Office) -> None:
    number = office.opens()
    for name, more in (("telusuri", {}), ("hentikan", {"reason": "Bukti tidak cukup."})):
        answer = office.post(f"/cases/{number}/moves", move=name, **more)
        assert answer.status_code == 200, answer.text
    assert numbers(office) == []
    assert numbers(office, "open=false") == [number]


def test_an_officer_enters_what_came_by_letter(office: Office) -> None:
    answer = office.post("/cases", **LETTER)
    assert answer.status_code == 201, answer.text
    shown = answer.json()
    assert answer.headers["Location"] == f"/api/v1/cases/{shown['number']}"
    assert (shown["secrecy"], shown["office"], shown["state"]["name"]) == ("resmi", "64.72", "diterima")
    assert shown["notes"][0]["actor"] == office.key_of(Role.KABKOTA, "64.72")
    assert shown["known_on"] == "2024-11-19"
    assert office.audit(shown["number"]) == ["case.opened"]
    assert office.get(f"/cases/{shown['number']}").json() == shown


def test_who_brought_a_letter_is_sealed_at_once_or_nothing_is_kept(office: Office) -> None:
    body = LETTER | {"identity": {"nama": "Budi Contoh", "nik": "6472010000000001"}}
    answer = office.post("/cases", **body)
    assert (answer.status_code, answer.json()["code"]) == (409, "no_custodians")
    assert numbers(office) == []
    one, _ = office.custodians()
    number = office.post("/cases", **body).json()["number"]
    opened = office.post(
        f"/cases/{number}/identity",
        reason="Memanggil pelapor untuk klarifikasi.",
        custodian=one,
        passphrase="empat kuda berlari di pantai",
    )
    assert opened.json() == {"identity": {"nama": "Budi Contoh", "nik": "6472010000000001"}}


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"procedure": "tebak-tebakan"}, 409, "no_procedure"),
        ({"area": "64.72.09"}, 409, "no_area"),
        ({"area": "64.02.06"}, 403, "elsewhere"),
        ({"area": "63.71"}, 403, "elsewhere"),
        ({"known_on": "2024-11-21"}, 409, "no_day"),
        ({"happened_on": "0001-01-01"}, 409, "no_day"),
        ({"story": "  "}, 422, "invalid"),
        ({"story": "nol\0"}, 422, "invalid"),
        ({"title": "a" * 201}, 422, "invalid"),
        ({"secrecy": "rahasia"}, 422, "invalid"),
        ({"identity": {"telepon": "1"}}, 422, "invalid"),
    ],
)
def test_what_cannot_be_entered_is_refused_and_leaves_nothing(
    office: Office, change: dict[str, object], status: int, code: str
) -> None:
    answer = office.post("/cases", **(LETTER | change))
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert numbers(office) == []


def test_a_number_that_was_drawn_before_is_drawn_anew(office: Office) -> None:
    first = office.post("/cases", **LETTER).json()["number"]
    again = iter([first[2:5], first[6:9], "ABC", "DEF"])
    object.__setattr__(office.house, "letters", lambda _: next(again))
    assert office.post("/cases", **LETTER).json()["number"] == "K-ABC-DEF"


def test_likely_duplicates_are_hinted(office: Office) -> None:
    one = office.opens(story="Pembagian sembako dan amplop berisi uang di balai desa Sidodadi.")
    other = office.opens(story="Sembako dan amplop uang dibagikan di balai desa Sidodadi.")
    office.opens(title="Baliho", story="Baliho pasangan calon dirusak di simpang empat.")
    office.opens(area="64.02.06", story="Sembako dan amplop uang dibagikan di balai desa Sidodadi.")
    found = office.get(f"/cases/{one}/likely").json()["cases"]
    assert [hint["case"]["number"] for hint in found] == [other]
    assert 0.5 <= found[0]["likeness"] <= 1
