from collections.abc import Callable

import pytest

from bot.letters import AT_ONCE, Letters, crockford
from core.model.codes import CROCKFORD


@pytest.mark.parametrize("draw", [crockford, Letters()])
def test_what_is_drawn_cannot_be_mistaken_for_one_another(draw: Callable[[int], str]) -> None:
    drawn = [draw(8) for _ in range(1000)]
    assert {len(one) for one in drawn} == {8}
    assert len(set(drawn)) == 1000
    assert set("".join(drawn)) == set(CROCKFORD)


def test_a_stock_is_drawn_from_until_it_cannot_give_as_many(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def counted(count: int) -> str:
        asked.append(count)
        return crockford(count)

    monkeypatch.setattr("bot.letters.crockford", counted)
    letters = Letters()
    lengths = [AT_ONCE - 3, 3, 1, AT_ONCE, 2 * AT_ONCE, 5]
    assert [len(letters(length)) for length in lengths] == lengths
    assert asked == [AT_ONCE, AT_ONCE, AT_ONCE, 2 * AT_ONCE, AT_ONCE]
