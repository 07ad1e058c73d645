"""Lists of topics: every version for good, the last of all in force, the past on what it knew."""

from pathlib import Path

import pytest

import lapordesk
from core.digests.topics import NO_TOPICS
from storage.published import OtherWords
from storage.store import Store
from tests.storage.duties import wita

SOURCE = (Path(lapordesk.__file__).parent / "bundled" / "topics.toml").read_text()
SHORT = """
name = "pendek"
version = "1"
[[topic]]
name = "tahapan"
label = { id = "Tahapan", en = "Stage" }
"""


def test_published_once_and_never_changed(store: Store) -> None:
    with store.begin() as book:
        assert book.topics.publish(SOURCE, "desk-pilkada", "1", wita(20, 9))
        assert not book.topics.publish(SOURCE, "desk-pilkada", "1", wita(21, 9))
        with pytest.raises(OtherWords):
            book.topics.publish(SOURCE + "\n", "desk-pilkada", "1", wita(21, 9))
        assert [(one.name, one.version) for one in book.topics.versions()] == [("desk-pilkada", "1")]
        assert book.topics.versions("lain") == []


def test_each_moment_has_the_list_of_then(store: Store) -> None:
    with store.begin() as book:
        assert book.topics.at(wita(20, 9)) == NO_TOPICS
        book.topics.publish(SOURCE, "desk-pilkada", "1", wita(20, 9))
        book.topics.publish(SHORT, "pendek", "1", wita(22, 9))
        assert book.topics.at(wita(21, 9)).name == "desk-pilkada"
        assert book.topics.at(wita(23, 9)).name == "pendek"
        assert book.topics.at(wita(1, 9)).name == "desk-pilkada", "the first that there ever was"
