"""What becomes of a failed send, case by case."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.channels.base import Again as AgainWord
from bot.channels.base import SendFailed
from bot.outcomes import LONGEST_WAIT, TRIES, Again, Parked, Released, decide
from core.model.messages import Address, Channel, Reply
from storage.outbox import REPLY, Errand

NOW = datetime(2024, 11, 27, 1, 0, tzinfo=UTC)


def errand(attempts: int = 1, reason: str = "") -> Errand:
    to = Address(Channel.TELEGRAM, "1001", "4471")
    return Errand(7, to, Reply("Halo"), 0, attempts, 3, 5, REPLY, NOW, NOW, "id", reason)


def waits(attempts: int, chance: float = 0.5) -> float:
    outcome = decide(errand(attempts), SendFailed("down"), 0, NOW, chance)
    assert isinstance(outcome, Again)
    return (outcome.due - NOW).total_seconds()


def test_a_failure_is_tried_again_at_growing_distances() -> None:
    tries = [waits(n) for n in range(1, TRIES)]
    assert tries == sorted(tries)
    assert tries[:3] == [5.0, 15.0, 45.0]
    assert tries[-1] <= LONGEST_WAIT
    assert sum(tries) > 3000


def test_chance_spreads_those_that_failed_together() -> None:
    assert waits(3, chance=0.0) < waits(3, chance=0.5) < waits(3, chance=1.0)


def test_after_the_last_try_a_person_looks_at_it() -> None:
    assert decide(errand(TRIES), SendFailed("down"), 1, NOW, 0.5) == Parked(errand(TRIES), "down", 1)


@pytest.mark.parametrize("attempts", [1, TRIES])
def test_too_many_waits_as_long_as_the_platform_asks_and_is_no_try(attempts: int) -> None:
    outcome = decide(errand(attempts), SendFailed("too fast", "later", 17.0), 0, NOW, 0.5)
    assert outcome == Released(errand(attempts), NOW + timedelta(seconds=17.5), 0)


def test_what_can_never_arrive_is_parked_at_once() -> None:
    assert decide(errand(), SendFailed("window", "never"), 0, NOW, 0.5) == Parked(errand(), "window", 0)


def test_in_doubt_it_is_sent_once_more_and_not_twice() -> None:
    first = decide(errand(), SendFailed("no answer", "unknown"), 0, NOW, 0.5)
    assert isinstance(first, Again)
    second = decide(errand(2, first.reason), SendFailed("no answer", "unknown"), 0, NOW, 0.5)
    assert second == Parked(errand(2, first.reason), "unknown", 0)


def test_a_doubt_is_not_forgotten_over_a_plain_failure() -> None:
    doubted = decide(errand(), SendFailed("no answer", "unknown"), 0, NOW, 0.5)
    assert isinstance(doubted, Again)
    failed = decide(errand(2, doubted.reason), SendFailed("down"), 0, NOW, 0.5)
    assert isinstance(failed, Again)
    third = decide(errand(3, failed.reason), SendFailed("no answer", "unknown"), 0, NOW, 0.5)
    assert isinstance(third, Parked)


@pytest.mark.parametrize("again", ["later", "never", "unknown"])
def test_a_fault_of_the_account_costs_the_message_nothing(again: AgainWord) -> None:
    outcome = decide(errand(TRIES), SendFailed("token revoked", again, alarm=True), 0, NOW, 0.5)
    assert isinstance(outcome, Released)
