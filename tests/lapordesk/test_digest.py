"""`lapordesk digest` and `topics` as typed: files that can be made again byte for byte, sending once."""

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine
from sqlalchemy import func, select

from core.model.effects import Filed
from core.model.messages import Address, Channel
from core.model.people import Role
from lapordesk.commands.topics import FILE
from storage.record import Origin, record
from storage.tables import outbox
from tests.lapordesk.test_cli import Lapordesk, lapordesk, loaded, province, the_store
from tests.storage.duties import wita
from tests.storage.known_week import LONG_AGO, later, live
from tests.storage.samples import filed

__all__ = ["lapordesk", "loaded", "province"]
TODAY = datetime(2024, 11, 28, 4, tzinfo=UTC)
AT = "2024-11-25T09:00"


@pytest.fixture(autouse=True)
def a_thursday() -> Iterator[None]:
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def told(loaded: Lapordesk) -> Iterator[tuple[Lapordesk, dict[str, int]]]:
    """The known week, in the database of the commands."""
    store = the_store()
    with store.begin() as book:
        posts = live(book)
    store.close()
    yield loaded, dict(posts)


def sums(folder: Path) -> dict[str, str]:
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in sorted(folder.iterdir())}


def test_an_areas_four_files(told: tuple[Lapordesk, dict[str, int]], tmp_path: Path) -> None:
    call, _ = told
    code, said, _ = call(f"digest --at {AT} --area 64.02 --to {tmp_path / 'a'}")
    assert code == 0
    assert "Kutai Kartanegara" in said
    files = sums(tmp_path / "a")
    assert list(files) == [f"desk-64.02-2024-11-18.{ending}" for ending in ("pdf", "png", "txt", "xlsx")]
    text = (tmp_path / "a" / "desk-64.02-2024-11-18.txt").read_text()
    assert text.startswith("Desk Senin 25 Nov — Kutai Kartanegara, 18–24 Nov\nBelum masuk: semua 2 laporan")


def test_made_again_it_is_the_same_byte_for_byte(
    told: tuple[Lapordesk, dict[str, int]], tmp_path: Path
) -> None:
    """Whatever was filed, moved, said and withdrawn meanwhile; and at any moment up to the next Monday."""
    call, posts = told
    assert call(f"digest --at {AT} --area 64 --to {tmp_path / 'a'}")[0] == 0
    store = the_store()
    with store.begin() as book:
        later(book, posts)
        record(book, [Filed(filed("P-late", 1, posts["c1"], wita(27, 9)))], Origin.silent(wita(27, 9)))
    store.close()
    assert call(f"digest --at 2024-11-27T23:00 --area 64 --to {tmp_path / 'b'}")[0] == 0
    assert call(f"digest --area 64 --to {tmp_path / 'c'}")[0] == 0
    assert sums(tmp_path / "a") == sums(tmp_path / "b") == sums(tmp_path / "c")
    assert call(f"digest --at 2024-11-25T06:59 --area 64 --to {tmp_path / 'd'}")[0] == 0
    assert set(sums(tmp_path / "d")) == {f"desk-64-2024-11-11.{one}" for one in ("pdf", "png", "txt", "xlsx")}


def test_without_a_folder_it_is_sent_once(told: tuple[Lapordesk, dict[str, int]]) -> None:
    call, _ = told
    store = the_store()
    with store.begin() as book:
        for number, (role, area) in enumerate(((Role.KABKOTA, "64.02"), (Role.PROVINSI, "64"))):
            [person] = book.people.holders(role, area)
            met = book.addresses.meet(Address(Channel.TELEGRAM, "our", str(number)), LONG_AGO)
            book.addresses.link(met.id, person)
    store.close()
    code, said, _ = call(f"digest --at {AT}")
    assert code == 0
    assert {"64.02: dikirim kepada 1 orang", "64.72: dikirim kepada 0 orang"} <= set(said.splitlines())
    code, said, _ = call(f"digest --at {AT} --area 64.02")
    assert (code, said.strip()) == (0, "64.02: sudah dikirim")
    store = the_store()
    with store.reading() as book:
        assert book.connection.execute(select(func.count()).select_from(outbox)).scalar_one() == 2
    store.close()


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("digest", "--to"),
        ("digest --area 99 --to x", "99"),
        ("digest --at kemarin --to x", "kemarin"),
        ("digest --at 2024-12-02T08:00 --to x", "2024-12-02T08:00"),
        ("topics check nothing.toml", "nothing.toml"),
        ("topics publish", "--bundled"),
        ("topics list", "publish --bundled"),
        ("topics export lain --to x.toml", "lain"),
    ],
)
def test_what_cannot_be_done_is_one_clear_line(loaded: Lapordesk, line: str, names: str) -> None:
    code, said, complained = loaded(line)
    assert code != 0
    assert len((said + complained).splitlines()) == 1
    assert names in said + complained


def test_topics_are_checked_published_listed_and_given_back(loaded: Lapordesk, tmp_path: Path) -> None:
    code, said, _ = loaded(f"topics check {FILE}")
    assert code == 0
    assert "surat-suara" in said
    assert loaded("topics publish --bundled")[1].startswith("Berlaku: topik desk-pilkada")
    assert loaded("topics publish --bundled")[1].startswith("Sudah berlaku")
    assert "8 topik, berlaku" in loaded("topics list")[1]
    assert loaded(f"topics export desk-pilkada --to {tmp_path / 'x.toml'}")[0] == 0
    assert (tmp_path / "x.toml").read_bytes() == FILE.read_bytes()
    own = (tmp_path / "x.toml").read_text().replace('"dpt"', '"DPT"').replace('name = "tahapan"\n', "")
    (tmp_path / "own.toml").write_text(own)
    code, said, complained = loaded(f"topics publish {tmp_path / 'own.toml'}")
    assert code != 0
    assert "own.toml" in complained
    assert len(said.splitlines()) == 2, "both faults, in the office's language"
    code, said, _ = loaded(f"topics check {tmp_path / 'own.toml'}")
    assert (code, len(said.splitlines())) == (1, 5)
    changed = FILE.read_text().replace("Tahapan", "Tahapan kini")
    (tmp_path / "changed.toml").write_text(changed)
    assert "Naikkan versinya" in loaded(f"topics publish {tmp_path / 'changed.toml'}")[2]
