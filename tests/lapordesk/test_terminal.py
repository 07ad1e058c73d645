"""The terminal: the same conversation, line by line, and a transcript of it."""

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image

from core.model.messages import Address, Channel, Reply
from lapordesk.settings import Settings
from lapordesk.terminal import Talk, chat, converse
from storage.keys import Keys
from storage.store import Store
from tests.databases import Databases
from tests.small_house import SmallHouse, small_house

SITI = Address(Channel.TERMINAL, "terminal", "+628000000012")


@pytest.fixture
def house(databases: Databases, keys: Keys, tmp_path: Path) -> Iterator[SmallHouse]:
    store = Store(databases.sqlite(), keys)
    yield small_house(store, tmp_path / "media")
    store.close()


def talk(house: SmallHouse, write: Callable[[str], None]) -> Talk:
    made = Talk(SITI, house.turns, house.store, house.fetcher, house.files, house.folder / "chat", write)
    made.pass_over()
    return made


def said(house: SmallHouse, *lines: str) -> str:
    """What such a talk looks like."""
    written: list[str] = []
    converse(talk(house, written.append), lines)
    return "\n".join(written)


def test_a_form_is_filled_as_by_sms(house: SmallHouse) -> None:
    told = said(house, "lapor", "1", "jam 7 lewat 20", "cuaca atau banjir", "41", "lewati", "lewati", "kirim")
    assert "< Dicatat: 07.20 WITA" in told
    assert "1 Logistik belum lengkap" in told
    assert "Diterima" in told
    [report] = house.reports()
    assert report.latest.answers.values["sebab"] == "cuaca"
    assert report.latest.channel is Channel.TERMINAL


def test_every_line_bears_its_mark(house: SmallHouse) -> None:
    told = said(house, "lapor", "", "  ", "1").split("\n")
    assert told[0] == "> lapor"
    assert sum(line.startswith("> ") for line in told) == 2
    assert all(line.startswith(("> ", "< ", "  ")) for line in told if line)


def test_a_file_is_sent_from_the_disk(house: SmallHouse, tmp_path: Path) -> None:
    Image.new("RGB", (40, 30), "green").save(tmp_path / "C 1.jpg")
    said(house, "lapor", "1", "07.00", "41", f"/foto {tmp_path / 'C 1.jpg'}", "lewati", "kirim")
    [report] = house.reports()
    with house.store.reading() as book:
        media = book.media.get(report.latest.answers.values["foto"])
    assert media
    assert (media.state, media.name, media.content_type) == ("kept", "C 1.jpg", "image/jpeg")


def test_a_file_that_is_not_there_or_not_taken_is_told(house: SmallHouse, tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_text("<svg onload='x()'/>")
    told = said(house, "/foto nowhere.jpg", f"/foto {tmp_path / 'a.jpg'}")
    assert "< nowhere.jpg: No such file" in told
    assert told.count("\n< ") == 2


def test_files_that_are_sent_lie_in_the_folder(house: SmallHouse) -> None:
    with house.store.begin() as book:
        now = house.clock()
        kept = [
            book.enclosures.enclose(house.evidence, name, "application/pdf", b"isi " + name.encode(), now)
            for name in ("rekap.pdf", "lama.pdf")
        ]
        book.enclosures.drop([kept[1].ref])
        met = book.addresses.meet(SITI, now)
        for file in kept:
            book.outbox.put(met.id, Reply(f"Ini {file.name}", files=(file,)), now)
    written: list[str] = []
    made = Talk(
        SITI, house.turns, house.store, house.fetcher, house.files, house.folder / "chat", written.append
    )
    converse(made, ["lapor"])
    told = "\n".join(written)
    place = house.folder / "chat" / "rekap.pdf"
    assert f"< Ini rekap.pdf\n  📎 {place}" in told
    assert place.read_bytes() == b"isi rekap.pdf"
    assert "< Ini lama.pdf" in told and "📎 lama.pdf: tidak dapat dikirim" in told


def test_what_was_said_before_is_not_said_again(house: SmallHouse) -> None:
    first = said(house, "lapor")
    again = said(house, "menu")
    assert "Selamat datang" in first
    assert "Selamat datang" not in again


def test_what_was_printed_is_sent_and_nobody_sends_it_again(house: SmallHouse) -> None:
    said(house, "lapor")
    with house.store.begin() as book:
        assert book.outbox.count_waiting() == 0
        met = book.addresses.find(SITI)
        assert met
        assert [one.state for one in book.outbox.conversation(met.id)] == ["sent"]


def test_the_command_talks_until_the_end_of_the_input_and_keeps_a_transcript(
    databases: Databases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = Settings(data=tmp_path, database_url=databases.sqlite())
    monkeypatch.setattr("sys.stdin", io.StringIO("halo\n\nmenu\n"))
    chat(settings, "+628000000012", tmp_path / "talk.txt")
    printed = capsys.readouterr().out
    assert printed.startswith("> halo\n< ")
    assert (tmp_path / "talk.txt").read_text() == printed
