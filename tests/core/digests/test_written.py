"""A digest comes back from its JSON as it was."""

import json

import pytest
from hypothesis import given

from core.digests.digest import Digest
from core.digests.written import from_json, to_json
from tests.core.digests.random_digests import digests
from tests.core.digests.weeks import WEEKS


@pytest.mark.parametrize("name", WEEKS)
def test_a_week_comes_back(name: str) -> None:
    assert from_json(to_json(WEEKS[name])) == WEEKS[name]


@given(digests())
def test_any_digest_comes_back(digest: Digest) -> None:
    assert from_json(to_json(digest)) == digest


def test_programs_read_it_by_name() -> None:
    read = json.loads(to_json(WEEKS["kukar"]))
    assert (read["area"], read["first"], read["tally"]["silent"]) == ("64.02", "2024-11-18", 31)
    assert read["decisions"][0]["due"] == "2024-11-26"
