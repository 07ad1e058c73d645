"""Officers at work, through the real turns on a real database."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

import lapordesk
from core.cases.acts import noted
from core.cases.procedures import parse_procedure
from core.forms.written import to_json
from core.forms.xlsform import compile_form
from core.forms.xlsform.area_tables import area_tables
from core.model.cases import CLOCK, NoteKind
from core.model.messages import Address, Channel
from core.model.people import Role
from storage.book import Book
from storage.store import Store
from storage.tables import inbox, outbox
from tests.bot.chatting import OKI, Phone, Town
from tests.small_house import AREAS, VILLAGE
from tests.storage.test_custodians import two_and_recovery

BUNDLED = Path(lapordesk.__file__).parent / "bundled"
RANI = "+628000000020"
SEALED = "Ani Contoh Pelapor"
LHP = (
    *("Formulir A (LHP)", "Isi laporan", "masa tenang", "lewati", "langsung", "memastikan tidak ada uang"),
    *("warga RT 05", "tadi jam 9", "rumah Ketua RT 05", "cukup", "Ada yang membagikan amplop.", "lewati"),
    *("ada", "Pembagian uang di RT 05", "RT 05", "kemarin jam 20.00", "Ketua tim Contoh", "lewati", "tidak"),
    *("keterangan warga", "lewati", "lewati", "Uang dibagikan.", "Dua orang melihat.", "Patut diduga."),
    *("pidana", "lewati", "diteruskan", "nihil"),
)
COUNTER = (
    *("Formulir Laporan", SEALED, *["lewati"] * 7, "Kepala desa Contoh", "lewati", "lewati"),
    *("Pembagian sembako", "Sidodadi", "Balai desa", "kemarin", "kemarin", "tidak", "3 foto", "lewati"),
    *("Sembako dibagikan malam itu.", "selesai", "Kantor Bawaslu", "tadi jam 9"),
)


@pytest.fixture
def town(store: Store, tmp_path: Path) -> Town:
    town = Town(store, tmp_path)
    with store.begin() as book:
        for name in ("lhp", "laporan"):
            _publish(book, name, town.now)
        for file in (BUNDLED / "procedures" / "pilkada").glob("*.toml"):
            book.procedures.publish(file.read_text(), parse_procedure(file.read_text()), town.now)
        rani = book.people.save("Rani Contoh", RANI, town.now)
        book.people.assign(rani, Role.KABKOTA, "64.72", town.now)
    return town


def _publish(book: Book, name: str, now: datetime) -> None:
    source = (BUNDLED / f"{name}.md").read_bytes()
    form = compile_form(source, "md", area_tables(AREAS)).form
    assert form is not None
    book.forms.publish(to_json(form), form.name, form.version, form.name, source, now)


def phone(town: Town, number: str) -> Phone:
    return town.phone(Channel.WHATSAPP, number)


async def test_a_finding_is_alerted_opened_and_moved(town: Town) -> None:
    rani, oki = phone(town, RANI), phone(town, OKI)
    await rani.says("menu")
    await oki.says("menu", *LHP, "kirim")
    assert "Dibuka sebagai Temuan" in oki.last.text
    assert rani.last.text.startswith("Kasus baru K-")
    (button,) = rani.last.choices
    assert "Pembagian uang di RT 05" in (await rani.sends(choice=button.key)).text
    await rani.taps("Tetapkan dan registrasi")
    await rani.says("005/TM/PB/Kota/23.01/XI/2024")
    await rani.taps("Ya")
    with town.store.reading() as book:
        case = book.cases.get(button.key.removeprefix("x:"))
        assert case is not None
        assert (case.state, case.official) == ("diregistrasi", "005/TM/PB/Kota/23.01/XI/2024")
        assert case.area == VILLAGE
    assert "Kasus terbuka: 1" in await rani.says("kasus")
    assert town.failed() == []


async def test_a_correction_of_the_report_reaches_its_case(town: Town) -> None:
    rani, oki = phone(town, RANI), phone(town, OKI)
    await rani.says("menu")
    await oki.says("menu", *LHP, "kirim")
    number = next(word for word in oki.last.text.replace(",", " ").split() if word.startswith("P-"))
    await oki.says(f"perbaiki {number}", "12", "Pembagian sembako di RT 06", "kirim", "Salah tulis.")
    assert f"laporan {number} yang menjadi dasarnya diperbaiki" in rani.last.text
    shown = (await rani.sends(choice=rani.last.choices[0].key)).text
    assert f"Laporan {number} diperbaiki — Salah tulis." in shown
    assert town.failed() == []


async def test_who_complains_at_the_counter_is_in_no_row_that_we_can_read(town: Town) -> None:
    with town.store.begin() as book:
        two_and_recovery(book)
    rani = phone(town, RANI)
    await rani.says("menu", *COUNTER, "kirim")
    assert "Dibuka sebagai Laporan" in rani.last.text
    with town.store.begin() as book:
        sent = select(outbox.c.secret, outbox.c.reply_sealed).where(outbox.c.address_id == _address(book))
        rows = book.connection.execute(sent).all()
        assert len(rows) > len(COUNTER)
        assert all(row.secret or not row.reply_sealed for row in rows), "to be erased, or erased already"
        raw = select(inbox.c.raw_sealed).where(inbox.c.address_id == _address(book))
        assert set(book.connection.execute(raw).scalars()) == {None}
        (report,) = book.reports.every("laporan")
        case = book.cases.of_report(report.number)
        assert case is not None
        assert SEALED not in repr((report, case))
    assert town.failed() == []


def _address(book: Book) -> int:
    met = book.addresses.find(Address(Channel.WHATSAPP, "our", RANI))
    assert met is not None
    return met.id


async def test_without_custodians_the_counter_does_not_ask_who(town: Town) -> None:
    rani = phone(town, RANI)
    await rani.says("menu")
    assert "pelapor" not in await rani.taps("Formulir Laporan")


async def test_a_case_that_changed_meanwhile_is_shown_as_it_is(town: Town) -> None:
    rani, oki = phone(town, RANI), phone(town, OKI)
    await rani.says("menu")
    await oki.says("menu", *LHP, "kirim")
    number = rani.last.choices[0].key.removeprefix("x:")
    await rani.sends(choice=f"x:{number}:m:tidak-tetapkan")
    await rani.says("Bukti belum cukup.")
    with town.store.begin() as book:
        case = book.cases.get(number)
        assert case is not None
        moved = replace(case, state="diregistrasi", clocks=())
        book.cases.note(noted(moved, NoteKind.MOVED, CLOCK, datetime.now(UTC)))
    assert "tidak bisa dipilih lagi" in await rani.taps("Ya")
