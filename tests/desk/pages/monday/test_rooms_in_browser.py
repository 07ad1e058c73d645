"""Monday, ledger, broadcasts, clock, channels and wall in a real browser, without JavaScript too."""

import pytest
from playwright.sync_api import Browser, Page, expect

from core.model.people import Role
from desk.overseeing import Answered, Channels, Clockwork, Door, Overseen, Work
from tests.browser import browser, faults
from tests.desk.pages.desk_office import DeskOffice
from tests.desk.pages.test_in_browser import address, office
from tests.storage.duties import wita
from tests.storage.known_week import live
from tests.storage.reachable import phone_of

__all__ = ["address", "browser", "office"]
SCREENS = {
    "phone": (360, 740, "light", Role.KABKOTA, "64.02", ("/monday", "/owed", "/broadcasts")),
    "desktop": (1280, 800, "dark", Role.PROVINSI, "64", ("/monday", "/owed", "/clock", "/channels")),
    "wall": (1920, 1080, "dark", Role.PROVINSI, "64", ("/wall",)),
}
"""Each axe takes its seconds: every page on one screen, in one scheme."""


@pytest.fixture
def monday(office: DeskOffice) -> DeskOffice:
    with office.store.begin() as book:
        posts = live(book)
        phone_of(book, posts["c1"])
        book.ticks.take("deadlines", wita(25, 8), wita(25, 8))
    office.now = wita(25, 9)
    return office


def visit(browser: Browser, address: str, office: DeskOffice, role: Role, area: str, **more: object) -> Page:
    """Somebody's browser, signed in."""
    member = office.officer(role, area).member
    with office.store.begin() as book:
        _, token = book.visits.begin(member, "Chromium", office.now)
    context = browser.new_context(base_url=address, locale="en", **more)  # type: ignore[arg-type]
    context.add_cookies([{"name": "desk", "value": token, "url": f"{address}/desk"}])
    return context.new_page()


def test_a_monday_is_worked_without_javascript(browser: Browser, address: str, monday: DeskOffice) -> None:
    size = {"width": 360, "height": 740}
    page = visit(browser, address, monday, Role.KABKOTA, "64.02", viewport=size, java_script_enabled=False)
    page.goto("/desk/monday")
    page.locator("summary", has_text="Correct what was sent").click()
    page.get_by_role("button", name="Send as nihil").click()
    expect(page.get_by_role("status")).to_have_text("The week was sent.")
    expect(page.get_by_text("Sent as nihil 25 Nov 2024")).to_be_visible()
    topic = page.locator("li.topic", has_text="Logistics")
    topic.locator("summary").click()
    topic.get_by_label("trouble").check()
    topic.get_by_label("Why?").fill("Bilik kurang.")
    topic.get_by_role("button", name="Keep").click()
    expect(page.get_by_text("Bilik kurang.")).to_be_visible()
    page.get_by_role("link", name="See the list and follow up").click()
    page.locator("summary", has_text="Phoned").click()
    page.get_by_label("Note").fill("Diangkat.")
    page.get_by_role("button", name="Note the call").click()
    expect(page.get_by_text("Diangkat.")).to_be_visible()
    page.get_by_role("button", name="Remind again (1 people)").click()
    expect(page.get_by_role("status")).to_have_text("The reminder is on its way.")
    page.goto("/desk/broadcasts")
    page.get_by_label("PTPS").check()
    page.get_by_label("Message").fill("Bimtek hari Kamis.")
    page.get_by_role("button", name="Look at it first").click()
    page.get_by_role("button", name="Send to 1 people").click()
    expect(page.get_by_role("status")).to_have_text("The broadcast is in the queue.")
    page.get_by_role("button", name="Stop the broadcast").click()
    expect(page.get_by_role("status")).to_have_text("The broadcast was stopped.")


@pytest.mark.parametrize("screen", SCREENS)
def test_axe_finds_nothing_and_nothing_sticks_out(
    browser: Browser, address: str, monday: DeskOffice, screen: str
) -> None:
    async def ask() -> list[Answered]:
        return [Answered("telegram", "7001", False, "https://lapor.example.org/x", 3, "Connection timed out")]

    channels = Channels(
        (Door("telegram", "7001", "webhook"), Door("whatsapp", "+628000000001", "", 1000)), ask
    )
    clockwork = Clockwork([Work(name, lambda now: now) for name in ("deadlines", "monday Asia/Makassar")])
    object.__setattr__(monday.house, "overseen", Overseen(clockwork, channels))
    width, height, scheme, role, area, paths = SCREENS[screen]
    size = {"width": width, "height": height}
    page = visit(browser, address, monday, role, area, viewport=size, color_scheme=scheme, bypass_csp=True)
    found = []
    for path in paths:
        page.goto(f"/desk{path}")
        for closed in page.locator("main summary").all():
            closed.click()
        if path == "/channels":
            expect(page.get_by_text("Connection timed out")).to_be_visible()
        found += [f"{path} {fault}" for fault in faults(page)]
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    assert found == []


def test_the_wall_renews_itself_and_ends_at_the_door(
    browser: Browser, address: str, monday: DeskOffice
) -> None:
    page = visit(browser, address, monday, Role.PROVINSI, "64", viewport={"width": 1920, "height": 1080})
    page.clock.install()
    page.goto("/desk/wall")
    expect(page.get_by_text("up to 25 Nov 2024, 09:00")).to_be_visible()
    monday.later(minutes=2)
    page.clock.run_for(31_000)
    expect(page.get_by_text("up to 25 Nov 2024, 09:02")).to_be_visible()
    monday.later(hours=13)
    page.clock.run_for(31_000)
    expect(page.get_by_label("Password")).to_be_visible()
