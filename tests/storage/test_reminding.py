"""A reminder reaches the right people once, stops when the report comes in, and loses nothing else by it."""

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest
from sqlalchemy import event, select, update

from core.dialogue.filling.summary import NIHIL
from core.model.effects import Called, Chased, Effect, Filed, Postponed
from core.model.messages import Channel
from core.model.people import Role
from core.model.records import Report
from storage.book import Book
from storage.duties import open_periods
from storage.mailing import OWED, PATIENT
from storage.record import Origin, record
from storage.reminding import Reminded, remind_some
from storage.store import Store
from storage.tables import expectation, outbox
from tests.core.elections.samples import duty
from tests.storage.duties import (
    AIR_PUTIH,
    BEFORE,
    DAILY,
    SIDODADI,
    enact,
    expected,
    hire,
    person_of,
    settle,
    wita,
)
from tests.storage.reachable import phone_of, reach, said, send_all, waiting
from tests.storage.samples import CHAT, FORM, filed, publish

MAKASSAR = "Asia/Makassar"
OTHER = "logistik"


@pytest.fixture
def book(store: Store) -> Book:
    """Two supervisors who owe a report of each quiet day by 20.00, and one who never wrote to us."""
    with store.begin() as book:
        settle(book)
        publish(book, replace(FORM, name=OTHER, title={"id": "Logistik", "en": "Logistics"}))
        for number, village in enumerate((SIDODADI, AIR_PUTIH, SIDODADI), 1):
            hire(book, number, village, tps=number)
        phone_of(book, 1)
        phone_of(book, 2)
        enact(book, DAILY)
        open_periods(book, wita(24, 8))
        yield book


def remind(book: Book, now: datetime) -> Reminded:
    return remind_some(book, MAKASSAR, {""}, now, now)


def file(book: Book, post: int, at: datetime, number: str = "P-1", closes: int | None = None) -> Report:
    report = filed(number, person_of(book, post), post, at)
    do(book, Filed(report, closes), at, person_of(book, post))
    return report


def do(book: Book, effect: Effect, at: datetime, person: int | None = None) -> None:
    met = book.addresses.meet(CHAT, at)
    record(book, [effect], Origin(met.id, person, Channel.TELEGRAM, None, at))


def test_each_is_written_to_once_before_and_once_after(book: Book) -> None:
    counted = [remind(book, wita(24, hour)) for hour in (16, 17, 18, 19, 20, 21)]
    assert [one.reminded for one in counted] == [0, 2, 0, 0, 2, 0]
    assert [person for person, _ in said(book)] == [1, 2, 1, 2]


def test_whoever_cannot_be_reached_is_counted_not_forgotten(book: Book) -> None:
    assert remind(book, wita(24, 17)) == Reminded(2, 3, 1)
    assert remind(book, wita(24, 17)) == Reminded()


def test_it_speaks_their_language_and_tells_of_the_form_by_its_title(book: Book) -> None:
    book.people.speak(2, "en", BEFORE)
    remind(book, wita(24, 17))
    (_, to_siti), (_, to_john) = said(book)
    assert to_siti.text.startswith("Laporan pemungutan dari PTPS 001 Sidodadi, Samarinda Ulu belum kami")
    assert "has not reached us yet" in to_john.text


def test_several_posts_and_duties_are_one_message(book: Book) -> None:
    book.people.assign(1, Role.PTPS, book.areas.add_tps(SIDODADI, 9).code, BEFORE)
    enact(book, DAILY, duty("logistik", "daily", form=OTHER), now=wita(24, 8))
    open_periods(book, wita(24, 9))
    remind(book, wita(24, 17))
    [words] = [reply.text for person, reply in said(book) if person == 1]
    assert words.count("•") == 3
    assert "dan 1 lagi." in words


def test_the_later_takes_the_place_of_one_that_never_went_out(book: Book) -> None:
    remind(book, wita(24, 17))
    remind(book, wita(24, 20))
    assert waiting(book) == [1, 2]
    assert len(said(book)) == 4


def test_after_the_report_nothing_goes_out_any_more(book: Book) -> None:
    remind(book, wita(24, 17))
    file(book, 1, wita(24, 17, 5))
    assert send_all(book, wita(24, 17, 6)) == [2]
    assert remind(book, wita(24, 20)).reminded == 1
    assert [person for person, _ in said(book)][2:] == [2]


def test_also_when_somebody_is_about_to_send_it(book: Book) -> None:
    """Leased: if the try fails, there is none after it; if it went through, so it stands."""
    remind(book, wita(24, 17))
    first, second = book.outbox.claim(wita(24, 17), 45, 10, "delivery")
    file(book, 1, wita(24, 17, 1))
    file(book, 2, wita(24, 17, 1), "P-2")
    book.outbox.again(first.id, wita(24, 17, 2), "away")
    book.outbox.sent(second.id, "p2", 1, wita(24, 17, 1))
    assert book.outbox.claim(wita(25, 17), 45, 10, "delivery") == []
    states = dict(book.connection.execute(select(outbox.c.id, outbox.c.state)).all())
    assert states == {first.id: "dropped", second.id: "sent"}


def test_also_when_it_waits_for_whatsapp(book: Book) -> None:
    address = phone_of(book, 1, Channel.WHATSAPP, wita(24, 9))
    remind(book, wita(24, 17))
    [mine] = [one for one in book.outbox.claim(wita(24, 17), 45, 10, "d") if one.address_id == address]
    assert book.window.approach(mine.id, address, wita(25, 17), 0) == "withheld"
    file(book, 1, wita(25, 17, 1))
    book.addresses.meet(mine.address, wita(25, 18))
    assert waiting(book) == [2]


def test_what_else_stood_in_it_is_asked_for_again(book: Book) -> None:
    enact(book, DAILY, duty("logistik", "daily", form=OTHER), now=wita(24, 8))
    open_periods(book, wita(24, 9))
    remind(book, wita(24, 17))
    file(book, 1, wita(24, 17, 5))
    assert remind(book, wita(24, 18)).reminded == 1
    words = [reply.text for person, reply in said(book) if person == 1]
    assert "Logistik dari" in words[-1]
    assert "Laporan pemungutan" not in words[-1]


def test_a_reminder_that_went_out_is_not_repeated_for_the_rest(book: Book) -> None:
    enact(book, DAILY, duty("logistik", "daily", form=OTHER), now=wita(24, 8))
    open_periods(book, wita(24, 9))
    remind(book, wita(24, 17))
    send_all(book, wita(24, 17))
    file(book, 1, wita(24, 17, 5))
    assert remind(book, wita(24, 18)) == Reminded()


def test_nihil_closes_the_very_day_it_is_said_of(book: Book) -> None:
    """On the morning after, today's report is owed too and due next."""
    open_periods(book, wita(25, 7))
    yesterday, today = (row for row in expected(book) if row.post_id == 1)
    report = filed("P-1", 1, 1, wita(25, 8))
    nothing = replace(report, revisions=(replace(report.latest, flags=(NIHIL,)),))
    do(book, Filed(nothing, yesterday.id), wita(25, 8))
    assert [(row.id, row.state) for row in expected(book) if row.post_id == 1] == [
        (yesterday.id, "nihil"),
        (today.id, "open"),
    ]


@pytest.mark.parametrize("which", ["another post's", "closed"])
def test_a_row_that_is_not_theirs_or_not_open_closes_what_is_due(book: Book, which: str) -> None:
    mine = next(row for row in expected(book) if row.post_id == 1)
    wrong = next(row for row in expected(book) if row.post_id == 2)
    if which == "closed":
        open_periods(book, wita(25, 7))
        file(book, 1, wita(24, 9))
        mine, wrong = next(row for row in expected(book) if row.post_id == 1 and row.report is None), mine
    file(book, 1, wita(25, 9), "P-2", wrong.id)
    assert next(row.report for row in expected(book) if row.id == mine.id) == "P-2"
    assert next(row.report for row in expected(book) if row.id == wrong.id) != "P-2"


def test_filing_costs_one_statement_more_and_practice_none(book: Book) -> None:
    remind(book, wita(24, 17))
    send_all(book, wita(24, 17))
    statements: list[str] = []
    event.listen(book.connection, "before_cursor_execute", lambda *call: statements.append(call[2]))
    file(book, 1, wita(24, 18))
    touched = [one for one in statements if one.startswith(("UPDATE outbox", "UPDATE expectation"))]
    assert [one.split()[1] for one in touched] == ["expectation", "outbox"]
    statements.clear()
    do(book, Filed(filed("P-9", 2, 2, wita(24, 18), practice=True)), wita(24, 18))
    assert not [one for one in statements if one.startswith(("UPDATE outbox", "UPDATE expectation"))]


def test_a_report_that_was_not_owed_stops_nothing(book: Book) -> None:
    remind(book, wita(24, 17))
    other = replace(filed("P-1", 1, 1, wita(24, 18)), form=OTHER)
    do(book, Filed(other), wita(24, 18))
    assert waiting(book) == [1, 2]


def test_tomorrow_takes_back_what_is_under_way(book: Book) -> None:
    remind(book, wita(24, 17))
    do(book, Postponed((1,), wita(25, 8)), wita(24, 17, 1), 1)
    assert waiting(book) == [2]
    assert remind(book, wita(24, 20)).reminded == 1
    assert remind(book, wita(25, 8)).reminded == 1
    assert [person for person, _ in said(book)] == [1, 2, 2, 1]


def test_reminded_once_more_at_once_and_no_second_time_within_the_hour(book: Book) -> None:
    for hour in (17, 20):
        remind(book, wita(24, hour))
        send_all(book, wita(24, hour))
    for minute in (0, 30, 59):
        do(book, Chased("64.72.03"), wita(25, 9, minute))
    assert [person for person, _ in said(book)][4:] == [1, 2]
    do(book, Chased("64.72.03"), wita(25, 10))
    assert [person for person, _ in said(book)][6:] == [1, 2]


def test_at_night_it_waits_for_the_morning_of_the_post(book: Book) -> None:
    do(book, Chased("64.72.03"), wita(24, 22))
    assert send_all(book, wita(25, 7, 59)) == []
    assert send_all(book, wita(25, 8)) == [1, 2]


def test_a_call_is_kept_with_who_made_it(book: Book) -> None:
    do(book, Called(1, "person:30", "tidak diangkat"), wita(24, 21))
    [call] = book.calls.of(1)
    assert (call.by, call.at, call.note) == ("person:30", wita(24, 21), "tidak diangkat")
    assert book.calls.last([1, 2], wita(24, 21)) == {1: wita(24, 21)}
    assert book.calls.last([1, 2], wita(24, 20)) == {}


def test_the_web_chat_is_taken_only_where_there_is_nothing_else(book: Book) -> None:
    reach(book, 1, Channel.WEBCHAT, wita(24, 9))
    reach(book, 3, Channel.WEBCHAT, wita(24, 9))
    reach(book, 2, Channel.TERMINAL, wita(24, 9))
    ways = book.mailing.ways([1, 2, 3])
    assert {person: way.channel for person, way in ways.items()} == {
        1: Channel.TELEGRAM,
        2: Channel.TELEGRAM,
        3: Channel.WEBCHAT,
    }


def test_on_voting_day_nobody_may_wait_for_tomorrow(book: Book) -> None:
    enact(book, DAILY, duty("pungut", "once", "pungut-hitung"), now=wita(24, 8))
    open_periods(book, wita(27, 9))
    book.connection.execute(update(expectation).where(expectation.c.duty == "harian").values(state="void"))
    remind(book, wita(27, 18))
    assert all("b:wait" not in {choice.key for choice in reply.choices} for _, reply in said(book))
    assert said(book)


HOURLY = duty("jam", "hourly", "pungut-hitung", time(13), opens=time(7), grace_minutes=30)


def test_voting_day_is_one_message_an_hour_and_only_of_that_hour(book: Book) -> None:
    """What was asked for at eight is not said again at nine; at noon there is a new reason: all is said."""
    voting = duty("pungut", "once", "pungut-hitung", time(15), form=OTHER)
    enact(book, DAILY, HOURLY, voting, now=wita(26, 8))
    open_periods(book, wita(27, 7))
    book.connection.execute(
        update(expectation).where(expectation.c.due_at < wita(26, 0)).values(state="void")
    )
    for hour in range(8, 15):
        open_periods(book, wita(27, hour))
        remind(book, wita(27, hour))
        send_all(book, wita(27, hour, 1))
    told = [reply.text for person, reply in said(book) if person == 1]
    assert [" jam " in words for words in told] == [True] * 6
    for hour, words in enumerate(told, 8):
        assert f" jam {hour - 1:02}.00–{hour:02}.00" in words
        assert words.count(" jam ") == 1
        assert " jam " in words.replace("Yang masih kami tunggu dari Bapak/Ibu:\n", "").splitlines()[0]
    assert ["Selasa 26 Nov" in words for words in told] == [True, False, False, False, True, False]
    assert ["Logistik" in words for words in told] == [False] * 4 + [True, False]


@pytest.mark.parametrize(
    ("filed_at", "hour"),
    [((8, 10), 7), ((8, 30), 7), ((8, 31), 8), ((8, 59), 8), ((13, 29), 12), ((13, 45), 12)],
)
def test_a_report_is_of_the_hour_that_can_be_told_still(
    book: Book, filed_at: tuple[int, int], hour: int
) -> None:
    enact(book, HOURLY, now=wita(27, 6))
    for opened in range(7, filed_at[0] + 1):
        open_periods(book, wita(27, opened))
    file(book, 1, wita(27, *filed_at))
    [row] = [row for row in expected(book) if row.report]
    assert (row.duty, row.post_id, row.period) == ("jam", 1, wita(27, hour))


def test_whoever_was_asked_for_an_hour_is_not_chased_for_it(book: Book) -> None:
    """It is overdue at 08.40: the next message comes at nine."""
    enact(book, HOURLY, now=wita(27, 6))
    open_periods(book, wita(27, 7))
    remind(book, wita(27, 8))
    do(book, Chased("64.72.03"), wita(27, 8, 40))
    assert [person for person, _ in said(book)] == [1, 2]


def test_whoever_tells_before_the_hour_is_over_is_not_asked(book: Book) -> None:
    enact(book, HOURLY, now=wita(27, 6))
    for hour in (7, 8):
        open_periods(book, wita(27, hour))
        file(book, 1, wita(27, hour, 5), f"P-{hour}")
        remind(book, wita(27, hour + 1))
    assert [person for person, _ in said(book)] == [2, 2]


def test_some_hundred_people_take_a_dozen_statements(store: Store) -> None:
    def statements(count: int) -> int:
        with store.begin() as book:
            people = [person.id for person in book.people.every()]
            book.connection.execute(update(expectation).values(reminded=0))
            said: list[str] = []
            event.listen(book.connection, "before_cursor_execute", lambda *call: said.append(call[2]))
            done = remind_some(book, MAKASSAR, {""}, wita(24, 17), wita(24, 17), count)
            assert done.reminded == count <= len(people)
            return len(said)

    with store.begin() as book:
        settle(book)
        for number in range(1, 121):
            phone_of(book, hire(book, number, tps=number))
        enact(book, DAILY)
        open_periods(book, wita(24, 8))
    assert statements(20) == statements(120) <= 16


def test_many_at_once_stand_in_the_outbox_as_one_would(book: Book) -> None:
    """The same row as `Outbox.put` makes, but for its topic."""
    remind(book, wita(24, 17))
    one = book.outbox.put(phone_of(book, 1), said(book)[0][1], wita(24, 17), topic="other", priority=PATIENT)
    rows = book.connection.execute(
        select(outbox).where(outbox.c.id.in_([1, one])).order_by(outbox.c.id)
    ).all()
    kept = [
        {name: value for name, value in row._mapping.items() if name not in ("id", "topic", "reply_sealed")}
        for row in rows
    ]
    assert kept[0] == kept[1]
    assert rows[0].topic == OWED


def test_old_claims_stay_answerable_for_two_weeks(book: Book) -> None:
    assert book.reminders.claims([1], wita(24, 20) + timedelta(days=13))
    assert not book.reminders.claims([1], wita(24, 20) + timedelta(days=14))
