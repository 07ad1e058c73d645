from datetime import date

from core.digests.digest import Decision
from core.digests.tables import Share
from core.digests.tables_of_matters import DEFINED, cases, decisions, definitions, goods, topics
from tests.core.digests.weeks import KUKAR, replace


def test_each_procedure_has_a_line_and_one_a_state() -> None:
    rows = cases(KUKAR, "id").rows
    assert rows[0] == ("Informasi awal", "Semua yang terbuka", 12, 9, 6, 1, 2)
    assert [row[1:3] for row in rows[1:3]] == [("Diterima", 5), ("Ditelusuri", 7)]


def test_the_states_of_open_cases_add_up_to_them() -> None:
    for count in KUKAR.cases:
        assert sum(count.by_state.values()) == count.open


def test_what_has_no_day_is_decided_last() -> None:
    three = (
        Decision("topic", "logistik", "64", "", None),
        Decision("case", "K-2", "64", "Tabang", date(2024, 11, 28)),
        Decision("case", "K-1", "64", "", date(2024, 11, 26)),
    )
    rows = decisions(replace(KUKAR, decisions=three), "id").rows
    assert [row[0] for row in rows] == ["K-1", "K-2, Tabang", "Logistik"]


def test_goods_have_their_share() -> None:
    assert goods(KUKAR, "en").rows[1] == ("Booths", 225, 12, Share(95))


def test_topics_have_their_note_and_places() -> None:
    assert topics(KUKAR, "id").rows[1] == (
        "Logistik", "Perlu perhatian", "Dua kecamatan belum menerima bilik", "Tabang, Kenohan",
    )  # fmt: skip


def test_every_defined_word_has_its_meaning() -> None:
    rows = definitions("id").rows
    assert len(rows) == len(set(rows)) == len(DEFINED)
