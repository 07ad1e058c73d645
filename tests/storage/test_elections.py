import pytest

from storage.published import OtherWords
from storage.store import Store
from tests.core.elections.samples import duty, election
from tests.storage.duties import BEFORE, wita, written

FIRST, SECOND = election(duty()), election(duty(), duty("lain"), version="2")
OTHER = election(name="lain")


def test_the_last_of_each_name_is_in_force(store: Store) -> None:
    with store.begin() as book:
        assert book.elections.in_force() == []
        for number, one in enumerate((FIRST, OTHER, SECOND)):
            assert book.elections.publish(written(one), one.name, one.version, wita(20, number))
        there = book.elections.in_force()
        assert {(one.name, one.version) for one in there} == {("coba", "2"), ("lain", "1")}
        assert [one.version for one in book.elections.versions("coba")] == ["1", "2"]
        assert book.elections.versions()[0].source == written(FIRST)


def test_the_same_again_is_nothing_new_and_other_words_are_refused(store: Store) -> None:
    with store.begin() as book:
        assert book.elections.publish(written(FIRST), "coba", "1", BEFORE)
        assert not book.elections.publish(written(FIRST), "coba", "1", BEFORE)
        with pytest.raises(OtherWords):
            book.elections.publish(written(FIRST) + "\n", "coba", "1", BEFORE)


def test_a_duty_is_known_since_the_first_version_that_has_it(store: Store) -> None:
    with store.begin() as book:
        book.elections.publish(written(FIRST), "coba", "1", wita(20, 1))
        book.elections.publish(written(SECOND), "coba", "2", wita(21, 1))
        assert book.elections.known_since("coba", "harian") == wita(20, 1)
        assert book.elections.known_since("coba", "lain") == wita(21, 1)
        assert book.elections.known_since("coba", "tidak-ada") is None
