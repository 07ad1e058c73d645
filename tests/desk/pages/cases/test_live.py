"""The page of a case while it is open: what comes in appears by itself, and what is being typed stays."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from fastapi import FastAPI
from playwright.sync_api import Browser, expect

from core.cases import lifecycle
from core.cases.acts import Refusal
from core.model.cases import NoteKind
from desk.pages.app import desk
from desk.pages.room import PATH, Room
from storage.keys import Keys
from storage.record import Origin, record
from storage.visits import IDLE
from tests.browser import browser, serving
from tests.databases import Databases
from tests.desk.pages.desk_office import DeskOffice, Officer, office_in_sqlite

__all__ = ["browser"]
LIVE = {"HX-Request": "true"}
ANSWER = "Sesudah isya, di balai desa."


def answers(office: DeskOffice, number: str) -> None:
    """The citizen answers, as it comes in by chat."""
    with office.store.begin() as book:
        case = book.cases.get(number)
        assert case
        acted = lifecycle.answer(case, ANSWER, (), office.now)
        assert not isinstance(acted, Refusal)
        record(book, acted.effects, Origin.silent(office.now))


def test_news_come_only_when_there_are_some(desk_office: DeskOffice, umi: Officer) -> None:
    number = desk_office.opens()
    umi.act(number, "ask", text="Jam berapa?")
    path = f"/cases/{number}/live?serial={desk_office.case(number).serial}"
    assert umi.get(path).status_code == 204
    answers(desk_office, number)
    page = umi.get(path)
    assert page.status_code == 200
    assert ANSWER in page.text
    assert 'hx-swap-oob="outerHTML:.serial"' in page.text
    umi.act(number, "move", move="telusuri")
    # Somebody acted: what is sent now has to be looked at again.
    assert 'hx-swap-oob="outerHTML:.serial"' not in umi.get(path).text


def test_a_page_that_looks_by_itself_keeps_nobody_signed_in(desk_office: DeskOffice, umi: Officer) -> None:
    number = desk_office.opens()
    path = f"{PATH}/cases/{number}/live?serial=0"
    ends = desk_office.now + IDLE
    while desk_office.now + timedelta(minutes=10) < ends:
        desk_office.later(minutes=10)
        assert umi.browser.get(path, headers=LIVE).status_code == 200
    desk_office.later(minutes=10)
    ended = umi.browser.get(path, headers=LIVE)
    assert (ended.status_code, ended.text, ended.headers["HX-Redirect"]) == (200, "", "/desk/sign-in")


@pytest.fixture
def office(databases: Databases, keys: Keys, tmp_path: Path) -> Iterator[DeskOffice]:
    with office_in_sqlite(databases, keys, tmp_path / "media") as made:
        yield made


def test_an_answer_appears_while_an_officer_types(browser: Browser, office: DeskOffice) -> None:
    number, umi = office.opens(), office.officer().enter()

    def whole() -> FastAPI:
        app = FastAPI()
        app.mount(PATH, desk(Room(office.house, "Bawaslu Contoh")))
        return app

    with serving(whole) as address:
        context = browser.new_context(base_url=address, locale="en")
        token = umi.browser.cookies["desk"]
        context.add_cookies([{"name": "desk", "value": token, "url": f"{address}{PATH}"}])
        page = context.new_page()
        page.clock.install()
        page.goto(f"/desk/cases/{number}")
        page.locator("summary", has_text="Ask back").click()
        page.get_by_label("Ask back").fill("Jam berapa?")
        page.get_by_role("button", name="Send the question").click()
        page.locator("summary", has_text="Note").click()
        page.get_by_label("Note").fill("Saya sedang menu")
        answers(office, number)
        expect(page.get_by_text(ANSWER)).to_have_count(0)
        page.clock.fast_forward(16_000)
        expect(page.get_by_text(ANSWER)).to_be_visible()
        expect(page.locator("#news")).to_contain_text("New: ")
        expect(page.get_by_label("Note")).to_have_value("Saya sedang menu")
        expect(page.get_by_label("Note")).to_be_focused()
        page.get_by_label("Note").fill("Saya sedang menulis.")
        page.get_by_role("button", name="Keep the note").click()
        expect(page.get_by_role("status")).to_have_text("The note is kept.")
        context.close()
    kinds = [note.kind for note in office.case(number).notes]
    assert kinds == [NoteKind.OPENED, NoteKind.ASKED, NoteKind.ANSWERED, NoteKind.NOTED]
