"""The desk that the tests of its pages visit."""

import os
from collections.abc import Iterator
from pathlib import Path
from zlib import crc32

import pytest

from storage.store import Store
from tests.desk.pages.desk_office import DeskOffice, Officer

HERE = Path(__file__).parent
ENGINES = ("sqlite", "postgres")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A page is asked on one engine, now this, now that: what it asks of the database is tested on both in
    `tests/storage`. `ENGINES=both` asks every page on both."""
    if os.environ.get("ENGINES") == "both" or config.args[0].find("::") > 0:
        return
    spared = [item for item in items if item.path.is_relative_to(HERE) and _is_spared(item.name)]
    config.hook.pytest_deselected(items=spared)
    items[:] = [item for item in items if item not in set(spared)]


def _is_spared(name: str) -> bool:
    engine = next((one for one in ENGINES if f"[{one}" in name), "")
    return bool(engine) and ENGINES[crc32(name.replace(engine, "").encode()) % 2] != engine


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
