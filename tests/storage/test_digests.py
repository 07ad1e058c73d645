"""A known week, number by number, out of what was told through the storage; the past stays as it was."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

import pytest
from sqlalchemy import event, update

from core.digests.digest import CaseCount, Day, Decision, Digest, FormCount, Tally, Topic
from core.digests.text import digest_text
from core.model.effects import Revised
from core.model.records import Standing
from storage.areas import UnknownArea
from storage.book import Book
from storage.store import Store
from storage.tables import case_exclusion, person
from tests.storage.duties import wita
from tests.storage.known_week import AT_SEVEN, MONDAY, later, live, tell
from tests.storage.samples import filed

Told = tuple[Book, Mapping[str, int]]


@pytest.fixture
def told(store: Store) -> Iterator[Told]:
    with store.begin() as book:
        yield book, live(book)


def counted(book: Book, area: str = "64") -> Digest:
    return book.digests.count(area, MONDAY, AT_SEVEN)


def test_what_was_expected_and_what_came_of_it(told: Told) -> None:
    digest = counted(told[0])
    assert digest.tally == Tally(expected=5, filed=2, nihil=1, silent=2, late=1, vacant=1)
    assert digest.before == Tally(expected=6, filed=3, nihil=1, silent=2)
    parts = {part.code: part for part in digest.parts}
    assert parts["64.72"].tally == Tally(3, 2, 1, 0, 1, 1)
    assert parts["64.02"].tally == Tally(2, 0, 0, 2)
    assert parts["64.72"].before == Tally(4, 3, 0, 1)
    assert len(parts) == 10
    assert digest.days == tuple(
        Day(MONDAY.replace(day=18 + n), *((2, 1, 5) if n == 5 else (0, 0, 0))) for n in range(7)
    )
    assert digest.forms == (
        FormCount("ptps-pungut", {"id": "Laporan pemungutan"}, digest.tally, digest.before),
    )


def test_who_is_silent(told: Told) -> None:
    book, posts = told
    silences = counted(book).silences
    assert [(one.post, one.owed, one.since) for one in silences] == [
        (posts["c1"], 1, wita(23, 18)),
        (posts["c2"], 1, wita(23, 18)),
    ]


def test_cases_by_procedure_state_and_clock(told: Told) -> None:
    tips, findings = sorted(counted(told[0]).cases, key=lambda one: one.procedure)
    figures = (tips.opened, tips.closed, tips.open, tips.overdue, tips.due_soon)
    assert (tips.procedure, figures) == ("informasi-awal", (2, 1, 2, 1, 1))
    assert tips.by_state == {"diterima": 2}
    assert tips.state_labels["diterima"]["id"]
    assert tips.title["id"]
    assert (findings.procedure, findings.opened, findings.open, findings.overdue) == ("temuan", 1, 1, 0)
    assert counted(told[0]).findings == 1
    [kukar] = counted(told[0], "64.02").cases
    assert (kukar.opened, kukar.closed, kukar.open) == (1, 1, 0)
    assert counted(told[0], "64.02.06").cases == (), "the kecamatan hears of no case"


def test_what_has_to_be_decided(told: Told) -> None:
    book = told[0]
    due = {"K-222-AAA": 21, "K-111-AAA": 26}
    cases = [
        Decision("case", number, "64.72", "Samarinda", MONDAY.replace(day=day)) for number, day in due.items()
    ]
    assert counted(book).decisions[:2] == tuple(cases)
    assert counted(book).decisions[2:] == (Decision("topic", "logistik", "64.02", "Kutai Kartanegara", None),)
    here = counted(book, "64.72").decisions
    assert {one.place for one in here} == {"Samarinda Ulu"}


def test_no_word_of_any_case_is_in_it(told: Told) -> None:
    for area in ("64", "64.72"):
        whole = repr(counted(told[0], area))
        assert "amplop" not in whole
        assert "Tuan Contoh" not in whole


def topic(digest: Digest, name: str) -> Topic:
    return next(one for one in digest.topics if one.name == name)


def test_topics_are_put_together(told: Told) -> None:
    book = told[0]
    kukar, province = counted(book, "64.02"), counted(book)
    assert topic(kukar, "logistik").mark == "masalah", "nobody said so of Kukar itself"
    assert topic(kukar, "logistik").troubled == ("Tenggarong",)
    assert (topic(kukar, "keamanan").mark, topic(kukar, "keamanan").note) == ("perhatian", "Debat ricuh")
    assert topic(province, "keamanan").troubled == ("Kutai Kartanegara",)
    assert topic(province, "tahapan").mark == "belum", "nine of ten have not said"
    assert topic(counted(book, "64.72"), "tahapan").mark == "aman"
    parts = {part.code: part.topics for part in province.parts}
    assert (parts["64.02"]["logistik"], parts["64.72"]["tahapan"]) == ("masalah", "aman")
    district = counted(book, "64.02.06")
    assert (topic(district, "logistik").mark, topic(district, "logistik").note) == (
        "masalah",
        "Bilik belum tiba",
    )


def test_who_has_sent_the_week_up(told: Told) -> None:
    digest = counted(told[0])
    sent = {part.code: part.confirmation for part in digest.parts if part.confirmation}
    assert sent.keys() == {"64.72"}
    assert (sent["64.72"].at, sent["64.72"].by, sent["64.72"].note) == (
        wita(24, 21),
        "Umi Contoh",
        "Aman terkendali",
    )
    assert len(digest.late_parts) == 9
    assert "Kutai Kartanegara" in digest.late_parts
    assert counted(told[0], "64.72").confirmation == sent["64.72"]


def test_goods_are_those_of_the_latest_report_that_stood_then(told: Told) -> None:
    book = told[0]
    goods = {one.name: (one.complete, one.lacking) for one in counted(book).logistics}
    assert goods == {"tinta": (1, 1), "bilik": (2, 0)}
    assert counted(book, "64.02").logistics == (), "the only report was withdrawn"


def test_the_stage_is_that_of_the_weeks_last_day(told: Told) -> None:
    assert counted(told[0]).stage["id"] == "masa-tenang"


def test_the_name_is_bare_and_the_level_its_own(told: Told) -> None:
    book = told[0]
    named = {
        area: (counted(book, area).name, counted(book, area).level) for area in ("64", "64.72", "64.02.06")
    }
    assert named == {
        "64": ("Kalimantan Timur", "province"),
        "64.72": ("Samarinda", "regency"),
        "64.02.06": ("Tenggarong", "district"),
    }
    with pytest.raises(UnknownArea):
        counted(book, "99")


def test_the_text_says_it(told: Told) -> None:
    lines = digest_text(counted(told[0], "64.02"), "id").splitlines()
    assert lines[0] == "Desk Senin 25 Nov — Kutai Kartanegara, 18–24 Nov"
    assert lines[1] == "Belum masuk: semua 2 laporan (Tenggarong 2)"
    assert "Logistik (Tenggarong)" in "\n".join(lines)


def test_what_becomes_known_later_does_not_change_the_past(told: Told) -> None:
    """Nothing was kept: it is counted anew of what was known then."""
    book, posts = told
    areas = ("64", "64.72", "64.02", "64.02.06")
    before = {area: counted(book, area) for area in areas}
    later(book, posts)
    for area in areas:
        after = counted(book, area)
        assert after.tally == before[area].tally, area
        assert (after.parts, after.days, after.forms) == (
            before[area].parts,
            before[area].days,
            before[area].forms,
        )
        assert (after.silences, after.logistics) == (before[area].silences, before[area].logistics)
        assert (after.topics, after.confirmation) == (before[area].topics, before[area].confirmation)
        assert [states(one) for one in after.cases] == [states(one) for one in before[area].cases]


def states(one: CaseCount) -> tuple[object, ...]:
    """All but the clocks: of those that ended since nothing is known."""
    return one.procedure, one.opened, one.closed, one.open, dict(one.by_state)


def test_what_was_told_says_the_same_for_good(told: Told) -> None:
    """Even when a report is withdrawn, a case moves, somebody is renamed: it is kept."""
    book, posts = told
    before = book.digests.of("64", AT_SEVEN)
    book.digests.keep(before, AT_SEVEN)
    later(book, posts)
    gone = replace(filed("P-A1-2", 1, posts["a1"], wita(28, 9)).latest, serial=2)
    tell(book, Revised("P-A1-2", replace(gone, standing=Standing.WITHDRAWN)), wita(28, 9))
    book.connection.execute(update(person).values(name="Lain Contoh"))
    assert book.digests.count("64", MONDAY, AT_SEVEN) != before
    assert book.digests.of("64", AT_SEVEN) == before
    book.digests.keep(replace(before, findings=77), AT_SEVEN)
    assert book.digests.of("64", AT_SEVEN) == before, "kept once"


def test_nobody_reads_of_a_case_that_is_kept_from_them(told: Told) -> None:
    book = told[0]
    exclude(book, "K-222-AAA", "person:99")
    hidden = book.digests.hidden_from("person:99", "64")
    assert hidden == {"K-222-AAA"}
    assert book.digests.hidden_from("person:99", "64.02") == frozenset()
    assert book.digests.hidden_from("person:1", "64") == frozenset()
    for is_kept in (False, True):
        digest = book.digests.of("64.72", AT_SEVEN, hidden)
        assert "K-222-AAA" not in repr(digest)
        assert next(one for one in digest.cases if one.procedure == "informasi-awal").open == 1
        assert digest.topics == book.digests.of("64.72", AT_SEVEN).topics
        if not is_kept:
            book.digests.keep(book.digests.of("64.72", AT_SEVEN), AT_SEVEN)


def exclude(book: Book, number: str, actor: str) -> None:
    book.connection.execute(case_exclusion.insert(), {"case_number": number, "actor": actor})


def test_a_digest_takes_few_statements(told: Told) -> None:
    book = told[0]
    asked: list[object] = []
    event.listen(book.connection, "before_cursor_execute", lambda *call: asked.append(call[2]))
    counted(book)
    assert len(asked) <= 32, len(asked)


def test_an_election_elsewhere_is_not_its_stage(told: Told) -> None:
    book = told[0]
    assert counted(book, "64.72").stage
    assert book.digests.count("61", MONDAY, AT_SEVEN).stage == {}
