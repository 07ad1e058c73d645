from dataclasses import replace

import pytest

from core.forms.written import to_json
from storage.forms import AlreadyPublished
from storage.store import Store
from tests.storage.kaltim import NOW
from tests.storage.samples import FORM, publish

SECOND = replace(FORM, version="2")


def test_versions_stay_as_they_were_published(store: Store) -> None:
    with store.begin() as book:
        publish(book)
        publish(book, SECOND)
        publish(book, replace(FORM, name="logistik"))
        names = [(one.name, one.version) for one in book.forms.versions()]
        assert names == [("ptps-pungut", "1"), ("ptps-pungut", "2"), ("logistik", "1")]
        assert book.forms.load("ptps-pungut", "1") == to_json(FORM)
        assert book.forms.source("ptps-pungut", "2") == b"| survey |"
        for missing in (book.forms.load, book.forms.source):
            with pytest.raises(KeyError):
                missing("ptps-pungut", "3")


def test_publishing_the_same_again_does_nothing_and_another_is_refused(store: Store) -> None:
    with store.begin() as book:
        content = ("ptps-pungut", "1", "Pungut", b"source", NOW)
        assert book.forms.publish("{}", *content)
        stamp = book.forms.stamp()
        assert not book.forms.publish("{}", *content)
        assert book.forms.stamp() == stamp
        with pytest.raises(AlreadyPublished, match="new version"):
            book.forms.publish('{"other": 1}', *content)


def test_the_stamp_changes_with_each_publication(store: Store) -> None:
    stamps = []
    with store.begin() as book:
        stamps.append(book.forms.stamp())
        for form in (FORM, SECOND):
            publish(book, form)
            stamps.append(book.forms.stamp())
    assert len(set(stamps)) == 3
