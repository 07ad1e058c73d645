"""The public side over the office of the API's tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from desk.public import public_site
from storage.store import Store
from tests.desk.api.office import Office


@pytest.fixture
def office(store: Store, tmp_path: Path) -> Office:
    return Office(store, tmp_path / "media")


@pytest.fixture
def visit(office: Office) -> Iterator[TestClient]:
    app = FastAPI()
    app.include_router(public_site(office.house, "Bawaslu Contoh"))
    with TestClient(app, base_url="http://lapor.example.org") as client:
        yield client
