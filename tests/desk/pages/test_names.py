"""Whoever did something has a name at the desk, also where that is not a person's."""

from core.speech.texts import texts
from desk.pages.names import who_is
from storage.store import Store
from tests.storage.kaltim import NOW, settle


def test_people_have_names_and_all_others_a_word(store: Store) -> None:
    with store.begin() as book:
        settle(book)
        person = book.people.save("Umi Contoh", "+628000000020", NOW)
        keys = ["citizen", "clock", "operator", f"person:{person}", "staff:9", "", "x:y"]
        assert who_is(book, keys, texts("id")) == {
            "citizen": "Pelapor",
            "clock": "Sistem",
            "operator": "Operator",
            f"person:{person}": "Umi Contoh",
            "staff:9": "Staf 9",
            "x:y": "Sistem",
        }
