"""What happens is told with it, in its transaction: to whoever may see it, and nothing of practice."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import event

from core.model.cases import NoteKind
from core.model.effects import Confirmed, Effect, Filed, Noted, Opened, Revised
from core.model.people import Role
from storage.book import Book
from storage.hook_record import tell_of_verifying
from storage.record import Origin, record
from storage.store import Store
from tests.storage.case_samples import case, follow, noted, opened
from tests.storage.hooked import claimed, hooked, overseer
from tests.storage.kaltim import NOW, VILLAGE, appoint, settle
from tests.storage.samples import corrected, filed, publish

SILENT = Origin.silent(NOW)
STATION = f"{VILLAGE}.012"


@pytest.fixture
def house(store: Store) -> Store:
    with store.begin() as book:
        settle(book)
        follow(book)
        publish(book)
    return store


def bodies(book: Book) -> list[dict[str, object]]:
    return [json.loads(one.body) for one in claimed(book)]


def kinds(book: Book) -> list[object]:
    return [one["type"] for one in bodies(book)]


def brought(**changes: object) -> Opened:
    return opened(is_theirs=False, **changes)


def written(book: Book, *, practice: bool = False) -> Filed:
    person = appoint(book)
    holder = book.people.get(person)
    assert holder
    return Filed(filed("P-1", person, holder.posts[0].id, practice=practice, catatan="kata siapa"))


def test_a_report_filed_revised_verified(house: Store) -> None:
    with house.begin() as book:
        hooked(book, "64.72")
        first = written(book)
        change = corrected(first.report, "salah ketik", catatan="kata siapa pula")
        record(book, [first, Revised("P-1", change)], SILENT)
        report = book.reports.get("P-1")
        assert report
        tell_of_verifying(book, report, book.reports.area_of("P-1"), NOW)
        told = bodies(book)
    assert [one["type"] for one in told] == ["report.filed", "report.revised", "report.verified"]
    common = {"number": "P-1", "form": "ptps-pungut", "area": STATION, "address": "/api/v1/reports/P-1"}
    assert [one["data"] for one in told] == [
        common | {"serial": 1, "standing": "filed"},
        common | {"serial": 2, "standing": "corrected"},
        common | {"serial": 2, "standing": "corrected"},
    ]


def test_a_case_opened_and_moved(house: Store) -> None:
    with house.begin() as book:
        hooked(book, "64.72")
        record(book, [brought()], SILENT)
        moved = noted(case(), NoteKind.MOVED, "rahasia", state="telusuri")
        aside = noted(moved.case, NoteKind.NOTED, "rahasia")
        record(book, [moved, aside], SILENT)
        told = bodies(book)
    assert [one["type"] for one in told] == ["case.opened", "case.moved"]
    assert "rahasia" not in str(told)
    assert told[1]["data"]["state"] == "telusuri"  # type: ignore[index]


def test_a_week_sent_up(house: Store) -> None:
    with house.begin() as book:
        hooked(book)
        sent = Confirmed("64.72", date(2024, 11, 18), False, "catatan", "staff:3", "Vina Contoh")
        record(book, [sent], SILENT)
        [told] = bodies(book)
    week = {"area": "64.72", "week": "2024-11-18", "address": "/api/v1/digests/64.72/2024-11-18"}
    assert told["data"] == week


@pytest.mark.parametrize("area", ["64.02", "64.72.09"])
def test_nothing_of_another_area_goes_out(house: Store, area: str) -> None:
    with house.begin() as book:
        hooked(book, area)
        sent = Confirmed("64.72", date(2024, 11, 18), False, "", "staff:3", "Vina Contoh")
        moved = noted(case(), NoteKind.MOVED, state="telusuri")
        record(book, [written(book), brought(), moved, sent], SILENT)
        assert kinds(book) == []


def test_nothing_of_practice(house: Store) -> None:
    with house.begin() as book:
        hooked(book)
        first = written(book, practice=True)
        change = Revised("P-1", corrected(first.report, "x"))
        moved = noted(case(practice=True), NoteKind.MOVED, state="telusuri")
        record(book, [first, change, brought(practice=True), moved], SILENT)
        assert kinds(book) == []


def test_a_case_that_its_owner_may_not_see_is_not_told(house: Store) -> None:
    """Also when they were excluded after it was written down, before it was sent."""
    with house.begin() as book:
        tono = overseer(book)
        rina = book.staff.add("rina@contoh.example", "Rina Contoh", Role.PROVINSI, "64", NOW)
        his, _ = hooked(book, owner=tono)
        hers, _ = hooked(book, owner=rina)
        record(book, [brought()], SILENT)
        assert len(book.hook_outbox.of(his.id)) == 1
        excluded = noted(case(), NoteKind.EXCLUDED, excluded=frozenset({tono.actor.key}))
        record(book, [excluded], SILENT)
        assert [one.hook_id for one in claimed(book)] == [hers.id]
        assert [one.state for one in book.hook_outbox.of(his.id)] == ["dropped"]
        moved = replace(excluded.case, state="telusuri", serial=3)
        record(book, [Noted(moved, replace(excluded.note, serial=3, kind=NoteKind.MOVED))], SILENT)
        assert [one.hook_id for one in claimed(book)] == [hers.id]


def test_what_is_rolled_back_is_told_to_nobody(house: Store) -> None:
    with house.begin() as book:
        made, _ = hooked(book)
    with pytest.raises(ZeroDivisionError), house.begin() as book:
        record(book, [written(book), brought()], SILENT)
        assert len(book.hook_outbox.of(made.id)) == 2
        raise ZeroDivisionError
    with house.reading() as book:
        assert book.hook_outbox.of(made.id) == []


def test_it_costs_nothing_where_nobody_listens_and_one_statement_where_many_do(house: Store) -> None:
    def costs(effects: Sequence[Effect]) -> list[str]:
        statements: list[str] = []
        with house.begin() as book:
            event.listen(book.connection, "before_cursor_execute", lambda *call: statements.append(call[2]))
            record(book, effects, SILENT)
        return statements

    def happenings(last: str) -> tuple[Sequence[Effect], ...]:
        number, act = f"K-7K2-M9{last}", f"P-{last}"
        began = brought(number=number, code="")
        moved = noted(began.case, NoteKind.MOVED, state="telusuri")
        week = Confirmed("64.72", date(2024, 11, 18), False, "", "staff:3", "Vina Contoh")
        return [Filed(replace(report, number=act))], [began], [moved], [week]

    with house.begin() as book:
        report = written(book).report
    alone = [costs(effects) for effects in happenings("A")]
    assert not [one for told in alone for one in told if one.startswith("INSERT INTO hook_delivery")]
    with house.begin() as book:
        for _ in range(5):
            hooked(book)
    heard = [costs(effects) for effects in happenings("B")]
    assert [len(one) for one in heard] == [len(one) + 1 for one in alone]
