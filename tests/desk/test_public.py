"""The public page: plain words in both languages, nothing of anybody's report."""

from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from core.model.messages import Channel
from desk.public import public_page

HOUSE = "Bawaslu Kalimantan Timur"


@pytest.fixture
def visit() -> Iterator[TestClient]:
    app = FastAPI()
    app.include_router(public_page(HOUSE, "id"))
    with TestClient(app) as client:
        yield client


def test_it_says_whose_line_this_is_and_leads_to_the_chat(visit: TestClient) -> None:
    page = visit.get("/").text
    assert f"Saluran laporan {HOUSE}" in page
    assert '<html lang="id">' in page
    assert 'href="/chat"' in page
    for way in ("Telegram", "WhatsApp", "SMS", "Obrolan di web"):
        assert f"<h3>{way}</h3>" in page


def test_it_speaks_english_when_asked_and_indonesian_otherwise(visit: TestClient) -> None:
    assert '<html lang="en">' in visit.get("/?lang=en").text
    assert visit.get("/?lang=xx").text == visit.get("/").text


def test_it_tells_only_of_the_channels_that_are_open() -> None:
    app = FastAPI()
    app.include_router(public_page(HOUSE, "id", [Channel.WEBCHAT, Channel.SMS]))
    with TestClient(app) as visit:
        page = visit.get("/").text
    assert "<h3>SMS</h3>" in page
    assert "Telegram" not in page


def test_a_name_is_never_markup() -> None:
    app = FastAPI()
    app.include_router(public_page("<script>alert(1)</script>", "id"))
    with TestClient(app) as visit:
        assert "<script" not in visit.get("/").text


@pytest.mark.parametrize("path", ["/", "/public.css", "/icon.svg"])
def test_all_of_it_is_guarded(visit: TestClient, path: str) -> None:
    answer = visit.get(path)
    assert answer.status_code == 200
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
