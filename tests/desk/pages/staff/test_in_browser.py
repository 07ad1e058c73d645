"""The rooms of those who oversee in a real browser: taken in without JavaScript; axe finds nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from playwright.sync_api import Browser, Page, expect

from core.model.people import Role
from desk.pages.app import desk
from desk.pages.room import PATH, Room
from desk.standing import FindingTold, SettingTold, Standing
from storage.keys import Keys
from tests.browser import browser, faults, serving
from tests.databases import Databases
from tests.desk.api.office import PROCEDURES
from tests.desk.pages.desk_office import DeskOffice, Officer, office_in_sqlite

__all__ = ["browser"]
STANDING = Standing(
    "0.2.0",
    (
        SettingTold("LAPORDESK_PUBLIC_URL", "https://lapor.example.org", True, False),
        SettingTold("LAPORDESK_TELEGRAM_TOKEN", "", True, True),
        SettingTold("LAPORDESK_TWILIO_SMS_FROM", "", False, False),
    ),
    (FindingTold("fine", "Database"), FindingTold("look", "No templates"), FindingTold("broken", "Late")),
)


@pytest.fixture
def office(databases: Databases, keys: Keys, tmp_path: Path) -> Iterator[DeskOffice]:
    with office_in_sqlite(databases, keys, tmp_path / "media") as made:
        yield made


@pytest.fixture
def address(office: DeskOffice) -> Iterator[str]:
    def whole() -> FastAPI:
        app = FastAPI()
        app.mount(PATH, desk(Room(office.house, "Bawaslu Contoh", standing=lambda _: STANDING)))
        return app

    with serving(whole) as here:
        yield here


def visiting(browser: Browser, address: str, officer: Officer, **more: object) -> Page:
    context = browser.new_context(base_url=address, locale="en", **more)  # type: ignore[arg-type]
    token = officer.browser.cookies["desk"]
    context.add_cookies([{"name": "desk", "value": token, "url": f"{address}{PATH}"}])
    return context.new_page()


def test_somebody_is_taken_in_and_let_go_without_javascript(
    browser: Browser, office: DeskOffice, address: str, tmp_path: Path
) -> None:
    tono = office.officer(Role.PROVINSI, "64").enter()
    page = visiting(browser, address, tono, java_script_enabled=False)
    page.goto("/desk/")
    page.locator("summary", has_text="More").click()
    page.get_by_role("link", name="Staff").click()
    page.locator("summary", has_text="Take somebody in").click()
    page.get_by_label("E-mail", exact=True).fill("sari@contoh.example")
    page.get_by_label("Name", exact=True).fill("Sari Contoh")
    page.get_by_label("Role").select_option("kabkota")
    page.get_by_label("Area").fill("64.02")
    page.get_by_role("button", name="Take in").click()
    expect(page.get_by_text("/desk/begin/")).to_be_visible()
    page.get_by_role("link", name="Sari Contoh").click()
    page.locator("summary", has_text="End their work").click()
    page.get_by_role("button", name="End", exact=True).click()
    expect(page.get_by_role("status")).to_have_text("Their work has ended.")
    page.goto("/desk/procedures")
    newer = tmp_path / "laporan.toml"
    newer.write_text((PROCEDURES / "laporan.toml").read_text().replace("pilkada-2024-1", "kaltim-2"))
    page.get_by_label("TOML file").set_input_files(newer)
    page.get_by_role("button", name="Check and publish").click()
    expect(page.get_by_role("status")).to_contain_text("in force")
    page.goto("/desk/audit")
    page.get_by_role("button", name="Verify").click()
    expect(page.get_by_role("status")).to_contain_text("The chain is whole")
    page.context.close()


@pytest.mark.parametrize(
    ("size", "scheme"), [((360, 740), "light"), ((1280, 800), "dark")], ids=["phone", "desktop"]
)
def test_axe_finds_nothing_and_nothing_sticks_out(
    browser: Browser, office: DeskOffice, address: str, size: tuple[int, int], scheme: str
) -> None:
    office.opens()
    office.custodians()
    tono, umi = office.officer(Role.PROVINSI, "64").enter(), office.officer()
    tono.post(f"/staff/{umi.member.id}/tokens", label="Buku register", papers="1", days="30")
    with office.store.begin() as book:
        link = book.entrances.make(umi.member.id, office.now)
    viewport = {"width": size[0], "height": size[1]}
    page = visiting(browser, address, tono, viewport=viewport, color_scheme=scheme, bypass_csp=True)
    paths = ("/staff", f"/staff/{umi.member.id}", "/procedures", "/procedures/laporan", "/audit")
    found = []
    for path in (*paths, "/settings", "/account", f"/enter/{link}"):
        page.goto(f"/desk{path}")
        for closed in page.locator("main summary").all():
            closed.click()
        found += [f"{path} {fault}" for fault in faults(page)]
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    assert found == []
    page.context.close()
