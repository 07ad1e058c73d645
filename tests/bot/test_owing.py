"""A supervisor is reminded, answers by one tap, and is left in peace; by the real turns and clock."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from core.model.messages import Address, Channel
from core.model.people import Role
from scheduler.reminders import reminders
from scheduler.silence import silence
from scheduler.ticker import Ticker
from storage.duties import open_periods
from storage.store import Store
from storage.tables import expectation
from tests.bot.chatting import Phone, Town
from tests.core.elections.samples import duty
from tests.small_house import OPENING, publish
from tests.storage.duties import enact, wita
from tests.storage.reachable import send_all

PATROL = OPENING.replace("| buka | 1 | Laporan pembukaan |", "| patroli | 1 | Patroli |").replace(
    "| | menu | 10 |", "| | menu | 20 |\n| | nihil | yes |"
)
ULU = "64.72.05"


@pytest.fixture
def town(store: Store, tmp_path: Path) -> Town:
    """Siti owes a patrol of each quiet day by 20.00; Tuti sits in the kecamatan above her."""
    town = Town(store, tmp_path, wita(24, 9))
    with store.begin() as book:
        publish(book, PATROL, town.now)
        tuti = book.people.save("Tuti Contoh", "+628000000030", town.now)
        book.people.assign(tuti, Role.PANWASCAM, ULU, town.now)
        enact(book, duty(form="patroli"), now=wita(24, 5))
        open_periods(book, wita(24, 9))
    return town


def tuti(town: Town) -> Phone:
    return town.phone(Channel.WHATSAPP, "+628000000030")


async def clock(town: Town, now: datetime) -> None:
    """The clock strikes, and what is due goes out."""
    town.now = now
    await Ticker(town.store, (*reminders(), *silence()), lambda: now.astimezone(UTC)).look()
    with town.store.begin() as book:
        send_all(book, now)


def states(town: Town) -> list[str]:
    with town.store.reading() as book:
        query = select(expectation.c.state).order_by(expectation.c.due_at)
        return list(book.connection.execute(query).scalars())


def reminded(phone: Phone) -> int:
    return sum("belum kami terima" in reply.text for reply in phone.heard)


async def test_reminded_answered_by_one_tap_and_left_in_peace(town: Town) -> None:
    siti = town.siti()
    await siti.says("halo")
    await clock(town, wita(24, 17))
    assert siti.last.text.startswith("Patroli dari PTPS 012 Sidodadi, Samarinda Ulu belum kami terima.")
    assert "nihil" in (await siti.taps("Nihil")).casefold()
    assert states(town) == ["nihil"]
    for hour in (18, 19, 20):
        await clock(town, wita(24, hour))
    await clock(town, wita(25, 8))
    assert reminded(siti) == 1


async def test_who_fills_it_in_is_left_in_peace_too(town: Town) -> None:
    siti = town.siti()
    await siti.says("halo")
    await clock(town, wita(24, 17))
    await siti.taps("Isi sekarang")
    await siti.says("06.50", "12", "lewati", "lewati")
    await siti.taps("Kirim")
    assert states(town) == ["filed"]
    await clock(town, wita(24, 20))
    assert reminded(siti) == 1


async def test_tomorrow_is_tomorrow(town: Town) -> None:
    siti = town.siti()
    await siti.says("halo")
    await clock(town, wita(24, 17))
    assert "Senin 25 Nov, 08.00 WITA" in await siti.taps("Besok")
    for hour in (18, 19, 20):
        await clock(town, wita(24, hour))
    assert reminded(siti) == 1
    await clock(town, wita(25, 8))
    assert reminded(siti) == 2


async def test_the_button_of_yesterday_says_it_of_yesterday(town: Town) -> None:
    siti = town.siti()
    await siti.says("halo")
    await clock(town, wita(24, 17))
    with town.store.begin() as book:
        open_periods(book, wita(25, 7))
    town.now = wita(25, 7, 30)
    await siti.taps("Nihil")
    assert states(town) == ["nihil", "open"]


async def test_an_old_button_files_nothing_again(town: Town) -> None:
    siti = town.siti()
    await siti.says("halo")
    await clock(town, wita(24, 17))
    nihil = next(choice.key for choice in siti.last.choices if choice.label == "Nihil")
    await siti.taps("Nihil")
    assert "tidak ditunggu lagi" in (await siti.sends(choice=nihil)).text
    with town.store.reading() as book:
        assert len(list(book.reports.every("patroli"))) == 1


async def test_by_sms_a_word_will_do(town: Town) -> None:
    siti = town.phone(Channel.SMS, "+628000000012")
    await siti.says("halo")
    await clock(town, wita(24, 17))
    await siti.says("nihil")
    assert states(town) == ["nihil"]


async def test_up_the_hierarchy_and_down_again(town: Town) -> None:
    siti, above = town.siti(), tuti(town)
    await siti.says("halo")
    await above.says("halo")
    await clock(town, wita(24, 17))
    await clock(town, wita(25, 8))
    await clock(town, wita(25, 17))
    assert above.last.text.startswith("Belum lapor di Samarinda Ulu: 1 petugas.\n• PTPS 012 Sidodadi")
    assert "ke 1 petugas" in await above.taps("Ingatkan lagi")
    with town.store.begin() as book:
        send_all(book, town.now)
    assert reminded(siti) == 3
    assert "Siapa yang sudah ditelepon?" in await above.taps("Sudah ditelepon")
    assert "Dicatat: Siti Contoh" in await above.taps("Siti Contoh")
    with town.store.reading() as book:
        [call] = book.calls.of(1)
        assert call.by == "person:3"
    await above.taps("Lihat daftar")
    assert "(ditelepon Senin 25 Nov, 17.0" in above.last.text
    assert "baru saja diingatkan" in await above.taps("Ingatkan lagi")


async def test_nobody_else_may_ask_for_the_silent(town: Town) -> None:
    siti = town.siti()
    await siti.says("halo")
    for key in (f"e:show:{ULU}", f"e:again:{ULU}", f"e:called:{ULU}:1", "e:show:", "e:show:x", "e:"):
        assert "tidak berlaku" in (await siti.sends(choice=key)).text
    stranger = town.phone(Channel.TELEGRAM, "99")
    for key in (f"e:show:{ULU}", f"e:again:{ULU}", "b:wait", "b:nihil:1"):
        reply = await stranger.sends(choice=key)
        assert "Siti" not in reply.text
    assert states(town) == ["open"]
    assert town.failed() == []


async def test_a_number_of_another_peers_row_does_nothing(town: Town) -> None:
    """Oki taps a button that he cannot have."""
    oki = town.phone(Channel.WHATSAPP, "+628000000013")
    await oki.says("halo")
    assert "tidak ditunggu lagi" in (await oki.sends(choice="b:nihil:1")).text
    assert states(town) == ["open"]


async def withhold(town: Town, now: datetime) -> None:
    """Siti is to be reminded outside her window, and no template is approved."""
    town.now = now
    with town.store.begin() as book:
        send_all(book, now)
    await Ticker(town.store, reminders(), lambda: now.astimezone(UTC)).look()
    with town.store.begin() as book:
        [errand] = book.outbox.claim(now, 45, 10, "d")
        assert book.window.approach(errand.id, errand.address_id, now, 0) == "withheld"


async def test_whatsapp_lets_a_reminder_out_when_they_write(town: Town) -> None:
    siti = town.siti()
    await siti.says("halo")
    await withhold(town, wita(25, 17))
    await siti.says("halo")
    with town.store.begin() as book:
        send_all(book, town.now)
        assert book.window.count_withheld() == 0
        kept = book.outbox.latest(siti_address(town), 10)
    assert [one.state for one in kept if "belum kami terima" in one.reply.text] == ["sent"]


async def test_but_not_when_what_they_write_is_the_report(town: Town) -> None:
    siti = town.siti()
    await siti.says("halo")
    await withhold(town, wita(25, 17))
    await siti.says("nihil")
    with town.store.begin() as book:
        send_all(book, town.now)
        kept = book.outbox.latest(siti_address(town), 10)
    assert [one.state for one in kept if "belum kami terima" in one.reply.text] == ["dropped"]
    assert states(town) == ["nihil"]


def siti_address(town: Town) -> int:
    with town.store.reading() as book:
        met = book.addresses.find(Address(Channel.WHATSAPP, "our", "+628000000012"))
    assert met
    return met.id
