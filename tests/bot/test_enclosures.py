"""The files that we send, opened by whoever may: by their id, at a signed address, for one visitor."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from bot.channels.base import SendFailed
from bot.enclosures import SIGNED_FOR, EnclosureShelf, visitors_address
from core.model.messages import Enclosure
from storage.enclosures import KEPT
from storage.evidence import Evidence
from storage.store import Store
from storage.vaults import Folder
from tests.bot.clock import Clock

CONTENT = b"isi rekap" * 20_000


class Shelf(EnclosureShelf):
    def __init__(self, store: Store, folder: Path) -> None:
        self.clock, self.store, self.folder = Clock(), store, folder
        self.evidence = Evidence(Folder(folder), store.keys)
        super().__init__(store, self.evidence, self.clock, "https://lapor.example.org")

    def enclose(self, name: str = "rekap.png") -> Enclosure:
        with self.store.begin() as book:
            return book.enclosures.enclose(self.evidence, name, "image/png", CONTENT, self.clock())

    def damage(self) -> None:
        for file in self.folder.rglob("*"):
            if file.is_file():
                file.write_bytes(file.read_bytes()[:-20])


@pytest.fixture
def shelf(store: Store, tmp_path: Path) -> Shelf:
    return Shelf(store, tmp_path / "media")


async def test_it_is_read_whole(shelf: Shelf) -> None:
    assert await shelf.read(shelf.enclose()) == CONTENT


async def test_what_cannot_be_reached_is_tried_again(shelf: Shelf) -> None:
    file = shelf.enclose()
    shelf.folder.rename(shelf.folder.with_name("unmounted"))
    with pytest.raises(SendFailed) as failed:
        await shelf.read(file)
    assert (failed.value.again, failed.value.of_file) == ("later", False)


@pytest.mark.parametrize("ref", ["", "0f" * 16, "../../keys", "0f" * 200])
async def test_what_was_never_enclosed_is_not_there(shelf: Shelf, ref: str) -> None:
    assert shelf.open(ref) is None
    with pytest.raises(SendFailed) as failed:
        await shelf.read(Enclosure("x.png", "image/png", ref))
    assert (failed.value.again, failed.value.of_file) == ("never", True)


async def test_what_expired_is_not_there(shelf: Shelf) -> None:
    file = shelf.enclose()
    shelf.clock.now += KEPT
    assert shelf.open(file.ref) is None


async def test_what_is_damaged_is_not_sent(shelf: Shelf) -> None:
    file = shelf.enclose()
    shelf.damage()
    with pytest.raises(SendFailed) as failed:
        await shelf.read(file)
    assert failed.value.of_file


def test_a_signed_address(shelf: Shelf) -> None:
    file = shelf.enclose()
    address = urlsplit(shelf.address(file))
    assert (address.scheme, address.netloc) == ("https", "lapor.example.org")
    _, files, ref, until, signature, name = address.path.split("/")
    assert (files, ref, name) == ("files", file.ref, "rekap.png")
    assert shelf.is_signed(ref, until, signature)
    assert not shelf.is_signed(ref, until, "0" * 64)
    assert not shelf.is_signed(ref, until, "é")
    assert not shelf.is_signed("0f" * 16, until, signature)
    assert not shelf.is_signed(ref, str(int(until) + 1), signature)
    assert not shelf.is_signed(ref, f"0{until}", signature)
    shelf.clock.now += SIGNED_FOR - timedelta(seconds=1)
    assert shelf.is_signed(ref, until, signature)
    shelf.clock.now += timedelta(seconds=1)
    assert not shelf.is_signed(ref, until, signature)


def test_a_visitors_address_opens_for_them_alone(shelf: Shelf) -> None:
    file = shelf.enclose()
    _, _, _, ref, signature, _ = visitors_address(shelf.store.keys, "ani", file).split("/")
    assert shelf.is_for("ani", ref, signature)
    assert not shelf.is_for("budi", ref, signature)
    assert not shelf.is_for("ani", "0f" * 16, signature)
    other = replace(file, ref="0f" * 16)
    assert visitors_address(shelf.store.keys, "ani", other).split("/")[4] != signature
    assert not shelf.is_signed(ref, "1732669200", signature), "one kind of address is no other"
