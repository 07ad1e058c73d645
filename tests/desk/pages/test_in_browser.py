"""The desk in a real browser, a phone's and a desktop's: worked without JavaScript; axe finds nothing."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from fastapi import FastAPI
from playwright.sync_api import Browser, BrowserContext, Page, expect

from core.model.cases import NoteKind
from desk.pages.app import desk
from desk.pages.room import PATH, Room
from desk.public import public_page
from storage.keys import Keys
from storage.store import Store
from tests.browser import browser, faults, serving
from tests.databases import Databases
from tests.desk.pages.desk_office import PASSWORD, DeskOffice, Officer

__all__ = ["browser"]
SIZES = [(360, 740), (1280, 800)]


@pytest.fixture
def office(databases: Databases, keys: Keys, tmp_path: Path) -> Iterator[DeskOffice]:
    store = Store(databases.sqlite(), keys)
    yield DeskOffice(store, tmp_path / "media")
    store.close()


@pytest.fixture
def address(office: DeskOffice) -> Iterator[str]:
    """By plain HTTP on this machine, as after `make run`."""

    def whole() -> FastAPI:
        app = FastAPI()
        app.include_router(public_page("Bawaslu Contoh", "id"))
        app.mount(PATH, desk(Room(office.house, "Bawaslu Contoh")))
        return app

    with serving(whole) as here:
        yield here


def open_page(browser: Browser, address: str, **more: object) -> Page:
    context: BrowserContext = browser.new_context(base_url=address, locale="en", **more)  # type: ignore[arg-type]
    return context.new_page()


def sign_in(page: Page, officer: Officer) -> None:
    page.goto("/desk/cases")
    page.get_by_label("E-mail").fill(officer.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_label("Code from the app").fill(officer.now_code)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Cases")).to_be_visible()


@pytest.mark.parametrize(("width", "height"), SIZES, ids=["phone", "desktop"])
def test_a_case_is_worked_without_javascript(
    browser: Browser, office: DeskOffice, address: str, width: int, height: int
) -> None:
    number, umi = office.opens(), office.officer()
    page = open_page(browser, address, viewport={"width": width, "height": height}, java_script_enabled=False)
    sign_in(page, umi)
    page.get_by_label("Number or words").fill("amplop")
    page.get_by_role("button", name="Show").click()
    page.get_by_role("link", name="Pembagian sembako").click()
    page.get_by_role("button", name="I work it").click()
    expect(page.get_by_role("status")).to_have_text("It is noted who works it.")
    page.locator("summary", has_text="Ask back").click()
    page.get_by_label("Ask back").fill("Jam berapa kejadiannya?")
    page.get_by_role("button", name="Send the question").click()
    expect(page.get_by_role("status")).to_have_text("The question is on its way.")
    move = page.locator("details", has=page.locator("input[value=telusuri]"))
    move.locator("summary").click()
    move.get_by_role("button").click()
    expect(page.get_by_role("status")).to_have_text("The move is made.")
    kinds = [note.kind for note in office.case(number).notes]
    assert kinds == [NoteKind.OPENED, NoteKind.ASSIGNED, NoteKind.ASKED, NoteKind.MOVED]
    page.get_by_role("button", name="Sign out").click()
    page.goto(f"/desk/cases/{number}")
    expect(page.get_by_label("Password")).to_be_visible()


@pytest.mark.parametrize(
    ("width", "height", "scheme"), [(360, 740, "light"), (1280, 800, "dark")], ids=["phone", "desktop"]
)
def test_axe_finds_nothing_and_nothing_sticks_out(
    browser: Browser, office: DeskOffice, address: str, width: int, height: int, scheme: str
) -> None:
    number, umi = office.opens(), office.officer()
    office.opens(title="Baliho dirusak", story="Baliho di simpang empat dirobek orang pada malam hari.")
    with ThreadPoolExecutor() as beside:  # the browser keeps an event loop in this thread
        beside.submit(office.pictured, number, "aaaa0000bbbb1111").result()
    newcomer = office.officer(email="baru@contoh.example").member.id
    with office.store.begin() as book:
        begin = book.accounts.invite(newcomer, office.now)
    page = open_page(
        browser, address, viewport={"width": width, "height": height}, color_scheme=scheme, bypass_csp=True
    )
    page.goto("/desk/sign-in")
    found = faults(page)
    sign_in(page, umi)
    paths = (
        "/",
        "/cases",
        f"/cases?q={number}&mine=1",
        f"/cases/{number}",
        "/account",
        "/nowhere",
        f"/begin/{begin}",
    )
    for path in paths:
        page.goto(f"/desk{path}")
        for closed in (*page.locator("main summary").all(), *page.locator("header summary").all()):
            closed.click()  # the menu last: open, it lies over the page
        found += [f"{path} {fault}" for fault in faults(page)]
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    assert found == []
