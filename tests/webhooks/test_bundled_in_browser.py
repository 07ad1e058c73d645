"""Each bundled form, filed by a sample person in a real browser on a phone's width, as after `make run`."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from lapordesk.app import build, web
from lapordesk.settings import Settings
from storage.keys import Keys
from storage.store import Store
from tests.browser import browser, faults, serving
from tests.conversations.stage import settle_in
from tests.databases import Databases

__all__ = ["browser"]
PHONE = {"width": 360, "height": 740}


@dataclass(frozen=True)
class Filing:
    """Who files what: a line is typed, a [label] tapped, 📷 a picture; and some of what must be stored."""

    form: str
    who: str
    steps: tuple[str, ...]
    stored: dict[str, str]


FILINGS = (
    Filing(
        "logistik",
        "Adi Contoh",
        (
            "[Laporan logistik tiba]",
            "tadi jam 00.00",
            "PPS",
            "[Ya]",
            "300 308",
            "[Semua baik]",
            "[Selesai]",
            "📷",
            "[Kirim]",
        ),
        {"pengantar": "PPS", "hitungan/surat_suara": "308", "kondisi": "baik"},
    ),
    Filing(
        "pungut",
        "Gita Contoh",
        (
            "[Laporan pemungutan suara]",
            "7:05",
            "[Cuaca atau banjir]",
            *["[Tidak]"] * 12,
            "[Lewati]",
            "276",
            "aman",
            "[Kirim]",
        ),
        {"jam_buka": "07:05:00.000+08:00", "p1_sebab": "cuaca", "pemilih_hadir": "276", "catatan": "aman"},
    ),
    Filing(
        "hitung",
        "Adi Contoh",
        (
            "[Laporan penghitungan suara (Pilgub)]",
            "150 160 310",
            "240 2 3 245",
            "318 245 1 72",
            "130 108 238 7 245",
            "📷",
            *["[Tidak]"] * 5,
            "[Lewati]",
            "[Kirim]",
        ),
        {"suara/suara_01": "130", "suara/suara_total": "245", "h3": "tidak"},
    ),
    Filing(
        "situasi",
        "Adi Contoh",
        ("[Situasi TPS]", "[Antre panjang]", "120", "[Kirim]"),
        {"keadaan": "antre", "hadir": "120"},
    ),
    Filing(
        "patroli",
        "Gita Contoh",
        (
            "[Patroli masa tenang]",
            "[Isi laporan]",
            "kemarin jam 16.30",
            "RT 01 sampai RT 05",
            "[Tidak]",
            "[Tidak]",
            "[Ya]",
            "2 baliho di depan balai desa",
            "📷",
            "[Kirim]",
        ),
        {"apk": "ya", "temuan": "1", "uraian": "2 baliho di depan balai desa"},
    ),
    Filing(
        "lhp",
        "Mega Contoh",
        (
            "[Formulir A (LHP)]",
            "[Isi laporan]",
            "[Masa tenang]",
            "[Lewati]",
            "[Pengawasan langsung]",
            "memastikan tidak ada APK",
            "jalan utama",
            "kemarin jam 9",
            "Jalan Sidodadi RT 05",
            "[Cukup]",
            "Semua APK sudah turun.",
            "[Lewati]",
            "[Nihil]",
            "[Nihil]",
            "[Kirim]",
        ),
        {"kegiatan[1]/tempat": "Jalan Sidodadi RT 05", "uraian": "Semua APK sudah turun."},
    ),
)


@pytest.fixture
def store(databases: Databases, keys: Keys) -> Iterator[Store]:
    made = Store(databases.sqlite(), keys)
    settle_in(made, datetime.now(UTC))
    yield made
    made.close()


@pytest.fixture
def page(browser: Browser, store: Store, tmp_path: Path) -> Iterator[Page]:
    settings = Settings(_env_file=None, data=tmp_path, database_url=store.url)  # type: ignore[call-arg]
    works = build(settings, store)
    with serving(lambda: web(works), works.hub.close) as address:
        context = browser.new_context(
            base_url=address,
            viewport=PHONE,
            has_touch=True,
            is_mobile=True,
            bypass_csp=True,
            reduced_motion="reduce",  # axe would measure the colours of a message that is still fading in
        )
        yield context.new_page()
        context.close()


@pytest.mark.parametrize("filing", FILINGS, ids=lambda filing: filing.form)
def test_a_person_files_it_in_the_web_chat(page: Page, store: Store, filing: Filing) -> None:
    page.goto("/chat")
    expect(page.locator(".ours")).to_have_count(1)
    _do(page, f"[{filing.who}]")
    for step in filing.steps:
        _do(page, step)
    expect(page.locator(".ours").last).to_contain_text("nomor P-")
    assert faults(page) == []
    with store.reading() as book:
        [report] = book.reports.every(filing.form)
    values = report.latest.answers.values
    assert {place: values[place] for place in filing.stored} == filing.stored


def _do(page: Page, step: str) -> None:
    """One step, and the wait for the message that answers it."""
    before = page.locator(".ours").count()
    if step.startswith("["):
        page.locator(".choices").get_by_role("button", name=step[1:-1]).first.tap()
    elif step == "📷":
        photo = io.BytesIO()
        Image.effect_noise((640, 480), 90).convert("RGB").save(photo, "JPEG")
        payload = {"name": "foto.jpg", "mimeType": "image/jpeg", "buffer": photo.getvalue()}
        page.locator("#files").set_input_files(payload)  # type: ignore[arg-type]
    else:
        page.get_by_label("Tulis pesan").fill(step)
        page.get_by_role("button", name="Kirim pesan").tap()
    expect(page.locator(".ours")).to_have_count(before + 1)
