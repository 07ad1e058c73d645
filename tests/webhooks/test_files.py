"""The files that we send, at their signed addresses: only so, only for a while, and harmless in a browser."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from bot.enclosures import SIGNED_FOR, EnclosureShelf
from core.model.messages import Enclosure
from core.speech.enclosing import XLSX
from storage.enclosures import KEPT
from storage.evidence import Evidence
from storage.store import Store
from storage.vaults import Folder
from tests.bot.clock import Clock
from webhooks.files import files_door

CONTENT = b"\x89PNG isi rekap" * 20_000
HERE = "https://lapor.example.org"


class Door:
    def __init__(self, store: Store, folder: Path) -> None:
        self.store, self.clock = store, Clock()
        self.evidence = Evidence(Folder(folder), store.keys)
        self.shelf = EnclosureShelf(store, self.evidence, self.clock, HERE)
        app = FastAPI()
        app.include_router(files_door(self.shelf))
        self.client = TestClient(app)

    def enclose(self, name: str = "rekap.png", kind: str = "image/png") -> Enclosure:
        with self.store.begin() as book:
            return book.enclosures.enclose(self.evidence, name, kind, CONTENT, self.clock())

    def path(self, file: Enclosure) -> str:
        return urlsplit(self.shelf.address(file)).path


@pytest.fixture
def door(store: Store, tmp_path: Path) -> Iterator[Door]:
    made = Door(store, tmp_path / "media")
    with made.client:
        yield made


def test_a_platform_asks_and_fetches(door: Door) -> None:
    path = door.path(door.enclose())
    asked, given = door.client.head(path), door.client.get(path)
    assert (asked.status_code, asked.content) == (200, b"")
    assert (given.status_code, given.content) == (200, CONTENT)
    for answer in (asked, given):
        assert answer.headers["Content-Type"] == "image/png"
        assert answer.headers["Content-Length"] == str(len(CONTENT))
        assert answer.headers["Content-Disposition"] == 'inline; filename="rekap.png"'
        assert answer.headers["Cache-Control"].startswith("private")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("name", "kind", "served", "disposition"),
    [
        ("rekap.pdf", "application/pdf", "application/pdf", "inline"),
        ("rekap.xlsx", XLSX, XLSX, "attachment"),
        ("a.html", "text/html", "application/octet-stream", "attachment"),
        ("a.svg", "image/svg+xml", "application/octet-stream", "attachment"),
        ('a"\r\nX: y.png', "image/png", "image/png", "inline"),
    ],
)
def test_nothing_runs_in_a_browser(door: Door, name: str, kind: str, served: str, disposition: str) -> None:
    answer = door.client.get(door.path(door.enclose(name, kind)))
    assert answer.headers["Content-Type"] == served
    assert answer.headers["Content-Disposition"].startswith(f"{disposition}; filename=")
    assert "X" not in answer.headers


def test_every_wrong_address_is_the_same_nothing(door: Door) -> None:
    file = door.enclose()
    _, files, ref, until, signature, name = door.path(file).split("/")
    unknown = door.path(Enclosure("rekap.png", "image/png", "0f" * 16))
    wrong = [
        f"/{files}/{ref}/{until}/{'0' * 64}/{name}",
        f"/{files}/{ref}/{int(until) + 60}/{signature}/{name}",
        f"/{files}/{'0f' * 16}/{until}/{signature}/{name}",
        f"/{files}/{ref}/{until}x/{signature}/{name}",
        f"/{files}/{ref}/{'9' * 400}/{signature}/{name}",
        f"/{files}/..%00keys/{until}/{signature}/{name}",
        unknown,
    ]
    answers = [door.client.get(path) for path in wrong]
    door.clock.now += SIGNED_FOR
    answers.append(door.client.get(f"/{files}/{ref}/{until}/{signature}/{name}"))
    told = {(one.status_code, one.content, tuple(sorted(one.headers.items()))) for one in answers}
    assert len(told) == 1
    assert next(iter(told))[:2] == (404, b"")


@pytest.mark.parametrize("path", ["/files", "/files/", "/files/{ref}", "/files/{ref}/{until}"])
def test_nothing_lists_them(door: Door, path: str) -> None:
    _, _, ref, until, _, _ = door.path(door.enclose()).split("/")
    assert door.client.get(path.format(ref=ref, until=until)).status_code == 404


def test_what_expired_is_gone_whatever_is_signed(door: Door) -> None:
    file = door.enclose()
    door.clock.now += KEPT - timedelta(hours=1)
    path = door.path(file)
    assert door.client.get(path).status_code == 200
    door.clock.now += timedelta(hours=1)
    assert door.client.get(path).status_code == 404


def test_what_is_damaged_is_gone(door: Door, tmp_path: Path) -> None:
    path = door.path(door.enclose())
    for file in (tmp_path / "media").rglob("*"):
        if file.is_file():
            file.write_bytes(b"LDE1" + bytes(100))
    assert door.client.get(path).status_code == 404
