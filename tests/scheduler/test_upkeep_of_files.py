"""Files that we sent are erased when their time is over; what is still needed stays."""

import os
import time
from datetime import timedelta
from pathlib import Path

import pytest

from core.model.messages import Address, Channel, Enclosure, Reply
from scheduler.upkeep import UNTOLD, Upkeep
from storage.enclosures import KEPT
from storage.evidence import FORGOTTEN_AFTER, Evidence
from storage.store import Store
from storage.tables import outbox_part
from storage.vaults import Folder
from storage.vaults.vault import SHELVES
from tests.storage.kaltim import NOW

CHAT = Address(Channel.TELEGRAM, "1001", "4471")


@pytest.fixture
def evidence(store: Store, tmp_path: Path) -> Evidence:
    return Evidence(Folder(tmp_path / "media"), store.keys)


def enclose(store: Store, evidence: Evidence, age: timedelta = timedelta()) -> Enclosure:
    with store.begin() as book:
        return book.enclosures.enclose(evidence, "rekap.png", "image/png", b"isi", NOW - age)


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def let_go(store: Store, evidence: Evidence, most: int = 200) -> str:
    with store.begin() as book:
        return Upkeep(evidence, most).let_go(book, NOW)


def test_what_expired_is_erased_with_its_file(store: Store, evidence: Evidence, tmp_path: Path) -> None:
    old, fresh = enclose(store, evidence, KEPT), enclose(store, evidence, KEPT - timedelta(seconds=1))
    assert "1 enclosures" in let_go(store, evidence)
    with store.reading() as book:
        kept = book.enclosures.get(fresh.ref, NOW)
        assert kept and book.enclosures.get(old.ref, NOW - KEPT) is None
    assert files(tmp_path) == [tmp_path / "media" / kept.path]


def test_many_go_step_by_step(store: Store, evidence: Evidence, tmp_path: Path) -> None:
    for _ in range(3):
        enclose(store, evidence, KEPT)
    let_go(store, evidence, most=2)
    assert len(files(tmp_path)) == 1
    let_go(store, evidence, most=2)
    assert files(tmp_path) == []


def test_the_sweep_knows_what_we_send(store: Store, evidence: Evidence, tmp_path: Path) -> None:
    """Every shelf in turn: a file that no row knows goes, one that we may still send does not."""
    enclose(store, evidence)
    stray = evidence.put("stray", b"nobody's", 100)
    [ours] = [path for path in files(tmp_path) if not str(path).endswith(stray.path)]
    long_ago = time.time() - 2 * FORGOTTEN_AFTER
    for path in files(tmp_path):
        os.utime(path, (long_ago, long_ago))
    with store.begin() as book:
        for hour in range(SHELVES):
            Upkeep(evidence).let_go(book, NOW + timedelta(hours=hour))
    assert files(tmp_path) == [ours]


def test_ids_of_parts_are_kept_for_a_week(store: Store, evidence: Evidence) -> None:
    with store.begin() as book:
        row = book.outbox.put(book.addresses.meet(CHAT, NOW).id, Reply("Rekap"), NOW)
        book.outbox.go_on(row, 1, "old", NOW - UNTOLD - timedelta(seconds=1), NOW)
        book.outbox.go_on(row, 2, "new", NOW - UNTOLD, NOW)
    let_go(store, evidence)
    with store.reading() as book:
        assert [one.provider_id for one in book.connection.execute(outbox_part.select())] == ["new"]
