"""What is kept of an act between two messages, and what is still to be asked for it."""

from dataclasses import replace

import pytest

from core.dialogue.officers.draft import Draft, begin_move, from_json, given, to_json, wished
from tests.core.dialogue.coordinators.desk_phone import LAPORAN, TIP

NUMBER = "K-7K2-M9Q"
CLOSE = next(move for move in LAPORAN.moves if move.name == "tutup")
NAMED = next(move for move in TIP.moves if move.name == "kenal")


def test_it_comes_back_as_it_was() -> None:
    draft = Draft(NUMBER, "move", "tutup", {"reason": 'Saksi bilang "tidak".\nSelesai.'})
    assert from_json(to_json(draft)) == draft


@pytest.mark.parametrize("text", ["", "late:2", "K-7K2-M9Q", "12", "null", "[1]", '"a:b"'])
def test_any_other_text_is_none(text: str) -> None:
    assert from_json(text) is None


def test_one_thing_is_asked_after_the_other() -> None:
    draft = begin_move(NUMBER, CLOSE)
    assert wished(draft, CLOSE) == "result"
    draft = draft.give("result", "bukan")
    assert wished(draft, CLOSE) == "reason"
    draft = draft.give("reason", "Tidak terbukti.")
    assert wished(draft, CLOSE) is None
    told = given(draft, "K-NEW-AAA")
    assert (told.result, told.reason, told.case) == ("bukan", "Tidak terbukti.", "K-NEW-AAA")


def test_a_single_result_needs_no_asking() -> None:
    single = replace(CLOSE, results=("pidana",))
    draft = begin_move(NUMBER, single)
    assert draft.given == {"result": "pidana"}
    assert wished(draft, single) == "reason"


def test_an_identity_is_not_asked_of_an_officer() -> None:
    assert wished(begin_move(NUMBER, NAMED), NAMED) is None


def test_each_draft_has_its_own_sum() -> None:
    drafts = [Draft(NUMBER, "note"), Draft(NUMBER, "ask"), Draft("K-111-AAA", "note")]
    drafts.append(drafts[0].give("words", "a"))
    assert len({draft.sum for draft in drafts}) == len(drafts)
