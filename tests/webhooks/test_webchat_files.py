"""Files in the web chat: the page is told where they are; only the visitor they were sent to gets them."""

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from bot.channels.webchat import ACCOUNT
from core.model.messages import Address, Channel, Enclosure, Reply
from core.speech.enclosing import XLSX
from storage.enclosures import KEPT
from storage.store import Store
from tests.small_house import SmallHouse, small_house
from webhooks.webchat.conversation import news
from webhooks.webchat.visitor import COOKIE

NOW = datetime(2024, 11, 27, 0, 31, tzinfo=UTC)
OURS = {"Origin": "http://testserver"}
PICTURE, WORKBOOK = b"\x89PNG kenari" * 5000, b"PK kenari" * 5000


class House:
    """A small house whose clock the test moves."""

    def __init__(self, store: Store, folder: Path) -> None:
        self.now = NOW
        self.small: SmallHouse = small_house(store, folder, lambda: self.now)

    def send(self, peer: str) -> tuple[Enclosure, Enclosure]:
        with self.small.store.begin() as book:
            keep = book.enclosures.enclose
            png = keep(self.small.evidence, "rekap.png", "image/png", PICTURE, NOW)
            xlsx = keep(self.small.evidence, "rekap.xlsx", XLSX, WORKBOOK, NOW)
            met = book.addresses.meet(Address(Channel.WEBCHAT, ACCOUNT, peer), NOW)
            book.outbox.put(met.id, Reply("Rekap pekan ini", files=(xlsx, png)), NOW)
        return png, xlsx


@pytest.fixture
def house(store: Store, tmp_path: Path) -> House:
    return House(store, tmp_path / "media")


@pytest.fixture
def page(house: House) -> Iterator[TestClient]:
    with TestClient(house.small.app(), headers=OURS) as client:
        client.get("/chat")
        yield client


def peer_of(client: TestClient) -> str:
    return hashlib.sha256(client.cookies[COOKIE].encode()).hexdigest()


def files_of(client: TestClient) -> list[dict[str, Any]]:
    [line] = client.get("/chat/history").json()["lines"]
    [part] = line["parts"]
    assert part["text"] == "Rekap pekan ini"
    return list(part["files"])


def test_the_page_is_told_where_they_are(page: TestClient, house: House) -> None:
    house.send(peer_of(page))
    picture, workbook = files_of(page)
    assert [picture["name"], picture["size"], picture["picture"]] == ["rekap.png", len(PICTURE), True]
    assert [workbook["name"], workbook["size"], workbook["picture"]] == ["rekap.xlsx", len(WORKBOOK), False]
    assert page.get(picture["address"]).content == PICTURE
    assert page.get(workbook["address"]).content == WORKBOOK


def test_so_are_news(page: TestClient, house: House) -> None:
    house.send(peer_of(page))
    with house.small.store.reading() as book:
        address = Address(Channel.WEBCHAT, ACCOUNT, peer_of(page))
        [(_, line)] = news(book, address, 0, NOW, "id").lines
    told = line["parts"][0]["files"]  # type: ignore[index]
    assert told == files_of(page)


@pytest.mark.parametrize(
    ("which", "query", "disposition"),
    [(0, "", "inline"), (0, "?download", "attachment"), (1, "", "attachment")],
)
def test_how_they_are_given(page: TestClient, house: House, which: int, query: str, disposition: str) -> None:
    house.send(peer_of(page))
    answer = page.get(files_of(page)[which]["address"] + query)
    assert answer.headers["Content-Disposition"].startswith(f'{disposition}; filename="rekap.')
    assert answer.headers["Cache-Control"].startswith("private")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_nobody_else_gets_them(page: TestClient, house: House) -> None:
    png, _ = house.send(peer_of(page))
    address = files_of(page)[0]["address"]
    page.cookies.clear()
    assert page.get(address).status_code == 404
    page.get("/chat")
    stranger = page.get(address)
    assert (stranger.status_code, stranger.content) == (404, b"")
    house.send(peer_of(page))
    theirs = files_of(page)[0]["address"].split("/")
    assert page.get("/".join([*theirs[:3], png.ref, *theirs[4:]])).status_code == 404
    assert page.get("/chat/files").status_code == 404


def test_an_address_without_its_signature_is_none(page: TestClient, house: House) -> None:
    house.send(peer_of(page))
    _, chat, files, ref, signature, name = files_of(page)[0]["address"].split("/")
    for wrong in ("0" * 64, signature[:-1], "%C3%A9"):
        assert page.get(f"/{chat}/{files}/{ref}/{wrong}/{name}").status_code == 404


def test_they_expire(page: TestClient, house: House) -> None:
    house.send(peer_of(page))
    address = files_of(page)[0]["address"]
    house.now = NOW + KEPT - timedelta(seconds=1)
    assert page.get(address).status_code == 200
    house.now = NOW + KEPT
    assert page.get(address).status_code == 404
