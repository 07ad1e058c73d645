"""The forms in memory: read once, seen anew soon after they are published, old versions never forgotten."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.forms import FRESH_FOR, FormShelf
from core.forms.catalogue import Catalogue
from storage.book import Book
from storage.forms import Forms
from storage.store import Store
from tests.bot.chatting import NOON
from tests.small_house import OPENING, publish, small_house


class Shelf:
    """A shelf with its clock, and how often it read the database."""

    def __init__(self, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        self.store = store
        self.now = NOON
        self.loaded: list[str] = []
        self.shelf = FormShelf(self.clock)
        load = Forms.load

        def counted(forms: Forms, name: str, version: str) -> str:
            self.loaded.append(f"{name} {version}")
            return load(forms, name, version)

        monkeypatch.setattr(Forms, "load", counted)

    def clock(self) -> datetime:
        return self.now

    def look(self) -> list[str]:
        with self.store.reading() as book:
            return shown(self.shelf.catalogue(book))

    def publish(self, name: str, version: str, menu: int = 10) -> None:
        form = OPENING.replace("| buka | 1 |", f"| {name} | {version} |")
        with self.store.begin() as book:
            publish(book, form.replace("| menu | 10 |", f"| menu | {menu} |"), self.now)


def shown(catalogue: Catalogue) -> list[str]:
    return [f"{plan.form.name} {plan.form.version}" for plan in catalogue.current]


@pytest.fixture
def shelf(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shelf:
    small_house(store, tmp_path, lambda: NOON)
    return Shelf(store, monkeypatch)


def test_a_version_is_read_once(shelf: Shelf) -> None:
    for _ in range(3):
        assert shelf.look() == ["buka 1"]
        shelf.now += FRESH_FOR
    assert shelf.loaded == ["buka 1"]


def test_what_is_published_is_seen_within_seconds_in_menu_order(shelf: Shelf) -> None:
    shelf.look()
    shelf.publish("awal", "1", menu=5)
    shelf.publish("buka", "2")
    assert shelf.look() == ["buka 1"]
    shelf.now += FRESH_FOR
    assert shelf.look() == ["awal 1", "buka 2"]
    assert sorted(shelf.loaded) == ["awal 1", "buka 1", "buka 2"]


def test_who_published_here_sees_it_at_once(shelf: Shelf) -> None:
    shelf.look()
    shelf.publish("buka", "2")
    shelf.shelf.forget()
    assert shelf.look() == ["buka 2"]


def test_an_older_version_is_there_for_who_began_with_it(shelf: Shelf) -> None:
    shelf.publish("buka", "2")
    with shelf.store.reading() as book:
        assert _version(shelf, book, "buka", "1") == "1"
        assert _version(shelf, book, "buka", "2") == "2"
        assert _version(shelf, book, "buka", "3") is None
        assert _version(shelf, book, "tutup", "1") is None


def test_two_processes_each_find_out(shelf: Shelf) -> None:
    other = FormShelf(shelf.clock)
    shelf.publish("buka", "2")
    with shelf.store.reading() as book:
        assert shown(other.catalogue(book)) == ["buka 2"]
    shelf.publish("buka", "3")
    shelf.now += FRESH_FOR + timedelta(milliseconds=1)
    with shelf.store.reading() as book:
        assert shown(other.catalogue(book)) == ["buka 3"]


def _version(shelf: Shelf, book: Book, name: str, version: str) -> str | None:
    plan = shelf.shelf.catalogue(book).get(name, version)
    return plan.form.version if plan else None
