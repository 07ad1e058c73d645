"""The office that the tests of the API visit."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.store import Store
from tests.desk.api.office import Office


@pytest.fixture
def office(store: Store, tmp_path: Path) -> Iterator[Office]:
    made = Office(store, tmp_path / "media")
    with made.visit:
        yield made
