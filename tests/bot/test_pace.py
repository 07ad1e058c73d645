"""Paces by a clock that the test moves: bursts and refills, a refusal and the rise after it, rest, doubt."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.pace import LEAST, LONGEST_REST, RISE_SECONDS, AccountPace, Bucket, ChatPaces


def sent_within(pace: AccountPace, start: float, seconds: float) -> int:
    """How many messages go out when there is always one waiting."""
    now, count = start, 0
    while True:
        now += max(pace.wait(now), 1e-6)
        if now > start + seconds:
            return count
        pace.take(now)
        count += 1


def test_a_burst_and_then_one_by_one() -> None:
    bucket = Bucket(rate=0.5, burst=3.0)
    for _ in range(3):
        assert bucket.wait(10.0) == 0
        bucket.take(10.0)
    assert bucket.wait(10.0) == pytest.approx(2.0)
    assert bucket.wait(11.0) == pytest.approx(1.0)
    assert bucket.wait(12.0) == pytest.approx(0.0)


@given(rate=st.floats(0.2, 100), burst=st.floats(1, 50), seconds=st.floats(1, 50))
def test_no_more_than_burst_and_rate_allow(rate: float, burst: float, seconds: float) -> None:
    bucket, now, count = Bucket(rate, burst), 0.0, 0
    while (now := now + bucket.wait(now)) <= seconds and count < 10_000:
        bucket.take(now)
        now += 1e-9
        count += 1
    assert count <= burst + rate * seconds + 1


def test_an_account_keeps_its_pace() -> None:
    assert sent_within(AccountPace(30.0), 1000.0, 10.0) == pytest.approx(300, abs=4)


def test_a_refusal_halves_the_pace_and_a_minute_gives_it_back() -> None:
    pace = AccountPace(30.0)
    pace.refused(chat=1, wait=3.0, now=100.0)
    assert pace.rate == 15.0
    assert sent_within(pace, 100.0, 1.0) < 20
    pace.wait(100.0 + RISE_SECONDS / 4)
    assert 20 < pace.rate < 25
    pace.wait(100.0 + RISE_SECONDS)
    assert pace.rate == 30.0


def test_refusals_that_come_together_count_once() -> None:
    pace = AccountPace(80.0)
    for n in range(20):
        pace.refused(chat=1, wait=1.0, now=100.0 + n / 100)
    assert pace.rate == pytest.approx(40, abs=1)


def test_a_pace_never_falls_to_nothing() -> None:
    pace = AccountPace(30.0)
    for n in range(50):
        pace.refused(chat=1, wait=0.0, now=100.0 + 1.01 * n)
    assert LEAST <= pace.rate < 3.0


def test_one_chats_refusal_does_not_stop_the_account_but_two_do() -> None:
    pace = AccountPace(30.0)
    pace.refused(chat=1, wait=30.0, now=100.0)
    pace.refused(chat=1, wait=30.0, now=101.0)
    assert pace.rest(101.0) == 0
    pace.refused(chat=2, wait=30.0, now=102.0)
    assert pace.rest(102.0) == 30.0
    assert pace.wait(102.0) == 30.0


def test_refusals_far_apart_are_each_chats_own() -> None:
    pace = AccountPace(30.0)
    pace.refused(chat=1, wait=30.0, now=100.0)
    pace.refused(chat=2, wait=30.0, now=110.0)
    assert pace.rest(110.0) == 0


def test_an_account_that_reaches_nobody_rests_longer_and_longer() -> None:
    pace = AccountPace(30.0)
    pace.failed(chat=1, now=100.0)
    assert (pace.rest(100.0), pace.is_doubtful) == (0, False)
    now, rests = 100.5, []
    for chat in range(2, 12):
        pace.failed(chat, now)
        rests.append(pace.rest(now))
        now += rests[-1]
    assert rests == sorted(rests)
    assert (rests[0], rests[-1]) == (2.0, LONGEST_REST)
    assert pace.is_doubtful
    pace.arrived()
    assert not pace.is_doubtful


def test_failures_after_one_another_stretch_a_rest_once() -> None:
    """Thirty sends in the air come back failed together."""
    pace = AccountPace(30.0)
    for chat in range(30):
        pace.failed(chat, 100.0)
    assert pace.rest(100.0) == 2.0


def test_what_only_a_person_can_mend_is_asked_now_and_then() -> None:
    pace = AccountPace(30.0)
    pace.halt(100.0)
    assert (pace.rest(100.0), pace.is_doubtful) == (LONGEST_REST, True)


def test_each_chat_has_a_pace_of_its_own() -> None:
    chats = ChatPaces(rate=1.0, burst=2.0)
    chats.take(1, 50.0)
    chats.take(1, 50.0)
    assert chats.wait(1, 50.0) == pytest.approx(1.0)
    assert chats.wait(2, 50.0) == 0


def test_quiet_chats_are_forgotten_and_busy_ones_are_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.pace.CHATS_REMEMBERED", 10)
    chats = ChatPaces(rate=1.0, burst=1.0)
    for chat in range(10):
        chats.take(chat, 0.0)
    chats.take(99, 100.0)
    chats.take(100, 100.0)
    assert len(chats._buckets) == 2
    assert chats.wait(99, 100.0) == pytest.approx(1.0)


def test_a_pace_is_divided_and_given_back() -> None:
    pace = AccountPace(30.0)
    pace.divide(3)
    assert sent_within(pace, 1000.0, 10.0) == pytest.approx(100, abs=3)
    pace.refused(chat=1, wait=3.0, now=1010.0)
    assert pace.rate == pytest.approx(5.0)
    pace.divide(1)
    assert pace.rate == pytest.approx(15.0), "what a refusal taught stays"
    assert sent_within(pace, 1010.0 + RISE_SECONDS, 10.0) == pytest.approx(300, abs=6)


def test_a_chat_that_was_anothers_begins_without_a_burst() -> None:
    paces = ChatPaces(rate=0.5, burst=3.0)
    paces.take_over(100.0)
    assert paces.wait(1, 100.0) == 0
    paces.take(1, 100.0)
    assert paces.wait(1, 100.0) == pytest.approx(2.0)
    paces.take(2, 104.0)
    assert [paces.wait(2, 104.0), paces.wait(3, 104.0)] == [0, 0], "two seconds a message were saved up"
