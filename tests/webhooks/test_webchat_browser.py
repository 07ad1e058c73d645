"""The web chat in a real browser: a thumb, a keyboard, a weak signal, two windows, a screen reader."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, FilePayload, Page, Route, expect

from core.model.messages import Choice, Reply
from core.speech.enclosing import XLSX
from storage.keys import Keys
from storage.store import Store
from tests.browser import browser, faults, serving
from tests.databases import Databases
from tests.small_house import SmallHouse, small_house

__all__ = ["browser"]
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 800}
BOX = "Tulis pesan"


@pytest.fixture
def house(databases: Databases, keys: Keys, tmp_path: Path) -> Iterator[SmallHouse]:
    store = Store(databases.sqlite(), keys)
    yield small_house(store, tmp_path / "media")
    store.close()


@pytest.fixture
def address(house: SmallHouse) -> Iterator[str]:
    with serving(house.app, house.hub.close) as where:
        yield where


@pytest.fixture
def phone(browser: Browser, address: str) -> Iterator[BrowserContext]:
    context = browser.new_context(
        base_url=address,
        viewport=PHONE,
        has_touch=True,
        is_mobile=True,
        locale="id-ID",
        permissions=["geolocation"],
        geolocation={"latitude": -0.4948, "longitude": 117.1436},
    )
    yield context
    context.close()


@pytest.fixture
def page(phone: BrowserContext) -> Iterator[Page]:
    """The open page, greeted; nothing may have gone wrong in it at the end."""
    page = phone.new_page()
    wrongs: list[str] = []
    page.on("pageerror", lambda error: wrongs.append(str(error)))
    page.on("console", lambda line: wrongs.append(line.text) if "Content Security" in line.text else None)
    page.goto("/chat")
    expect(page.get_by_role("button", name="Siti Contoh")).to_be_visible()
    yield page
    assert not wrongs


def picture(name: str, colour: str = "green") -> FilePayload:
    made = io.BytesIO()
    Image.new("RGB", (640, 480), colour).save(made, "JPEG")
    return {"name": name, "mimeType": "image/jpeg", "buffer": made.getvalue()}


def tap(page: Page, label: str) -> None:
    page.locator(".choices").get_by_role("button", name=label).tap()


def write(page: Page, text: str) -> None:
    page.get_by_label(BOX).fill(text)
    page.get_by_role("button", name="Kirim pesan").tap()


def heard(page: Page, words: str) -> None:
    """The bot's last message says so."""
    expect(page.locator(".ours").last).to_contain_text(words)


def begin(page: Page) -> None:
    tap(page, "Siti Contoh")
    heard(page, "Mau apa sekarang")
    tap(page, "Laporan pembukaan")
    heard(page, "Jam berapa TPS dibuka?")


def test_a_whole_form_with_one_thumb(page: Page, house: SmallHouse) -> None:
    begin(page)
    write(page, "jam 7 lewat 20")
    heard(page, "Apa sebabnya terlambat?")
    tap(page, "Logistik belum lengkap")
    heard(page, "Apa yang kurang?")
    tap(page, "Tinta")
    tap(page, "Surat suara")
    tap(page, "Selesai")
    heard(page, "Berapa pemilih sudah hadir?")
    write(page, "41 orang")
    heard(page, "Kirim foto TPS.")
    page.locator("#files").set_input_files([picture("depan.jpg"), picture("dalam.jpg", "blue")])
    heard(page, "Di mana TPS itu?")
    expect(page.locator(".mine .pictures img")).to_have_count(2)
    tap(page, "Kirim lokasi saya")
    heard(page, "Periksa")
    tap(page, "Kirim")
    heard(page, "Diterima")

    [report] = house.reports()
    values = report.latest.answers.values
    assert (values["dibuka"][:5], values["sebab"], values["kurang"]) == ("07:20", "logistik", "tinta surat")
    assert (values["hadir"], len(values["foto"].split())) == ("41", 2)
    assert values["tempat"].startswith("-0.4948 117.1436")


def test_a_whole_form_with_a_keyboard_alone(browser: Browser, address: str, house: SmallHouse) -> None:
    context = browser.new_context(base_url=address, viewport=DESK, locale="id-ID")
    page = context.new_page()
    page.goto("/chat")
    keys = page.keyboard
    press_choice(page, "Siti Contoh")
    press_choice(page, "Laporan pembukaan")
    heard(page, "Jam berapa TPS dibuka?")
    expect(page.get_by_label(BOX)).to_be_focused()
    keys.type("07.00")
    keys.press("Enter")
    heard(page, "Berapa pemilih")
    keys.type("0")
    keys.press("Enter")
    heard(page, "Kirim foto TPS.")
    press_choice(page, "Lewati")
    press_choice(page, "Lewati", "Di mana TPS itu?")
    heard(page, "Periksa")
    keys.type("kirim")
    keys.press("Enter")
    heard(page, "Diterima")
    context.close()
    [report] = house.reports()
    assert (report.latest.answers.values["hadir"], report.latest.answers.values["foto"]) == ("0", "")


def press_choice(page: Page, label: str, question: str = "") -> None:
    """Walk with the Tab key, as far as the choices reach, and press Enter on the one wanted."""
    if question:
        heard(page, question)
    expect(page.locator(".choices").get_by_role("button", name=label)).to_be_visible()
    page.locator("#log").focus()
    for _ in range(30):
        page.keyboard.press("Tab")
        if label in page.evaluate("document.activeElement.textContent"):
            page.keyboard.press("Enter")
            return
    raise AssertionError(f"the Tab key does not lead to {label}")


def test_after_a_choice_by_key_the_next_question_has_the_focus(page: Page) -> None:
    tap(page, "Siti Contoh")
    heard(page, "Mau apa sekarang")
    press_choice(page, "Laporan pembukaan")
    heard(page, "Jam berapa TPS dibuka?")
    focused = page.evaluate(
        "document.activeElement.closest('.choices') ? 'choice' : document.activeElement.id"
    )
    assert focused in ("choice", "say")


def test_shift_and_enter_make_a_new_line(page: Page) -> None:
    box = page.get_by_label(BOX)
    box.press_sequentially("satu")
    box.press("Shift+Enter")
    box.press_sequentially("dua")
    assert box.input_value() == "satu\ndua"


def test_what_is_written_without_a_signal_goes_out_when_it_is_back(
    page: Page, phone: BrowserContext, house: SmallHouse
) -> None:
    begin(page)
    phone.set_offline(True)
    write(page, "jam 7 lewat 20")
    expect(page.get_by_role("status")).to_contain_text("Menunggu sinyal")
    expect(page.locator(".mine").last).to_contain_text("belum terkirim")
    phone.set_offline(False)
    heard(page, "Apa sebabnya terlambat?")
    expect(page.locator(".unsent")).to_have_count(0)
    expect(page.get_by_role("status")).to_be_empty()


def test_what_was_not_sent_survives_a_reload(page: Page) -> None:
    begin(page)
    refuse_all(page)
    write(page, "07.00")
    page.get_by_label(BOX).fill("setengah jadi")
    page.unroute("**/chat/messages")
    page.reload()
    heard(page, "Berapa pemilih")
    expect(page.locator(".mine", has_text="07.00")).to_have_count(1)
    assert page.get_by_label(BOX).input_value() == "setengah jadi"


def refuse_all(page: Page) -> None:
    page.route("**/chat/messages", lambda route: route.abort())


def test_a_lost_answer_does_no_harm(page: Page) -> None:
    """The message arrived, the answer did not: it is sent again and taken once."""
    begin(page)
    lost: list[int] = []

    def lose_once(route: Route) -> None:
        if lost:
            return route.continue_()
        lost.append(route.fetch().status)
        return route.abort()

    page.route("**/chat/messages", lose_once)
    with page.expect_response(lambda answer: answer.url.endswith("/chat/messages")) as again:
        write(page, "07.00")
    heard(page, "Berapa pemilih")
    assert (lost, again.value.status) == ([200], 200)
    expect(page.locator(".unsent")).to_have_count(0)
    page.reload()
    expect(page.locator(".mine", has_text="07.00")).to_have_count(1)
    expect(page.locator(".ours", has_text="Berapa pemilih")).to_have_count(1)


def test_a_reload_shows_the_conversation_again(page: Page) -> None:
    begin(page)
    before = said(page)
    assert len(before) == 5
    page.reload()
    heard(page, "Jam berapa TPS dibuka?")
    assert said(page) == before


def said(page: Page) -> list[str]:
    return [re.sub(r"\d\d\.\d\d$", "", told) for told in page.locator(".message").all_text_contents()]


def test_two_windows_show_the_same(page: Page, phone: BrowserContext) -> None:
    other = phone.new_page()
    other.goto("/chat")
    heard(other, "Mau mencoba sebagai siapa")
    begin(page)
    heard(other, "Jam berapa TPS dibuka?")
    assert said(other) == said(page)
    write(other, "07.00")
    heard(page, "Berapa pemilih")
    assert said(other) == said(page)


def test_a_browser_that_lost_its_cookie_begins_anew_and_loses_no_word(
    page: Page, phone: BrowserContext
) -> None:
    begin(page)
    phone.clear_cookies()
    with page.expect_navigation():
        write(page, "saya mau lapor")
    expect(page.get_by_role("button", name="Siti Contoh")).to_be_visible()
    expect(page.locator(".mine", has_text="saya mau lapor")).to_have_count(1)


def test_a_refused_file_is_told_and_the_words_go_out(page: Page) -> None:
    begin(page)
    svg = b"<svg xmlns='http://www.w3.org/2000/svg' onload='document.title=1'/>"
    page.get_by_label(BOX).fill("07.00")
    page.locator("#files").set_input_files([{"name": "a.jpg", "mimeType": "image/jpeg", "buffer": svg}])
    expect(page.locator(".notice")).to_contain_text("a.jpg")
    heard(page, "Berapa pemilih")


def test_a_long_text_is_not_cut_but_told(page: Page) -> None:
    long = "a" * 10_001
    write(page, long)
    expect(page.locator(".notice")).to_contain_text("10000")
    assert page.get_by_label(BOX).input_value() == long


def test_what_people_write_is_never_markup(page: Page) -> None:
    write(page, "<img src=x onerror=document.title='pwned'> & <b>tebal</b>")
    expect(page.locator(".mine").last).to_contain_text("<b>tebal</b>")
    page.reload()
    expect(page.locator(".mine").last).to_contain_text("<b>tebal</b>")
    assert page.locator("#log img, #log b").count() == 0
    assert "pwned" not in page.title()


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_everything_fits_and_can_be_hit_with_a_thumb(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 640})
    begin(page)
    write(page, "jam 7 lewat 20")
    heard(page, "Apa sebabnya terlambat?")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")
    assert page.evaluate("document.getElementById('log').scrollWidth <= innerWidth")
    for button in page.get_by_role("button").all():
        box = button.bounding_box()
        assert box
        assert box["height"] >= 44
        assert box["width"] >= 44
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_screen_reader_gets_along(browser: Browser, address: str, scheme: str) -> None:
    # axe is put into the page by the test: only for that the page's policy is put aside.
    context = browser.new_context(
        base_url=address, viewport=PHONE, color_scheme=scheme, reduced_motion="reduce", bypass_csp=True
    )  # type: ignore[arg-type]
    page = context.new_page()
    page.goto("/chat")
    press(page, "Siti Contoh")
    press(page, "Laporan pembukaan")
    heard(page, "Jam berapa")
    page.route("**/chat/messages", lambda route: route.abort())
    page.get_by_label(BOX).fill("07.00")
    page.keyboard.press("Enter")
    expect(page.locator(".mine").last).to_contain_text("belum terkirim")
    assert faults(page) == []
    assert page.locator("#log").get_attribute("aria-live") == "polite"
    assert page.locator("html").get_attribute("lang") == "id"
    context.close()


def press(page: Page, label: str) -> None:
    page.get_by_role("button", name=label).click()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_public_page_is_for_everybody(browser: Browser, address: str, scheme: str) -> None:
    context = browser.new_context(
        base_url=address, viewport={"width": 320, "height": 640}, bypass_csp=True, color_scheme=scheme
    )  # type: ignore[arg-type]
    page = context.new_page()
    page.goto("/")
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("link", name="Buka obrolan").click()
    heard(page, "Mau mencoba sebagai siapa")
    context.close()


def send_digest(house: SmallHouse) -> None:
    """As the Monday desk will: to the one visitor that there is."""
    drawn = io.BytesIO()
    Image.new("RGB", (1080, 1350), "navy").save(drawn, "PNG")
    with house.store.begin() as book:
        now = house.clock()
        keep = book.enclosures.enclose
        png = keep(house.evidence, "rekap-64.72.png", "image/png", drawn.getvalue(), now)
        xlsx = keep(house.evidence, "rekap-64.72.xlsx", XLSX, b"PK" * 20_500, now)
        book.outbox.put(
            1, Reply("Rekap pekan 47", (Choice("c", "Kirim ke provinsi"),), files=(png, xlsx)), now
        )


def test_a_picture_is_shown_and_a_workbook_is_kept(page: Page, house: SmallHouse) -> None:
    send_digest(house)
    for again in (False, True):
        if again:
            page.reload()
        heard(page, "Rekap pekan 47")
        last = page.locator(".ours").last
        picture = last.get_by_role("img", name="rekap-64.72.png")
        expect(picture).to_be_visible()
        page.wait_for_function("() => [...document.images].every((one) => one.complete && one.naturalWidth)")
        box, bubble = picture.bounding_box(), last.bounding_box()
        assert box and bubble and 200 < box["width"] <= bubble["width"] <= PHONE["width"]
        link = last.get_by_role("link", name="rekap-64.72.xlsx")
        expect(link).to_contain_text("41")
        expect(page.get_by_role("button", name="Kirim ke provinsi")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
        with page.expect_download() as saving:
            link.click()
        assert saving.value.suggested_filename == "rekap-64.72.xlsx"
        assert Path(saving.value.path()).read_bytes() == b"PK" * 20_500
        assert not faults(page)


def test_a_picture_opens_in_a_page_of_its_own(page: Page, house: SmallHouse, phone: BrowserContext) -> None:
    send_digest(house)
    heard(page, "Rekap pekan 47")
    with phone.expect_page() as opening:
        page.locator(".ours .pictures a").last.click()
    opening.value.wait_for_load_state()
    assert opening.value.evaluate("document.images[0].naturalWidth") == 1080
