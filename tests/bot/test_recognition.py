"""Who is behind a message: vouched for by a platform, a code, or the demo; never by what they claim."""

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.letters import crockford
from bot.recognition import BY_NUMBER, as_e164, code_in, recognise
from core.dialogue.known import Introduction
from core.model.messages import Address, Channel, Contact, Incoming
from storage.book import Book
from storage.store import Store
from tests.bot.chatting import NOON, OKI, SITI
from tests.small_house import small_house

NOBODY = "+628000000099"
MINUTES = 10


@pytest.fixture(autouse=True)
def house(store: Store, tmp_path: Path) -> None:
    small_house(store, tmp_path, lambda: NOON)
    with store.begin() as book:
        book.invitations.make(1, "AB12CD34", NOON, MINUTES)


def from_(channel: Channel, peer: str, text: str = "", **more: object) -> Incoming:
    return Incoming("m1", Address(channel, "our", peer), NOON, text, **more)  # type: ignore[arg-type]


def found(store: Store, incoming: Incoming, after: int = 0) -> tuple[int, str] | None:
    with store.reading() as book:
        who = recognise(book, incoming, NOON + timedelta(minutes=after))
    return (who.person.id, who.how) if who else None


@pytest.mark.parametrize("channel", list(Channel))
def test_a_number_counts_where_the_platform_vouches_for_it(store: Store, channel: Channel) -> None:
    by_number = (1, "number") if channel in BY_NUMBER else None
    assert found(store, from_(channel, SITI, "halo")) == by_number
    assert found(store, from_(channel, NOBODY, "halo")) is None
    assert found(store, from_(channel, "4471", f"nomor saya {SITI}")) is None


def test_those_channels_are_the_ones_we_know_of() -> None:
    assert {Channel.WHATSAPP, Channel.SMS, Channel.TERMINAL} == BY_NUMBER


@pytest.mark.parametrize("written", ["+628000000012", "628000000012", "08000000012", "+62 800-0000-012"])
def test_a_shared_number_is_known_however_it_is_written(store: Store, written: str) -> None:
    shared = from_(Channel.TELEGRAM, "4471", contact=Contact(written, own=True))
    assert found(store, shared) == (1, "contact")


def test_somebody_elses_card_is_no_number_of_ones_own(store: Store) -> None:
    assert found(store, from_(Channel.TELEGRAM, "4471", contact=Contact(SITI, own=False))) is None
    assert found(store, from_(Channel.WHATSAPP, SITI, contact=Contact(OKI, own=False))) is None


@pytest.mark.parametrize("odd", ["", "x", "+", "++62", "1" * 40, "٠٨٠٠", "+999999999999999"])
def test_an_odd_number_is_nobodys(store: Store, odd: str) -> None:
    assert found(store, from_(Channel.TELEGRAM, "4471", contact=Contact(odd, own=True))) is None


@pytest.mark.parametrize("typed", ["AB12CD34", "ab12-cd34", " Ab12 Cd34. ", "ab12cd34\n"])
@pytest.mark.parametrize("channel", [Channel.TELEGRAM, Channel.WEBCHAT, Channel.SMS])
def test_a_code_opens_any_channel(store: Store, channel: Channel, typed: str) -> None:
    assert found(store, from_(channel, NOBODY, typed)) == (1, "invitation")


def test_a_link_carries_it_too(store: Store) -> None:
    link = from_(Channel.TELEGRAM, "4471", "/start AB12CD34", start="AB12CD34")
    assert found(store, link) == (1, "invitation")


def test_a_code_is_worth_nothing_later_or_when_it_was_used(store: Store) -> None:
    said = from_(Channel.TELEGRAM, "4471", "AB12CD34")
    assert found(store, said, after=MINUTES) is None
    with store.begin() as book:
        invitation = book.invitations.find("AB12CD34", NOON)
        assert invitation
        book.invitations.use(invitation.id, NOON)
    assert found(store, said) is None


@pytest.mark.parametrize("wrong", ["AB12CD35", "AB12CD3", "AB12CD344", "AB12CD34 saya", "", "ÅB12CD34"])
def test_what_is_nearly_a_code_is_none(store: Store, wrong: str) -> None:
    assert found(store, from_(Channel.TELEGRAM, "4471", wrong)) is None


def test_in_the_demo_one_may_be_one_of_the_demo_and_nobody_else(store: Store) -> None:
    with store.reading() as book:
        assert _chosen(book, "d:1") == Introduction(_demo(book)[0], "demo")
        assert _chosen(book, "d:2") is None, "Oki is not of this demo"
        assert _chosen(book, "d:") is None
        assert recognise(book, from_(Channel.WEBCHAT, "ab", choice="d:1"), NOON) is None, "no demo at all"


def _chosen(book: Book, key: str) -> Introduction | None:
    return recognise(book, from_(Channel.WEBCHAT, "ab", choice=key), NOON, _demo(book))


def _demo(book: Book):  # type: ignore[no-untyped-def]
    siti = book.people.get(1)
    assert siti
    return (siti,)


@given(st.integers(0))
def test_every_code_that_is_drawn_is_read_back(_: int) -> None:
    code = crockford(8)
    assert code_in(f" {code[:4].lower()}-{code[4:]} ") == code
    assert code_in(code.replace("0", "O").replace("1", "l")) == code


@given(st.text())
def test_any_text_is_a_code_or_none_and_a_number_or_none(text: str) -> None:
    assert len(code_in(text)) in (0, 8)
    assert as_e164(text) == "" or as_e164(text).startswith("+")
