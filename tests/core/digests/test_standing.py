import pytest

from core.digests.digest import Mark, Tally
from core.digests.standing import in_language, silent_parts, standing_of, topics_by_mark
from tests.core.digests.weeks import KUKAR, tally


@pytest.mark.parametrize(
    ("told", "silent", "mark"),
    [(95, 5, "aman"), (94, 6, "perhatian"), (80, 20, "perhatian"), (79, 21, "masalah"), (0, 1, "masalah")],
)
def test_an_area_stands_by_its_share(told: int, silent: int, mark: Mark) -> None:
    assert standing_of(tally(told, 0, silent)) == mark


def test_nobody_knows_how_an_area_stands_that_owes_nothing() -> None:
    assert standing_of(Tally()) == "belum"


def test_those_that_owe_most_go_first_and_those_that_owe_nothing_not_at_all() -> None:
    named = [part.name for part in silent_parts(KUKAR)]
    assert named == ["Marang Kayu", "Anggana", "Tabang", "Muara Kaman", "Kenohan", "Samboja", "Sebulu"]


def test_topics_in_trouble_go_first() -> None:
    names = [topic.name for topic in topics_by_mark(KUKAR)]
    assert names[:4] == ["netralitas", "logistik", "pelanggaran", "pemberitahuan"]


@pytest.mark.parametrize(
    ("words", "said"),
    [({"id": "Aman", "en": "Safe"}, "Safe"), ({"id": "Aman"}, "Aman"), ({"jv": "Aman"}, "Aman"), ({}, "")],
)
def test_words_are_said_in_another_language_rather_than_not(words: dict[str, str], said: str) -> None:
    assert in_language(words, "en") == said
