"""The public side in a real browser: a code looked up without JavaScript; axe finds nothing on any page."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from fastapi import FastAPI
from playwright.sync_api import Browser, expect

from desk.public import public_page, public_site
from storage.keys import Keys
from storage.store import Store
from tests.browser import browser, faults, serving
from tests.databases import Databases
from tests.desk.api.office import Office, code_of

__all__ = ["browser"]
SEEN = [(360, 740, "dark"), (1280, 800, "light")]
PATHS = ("/", "/status", "/angka", "/angka?lang=en", "/prosedur")


@pytest.fixture
def office(databases: Databases, keys: Keys, tmp_path: Path) -> Iterator[Office]:
    store = Store(databases.sqlite(), keys)
    made = Office(store, tmp_path / "media")
    for area in ("64.72.05.1004",) * 7 + ("64.02.06",) * 6:
        made.opens(area=area)
    made.opens(code=code_of(1))
    made.reported()
    made.now += timedelta(days=20)
    yield made
    store.close()


@pytest.fixture
def address(office: Office) -> Iterator[str]:
    def whole() -> FastAPI:
        app = FastAPI()
        app.include_router(public_page("Bawaslu Contoh", "id"))
        app.include_router(public_site(office.house, "Bawaslu Contoh"))
        return app

    with serving(whole) as here:
        yield here


@pytest.mark.parametrize(("width", "height", "scheme"), SEEN, ids=["phone", "desktop"])
def test_a_code_is_looked_up_and_axe_finds_nothing(
    browser: Browser, address: str, width: int, height: int, scheme: str
) -> None:
    size = {"width": width, "height": height}
    plain = browser.new_context(base_url=address, viewport=size, java_script_enabled=False).new_page()  # type: ignore[arg-type]
    plain.goto("/")
    plain.get_by_role("link", name="Cek status").click()
    plain.get_by_label("Kode aduan").fill(code_of(2))
    plain.get_by_role("button", name="Lihat status").click()
    expect(plain.get_by_role("alert")).to_contain_text("tidak ditemukan")
    plain.get_by_label("Kode aduan").fill(code_of(1))
    plain.get_by_role("button", name="Lihat status").click()
    expect(plain.get_by_role("status")).to_contain_text("Aduan Anda sudah kami terima.")
    assert code_of(1) not in plain.url
    seen = browser.new_context(
        base_url=address, viewport=size, color_scheme=scheme, bypass_csp=True
    ).new_page()  # type: ignore[arg-type]
    found = []
    for path in PATHS:
        seen.goto(path)
        for closed in seen.locator("summary").all():
            closed.click()
        found += [f"{path} {fault}" for fault in faults(seen)]
        assert seen.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    assert found == []
    assert seen.context.cookies() == []
