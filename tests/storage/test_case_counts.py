"""Cases are counted for a digest without their rows: an index has all that it takes."""

from importlib import import_module

import pytest

from core.digests.span import week
from storage.case_counts import counted, hidden_cases
from storage.store import Store
from tests.plans import plan
from tests.storage.case_samples import OFFICER, follow, opened
from tests.storage.kaltim import NOW


def test_a_province_is_counted_in_the_index_that_lists_are_walked_in(
    store: Store, engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_module("storage.cases.search"), "MANY", 1)
    with store.begin() as book:
        follow(book)
        book.cases.open(opened("K-1", "", is_theirs=False, office="64.72"), None, NOW)
        span = week("64", NOW.date(), NOW)
        lines = plan(book.connection, counted(span, book.connection))
        covering = "COVERING INDEX ix_case_file_walk" if engine == "sqlite" else "ix_case_file"
        assert covering in lines


def test_who_is_kept_from_a_case_is_looked_up_by_who_it_is(store: Store, engine: str) -> None:
    with store.begin() as book:
        follow(book)
        for number, kept in (("K-1", {OFFICER.key}), ("K-2", set())):
            one = opened(number, "", is_theirs=False, office="64.72", excluded=frozenset(kept))
            book.cases.open(one, None, NOW)
        assert book.digests.hidden_from(OFFICER.key, "64.72") == {"K-1"}
        assert book.digests.hidden_from(OFFICER.key, "64.02") == set()
        lines = plan(book.connection, hidden_cases([OFFICER.key], "64"))
        assert "ix_case_exclusion_actor" in lines
        assert "SCAN case_file" not in lines
