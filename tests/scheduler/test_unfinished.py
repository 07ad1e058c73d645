"""Who left a report lying is asked once, in their language, where they can be reached."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.forms import FormShelf
from core.dialogue.filling.reminding import remind
from core.dialogue.session import from_json
from core.model.messages import Address, Channel, Incoming, Reply
from core.speech.layout import SMS, fit
from core.speech.texts import texts
from scheduler.ticker import Ticker
from scheduler.unfinished import NAME, unfinished
from storage.spoken import Spoken
from storage.store import Store
from storage.tables import tick
from tests.small_house import SmallHouse, small_house

BEGUN = datetime(2024, 11, 27, 0, 20, tzinfo=UTC)
SITI = "+628000000012"
"""Of the small house: PTPS of TPS 012."""


@dataclass
class Days:
    """Siti's telephone, and the mornings that come after."""

    house: SmallHouse
    clock: Callable[[], datetime]

    def __post_init__(self) -> None:
        self.now = BEGUN
        self.count = 0

    async def says(self, *words: str, channel: Channel = Channel.SMS) -> None:
        for text in words:
            self.count += 1
            peer = SITI if channel is not Channel.TELEGRAM else "4471"
            address = Address(channel, "our", peer)
            await self.house.turns.hear(Incoming(f"m{self.count}", address, self.now, text), b"{}")

    async def morning(self, days: float) -> list[Reply]:
        """What the clock says at eight, so many days after it all began."""
        self.now = datetime(2024, 11, 27, 0, 0, 30, tzinfo=UTC) + timedelta(days=days)
        before = {one.id for one in self.heard()}
        shelf = FormShelf(lambda: self.now)
        job = unfinished(shelf, "Asia/Makassar", "id")
        await Ticker(self.house.store, (job,), lambda: self.now).look()
        return [one.reply for one in self.heard() if one.id not in before]

    def heard(self) -> list[Spoken]:
        with self.house.store.reading() as book:
            ids = [met.id for met in book.addresses.of_person(1)]
            return [one for met in sorted(ids) for one in book.outbox.conversation(met)]


@pytest.fixture
def days(store: Store, tmp_path: Path) -> Days:
    made: list[Days] = []
    house = small_house(store, tmp_path, lambda: made[0].now if made else BEGUN)
    made.append(Days(house, house.clock))
    return made[0]


async def begin(days: Days, channel: Channel = Channel.SMS) -> None:
    await days.says("mulai", "Laporan pembukaan", "07:20", channel=channel)


async def test_two_quiet_days_later_they_are_asked_how_to_go_on(days: Days) -> None:
    await begin(days)
    assert await days.morning(1) == []
    assert await days.morning(2) == []  # at eight it has not yet been two days
    [asked] = await days.morning(3)
    assert asked.text == "Laporan Anda tadi baru sampai soal 2. Lanjut?"
    [button] = asked.choices
    assert button.label == "Lanjut"
    assert await days.morning(4) == []


async def test_on_a_sunday_and_at_night_nobody_is_asked(days: Days) -> None:
    await begin(days)
    assert await days.morning(4) == [], "the first of December is a Sunday"
    assert await days.morning(4 + 19 / 24) == [], "made up for at three in the night"
    assert len(await days.morning(5)) == 1


async def test_the_button_goes_on_where_they_stood(days: Days) -> None:
    await begin(days)
    [asked] = await days.morning(3)
    address = Address(Channel.SMS, "our", SITI)
    tap = Incoming("tap", address, days.now, choice=asked.choices[0].key)
    await days.house.turns.hear(tap, b"{}")
    assert "Apa sebabnya terlambat?" in days.heard()[-1].reply.text


async def test_by_sms_a_bare_number_stays_an_answer(days: Days) -> None:
    await begin(days)
    [asked] = await days.morning(3)
    [part] = fit(asked, SMS, texts("id"))
    assert "1" not in part.text.replace("soal 2", "")
    await days.says("lanjut")
    assert "Apa sebabnya terlambat?" in days.heard()[-1].reply.text


async def test_who_went_on_is_asked_again_only_about_another_report(days: Days) -> None:
    await begin(days)
    assert len(await days.morning(3)) == 1
    await days.says("lanjut")
    assert await days.morning(6) == [], "the same report, a second time"
    await days.says("batal", "ya", "mulai", "Laporan pembukaan", "07:30")
    assert len(await days.morning(9)) == 1


async def test_nobody_is_asked_about_what_is_filed_thrown_away_or_practice(days: Days) -> None:
    await days.says("mulai", "latihan", "Laporan pembukaan", "07:20")
    assert await days.morning(3) == []
    await days.says("batal", "ya", "selesai latihan", "Laporan pembukaan", "07:20", "batal", "ya")
    assert await days.morning(6) == []


async def test_who_lost_the_post_is_left_in_peace(days: Days) -> None:
    await begin(days)
    with days.house.store.begin() as book:
        person = book.people.get(1)
        assert person is not None
        book.people.vacate(person.posts[0].id, days.now)
    assert await days.morning(3) == []


async def test_whatsapp_is_closed_by_then_and_another_way_is_taken(days: Days) -> None:
    await begin(days, Channel.WHATSAPP)
    assert await days.morning(3) == []
    with days.house.store.begin() as book:
        met = book.addresses.meet(Address(Channel.TELEGRAM, "our", "4471"), BEGUN)
        book.addresses.link(met.id, 1)
    assert len(await days.morning(5)) == 1


async def test_last_months_is_forgotten(days: Days) -> None:
    await begin(days)
    assert await days.morning(40) == []


async def test_everybody_quiet_is_asked_and_the_clock_says_how_many(days: Days) -> None:
    await begin(days)
    with days.house.store.begin() as book:
        state = book.sessions.open("person:1")
        assert state
        book.sessions.keep("person:2", state, BEGUN)  # Oki: it is for a post that is not his
        book.sessions.keep("address:99", state, BEGUN)
        book.sessions.keep("person:77", state, BEGUN)
    await days.morning(3)
    with days.house.store.reading() as book:
        noted = {row.job: row.outcome for row in book.connection.execute(tick.select())}
    assert noted[NAME] == "1 asked"


async def test_what_only_lacks_the_sending_is_told_so(days: Days) -> None:
    await begin(days)
    with days.house.store.begin() as book:
        filling = from_json(str(book.sessions.open("person:1"))).filling
        plan = FormShelf(days.clock).catalogue(book).newest("buka")
    assert filling is not None
    assert plan is not None
    whole = {"dibuka": "06:50:00.000+08:00", "hadir": "12", "foto": "", "tempat": ""}
    filled = replace(filling, answers=replace(filling.answers, values=whole))
    assert remind(filled, plan, "en", BEGUN).text.startswith("Your report is complete")
