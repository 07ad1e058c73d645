"""The desk that the tests of its pages visit."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.store import Store
from tests.desk.pages.desk_office import DeskOffice, Officer


@pytest.fixture
def desk_office(store: Store, tmp_path: Path) -> Iterator[DeskOffice]:
    made = DeskOffice(store, tmp_path / "media")
    yield made
    for browser in made.browsers:
        browser.close()


@pytest.fixture
def umi(desk_office: DeskOffice) -> Officer:
    """An officer of Samarinda, signed in."""
    return desk_office.officer().enter()
