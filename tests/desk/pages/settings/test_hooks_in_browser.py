"""Systems that are told, in a real browser: added and stopped without JavaScript; axe finds nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from playwright.sync_api import Browser, expect

from core.hooks.trying import Answer
from core.model.people import Role
from desk.pages.app import desk
from desk.pages.room import PATH, Room
from storage.keys import Keys
from tests.browser import browser, faults, serving
from tests.databases import Databases
from tests.desk.pages.desk_office import DeskOffice, office_in_sqlite

__all__ = ["browser"]
ADDRESS = "https://data.contoh.example/lapordesk/kabar-dari-pengawasan-pemilihan-kalimantan-timur"


@pytest.fixture
def office(databases: Databases, keys: Keys, tmp_path: Path) -> Iterator[DeskOffice]:
    with office_in_sqlite(databases, keys, tmp_path / "media") as made:
        yield made


@pytest.fixture
def address(office: DeskOffice) -> Iterator[str]:
    def whole() -> FastAPI:
        app = FastAPI()
        app.mount(PATH, desk(Room(office.house, "Bawaslu Contoh")))
        return app

    with serving(whole) as here:
        yield here


@pytest.mark.parametrize(("width", "height"), [(360, 740), (1280, 800)], ids=["phone", "desktop"])
def test_one_is_added_tried_out_and_stopped(
    browser: Browser, office: DeskOffice, address: str, width: int, height: int
) -> None:
    token = office.officer(Role.PROVINSI, "64").enter().browser.cookies["desk"]
    context = browser.new_context(
        base_url=address, locale="en", viewport={"width": width, "height": height}, java_script_enabled=False
    )
    context.add_cookies([{"name": "desk", "value": token, "url": f"{address}{PATH}"}])
    page = context.new_page()
    page.goto("/desk/settings")
    page.get_by_role("link", name="See and add").click()
    page.get_by_label("Address", exact=True).fill(ADDRESS)
    page.get_by_label("case opened").check()
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text("whsec_")).to_be_visible()
    page.get_by_role("link", name="Go on").click()
    office.opens()
    page.locator("summary", has_text="Send a test").click()
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_role("status")).to_have_text("The test is sent soon.")
    with office.store.begin() as book:
        opened, trial = book.hook_outbox.claim(office.now, 30, "test", 2, {})
        book.hook_outbox.arrived(trial, Answer(204), office.now)
        book.hook_outbox.give_up(opened, Answer(503, "Service Unavailable"), office.now)
    page.reload()
    page.get_by_role("button", name="Send again").last.click()
    page.locator("summary", has_text="Stop").click()
    page.get_by_role("button", name="Stop", exact=True).click()
    expect(page.get_by_role("status")).to_have_text("That system is told nothing more.")


def test_axe_finds_nothing(browser: Browser, office: DeskOffice, address: str) -> None:
    token = office.officer(Role.PROVINSI, "64").enter().browser.cookies["desk"]
    with office.store.begin() as book:
        tono = book.staff.by_email("provinsi-64@contoh.example")
        assert tono
        hook, _ = book.hooks.add(tono.id, "64", ADDRESS, ["case.opened", "report.filed"], office.now)
        for answer in (Answer(204), Answer(503, "Service Unavailable"), Answer(0, "timeout")):
            book.hook_outbox.try_out(hook.id, office.now)
            [errand] = book.hook_outbox.claim(office.now, 30, "test", 1, {})
            book.hook_outbox.give_up(errand, answer, office.now)
        book.hooks.rotate(hook.id, office.now)
    found, wide = [], "document.documentElement.scrollWidth > innerWidth"
    for width in (360, 1280):
        context = browser.new_context(
            base_url=address, locale="en", viewport={"width": width, "height": 740}, color_scheme="dark"
        )
        context.add_cookies([{"name": "desk", "value": token, "url": f"{address}{PATH}"}])
        page = context.new_page()
        for path in ("/settings/hooks", f"/settings/hooks/{hook.id}"):
            page.goto(f"{PATH}{path}")
            for summary in page.locator("main summary").all():
                summary.click()
            found += faults(page)
            assert not page.evaluate(wide), path
    assert found == []
