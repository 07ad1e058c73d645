"""What is brought to the desk as a file, in a real browser without JavaScript.

A roster with faults is mended, taken in, its people invited; a broken form is understood, mended, tried and
published. axe finds nothing.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from core.model.people import Role
from desk.pages.app import desk
from desk.pages.room import PATH, Room, Way
from desk.public import public_page
from storage.keys import Keys
from storage.store import Store
from tests.browser import browser, faults, serving
from tests.databases import Databases
from tests.desk.pages.desk_office import DeskOffice, Officer
from tests.desk.pages.forms.brought import BROKEN, SECOND, publish
from tests.desk.pages.people.staffed import staff

__all__ = ["browser"]
PHONE, DESKTOP = ViewportSize(width=360, height=740), ViewportSize(width=1280, height=800)
HEAD = "nama,telepon,jabatan,wilayah,tps\n"
GOOD = "Rahma Contoh,08000000311,PTPS,Sidodadi,001\n"
WRONG = "Agus Contoh,08000000313,Pengawas Laut,Sidodadi,\nLina Contoh,12,PKD,Sidodadi,\n"
MENDED = "Agus Contoh,08000000313,PTPS,Sidodadi,005\nLina Contoh,08000000312,PKD,Sidodadi,\n"


@pytest.fixture
def office(databases: Databases, keys: Keys, tmp_path: Path) -> Iterator[DeskOffice]:
    store = Store(databases.sqlite(), keys)
    yield DeskOffice(store, tmp_path / "media")
    store.close()


@pytest.fixture
def address(office: DeskOffice) -> Iterator[str]:
    async def ways() -> tuple[Way, ...]:
        return (Way("telegram", "https://t.me/lapor_contoh_bot?start={code}"),)

    def whole() -> FastAPI:
        app = FastAPI()
        app.include_router(public_page("Bawaslu Contoh", "id"))
        app.mount(PATH, desk(Room(office.house, "Bawaslu Contoh", ways=ways)))
        return app

    with serving(whole) as here:
        yield here


def enter(browser: Browser, address: str, who: Officer, **more: object) -> Page:
    """Signed in without the door."""
    with who.office.store.begin() as book:
        _, token = book.visits.begin(who.member, "Chromium", who.office.now)
    context: BrowserContext = browser.new_context(base_url=address, locale="en", **more)  # type: ignore[arg-type]
    context.add_cookies([{"name": "desk", "value": token, "url": f"{address}{PATH}"}])
    return context.new_page()


def choose(page: Page, name: str, text: str) -> None:
    page.set_input_files(
        "input[type=file]", {"name": name, "mimeType": "text/plain", "buffer": text.encode()}
    )
    page.get_by_role("button", name="Check").click()


def test_a_roster_is_imported_mended_and_its_people_invited(
    browser: Browser, office: DeskOffice, address: str
) -> None:
    staff(office)
    page = enter(browser, address, office.officer(), viewport=PHONE, java_script_enabled=False)
    page.goto("/desk/people")
    page.get_by_role("link", name="Import a roster").click()
    choose(page, "roster.csv", HEAD + GOOD + WRONG)
    expect(page.get_by_text("2 rows need mending")).to_be_visible()
    expect(page.get_by_text("Row 3, column jabatan")).to_be_visible()
    choose(page, "roster.csv", HEAD + GOOD + MENDED)
    expect(page.get_by_text("Siti Contoh → Rahma Contoh")).to_be_visible()
    page.get_by_role("button", name="Import 3 people").click()
    expect(page.get_by_role("status")).to_have_text("The roster is imported.")
    page.get_by_label("Name or telephone number").fill("rahma")
    page.get_by_role("button", name="Show").click()
    page.get_by_role("link", name="PTPS 001").click()
    page.get_by_role("button", name="Make an invitation card").click()
    expect(page.get_by_role("img", name="QR code for Rahma Contoh")).to_be_visible()
    page.goto("/desk/people")
    page.get_by_role("button", name="Make cards").click()
    expect(page.locator(".invite")).to_have_count(5)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.context.close()


def test_a_broken_form_is_mended_tried_and_published(
    browser: Browser, office: DeskOffice, address: str
) -> None:
    publish(office)
    author = office.officer(Role.PROVINSI, "64")
    page = enter(browser, address, author, viewport=DESKTOP, java_script_enabled=False)
    page.goto("/desk/forms")
    choose(page, "buka.md", BROKEN)
    expect(page.get_by_role("heading", name="4 things to mend")).to_be_visible()
    page.get_by_role("link", name="survey, row 3, column constraint").click()
    expect(page.locator("#survey-3")).to_be_in_viewport()
    choose(page, "buka.md", SECOND)
    expect(page.get_by_text("Against version 1")).to_be_visible()
    page.get_by_role("link", name="Try it").click()
    for said in ("jam 7 lewat 20", "120", "ya"):
        page.get_by_label("Answer").fill(said)
        page.get_by_role("button", name="Send", exact=True).click()
    page.get_by_role("button", name="Kirim").or_(page.get_by_role("button", name="Send")).first.click()
    expect(page.get_by_text("Done. So the report would be filed")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= DESKTOP["width"]
    page.get_by_role("link", name="buka.md").click()
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_role("status")).to_have_text("The form is published.")
    expect(page.get_by_text("buka · version 2")).to_be_visible()
    page.context.close()


def test_a_screen_reader_gets_along_with_both_rooms(
    browser: Browser, office: DeskOffice, address: str
) -> None:
    post = staff(office)["Siti"]
    publish(office)
    author = office.officer(Role.PROVINSI, "64")
    page = enter(browser, address, author, viewport=PHONE, color_scheme="dark")
    for path in (
        "/people",
        f"/people/posts/{post}",
        "/people/import",
        "/forms",
        "/forms/sheet?name=buka&version=1",
    ):
        page.goto(f"/desk{path}")
        assert faults(page) == [], path
    page.goto("/desk/people")
    page.get_by_role("button", name="Make cards").click()
    assert faults(page) == [], "cards"
    page.goto("/desk/people/import")
    choose(page, "roster.csv", HEAD + GOOD + WRONG)
    assert faults(page) == [], "preview"
    page.goto("/desk/forms")
    choose(page, "buka.md", BROKEN)
    assert faults(page) == [], "broken"
    choose(page, "buka.md", SECOND)
    assert faults(page) == [], "mended"
    page.get_by_role("link", name="Try it").click()
    page.get_by_label("Answer").fill("jam 7")
    page.get_by_role("button", name="Send", exact=True).click()
    assert faults(page) == [], "trial"
    page.goto("/desk/forms/compare?name=buka&from=1&to=1")
    assert faults(page) == [], "compare"
    page.context.close()
