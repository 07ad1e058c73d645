"""Who is silent below somebody, counted for each part, with what kept their reminder from them."""

from datetime import time, timedelta

import pytest
from sqlalchemy import select, update

from core.elections.humane import EVERYWHERE
from core.model.areas import Level
from core.model.effects import Filed
from core.model.messages import Channel
from core.model.people import Role
from storage.book import Book
from storage.duties import open_periods
from storage.record import Origin, record
from storage.reminding import chase, remind_some
from storage.silence import Looked
from storage.store import Store
from storage.tables import expectation
from tests.core.elections.samples import duty
from tests.storage.duties import (
    AIR_PUTIH,
    BEFORE,
    DAILY,
    MELAYU,
    SIDODADI,
    enact,
    hire,
    person_of,
    settle,
    wita,
)
from tests.storage.reachable import phone_of
from tests.storage.samples import CHAT, filed

ULU = "64.72.03"
EVENING = wita(25, 17)


@pytest.fixture
def book(store: Store) -> Book:
    """On the second of the quiet days: seven posts in Samarinda Ulu, one in Kutai Kartanegara."""
    with store.begin() as book:
        settle(book)
        for number in range(1, 8):
            hire(book, number, SIDODADI if number < 6 else AIR_PUTIH, tps=number)
        hire(book, 8, MELAYU)
        book.people.vacate(hire(book, 9, tps=9), BEFORE)
        enact(book, DAILY)
        open_periods(book, wita(25, 7))
        yield book


def tell(book: Book, post: int, times: int = 1) -> None:
    for number in range(times):
        at = wita(25, 9, number)
        met = book.addresses.meet(CHAT, at)
        report = filed(f"P-{post}-{number}", person_of(book, post), post, at)
        record(book, [Filed(report)], Origin(met.id, None, Channel.TELEGRAM, None, at))


def test_the_silent_of_a_kecamatan_the_most_overdue_first(book: Book) -> None:
    tell(book, 1, 2)
    silent = book.silent.read(ULU, EVENING)
    assert silent
    assert (silent.name, silent.total) == ("Samarinda Ulu", 6)
    assert [one.post for one in silent.shown] == [2, 3, 4, 5, 6, 7]
    assert silent.shown[0].since == wita(24, 20)
    assert silent.shown[0].holder == "Pengawas 2 Contoh"


def test_today_is_no_silence_until_it_is_due(book: Book) -> None:
    tell(book, 1)
    silent = book.silent.read(ULU, EVENING)
    assert silent
    assert next(one.owed for one in silent.shown if one.post == 1) == 1
    later = book.silent.read(ULU, wita(25, 20))
    assert later
    assert {one.post: one.owed for one in later.shown}[2] == 2


def test_nobody_is_phoned_or_reminded_for_an_hour_that_is_gone(book: Book) -> None:
    """Of six hours of voting day the last may be told still at half past one, at two none."""
    hourly = duty("jam", "hourly", "pungut-hitung", time(13), opens=time(7))
    enact(book, hourly, now=wita(27, 6))
    phone_of(book, 1)
    for hour in range(7, 13):
        open_periods(book, wita(27, hour))
    silent, gone = (book.silent.read(ULU, wita(27, hour, minute)) for hour, minute in ((13, 30), (14, 0)))
    assert silent
    assert (silent.total, silent.shown[0].owed) == (7, 1)
    assert gone
    assert (gone.total, gone.shown) == (0, ())
    assert ULU not in book.silent.areas("Asia/Makassar", Level.DISTRICT, wita(27, 14))
    assert chase(book, ULU, wita(27, 13, 30)).reports == 7
    book.connection.execute(update(expectation).values(reminded=2, reminded_at=wita(27, 9)))
    assert chase(book, ULU, wita(27, 14)).reports == 0
    assert set(book.connection.execute(select(expectation.c.reminded)).scalars()) == {2}


def test_each_part_of_a_regency_with_the_most_in_front(book: Book) -> None:
    silent = book.silent.read("64.72", EVENING)
    province = book.silent.read("64", EVENING)
    assert silent
    assert province
    assert silent.parts == (("Samarinda Ulu", 7),)
    assert province.parts == (("Kota Samarinda", 7), ("Kabupaten Kutai Kartanegara", 1))
    assert province.total == 8


def test_those_who_look_after_the_area_are_not_in_their_own_list(book: Book) -> None:
    book.people.assign(person_of(book, 1), Role.PANWASCAM, ULU, BEFORE)
    enact(book, DAILY, duty("desk", roles=frozenset({Role.PANWASCAM})), now=wita(24, 8))
    open_periods(book, wita(25, 8))
    silent = book.silent.read(ULU, EVENING)
    assert silent
    assert silent.total == 7
    assert all(one.area != ULU for one in silent.shown)
    above = book.silent.read("64.72", EVENING)
    assert above
    assert above.total == 8


def test_what_kept_the_reminder_from_them(book: Book) -> None:
    for post in range(1, 7):
        phone_of(book, post)
    remind_some(book, "Asia/Makassar", EVERYWHERE, wita(25, 8), wita(25, 8))
    claimed = book.outbox.claim(wita(25, 8), 45, 100, "d")
    by_person = {}
    for one in claimed:
        met = book.addresses.get(one.address_id)
        assert met
        by_person[met.person_id] = one
    book.window.approach(by_person[1].id, by_person[1].address_id, wita(25, 8), 0)
    book.outbox.park(by_person[2].id, "blocked")
    for person in (3, 4, 5, 6):
        book.outbox.sent(by_person[person].id, f"p{person}", 1, wita(25, 8))
    book.reminders.postpone([3, 4], wita(26, 8), wita(25, 9))
    silent = book.silent.read(ULU, wita(25, 9, 30))
    assert silent
    assert (silent.unreachable, silent.withheld, silent.failed, silent.postponed) == (1, 1, 1, 2)
    assert (silent.recently, silent.to_be_reminded) == (0, 4)
    sooner = book.silent.read(ULU, wita(25, 8, 59))
    assert sooner
    assert (sooner.recently, sooner.to_be_reminded) == (4, 0)


def test_whoever_was_phoned_today_is_not_asked_about_again(book: Book) -> None:
    book.calls.note(2, "person:30", wita(25, 16))
    book.calls.note(3, "person:30", wita(24, 21))
    asked = book.silent.read(ULU, EVENING, Looked(uncalled=True))
    assert asked
    assert [one.post for one in asked.shown] == [1, 3, 4, 5, 6, 7]
    listed = book.silent.read(ULU, EVENING)
    assert listed
    assert {one.post: one.called for one in listed.shown if one.called} == {
        2: wita(25, 16),
        3: wita(24, 21),
    }


def test_page_by_page(book: Book) -> None:
    first = book.silent.read(ULU, EVENING, Looked(page=0, size=3))
    last = book.silent.read(ULU, EVENING, Looked(page=2, size=3))
    assert first
    assert last
    assert [one.post for one in first.shown] == [1, 2, 3, 4, 5]
    assert [one.post for one in last.shown] == [7]


def test_the_one_that_a_tap_is_about_if_still_silent(book: Book) -> None:
    tell(book, 1, 2)
    told = book.silent.read(ULU, EVENING, Looked(post=1))
    there = book.silent.read(ULU, EVENING, Looked(post=7))
    elsewhere = book.silent.read(ULU, EVENING, Looked(post=8))
    assert told
    assert there
    assert elsewhere
    assert (told.asked, elsewhere.asked) == (None, None)
    assert there.asked
    assert there.asked.post == 7


def test_only_where_somebody_is_silent(book: Book) -> None:
    for post in range(1, 8):
        tell(book, post, 2)
    assert book.silent.areas("Asia/Makassar", Level.DISTRICT, EVENING) == ["64.02.06"]
    assert book.silent.areas("Asia/Makassar", Level.REGENCY, EVENING) == ["64.02"]
    assert book.silent.areas("Asia/Jakarta", Level.DISTRICT, EVENING) == []
    assert book.silent.areas("Asia/Makassar", Level.DISTRICT, wita(24, 19)) == []


def test_after_some_days_it_is_the_digests(book: Book) -> None:
    silent = book.silent.read(ULU, EVENING + timedelta(days=7))
    assert silent
    assert silent.total == 0


def test_no_such_area(book: Book) -> None:
    assert book.silent.read("99.99", EVENING) is None
