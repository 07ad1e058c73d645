"""What Twilio tells of a file only after it took the message: the words are said again without it, once."""

import pytest

from bot.channels.twilio_errors import FILE_REFUSED
from bot.receipts import keep_receipt
from core.model.messages import Address, Channel, Choice, Enclosure, Receipt, Reply
from core.speech.enclosing import XLSX
from core.speech.layout import WHATSAPP_PLAIN, WHATSAPP_RICH, Layout
from core.speech.texts import texts
from storage.store import Store
from tests.storage.kaltim import NOW

OURS = "+628000000900"
PEER = Address(Channel.WHATSAPP, OURS, "+628000000012")
PNG = Enclosure("rekap.png", "image/png", "a1", 6)
BOOK = Enclosure("rekap.xlsx", XLSX, "b2", 4)
YES = Choice("y", "Kirim")


def told(provider_id: str, error: str = FILE_REFUSED) -> Receipt:
    return Receipt(Channel.WHATSAPP, OURS, provider_id, "failed", NOW, error)


def sent(store: Store, reply: Reply, *provider_ids: str) -> None:
    """A message whose parts the platform gave these ids."""
    with store.begin() as book:
        row = book.outbox.put(book.addresses.meet(PEER, NOW).id, reply, NOW)
        book.outbox.claim(NOW, 45, 1, "me")
        for done, sid in enumerate(provider_ids[:-1], 1):
            book.outbox.go_on(row, done, sid, NOW, NOW)
        book.outbox.sent(row, provider_ids[-1], len(provider_ids), NOW)


def keep(store: Store, receipt: Receipt, layout: Layout | None = WHATSAPP_PLAIN) -> str:
    with store.begin() as book:
        return keep_receipt(book, receipt, lambda address: layout, NOW)


def said_again(store: Store) -> list[Reply]:
    with store.begin() as book:
        return [errand.reply for errand in book.outbox.claim(NOW, 45, 10, "me")]


def elsewhere(file: Enclosure) -> str:
    return texts("id").say("channels.files_elsewhere", names=file.name)


@pytest.mark.parametrize("layout", [WHATSAPP_PLAIN, WHATSAPP_RICH])
def test_the_words_of_a_picture_are_said_again(store: Store, layout: Layout) -> None:
    sent(store, Reply("Rekap", files=(PNG, BOOK)), "SM1", "SM2")
    assert keep(store, told("SM1"), layout) == "to send"
    assert said_again(store) == [Reply(f"Rekap\n\n{elsewhere(PNG)}")]


def test_with_their_choices(store: Store) -> None:
    sent(store, Reply("Kirim?", (YES,), files=(PNG,)), "SM1")
    assert keep(store, told("SM1")) == "to send"
    assert said_again(store) == [Reply(f"Kirim?\n\n{elsewhere(PNG)}", (YES,))]


def test_of_a_file_without_words_only_that_it_is_missing(store: Store) -> None:
    sent(store, Reply("Rekap", files=(PNG, BOOK)), "SM1", "SM2")
    assert keep(store, told("SM2")) == "to send"
    assert said_again(store) == [Reply(elsewhere(BOOK))]


def test_told_twice_it_is_said_once(store: Store) -> None:
    sent(store, Reply("Rekap", files=(PNG, BOOK)), "SM1", "SM2")
    assert [keep(store, told(sid)) for sid in ("SM1", "SM1", "SM2", "SM2")] == [
        "to send",
        "unknown",
        "to send",
        "noted",
    ]
    assert len(said_again(store)) == 1, "the second waits behind the first"


@pytest.mark.parametrize(
    ("receipt", "layout"),
    [
        (told("SM9"), WHATSAPP_PLAIN),
        (told("SM1", "stopped"), WHATSAPP_PLAIN),
        (Receipt(Channel.WHATSAPP, OURS, "SM1", "delivered", NOW), WHATSAPP_PLAIN),
        (told("SM1"), None),
    ],
    ids=["unknown", "other", "delivered", "channel off"],
)
def test_nothing_else_is_said_again(store: Store, receipt: Receipt, layout: Layout | None) -> None:
    sent(store, Reply("Rekap", files=(PNG,)), "SM1")
    assert keep(store, receipt, layout) == ("unknown" if receipt.provider_id == "SM9" else "noted")
    assert said_again(store) == []


def test_a_closed_window_told_of_late(store: Store) -> None:
    sent(store, Reply("Rekap"), "SM1")
    assert keep(store, told("SM1", "window")) == "noted"
    with store.begin() as book:
        assert book.window.count_withheld() == 1
        book.addresses.meet(PEER, NOW)
    assert said_again(store) == [Reply("Rekap")]


def test_words_that_were_erased_are_not_said_again(store: Store) -> None:
    with store.begin() as book:
        row = book.outbox.put(
            book.addresses.meet(PEER, NOW).id, Reply("7Q2M", files=(PNG,)), NOW, secret=True
        )
        book.outbox.sent(row, "SM1", 1, NOW)
    assert keep(store, told("SM1")) == "noted"
    assert said_again(store) == []
