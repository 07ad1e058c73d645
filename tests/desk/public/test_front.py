"""The public page: plain words in both languages, nothing of anybody's report."""

from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from markupsafe import escape
from starlette.testclient import TestClient

from core.model.messages import Channel
from core.speech.texts import texts
from desk.public import public_page

HOUSE = "Bawaslu Kalimantan Timur"


def escaped(words: str) -> str:
    return str(escape(words))


@pytest.fixture
def visit() -> Iterator[TestClient]:
    app = FastAPI()
    app.include_router(public_page(HOUSE, "id"))
    with TestClient(app) as client:
        yield client


def test_it_says_whose_line_this_is_and_leads_to_the_chat(visit: TestClient) -> None:
    page = visit.get("/").text
    assert f"Saluran aduan dan laporan {HOUSE}" in page
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
    assert "<h3>Telegram" not in page
    assert "<dt>Telegram" not in page


def test_a_number_is_told_where_it_is_known() -> None:
    app = FastAPI()
    app.include_router(
        public_page(HOUSE, "id", [Channel.WHATSAPP, Channel.SMS], {Channel.SMS: "+628000000001"})
    )
    with TestClient(app) as visit:
        page = visit.get("/").text
    assert page.count("Nomor kami: +628000000001") == 1


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_citizen_reads_how_to_tell_hear_back_and_make_it_formal(visit: TestClient, language: str) -> None:
    page = visit.get(f"/?lang={language}").text
    say = texts(language).say
    for channel in ("webchat", "telegram", "whatsapp", "sms"):
        assert escaped(say(f"public.tip.{channel}")) in page
    for fact in ("facts.confidential", "facts.code", "facts.platform", "formal.way"):
        assert escaped(say(f"public.{fact}")) in page
    assert page.index(say("public.tip")) < page.index(say("public.supervisors")), "citizens first"


def test_what_it_tells_to_write_is_understood() -> None:
    """The words in quotes are commands and buttons of the chat."""
    assert texts("id").say("tips.button.formal").lower() in texts("id").say("public.formal.way").lower()
    assert texts("en").say("tips.button.formal").lower() in texts("en").say("public.formal.way").lower()


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
