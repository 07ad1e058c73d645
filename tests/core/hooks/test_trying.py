"""What comes of an answer, and when it is tried again."""

from datetime import UTC, datetime, timedelta

import pytest

from core.hooks.trying import WAITS, Answer, Arrived, GivenUp, Later, Unwanted, decide

NOW = datetime(2024, 11, 27, tzinfo=UTC)


@pytest.mark.parametrize("status", [200, 202, 204, 299])
def test_any_kind_answer_will_do(status: int) -> None:
    assert decide(Answer(status), 1, NOW, 0.5) == Arrived()


@pytest.mark.parametrize("status", [0, 100, 302, 400, 404, 429, 500, 503])
def test_all_else_is_tried_again(status: int) -> None:
    waits = [decide(Answer(status), attempt, NOW, 0.0) for attempt in range(1, 9)]
    assert waits == [Later(NOW + timedelta(seconds=wait)) for wait in WAITS]
    assert decide(Answer(status), 9, NOW, 0.0) == GivenUp()


def test_chance_spreads_a_little_and_never_before_its_time() -> None:
    assert decide(Answer(500), 2, NOW, 1.0) == Later(NOW + timedelta(seconds=66))


def test_who_asks_for_rest_has_it_within_reason() -> None:
    assert decide(Answer(503, rest=120), 1, NOW, 0.0) == Later(NOW + timedelta(seconds=120))
    assert decide(Answer(503, rest=1), 2, NOW, 0.0) == Later(NOW + timedelta(seconds=60))
    assert decide(Answer(503, rest=999_999), 1, NOW, 0.0) == Later(NOW + timedelta(days=1))


def test_gone_is_gone() -> None:
    assert decide(Answer(410), 1, NOW, 0.0) == Unwanted()
