"""Files that we send: kept sealed, found by their id until they expire, under names that harm nobody."""

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.model.messages import Enclosure
from storage.enclosures import KEPT, LONGEST_NAME, MOST, safe_name
from storage.evidence import Evidence, TooLarge
from storage.store import Store
from storage.vaults import Folder
from tests.storage.kaltim import NOW

CONTENT = b"isi rekap" * 20_000


@pytest.fixture
def evidence(store: Store, tmp_path: Path) -> Evidence:
    return Evidence(Folder(tmp_path / "media"), store.keys)


def enclose(store: Store, evidence: Evidence, name: str = "rekap.png") -> Enclosure:
    with store.begin() as book:
        return book.enclosures.enclose(evidence, name, "image/png", CONTENT, NOW)


def test_what_is_enclosed_is_found_and_opens(store: Store, evidence: Evidence) -> None:
    file = enclose(store, evidence)
    with store.reading() as book:
        kept = book.enclosures.get(file.ref, NOW)
    assert kept and kept.enclosure == file == Enclosure("rekap.png", "image/png", file.ref, len(CONTENT))
    assert b"".join(evidence.open(file.ref, kept.path, kept.data_key)) == CONTENT


def test_neither_words_nor_names_lie_about(store: Store, evidence: Evidence, tmp_path: Path) -> None:
    enclose(store, evidence, "kenari.png")
    files = [path for path in (tmp_path / "media").rglob("*") if path.is_file()]
    assert files and all(b"isi rekap" not in path.read_bytes() for path in files)
    with store.reading() as book:
        rows = book.connection.exec_driver_sql("SELECT * FROM enclosure").all()
    assert "kenari" not in repr(rows)


def test_it_expires(store: Store, evidence: Evidence) -> None:
    file = enclose(store, evidence)
    with store.begin() as book:
        assert book.enclosures.expired(NOW + KEPT - timedelta(seconds=1), 10) == {}
        assert book.enclosures.get(file.ref, NOW + KEPT) is None
        expired = book.enclosures.expired(NOW + KEPT, 10)
        assert list(expired) == [file.ref]
        book.enclosures.drop(list(expired))
        assert book.enclosures.get(file.ref, NOW) is None
        assert book.enclosures.expired(NOW + KEPT, 10) == {}


def test_who_sweeps_knows_its_file(store: Store, evidence: Evidence) -> None:
    file = enclose(store, evidence)
    with store.reading() as book:
        kept = book.enclosures.get(file.ref, NOW)
        assert kept is not None
        assert book.enclosures.known(kept.path[:3]) == {kept.path}
        assert book.enclosures.known("zz/") == set()


def test_too_large_a_file_leaves_nothing(store: Store, evidence: Evidence, tmp_path: Path) -> None:
    with store.begin() as book, pytest.raises(TooLarge):
        book.enclosures.enclose(evidence, "besar.zip", "application/zip", bytes(MOST + 1), NOW)
    assert [path for path in (tmp_path / "media").rglob("*") if path.is_file()] == []


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("rekap-64.72.xlsx", "rekap-64.72.xlsx"),
        ("Rekap pekan 47.xlsx", "Rekap-pekan-47.xlsx"),
        ("../../etc/passwd", "etc-passwd"),
        ('a";\r\nSet-Cookie: x=1.png', "a-Set-Cookie-x-1.png"),
        ("x" * 100 + ".pdf", "x" * (LONGEST_NAME - 4) + ".pdf"),
        ("", "berkas"),
        ("…", "berkas"),
    ],
)
def test_names(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@given(st.text(max_size=200))
def test_any_name_becomes_a_safe_one(name: str) -> None:
    safe = safe_name(name)
    assert 1 <= len(safe) <= LONGEST_NAME
    assert all(letter.isascii() and (letter.isalnum() or letter in "._-") for letter in safe)
    assert not safe.startswith((".", "-"))
