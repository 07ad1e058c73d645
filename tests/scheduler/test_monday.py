"""Monday at seven: to each coordinator the digest of the own area, once, whatever dies in between."""

import asyncio
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from PIL import Image
from pypdf import PdfReader
from sqlalchemy import select

from core.model.messages import Address, Channel, Reply
from core.model.people import Role
from scheduler.monday import Monday
from scheduler.ticker import Ticker
from storage.book import Book
from storage.evidence import Evidence
from storage.keys import Keys
from storage.outbox import BROADCAST
from storage.store import Store
from storage.tables import case_exclusion, digest_kept, enclosure, tick
from storage.vaults import Folder
from tests.storage.duties import PONTIANAK, wita
from tests.storage.known_week import AT_SEVEN, LONG_AGO, OFFICERS, live

HOUSE = Path(__file__).parents[2]
FAR = datetime(2030, 1, 1, tzinfo=UTC)


@dataclass
class Office:
    store: Store
    folder: Path
    now: datetime = AT_SEVEN
    people: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.evidence = Evidence(Folder(self.folder), self.store.keys)
        with self.store.begin() as book:
            live(book)
            for name, (called, role, area) in OFFICERS.items():
                [person] = book.people.holders(role, area)
                assert book.people.get(person).name == called  # type: ignore[union-attr]
                self.people[name] = person
                self.writes(book, name)

    def writes(self, book: Book, name: str, channel: Channel = Channel.TELEGRAM) -> int:
        """They wrote once, so there is somewhere to write to."""
        met = book.addresses.meet(Address(channel, "our", f"{name}-{channel}"), LONG_AGO)
        book.addresses.link(met.id, self.people[name])
        return met.id

    def ticker(self) -> Ticker:
        made = Monday(self.evidence, "id", lambda: self.now.astimezone(UTC))
        return Ticker(self.store, made.rounds(), lambda: self.now.astimezone(UTC))

    async def look(self, now: datetime | None = None) -> None:
        self.now = now or self.now
        await self.ticker().look()

    def sent(self) -> dict[str, list[Reply]]:
        """What waits for each of them."""
        found: dict[str, list[Reply]] = {name: [] for name in self.people}
        with self.store.begin() as book:
            while errands := book.outbox.claim(FAR, 45, 50, "test"):
                for errand in errands:
                    assert errand.priority == BROADCAST
                    found[errand.address.peer.partition("-")[0]].append(errand.reply)
                book.outbox.all_sent([(one.id, f"p{one.id}", 1) for one in errands], FAR)
        return found

    def read(self, reply: Reply, ending: str) -> bytes:
        file = next(one for one in reply.files if one.name.endswith(ending))
        with self.store.reading() as book:
            kept = book.enclosures.get(file.ref, self.now)
        assert kept
        return b"".join(self.evidence.open(file.ref, kept.path, kept.data_key))

    def outcomes(self) -> dict[str, str]:
        with self.store.reading() as book:
            rows = book.connection.execute(select(tick).where(tick.c.job.like("monday%")))
            return {row.job: row.outcome for row in rows}


@pytest.fixture
def office(store: Store, tmp_path: Path) -> Iterator[Office]:
    yield Office(store, tmp_path / "media")


async def test_each_gets_the_own_area_as_text_picture_workbook_and_page(office: Office) -> None:
    await office.look()
    sent = office.sent()
    assert {name: len(replies) for name, replies in sent.items()} == dict.fromkeys(OFFICERS, 1)
    [reply] = sent["vina"]
    assert reply.text.startswith("Desk Senin 25 Nov — Kutai Kartanegara, 18–24 Nov\nBelum masuk: semua 2")
    assert [file.name for file in reply.files] == [
        f"desk-64.02-2024-11-18.{ending}" for ending in ("png", "xlsx", "pdf")
    ]
    assert Image.open(BytesIO(office.read(reply, "png"))).size == (1080, 1350)
    assert len(PdfReader(BytesIO(office.read(reply, "pdf"))).pages) == 1
    book = openpyxl.load_workbook(BytesIO(office.read(reply, "xlsx")))
    assert "Tenggarong" in {str(cell.value) for row in book.worksheets[1] for cell in row}
    assert [choice.label for choice in reply.choices] == [
        "Kirim ke provinsi",
        "Kirim nihil",
        "Tambah catatan",
        "Lihat yang belum",
        "Ubah topik",
    ]
    assert not reply.numbered
    assert reply.template
    assert (reply.template.purpose, reply.template.variables, reply.template.announces) == (
        "digest",
        ("Vina Contoh", "Kutai Kartanegara", "18–24 Nov"),
        True,
    )
    assert sent["sri"][0].choices[0].label == "Kirim ke kab/kota"
    assert [choice.label for choice in sent["wahyu"][0].choices] == ["Lihat yang belum", "Ubah topik"]
    assert sent["umi"][0].choices[0].label == "Perbaiki kiriman", "she sent it on Sunday"


async def test_three_clocks_send_it_once(office: Office) -> None:
    clocks = [office.ticker() for _ in range(3)]
    await asyncio.gather(*(clock.look() for clock in clocks))
    for minutes in (1, 10, 60, 600):
        office.now = AT_SEVEN + timedelta(minutes=minutes)
        await asyncio.gather(*(clock.look() for clock in clocks))
    assert {name: len(replies) for name, replies in office.sent().items()} == dict.fromkeys(OFFICERS, 1)
    with office.store.reading() as book:
        assert book.connection.execute(select(digest_kept.c.area)).scalars().all()


async def test_at_no_other_time(office: Office) -> None:
    """Since Monday at seven of the week before is over, nothing is due until the next."""
    await office.look(wita(18, 7))
    office.sent()
    for now in (wita(18, 6, 59), wita(19, 8), wita(24, 3), wita(24, 23), wita(25, 6, 59)):
        await office.look(now)
    assert not any(office.sent().values())
    await office.look(wita(25, 7))
    assert all(len(replies) == 1 for replies in office.sent().values())


async def test_who_was_off_at_seven_catches_up_once_and_says_so(office: Office) -> None:
    await office.look(wita(25, 11))
    await office.look(wita(25, 12))
    sent = office.sent()
    assert all(len(replies) == 1 for replies in sent.values())
    assert sent["vina"][0].text.endswith("Disusun menyusul; angkanya per Senin 25 Nov, 07.00 WITA.")
    assert office.outcomes()["monday Asia/Makassar"] == "4 sent, 240 minutes late"
    with office.store.reading() as book:
        kept = book.digests.kept("64.02", AT_SEVEN)
    assert kept
    assert not kept.is_catching_up, "asked for later, it says what it would have said in time"


async def test_made_up_for_at_night_it_is_read_in_the_morning(office: Office) -> None:
    await office.look(wita(26, 3))
    with office.store.begin() as book:
        assert book.outbox.claim(wita(26, 7), 45, 50, "test") == []
        assert len(book.outbox.claim(wita(26, 8), 45, 50, "test")) == len(OFFICERS)


async def test_each_zone_has_its_own_seven_o_clock(office: Office) -> None:
    with office.store.begin() as book:
        person = book.people.save("Beni Contoh", "+628000000060", LONG_AGO)
        book.people.assign(person, Role.KABKOTA, "61.71", LONG_AGO)
        office.people["beni"] = person
        office.writes(book, "beni")
    await office.look(wita(25, 7))
    assert office.sent()["beni"] == []
    await office.look(wita(25, 8))
    [reply] = office.sent()["beni"]
    assert "Barat 61.71" in reply.text
    assert PONTIANAK.startswith("61.71")


async def test_in_the_readers_language_rendered_once_for_each(office: Office) -> None:
    with office.store.begin() as book:
        for number, name in enumerate(("Dua Contoh", "Tiga Contoh"), 70):
            person = book.people.save(name, f"+62800{number:07}", LONG_AGO)
            book.people.assign(person, Role.KABKOTA, "64.02", LONG_AGO)
            office.people[f"x{number}"] = person
            office.writes(book, f"x{number}")
        book.people.speak(office.people["x71"], "en", LONG_AGO)
    await office.look()
    sent = office.sent()
    assert "Belum masuk" in sent["x70"][0].text
    assert "Belum masuk" not in sent["x71"][0].text
    assert sent["x70"][0].files == sent["vina"][0].files, "one rendering for both"
    assert sent["x71"][0].files != sent["vina"][0].files


async def test_a_case_that_is_kept_from_one_is_not_in_their_copy(office: Office) -> None:
    with office.store.begin() as book:
        whom = f"person:{office.people['umi']}"
        book.connection.execute(case_exclusion.insert(), {"case_number": "K-222-AAA", "actor": whom})
        person = book.people.save("Dua Contoh", "+628000000070", LONG_AGO)
        book.people.assign(person, Role.KABKOTA, "64.72", LONG_AGO)
        office.people["dua"] = person
        office.writes(book, "dua")
    await office.look()
    sent = office.sent()
    assert "K-222-AAA" in sent["dua"][0].text
    assert "K-222-AAA" not in sent["umi"][0].text
    sheet = openpyxl.load_workbook(BytesIO(office.read(sent["umi"][0], "xlsx")))
    assert not any(
        "K-222-AAA" in str(cell.value) for page in sheet.worksheets for row in page for cell in row
    )


async def test_where_they_last_wrote_from_and_never_to_a_terminal(office: Office) -> None:
    with office.store.begin() as book:
        office.writes(book, "vina", Channel.TERMINAL)
        whatsapp = book.addresses.meet(Address(Channel.WHATSAPP, "our", "vina-whatsapp"), wita(20, 9))
        book.addresses.link(whatsapp.id, office.people["vina"])
    await office.look()
    with office.store.begin() as book:
        [errand] = [
            one for one in book.outbox.claim(FAR, 45, 50, "test") if one.address.peer.startswith("vina")
        ]
    assert errand.address.channel is Channel.WHATSAPP


async def test_one_area_that_fails_keeps_nobody_else_waiting(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = Monday._prepare

    def fall_over(self: Monday, store: Store, area: str, *rest: datetime) -> object:
        if area == "64.02":
            raise ValueError
        return before(self, store, area, *rest)

    monkeypatch.setattr(Monday, "_prepare", fall_over)
    await office.look()
    sent = office.sent()
    assert (sent["vina"], len(sent["umi"]), len(sent["sri"])) == ([], 1, 1)
    assert office.outcomes()["monday Asia/Makassar"] == "3 sent, 1 areas failed"


@pytest.mark.parametrize("where", ["put", "done"])
async def test_killed_in_the_middle_the_rest_is_sent_and_nothing_twice(
    database_url: str, tmp_path: Path, where: str
) -> None:
    store = Store(database_url, Keys.load(tmp_path / "keys"))
    try:
        office = Office(store, tmp_path / "media")
        command = [sys.executable, "-m", "tests.scheduler.dying_at_monday", database_url]
        command += [str(tmp_path / "keys"), str(tmp_path / "media"), where]
        dying = subprocess.run(command, cwd=HOUSE, check=False, timeout=120)
        assert dying.returncode == -signal.SIGKILL
        over = {job for job in office.outcomes() if job.count(".") or job == "monday 64"}
        assert len(over) == 2, "two areas were over, and the third left nothing"
        with store.reading() as book:
            files = book.connection.execute(select(enclosure.c.path)).scalars().all()
        assert len(files) == 6
        await office.look(AT_SEVEN + timedelta(minutes=5))
        assert {name: len(replies) for name, replies in office.sent().items()} == dict.fromkeys(OFFICERS, 1)
        assert office.outcomes()["monday Asia/Makassar"] == "2 sent"
    finally:
        store.close()
