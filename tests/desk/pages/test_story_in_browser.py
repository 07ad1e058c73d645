"""One whole story on a whole LaporDesk: a citizen tells on Telegram, an officer decides at the desk.

Nothing is put aside: webhook, delivery, a stand-in of the Bot API, the second step, a real browser.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import httpx2
import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from core.model.people import Role
from lapordesk.app import build, web
from lapordesk.settings import Settings
from storage.passwords import stretch
from storage.store import Store
from storage.totp import code, step_of
from tests.browser import browser, serving
from tests.conversations.stage import PUBLIC, SECRET, VOTING_DAY, numbered_letters, settle_in
from tests.standins.telegram import TelegramStandin
from tests.standins.telegram_phone import TelegramPhone, Update
from webhooks.telegram import PATH as TELEGRAM_PATH
from webhooks.telegram import SECRET_HEADER, secret_for

__all__ = ["browser"]
DESKTOP = ViewportSize(width=1280, height=800)
EMAIL, PASSWORD = "vina@contoh.example", "sepuluh perahu pulang sore"
TOLD = (
    "pak di kampung sy ada yg membagikan sembako sama amplop isi 100rb td malam",
    "[Setuju]",
    "[Rahasia]",
    "[Selesai]",
    "iya",
    "[Lewati]",
    "loa janan ulu",
    "rumah pak rt 3",
    "tim sukses paslon 2",
    "[Lewati]",
    "[Lewati]",
    "[Tidak]",
    "[Politik uang, sembako]",
    "[Kirim]",
)
ASKED = "Jam berapa kejadiannya, dan siapa yang melihat?"
ANSWERED = "Sesudah isya, Bu RT juga melihat."
STEPS: tuple[tuple[str, dict[str, str], str], ...] = (
    ("telusuri", {}, "Petugas sedang menelusuri aduan Anda."),
    ("jadikan-temuan", {"reason": "Pembagiannya dilihat dua orang."}, "menjadi dasar temuan pengawas"),
    ("tetapkan", {"number": "005/TM/PB/Kab/27.10/XI/2024"}, "sudah ditetapkan sebagai temuan"),
    ("klarifikasi", {}, ""),
    ("kaji", {}, ""),
    (
        "teruskan",
        {"result": "pidana", "reason": "Uang dan sembako diberikan supaya orang memilih."},
        "terbukti sebagai pelanggaran",
    ),
)
"""Each move with what it needs, and what the citizen reads of it."""


@dataclass
class Phone:
    """The citizen's Telegram: what they send goes to the webhook, what they get lies at the stand-in."""

    address: str
    telegram: TelegramStandin
    app: TelegramPhone = field(default_factory=lambda: TelegramPhone(4471, "Warga Contoh"))
    read: int = 0
    buttons: dict[str, str] = field(default_factory=dict)
    transcript: list[str] = field(default_factory=list)

    def says(self, line: str) -> str:
        """What comes back."""
        update = self._update(line)
        secret = secret_for(SECRET, self.telegram.token.partition(":")[0])
        sent = httpx2.post(self.address + TELEGRAM_PATH, json=update, headers={SECRET_HEADER: secret})
        assert sent.status_code == 200
        self.transcript.append(f"> {line}")
        return self.gets()

    def gets(self) -> str:
        message = self.telegram.wait_for(self.read + 1)[self.read]
        self.read += 1
        rows = (message["reply_markup"] or {}).get("inline_keyboard", [])
        if rows:
            self.buttons = {one["text"]: one["callback_data"] for row in rows for one in row}
        shown = ["  " + " ".join(f"[{one['text']}]" for one in row) for row in rows]
        self.transcript.append("\n".join(["< " + message["text"], *shown]))
        return str(message["text"])

    def _update(self, line: str) -> Update:
        label = line.strip("[]")
        return self.app.tap(self.buttons[label]) if line.startswith("[") else self.app.text(line)


@dataclass
class Place:
    address: str
    store: Store
    phone: Phone
    secret: bytes
    began: float = field(default_factory=time.monotonic)

    def now(self) -> datetime:
        return VOTING_DAY + timedelta(seconds=time.monotonic() - self.began)


@pytest.fixture
def place(store: Store, tmp_path: Path) -> Iterator[Place]:
    with TelegramStandin() as telegram:
        telegram.start(4471)
        made = Place("", store, Phone("", telegram), b"")
        settle_in(store, made.now())
        made.secret = _account(store, made.now())
        settings = Settings(
            _env_file=None,  # type: ignore[call-arg]
            data=tmp_path,
            database_url=store.url,
            public_url=PUBLIC,
            telegram_token=telegram.token,  # type: ignore[arg-type]
            telegram_secret=SECRET,  # type: ignore[arg-type]
            telegram_api_url=telegram.url,
        )
        works = build(settings, store, made.now, numbered_letters(), {})
        with serving(lambda: web(works), works.hub.close) as address:
            made.address = made.phone.address = address
            yield made


def _account(store: Store, now: datetime) -> bytes:
    """Vina of Kutai Kartanegara can sign in; gives what her app on the telephone holds."""
    with store.begin() as book:
        member = book.staff.add(EMAIL, "Vina Contoh", Role.KABKOTA, "64.02", now)
        shown = book.accounts.invite(member.id, now)
        link = book.accounts.link(shown, now)
        assert link
        book.accounts.begin(shown, stretch(PASSWORD), 0, now)
    return link.secret


def test_a_citizen_tells_and_an_officer_decides(browser: Browser, place: Place) -> None:
    tell(place.phone)
    page = browser.new_page(base_url=place.address, locale="id-ID", viewport=DESKTOP)
    page.clock.install()
    sign_in(page, place)
    find(page)
    ask_back(page, place)
    answer_live(page, place)
    for move in STEPS:
        decide(page, place, *move)
    leave(page)
    page.close()


def tell(phone: Phone) -> None:
    for line in TOLD:
        said = phone.says(line)
    assert "Aduan Anda tersimpan" in said
    tracking_code = phone.gets()
    assert "sudah kami terima" in phone.says(tracking_code[-4:])


def sign_in(page: Page, place: Place) -> None:
    page.goto("/desk/cases")
    page.get_by_label("Surel").first.fill(EMAIL)
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_label("Kode dari aplikasi").fill(code(place.secret, step_of(place.now())))
    page.get_by_role("button", name="Masuk").click()
    expect(page.get_by_role("heading", name="Kasus")).to_be_visible()


def find(page: Page) -> None:
    """By a word that stands in the story with other affixes."""
    for word in ("baliho", "pembagian"):
        page.get_by_label("Nomor atau kata").fill(word)
        page.get_by_role("button", name="Tampilkan").click()
        expect(page.get_by_text("Tidak ada kasus yang cocok.")).to_have_count(int(word == "baliho"))
    page.get_by_role("link", name="Politik uang, sembako").click()
    expect(page.locator(".facts dt", has_text="Kapan kejadiannya")).to_have_count(0)
    page.get_by_role("button", name="Saya tangani").click()


def ask_back(page: Page, place: Place) -> None:
    page.locator("summary", has_text="Tanya pelapor").click()
    page.get_by_label("Tanya pelapor").fill(ASKED)
    page.get_by_role("button", name="Kirim pertanyaan").click()
    expect(page.get_by_role("status")).to_have_text("Pertanyaan sudah dikirim.")
    assert ASKED in place.phone.gets()


def answer_live(page: Page, place: Place) -> None:
    """The page stays open, as it is: the answer comes to it."""
    page.evaluate("document.documentElement.dataset.opened = 'once'")
    place.phone.says(ANSWERED)
    expect(page.get_by_text(ANSWERED)).to_have_count(0)
    page.clock.fast_forward(16_000)
    expect(page.get_by_text(ANSWERED)).to_be_visible()
    expect(page.locator("#news")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.dataset.opened") == "once"


def decide(page: Page, place: Place, move: str, given: dict[str, str], told: str) -> None:
    form = page.locator("details", has=page.locator(f"input[value={move}]"))
    form.locator("summary").click()
    for name, value in given.items():
        asked = form.locator(f"[name={name}]")
        (asked.select_option if name == "result" else asked.fill)(value)
    form.get_by_role("button").click()
    expect(page.get_by_role("status")).to_have_text("Langkah sudah dilakukan.")
    if told:
        assert told in place.phone.gets()


def leave(page: Page) -> None:
    """What the browser held opens nothing any more."""
    [old] = [one for one in page.context.cookies() if one["name"] == "desk"]
    here = page.url.partition("?")[0]
    page.get_by_role("button", name="Keluar").click()
    expect(page.get_by_label("Kata sandi")).to_be_visible()
    page.context.add_cookies([old])  # type: ignore[list-item]
    page.goto(here)
    expect(page.get_by_label("Kata sandi")).to_be_visible()
