"""The database counts what a loop over the same rows counts: random posts, holders, reports and moments."""

import random
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event, insert, text

from core.digests.digest import Tally
from core.digests.span import Span, week
from core.model.areas import within
from core.model.people import Role
from core.model.records import Standing
from storage.book import Book
from storage.store import Store
from storage.tables import case_file, expectation, holding, person, post, procedure_version
from tests.storage.duties import BEFORE, MELAYU, SIDODADI, settle, wita
from tests.storage.kaltim import province
from tests.storage.samples import FORM, filed, publish

MONDAY = date(2024, 11, 18)
AT_SEVEN = wita(25, 7)
SEEDS = (7, 64)
VILLAGES = [one.code for one in province() if one.code.count(".") == 3][::120]
FORMS = (FORM.name, "logistik")


@dataclass(frozen=True, slots=True)
class Owed:
    post: int
    area: str
    form: str
    due: datetime
    state: str
    told: datetime | None
    passes: datetime | None = None
    """Set for what is asked for by the hour."""


@dataclass(frozen=True, slots=True)
class Held:
    post: int
    since: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class World:
    owed: tuple[Owed, ...]
    held: tuple[Held, ...]

    def tally(
        self, span: Span, chosen: Callable[[Owed], bool] = lambda _: True, *, by_hour: bool = False
    ) -> Tally:
        """As one would count by hand."""
        filed = nihil = silent = late = vacant = 0
        for one in self.owed:
            if one.state == "void" or not (span.start <= one.due < span.end) or not chosen(one):
                continue
            if by_hour is (one.passes is None):
                continue
            if not within(one.area, span.area):
                continue
            if one.told and one.told <= span.moment:
                filed += one.state == "filed"
                nihil += one.state == "nihil"
                late += one.told > one.due
            elif one.due <= span.moment:
                is_held = self.is_held(one.post, span.moment)
                silent += is_held
                vacant += not is_held
        return Tally(filed + nihil + silent, filed, nihil, silent, late, vacant)

    def is_held(self, post_id: int, moment: datetime) -> bool:
        return any(
            one.post == post_id and one.since <= moment and (one.until is None or one.until > moment)
            for one in self.held
        )

    def silences(self, span: Span) -> list[tuple[int, int, datetime]]:
        dues: defaultdict[int, list[datetime]] = defaultdict(list)
        for one in self.owed:
            there = span.start <= one.due < span.end and within(one.area, span.area) and one.state != "void"
            is_told = one.told is not None and one.told <= span.moment
            is_gone = one.passes is not None and one.passes <= span.moment
            if (
                there
                and not is_told
                and not is_gone
                and one.due <= span.moment
                and self.is_held(one.post, span.moment)
            ):
                dues[one.post].append(one.due)
        found = [(post_id, len(due), min(due)) for post_id, due in dues.items()]
        return sorted(found, key=lambda one: (one[2], one[0]))


def make(seed: int) -> World:
    """Two weeks of a few villages: some posts vacant, some changed hands, all sorts of answers."""
    dice = random.Random(seed)
    owed: list[Owed] = []
    held: list[Held] = []
    for number, village in enumerate(dice.sample(VILLAGES, 8) * 5, 1):
        area = f"{village}.{number:03}" if number % 4 else village
        changed = BEFORE - timedelta(days=dice.randint(0, 9)) + timedelta(hours=dice.randint(0, 200))
        match dice.randrange(4):
            case 0:
                held.append(Held(number, BEFORE - timedelta(days=30), changed))
            case 1:
                held += [Held(number, BEFORE - timedelta(days=30), changed), Held(number, changed, None)]
            case 2:
                held.append(Held(number, BEFORE - timedelta(days=30), None))
        for day in range(20):
            due = wita(8, 20) + timedelta(days=day, hours=dice.choice((0, 0, 3, 4, 5)))
            state = dice.choice(("open", "open", "filed", "nihil", "void"))
            told = due + timedelta(minutes=dice.randint(-900, 900)) if state in ("filed", "nihil") else None
            passes = due + timedelta(hours=1) if dice.randrange(5) == 0 else None
            owed.append(Owed(number, area, dice.choice(FORMS), due, state, told, passes))
    return World(tuple(owed), tuple(held))


def write(book: Book, world: World) -> None:
    areas = {one.post: one.area for one in world.owed}
    for area in set(areas.values()):
        if area.count(".") == 4:
            book.areas.add_tps(area.rpartition(".")[0], int(area[-3:]))
    rows = [
        {
            "id": number,
            "role": "ptps" if area.count(".") == 4 else "pkd",
            "area": area,
            "seat": number,
            "zone": "Asia/Makassar",
        }
        for number, area in areas.items()
    ]
    book.connection.execute(insert(post), rows)
    who = {"id": 1, "name": "Budi Contoh", "language": "", "created_at": BEFORE, "updated_at": BEFORE}
    book.connection.execute(insert(person), who)
    book.connection.execute(
        insert(holding),
        [{"post_id": one.post, "person_id": 1, "since": one.since, "until": one.until} for one in world.held],
    )
    book.connection.execute(insert(expectation), list(_rows(world)))


def _rows(world: World) -> Iterator[dict[str, object]]:
    for number, one in enumerate(world.owed):
        yield {
            "election": "coba",
            "duty": f"tugas-{number}",
            "form": one.form,
            "post_id": one.post,
            "area": one.area,
            "role": "ptps",
            "period": one.due - timedelta(hours=14),
            "due_at": one.due,
            "state": one.state,
            "told_at": one.told,
            "passes_at": one.passes,
            "reminded": 0,
        }


@pytest.fixture(params=SEEDS)
def counted(request: pytest.FixtureRequest, store: Store) -> Iterator[tuple[Book, World]]:
    world = make(request.param)
    with store.begin() as book:
        settle(book)
        write(book, world)
        yield book, world


def spans(world: World) -> list[Span]:
    areas = [
        "64",
        "64.72",
        *sorted({".".join(one.area.split(".")[:n]) for one in world.owed[:60:20] for n in (2, 3, 4)}),
    ]
    moments = (AT_SEVEN, wita(20, 12), wita(30, 0))
    return [week(area, MONDAY, moment) for area in areas for moment in moments]


def test_every_figure_is_that_of_a_count_by_hand(counted: tuple[Book, World]) -> None:
    book, world = counted
    for span in spans(world):
        assert book.tallies.tally(span) == world.tally(span), span
        for part in book.tallies.parts(span):
            inside = part.code
            assert part.tally == world.tally(span, lambda one, of=inside: within(one.area, of)), part
            assert part.before == world.tally(span.before(), lambda one, of=inside: within(one.area, of)), (
                part
            )
        for number, day in enumerate(book.tallies.days(span)):
            alone = world.tally(Span(span.area, MONDAY + timedelta(days=number), 1, span.moment))
            assert (day.filed, day.nihil, day.due) == (alone.filed, alone.nihil, alone.expected), day
        for form in book.tallies.forms(span):
            assert form.tally == world.tally(span, lambda one, of=form.form: one.form == of)
            assert form.before == world.tally(span.before(), lambda one, of=form.form: one.form == of)


def test_counted_in_one_go_it_is_the_same(counted: tuple[Book, World]) -> None:
    book, world = counted
    for span in spans(world):
        counts = book.tallies.counts(span)
        assert (counts.tally, counts.before) == (world.tally(span), world.tally(span.before())), span
        assert (counts.days, counts.forms) == (book.tallies.days(span), book.tallies.forms(span)), span
        for form in counts.hours:
            assert form.tally == world.tally(span, lambda one, of=form.form: one.form == of, by_hour=True)
            assert form.before == world.tally(
                span.before(), lambda one, of=form.form: one.form == of, by_hour=True
            )
        assert sum(form.tally.expected for form in counts.hours) == world.tally(span, by_hour=True).expected
        for part in book.tallies.parts(span):
            assert counts.parts.get(part.code, Tally()) == part.tally
            assert counts.parts_before.get(part.code, Tally()) == part.before


def test_days_and_parts_add_up_to_the_whole(counted: tuple[Book, World]) -> None:
    book, _ = counted
    span = week("64", MONDAY, AT_SEVEN)
    whole, days, parts = book.tallies.tally(span), book.tallies.days(span), book.tallies.parts(span)
    assert whole.expected > 100
    assert sum(day.due for day in days) == whole.expected == sum(part.tally.expected for part in parts)
    assert sum(day.filed for day in days) == whole.filed == sum(part.tally.filed for part in parts)
    assert len(parts) == 10, "also those of which nothing was expected"


def test_the_silent_are_those_that_a_hand_would_pick_page_by_page(counted: tuple[Book, World]) -> None:
    book, world = counted
    for span in spans(world):
        found: list[tuple[int, int, datetime]] = []
        after: tuple[datetime, int] | None = None
        while page := book.tallies.silences(span, 4, after):
            found += [(one.post, one.owed, one.since) for one in page]
            after = page[-1].since, page[-1].post
        assert found == world.silences(span), span
        assert len({one[0] for one in found}) == len(found)


def test_a_silence_says_who_and_where_and_when_they_were_last_heard(store: Store) -> None:
    with store.begin() as book:
        settle(book)
        post_id = hire_one(book)
        for number, day in (("P-1", 10), ("P-2", 12), ("P-3", 26)):
            book.reports.file(filed(number, 1, post_id, wita(day, 9)))
        book.reports.file(filed("P-4", 1, post_id, wita(13, 9), practice=True))
        withdrawn = replace(
            filed("P-5", 1, post_id, wita(14, 9)).latest, standing=Standing.WITHDRAWN, serial=2
        )
        book.reports.file(filed("P-5", 1, post_id, wita(14, 9)))
        book.reports.revise("P-5", withdrawn)
        write_owed(book, post_id, wita(24, 18))
        [silence] = book.tallies.silences(week("64.72", MONDAY, AT_SEVEN))
    assert (silence.post, silence.role, silence.area) == (post_id, "ptps", f"{SIDODADI}.001")
    assert silence.place[:3] == ("TPS 001", "Sidodadi", "Samarinda Ulu")
    assert silence.place[3:] == ("Kota Samarinda", "Kalimantan Timur")
    assert (silence.holder, silence.owed, silence.since) == ("Ani Contoh", 1, wita(24, 18))
    assert silence.last_told == wita(12, 9), "not what came later, in practice, or was taken back"


def test_nothing_at_all_is_counted_as_nothing(store: Store) -> None:
    with store.begin() as book:
        settle(book)
        span = week("64.72.03.1005", MONDAY, AT_SEVEN)
        assert book.tallies.tally(span) == Tally()
        assert book.tallies.silences(span) == book.tallies.forms(span) == ()
        assert [day.due for day in book.tallies.days(span)] == [0] * 7
        assert book.tallies.findings(span) == 0
        assert book.tallies.parts(week("64.72.03.1005.001", MONDAY, AT_SEVEN)) == ()


def test_a_form_is_called_by_its_title(store: Store) -> None:
    with store.begin() as book:
        settle(book)
        publish(book, replace(FORM, version="2", title={"id": "Judul baru"}))
        write_owed(book, hire_one(book), wita(24, 18))
        [form] = book.tallies.forms(week("64", MONDAY, wita(27, 9)))
        [then] = book.tallies.forms(week("64", MONDAY, AT_SEVEN))
    assert form.title == {"id": "Judul baru"}
    assert then.title == FORM.title, "a past week says what it said"


def test_findings_are_reports_that_opened_a_case(store: Store) -> None:
    with store.begin() as book:
        settle(book)
        post_id = hire_one(book)
        made = {"name": "temuan", "version": "1", "law": "pilkada", "source": "", "published_at": BEFORE}
        other = made | {"name": "sengketa"}
        book.connection.execute(insert(procedure_version), [made, other])
        cases = [
            ("K-1", "temuan", SIDODADI, wita(20, 9), False),
            ("K-2", "temuan", SIDODADI, wita(17, 9), False),
            ("K-3", "temuan", MELAYU, wita(20, 9), False),
            ("K-4", "temuan", SIDODADI, wita(20, 9), True),
            ("K-5", "sengketa", SIDODADI, wita(20, 9), False),
        ]
        for number, procedure, area, at, practice in cases:
            book.reports.file(filed(f"P-{number}", 1, post_id, at, practice=practice))
            open_case(book, number, procedure, area, at, practice)
        assert book.tallies.findings(week("64.72", MONDAY, AT_SEVEN)) == 1
        assert book.tallies.findings(week("64", MONDAY, AT_SEVEN)) == 2
        taken_back = replace(filed("P-K-1", 1, post_id).latest, standing=Standing.WITHDRAWN, serial=2)
        book.reports.revise("P-K-1", taken_back)
        assert book.tallies.findings(week("64.72", MONDAY, AT_SEVEN)) == 0


def open_case(book: Book, number: str, procedure: str, area: str, at: datetime, practice: bool) -> None:
    row = {"number": number, "procedure": procedure, "version": "1", "state": "s", "secrecy": "resmi"}
    row |= {"area": area, "office": area[:5], "assigned": "", "official": "", "result": "", "serial": 1}
    times = {"opened_at": at, "entered_at": at, "due_at": at + timedelta(days=2)}
    flags = {"practice": practice, "held": False, "awaits": False, "report": f"P-{number}"}
    book.connection.execute(insert(case_file), {**row, **times, **flags})


def hire_one(book: Book) -> int:
    who = book.people.save("Ani Contoh", "+628000000001", BEFORE)
    station = book.areas.add_tps(SIDODADI, 1).code
    return book.people.assign(who, Role.PTPS, station, BEFORE)


def write_owed(book: Book, post_id: int, due: datetime) -> None:
    owed = Owed(post_id, f"{SIDODADI}.001", FORM.name, due, "open", None)
    book.connection.execute(insert(expectation), list(_rows(World((owed,), ()))))


def test_the_count_of_an_area_goes_by_its_index(store: Store) -> None:
    """PostgreSQL reads a table of no rows whole, and rightly, unless it is told not to."""
    with store.begin() as book:
        is_sqlite = book.connection.dialect.name == "sqlite"
        if not is_sqlite:
            book.connection.execute(text("SET LOCAL enable_seqscan = off"))
        asked: list[tuple[str, Any]] = []
        event.listen(book.connection, "before_cursor_execute", lambda *call: asked.append(call[2:4]))
        book.tallies.tally(week("64.72", MONDAY, AT_SEVEN))
        book.tallies.silences(week("64.72", MONDAY, AT_SEVEN))
        for statement, given in asked[:2]:
            explained = f"{'EXPLAIN QUERY PLAN' if is_sqlite else 'EXPLAIN'} {statement}"
            plan = str(book.connection.exec_driver_sql(explained, given).all())
            assert "ix_expectation_area_due_at" in plan
            assert "ix_holding_post_id" in plan or "uq_holding_post_id_now" in plan
