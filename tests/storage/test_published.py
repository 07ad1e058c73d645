"""What is published stays for good, elections and lists of topics alike."""

import pytest

from storage.published import OtherWords
from storage.store import Store
from tests.storage.kaltim import NOW


@pytest.mark.parametrize("kind", ["elections", "topics"])
def test_a_version_is_kept_once_and_never_changed(store: Store, kind: str) -> None:
    with store.begin() as book:
        kept = getattr(book, kind)
        assert kept.publish("satu", "a", "1", NOW)
        assert not kept.publish("satu", "a", "1", NOW)
        with pytest.raises(OtherWords, match="a new version"):
            kept.publish("dua", "a", "1", NOW)
        assert kept.publish("dua", "a", "2", NOW)
        assert kept.publish("satu", "b", "1", NOW)
        assert [(one.name, one.version, one.source) for one in kept.versions()] == [
            ("a", "1", "satu"),
            ("a", "2", "dua"),
            ("b", "1", "satu"),
        ]
        assert [one.version for one in kept.versions("a")] == ["1", "2"]
        assert kept.versions("c") == []
        assert kept.versions("a")[0].published_at == NOW
