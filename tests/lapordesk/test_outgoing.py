"""A digest on its whole way: from the outbox over the real channels to what a phone shows and fetches."""

import io
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from PIL import Image

from core.model.messages import Address, Channel, Enclosure, Reply, Template
from core.speech.enclosing import XLSX
from core.speech.texts import texts
from lapordesk.app import Works, build, web
from lapordesk.settings import Settings
from lapordesk.template_file import NAME
from storage.store import Store
from storage.tables import address
from tests.browser import serving
from tests.small_house import small_house
from tests.standins.telegram import TelegramStandin
from tests.standins.twilio import TwilioStandin

PUBLIC = "https://lapor.example.org"
NUMBER, PEER = "+628000000900", "+628000000012"
CHAT = 4471
WORDS = "Rekap pekan 47: 31 dari 237 laporan belum masuk."


@pytest.fixture
def telegram() -> Iterator[TelegramStandin]:
    with TelegramStandin() as standin:
        standin.start(CHAT)
        yield standin


@pytest.fixture
def twilio() -> Iterator[TwilioStandin]:
    with TwilioStandin() as standin:
        standin.open_window(PEER)
        yield standin


def settings_of(
    store: Store, folder: Path, telegram: TelegramStandin, twilio: TwilioStandin, **more: Any
) -> Settings:
    given = {
        "data": folder,
        "database_url": store.url,
        "public_url": PUBLIC,
        "telegram_token": telegram.token,
        "telegram_api_url": telegram.url,
        "twilio_account_sid": twilio.account_sid,
        "twilio_auth_token": twilio.auth_token,
        "twilio_whatsapp_from": NUMBER,
        "twilio_api_url": twilio.url,
    }
    return Settings(_env_file=None, **(given | more))  # type: ignore[arg-type, call-arg]


@pytest.fixture
def works(store: Store, tmp_path: Path, telegram: TelegramStandin, twilio: TwilioStandin) -> Iterator[Works]:
    """All of LaporDesk, serving; Twilio reaches it by its public address."""
    small_house(store, tmp_path)
    (tmp_path / NAME).write_text(
        f'[[template]]\npurpose = "news"\nlanguage = "id"\n'
        f'sid = "{twilio.approve("Ada kabar untuk Anda.")}"\ntext = "Ada kabar untuk Anda."\n'
    )
    made = build(settings_of(store, tmp_path, telegram, twilio), store)
    with serving(lambda: web(made), made.hub.close) as place:
        twilio.media_base = twilio.callback_base = place
        yield made


def drawn() -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (540, 675), "navy").save(made, "PNG")
    return made.getvalue()


def written() -> bytes:
    made, book = io.BytesIO(), Workbook()
    book.active["A1"] = "Belum masuk"
    book.save(made)
    return made.getvalue()


def send(works: Works, to: Address, **more: Any) -> tuple[Enclosure, Enclosure]:
    now = works.turns.clock()
    with works.store.begin() as book:
        keep = book.enclosures.enclose
        png = keep(works.evidence, "rekap.png", "image/png", drawn(), now)
        xlsx = keep(works.evidence, "rekap.xlsx", XLSX, written(), now)
        book.outbox.put(book.addresses.meet(to, now).id, Reply(WORDS, files=(png, xlsx), **more), now)
    return png, xlsx


def until(done: Callable[[], object], seconds: float = 20.0) -> None:
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.02)


def withheld(works: Works) -> int:
    with works.store.reading() as book:
        return book.window.count_withheld()


def title(content: bytes) -> str:
    return str(load_workbook(io.BytesIO(content)).active["A1"].value)


def test_telegram_gets_the_picture_with_the_words_and_the_workbook(
    works: Works, telegram: TelegramStandin
) -> None:
    send(works, Address(Channel.TELEGRAM, "700001", str(CHAT)))
    picture, workbook = telegram.wait_for(2)
    assert (picture["method"], picture["text"], picture["photo"]) == ("sendPhoto", WORDS, drawn())
    assert (workbook["method"], workbook["text"]) == ("sendDocument", "")
    assert (workbook["file"].name, title(workbook["document"])) == ("rekap.xlsx", "Belum masuk")


def test_whatsapp_fetches_them_from_us(works: Works, twilio: TwilioStandin) -> None:
    send(works, Address(Channel.WHATSAPP, NUMBER, PEER))
    picture, workbook = twilio.wait_for(2, 20)
    assert (picture["text"], picture["files"][0].content) == (WORDS, drawn())
    assert (workbook["files"][0].name, title(workbook["files"][0].content)) == ("rekap.xlsx", "Belum masuk")
    assert all(url.startswith(f"{PUBLIC}/files/") for sent in twilio.sent for url in sent["MediaUrl"])


def test_what_twilio_cannot_fetch_leaves_the_words(works: Works, twilio: TwilioStandin) -> None:
    """It took the message, and tells only then that the picture failed; the workbook came through."""
    twilio.media_base, reached = "http://127.0.0.1:9", twilio.media_base
    send(works, Address(Channel.WHATSAPP, NUMBER, PEER))
    until(lambda: twilio.failed)
    twilio.media_base = reached
    elsewhere = texts("id").say("channels.files_elsewhere", names="rekap.png")
    until(lambda: f"{WORDS}\n\n{elsewhere}" in [sent["text"] for sent in twilio.sent])


def test_without_a_public_address_the_words_say_where_to_ask(
    store: Store, tmp_path: Path, telegram: TelegramStandin, twilio: TwilioStandin
) -> None:
    small_house(store, tmp_path)
    works = build(settings_of(store, tmp_path, telegram, twilio, public_url=None), store)
    with serving(lambda: web(works), works.hub.close):
        send(works, Address(Channel.WHATSAPP, NUMBER, PEER))
        [sent] = twilio.wait_for(1)
    named = texts("id").say("channels.files_elsewhere", names="rekap.png, rekap.xlsx")
    assert (sent["text"], sent["MediaUrl"]) == (f"{WORDS}\n\n{named}", [])


def test_outside_the_window_a_knock_and_after_the_answer_everything(
    works: Works, twilio: TwilioStandin
) -> None:
    peer = Address(Channel.WHATSAPP, NUMBER, PEER)
    twilio.close_window(PEER)
    with works.store.begin() as book:
        book.addresses.meet(peer, works.turns.clock())
        book.connection.execute(address.update().values(last_in_at=None))
        met = book.addresses.find(peer)
        assert met is not None
        png = book.enclosures.enclose(works.evidence, "a.png", "image/png", drawn(), works.turns.clock())
        reply = Reply(WORDS, files=(png,), template=Template("news", announces=True))
        book.outbox.put(met.id, reply, works.turns.clock())
    [knock] = twilio.wait_for(1)
    assert knock["text"] == "Ada kabar untuk Anda."
    until(lambda: withheld(works) == 1)
    twilio.open_window(PEER)
    with works.store.begin() as book:
        book.addresses.meet(peer, works.turns.clock())
    _, whole = twilio.wait_for(2)
    assert (whole["text"], whole["files"][0].content) == (WORDS, drawn())
