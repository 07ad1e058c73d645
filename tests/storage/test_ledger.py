"""A report closes what its post owes, in the report's own transaction; withdrawn, it is owed again."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import event

from core.dialogue.filling.summary import NIHIL
from core.model.effects import Filed, Revised
from core.model.messages import Channel
from core.model.records import Report, Standing
from storage.book import Book
from storage.duties import open_periods
from storage.record import Origin, record
from storage.store import Store
from tests.core.elections.samples import duty
from tests.storage.duties import AIR_PUTIH, DAILY, enact, expected, hire, person_of, settle, wita
from tests.storage.samples import CHAT, corrected, filed


@pytest.fixture
def book(store: Store) -> Book:
    """Two posts that owe a report of each quiet day; it is the third."""
    with store.begin() as book:
        settle(book)
        hire(book, 1)
        hire(book, 2, AIR_PUTIH)
        enact(book, DAILY)
        open_periods(book, wita(26, 7))
        yield book


def send(book: Book, number: str, at: datetime, *, post: int = 1, practice: bool = False) -> Report:
    report = filed(number, person_of(book, post), post, at, practice=practice)
    do(book, Filed(report), at)
    return report


def do(book: Book, effect: Filed | Revised, at: datetime) -> None:
    met = book.addresses.meet(CHAT, at)
    record(book, [effect], Origin(met.id, None, Channel.TELEGRAM, None, at))


def withdraw(book: Book, report: Report, at: datetime) -> None:
    latest = replace(report.latest, serial=2, standing=Standing.WITHDRAWN, reason="salah TPS", filed_at=at)
    do(book, Revised(report.number, latest), at)


def days(book: Book, post: int = 1) -> dict[int, tuple[str, str | None]]:
    """What became of each day of a post."""
    return {
        (row.due_at + timedelta(hours=8)).day: (row.state, row.report)
        for row in expected(book)
        if row.post_id == post
    }


def test_it_closes_the_day_it_was_filed_on_and_no_other_post(book: Book) -> None:
    send(book, "P-1", wita(26, 9))
    assert days(book) == {24: ("open", None), 25: ("open", None), 26: ("filed", "P-1")}
    assert {state for state, _ in days(book, 2).values()} == {"open"}
    assert [row.told_at for row in expected(book) if row.report] == [wita(26, 9)]


def test_a_second_report_makes_up_for_the_day_before(book: Book) -> None:
    for number, hour in (("P-1", 9), ("P-2", 10), ("P-3", 11), ("P-4", 12)):
        send(book, number, wita(26, hour))
    assert {day: number for day, (_, number) in days(book).items()} == {26: "P-1", 25: "P-2", 24: "P-3"}


def test_a_late_report_is_for_the_day_before_until_the_next_begins(book: Book) -> None:
    send(book, "P-1", wita(26, 5, 30))
    assert days(book)[25] == ("filed", "P-1")
    assert days(book)[26] == ("open", None)


def test_after_its_due_it_still_closes_the_day(book: Book) -> None:
    send(book, "P-1", wita(26, 22))
    assert days(book)[26] == ("filed", "P-1")


def test_the_one_that_is_due_first_comes_first(book: Book) -> None:
    """A week and a day are owed on the same form: the day is due first, whichever was opened first."""
    enact(book, DAILY, duty("sepekan", "weekly", "masa-tenang", due=DAILY.due), now=wita(26, 7))
    open_periods(book, wita(26, 8))
    for number, hour in (("P-1", 9), ("P-2", 10)):
        send(book, number, wita(26, hour))
    told = {row.report: (row.duty, row.due_at) for row in expected(book) if row.report}
    assert set(told) == {"P-1", "P-2"}
    assert all(due == wita(26, 20) for _, due in told.values())


def test_practice_another_form_and_nobodys_report_close_nothing(book: Book) -> None:
    send(book, "P-1", wita(26, 9), practice=True)
    book.ledger.close(replace(filed("P-2", 1, 1, wita(26, 9)), form="logistik"))
    book.ledger.close(filed("P-3", 1, None, wita(26, 9)))
    assert {state for state, _ in days(book).values()} == {"open"}


def test_nihil_is_told_too_and_may_become_a_report(book: Book) -> None:
    report = filed("P-1", person_of(book, 1), 1, wita(26, 9))
    nothing = replace(report, revisions=(replace(report.latest, flags=(NIHIL,)),))
    do(book, Filed(nothing), wita(26, 9))
    assert days(book)[26] == ("nihil", "P-1")
    do(book, Revised("P-1", corrected(nothing, "ternyata ada")), wita(26, 10))
    assert days(book)[26] == ("filed", "P-1")
    assert [row.told_at for row in expected(book) if row.report] == [wita(26, 9)]


def test_what_is_withdrawn_is_owed_again_and_told_anew(book: Book) -> None:
    report = send(book, "P-1", wita(26, 9))
    withdraw(book, report, wita(26, 10))
    assert days(book)[26] == ("open", None)
    assert [row.told_at for row in expected(book) if row.told_at] == []
    send(book, "P-2", wita(26, 11))
    assert days(book)[26] == ("filed", "P-2")


def test_a_second_report_stands_in_for_the_withdrawn_one(book: Book) -> None:
    for number, hour in (("P-1", 9), ("P-2", 10), ("P-3", 11)):
        send(book, number, wita(26, hour))
    first = send(book, "P-4", wita(26, 12))
    assert "P-4" not in {number for _, number in days(book).values()}, "nothing was left to close"
    report = book.reports.get("P-1")
    assert report
    withdraw(book, report, wita(26, 13))
    assert days(book)[26] == ("filed", first.number)
    assert [row.told_at for row in expected(book) if row.report == "P-4"] == [wita(26, 12)]


def test_practice_that_is_withdrawn_opens_nothing(book: Book) -> None:
    send(book, "P-1", wita(26, 9))
    practice = send(book, "P-2", wita(26, 10), practice=True)
    withdraw(book, practice, wita(26, 11))
    assert days(book)[26] == ("filed", "P-1")


def test_filing_costs_one_statement_more(book: Book) -> None:
    said: list[str] = []
    event.listen(book.connection, "before_cursor_execute", lambda *call: said.append(call[2]))
    send(book, "P-1", wita(26, 9))
    assert [statement.split()[:2] for statement in said if "expectation" in statement] == [
        ["UPDATE", "expectation"]
    ]


def test_report_and_ledger_stand_or_fall_together(store: Store) -> None:
    with store.begin() as book:
        settle(book)
        hire(book, 1)
        enact(book, DAILY)
        open_periods(book, wita(24, 7))
    with pytest.raises(ZeroDivisionError), store.begin() as book:
        send(book, "P-1", wita(24, 9))
        assert days(book)[24][0] == "filed"
        raise ZeroDivisionError
    with store.reading() as book:
        assert days(book)[24] == ("open", None)
        assert book.reports.get("P-1") is None
