"""Campaign events: brought again they change, once begun a report of each is owed by who was to be there."""

from dataclasses import replace
from datetime import timedelta

from core.elections.events import CampaignEvent
from core.model.people import Role
from storage.book import Book
from storage.duties import Made, open_periods
from storage.store import Store
from tests.core.elections.samples import duty
from tests.storage.duties import MELAYU, SIDODADI, enact, expected, hire, person_of, settle, states, wita
from tests.storage.samples import filed

NOON = wita(20, 12)
RALLY = CampaignEvent(
    "STTP/1", SIDODADI, "Lapangan", wita(22, 9), wita(22, 12), "Tim Contoh", "rapat umum", "01"
)
OTHER = replace(RALLY, number="STTP/2", area=MELAYU, starts_at=wita(22, 14), ends_at=wita(22, 16))
EVENT_DUTY = duty("acara", "per-event", "kampanye", roles=frozenset({Role.PKD}), after_hours=24)


def take(book: Book, *events: CampaignEvent) -> list[tuple[str, ...] | None]:
    """Bring a schedule; gives what it changes, None for what is new."""
    compared = book.events.compare(events)
    book.events.save(compared, NOON)
    return [change.names if change.before else None for change in compared]


def ready(book: Book) -> int:
    settle(book)
    post = hire(book, 1, role=Role.PKD)
    enact(book, EVENT_DUTY)
    return post


def test_a_schedule_brought_again_changes_what_differs(store: Store) -> None:
    with store.begin() as book:
        settle(book)
        assert take(book, RALLY, OTHER) == [None, None]
        assert take(book, RALLY, OTHER) == [(), ()]
        moved = replace(RALLY, place="Gedung", starts_at=wita(22, 10))
        assert take(book, moved, OTHER) == [("place", "starts_at"), ()]
        assert book.events.get(*RALLY.key) == moved
        assert book.events.between(wita(22, 0), wita(23, 0)) == [moved, OTHER]
        assert book.events.between(wita(22, 0), wita(23, 0), "64.02") == [OTHER]
        assert book.events.between(wita(22, 11), wita(22, 14)) == []


def test_comparing_alone_writes_nothing(store: Store) -> None:
    with store.begin() as book:
        settle(book)
        assert [change.before for change in book.events.compare([RALLY])] == [None]
        assert book.events.get(*RALLY.key) is None


def test_a_report_is_owed_once_it_has_begun(store: Store) -> None:
    with store.begin() as book:
        post = ready(book)
        take(book, RALLY, OTHER)
        assert open_periods(book, wita(22, 8, 59)) == Made()
        assert open_periods(book, wita(22, 9)) == Made(0, 1)
        assert open_periods(book, wita(22, 19)) == Made(), "nobody is PKD where the other one is"
        [row] = expected(book)
        assert (row.post_id, row.period, row.due_at) == (post, wita(22, 9), wita(23, 12))
        assert (row.duty, row.form, row.area, row.role) == ("acara", "ptps-pungut", SIDODADI, "pkd")
        assert row.event_id is not None


def test_two_events_at_one_time_are_two_reports(store: Store) -> None:
    with store.begin() as book:
        post = ready(book)
        take(book, RALLY, replace(RALLY, number="STTP/9"))
        assert open_periods(book, wita(22, 10)) == Made(0, 2)
        for number, hour in (("P-1", 12), ("P-2", 13)):
            report = filed(number, person_of(book, post), post, wita(22, hour))
            book.reports.file(report)
            book.ledger.close(report)
        assert [row.report for row in expected(book)] == ["P-1", "P-2"]


def test_the_kecamatans_supervisors_may_be_asked_too(store: Store) -> None:
    with store.begin() as book:
        settle(book)
        posts = {hire(book, number, "64.72.03", role=Role.PANWASCAM) for number in (1, 2)}
        enact(book, replace(EVENT_DUTY, roles=frozenset({Role.PKD, Role.PANWASCAM})))
        take(book, RALLY)
        open_periods(book, wita(22, 10))
        assert {row.post_id for row in expected(book)} == posts


def test_what_was_over_when_it_was_brought_is_not_owed(store: Store) -> None:
    with store.begin() as book:
        ready(book)
        take(book, replace(RALLY, starts_at=wita(18, 9), ends_at=wita(18, 12)))
        assert open_periods(book, wita(20, 13)) == Made()


def test_outside_of_stage_and_area_nothing_is_owed(store: Store) -> None:
    quiet = replace(RALLY, starts_at=wita(24, 9), ends_at=wita(24, 10))
    with store.begin() as book:
        settle(book)
        hire(book, 1, role=Role.PKD)
        enact(book, replace(EVENT_DUTY, areas=frozenset({"64.02"})))
        take(book, RALLY, quiet)
        assert open_periods(book, wita(25, 9)) == Made()


def test_a_cancelled_event_is_not_owed_and_one_that_takes_place_again_is(store: Store) -> None:
    with store.begin() as book:
        ready(book)
        take(book, RALLY)
        open_periods(book, wita(22, 10))
        assert take(book, replace(RALLY, is_cancelled=True)) == [("is_cancelled",)]
        assert open_periods(book, wita(22, 11)) == Made()
        assert states(book) == []
        take(book, RALLY)
        assert open_periods(book, wita(22, 11)) == Made(0, 1)


def test_what_was_told_of_an_event_stays_told_when_it_moves(store: Store) -> None:
    with store.begin() as book:
        post = ready(book)
        take(book, RALLY)
        open_periods(book, wita(22, 10))
        report = filed("P-1", person_of(book, post), post, wita(22, 11))
        book.reports.file(report)
        book.ledger.close(report)
        take(book, replace(RALLY, ends_at=wita(22, 13)))
        assert open_periods(book, wita(22, 14)) == Made()
        assert states(book) == ["filed"]


def test_an_event_that_moves_before_it_was_told_is_due_anew(store: Store) -> None:
    with store.begin() as book:
        ready(book)
        take(book, RALLY)
        open_periods(book, wita(22, 10))
        take(book, replace(RALLY, ends_at=RALLY.ends_at + timedelta(hours=2)))
        open_periods(book, wita(22, 10))
        assert [row.due_at for row in expected(book)] == [wita(23, 14)]
