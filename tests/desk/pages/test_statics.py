"""The files of the pages: the libraries are what their makers published, and browsers may keep them."""

import hashlib
import re

import pytest

from desk.pages.statics import FILES, STATIC, static
from tests.desk.pages.desk_office import DeskOffice

VENDOR = STATIC / "vendor"
NOTED = dict(
    re.findall(r"^\| `([^`]+\.js)` .* `([0-9a-f]{64})` \|$", (VENDOR / "README.md").read_text(), re.M)
)


def test_a_library_is_what_is_written_of_it() -> None:
    assert {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in VENDOR.glob("*.js")} == NOTED


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_kept_until_it_changes(desk_office: DeskOffice, name: str) -> None:
    browser = desk_office.open_browser()
    answer = browser.get(static(name))
    assert answer.content == FILES[name].read_bytes()
    assert "immutable" in answer.headers["Cache-Control"]
    assert browser.get(f"/desk/static/000000000000/{name}").status_code == 404
