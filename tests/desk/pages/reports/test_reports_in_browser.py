"""Reports and analysis in a real browser, without JavaScript; axe finds nothing, nothing sticks out."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, expect

from core.model.records import Flag
from tests.browser import browser, faults
from tests.desk.pages.desk_office import DeskOffice
from tests.desk.pages.reports.filed import PICTURE, TPS, VILLAGE, Filed
from tests.desk.pages.test_in_browser import address, office, open_page, sign_in

__all__ = ["address", "browser", "office"]


def fill(office: DeskOffice) -> str:
    """Some days of reports; gives the number of one that has everything."""
    filed = Filed(office)
    for n in range(12):
        at = office.now - timedelta(days=n % 5, minutes=n)
        filed.file(
            (TPS, VILLAGE)[n % 2], at=at, lancar=("ya", "tidak")[n % 3 == 0], suara__sah=str(180 + 7 * n)
        )
    filed.nihil()
    filed.withdraw(filed.file())
    odd = Flag("suara/sah", "Lebih dari pemilih terdaftar.")
    number = filed.file(TPS, odd, lancar="tidak", suara__sah="900", foto=PICTURE)
    with ThreadPoolExecutor() as beside:  # the browser keeps an event loop in this thread
        beside.submit(filed.pictured, number).result()
    filed.correct(number, suara__sah="290", suara__catatan="Antrean panjang sejak pagi; saksi lengkap. " * 3)
    with office.store.begin() as book:
        book.analysis.count()
    return number


def test_a_report_is_verified_and_asked_about_without_javascript(
    browser: Browser, office: DeskOffice, address: str
) -> None:
    number, umi = fill(office), office.officer()
    page = open_page(browser, address, viewport={"width": 360, "height": 740}, java_script_enabled=False)
    sign_in(page, umi)
    page.get_by_role("link", name="Reports", exact=True).click()
    page.locator("select[name=form]").select_option("pungut")
    page.get_by_role("button", name="Show").click()
    page.locator(f"a[href='/desk/reports/{number}']").click()
    page.get_by_role("button", name="I have verified it").click()
    expect(page.get_by_role("status")).to_contain_text("verified")
    page.get_by_label("Your question").fill("Berapa saksi yang hadir?")
    page.get_by_role("button", name="Send the question").click()
    expect(page.get_by_role("status")).to_have_text("The question is on its way.")
    with office.store.reading() as book:
        assert [one.question for one in book.inquiries.of_report(number)] == ["Berapa saksi yang hadir?"]


@pytest.mark.parametrize(
    ("width", "height", "scheme"), [(360, 740, "light"), (1280, 800, "dark")], ids=["phone", "desktop"]
)
def test_axe_finds_nothing_and_nothing_sticks_out(
    browser: Browser, office: DeskOffice, address: str, width: int, height: int, scheme: str
) -> None:
    number = fill(office)
    page = open_page(
        browser, address, viewport={"width": width, "height": height}, color_scheme=scheme, bypass_csp=True
    )
    sign_in(page, office.officer())
    found = []
    for path in (
        "/reports?form=pungut&unverified=1",
        f"/reports/{number}",
        "/analysis?form=pungut&question=lancar",
        "/analysis?form=pungut&question=suara/sah&by=day&from=2024-11-14",
    ):
        page.goto(f"/desk{path}")
        for closed in page.locator("summary").all():
            closed.click()
        found += [f"{path} {fault}" for fault in faults(page)]
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    assert found == []
