"""The procedures in force, told to citizens: their terms as the rules count them."""

from html import unescape

import pytest
from starlette.testclient import TestClient

from core.speech.texts import texts
from desk.public.procedures import tell
from tests.desk.api.office import Office


def test_each_procedure_stands_with_its_clocks(office: Office, visit: TestClient) -> None:
    page = unescape(visit.get("/prosedur").text)
    with office.store.reading() as book:
        current = book.procedures.current("laporan")
    assert current
    assert '<h2 id="laporan">Laporan' in page
    assert "2 hari kalender sejak tahap itu dimulai. Hari pertama tidak dihitung." in page
    assert (
        "3 hari kalender sejak tahap itu dimulai. Hari pertama tidak dihitung. Bisa diperpanjang 2 hari"
        in page
    )
    assert "7 hari kalender sejak kejadiannya diketahui." in page
    for state in current.states.values():
        assert state.told["id"] in page


@pytest.mark.parametrize("language", ["id", "en"])
def test_no_place_is_left_open(office: Office, language: str) -> None:
    with office.store.reading() as book:
        for one in book.procedures.every():
            told = tell(one, texts(language))
            assert told.clocks
            assert "{" not in repr((told.clocks, told.steps, told.ends, told.requirements)).replace("{}", "")


def test_it_is_light_and_cacheable(office: Office, visit: TestClient) -> None:
    for path in ("/", "/status", "/angka", "/prosedur"):
        answer = visit.get(path)
        if answer.status_code == 200:
            assert len(answer.content) < 25_000, path
            assert "<script" not in answer.text
            assert "Set-Cookie" not in answer.headers
    first = visit.get("/prosedur")
    again = visit.get("/prosedur", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
