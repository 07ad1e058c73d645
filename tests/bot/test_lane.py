"""Which of the errands in hand goes first, and which go back."""

import math
from collections.abc import AsyncIterator
from datetime import UTC, datetime

from bot.lane import FEWEST, IN_FLIGHT, MOST, PATIENCE, Lane
from bot.pace import AccountPace, ChatPaces
from core.model.messages import Address, Attachment, Channel, Reply
from core.speech.layout import TELEGRAM, Part
from storage.outbox import BROADCAST, REPLY, Errand

NOW = datetime(2024, 11, 27, 1, 0, tzinfo=UTC)


class Silent:
    """An outlet that is never used here."""

    layout = TELEGRAM

    async def send(self, to: Address, part: Part) -> str:
        raise NotImplementedError

    def fetch(self, attachment: Attachment, limit: int) -> AsyncIterator[bytes]:
        raise NotImplementedError

    async def close(self) -> None: ...


def lane(pace: float = 100.0, chat: tuple[float, float] | None = None) -> Lane:
    return Lane(Silent(), AccountPace(pace), ChatPaces(*chat) if chat else None)


def errand(number: int, chat: int | None = None, priority: int = REPLY) -> Errand:
    to = Address(Channel.TELEGRAM, "1001", str(number))
    chat = number if chat is None else chat
    return Errand(number, to, Reply("Halo"), 0, 1, None, chat, priority, NOW, None, "", "")


def taken(some: Lane, now: float) -> list[int]:
    """The errands that may go at this moment, in their order."""
    numbers = []
    while not isinstance(one := some.take(now), float):
        numbers.append(one.id)
        some.landed()
    return numbers


def test_answers_go_before_broadcasts_and_the_oldest_first() -> None:
    some = lane()
    for one in (errand(1, priority=BROADCAST), errand(3), errand(2), errand(4, priority=BROADCAST)):
        some.add(one, 0.0)
    assert taken(some, 1.0) == [2, 3, 1, 4]


def test_a_chat_that_must_wait_does_not_hold_up_the_others() -> None:
    some = lane(chat=(1.0, 1.0))
    for one in (errand(1, chat=7), errand(2, chat=7), errand(3, chat=8)):
        some.add(one, 0.0)
    assert taken(some, 10.0) == [1, 3]
    assert some.take(10.0) == 1.0
    assert taken(some, 11.0) == [2]


def test_after_an_outage_a_chat_that_was_in_trouble_is_not_the_first_to_try() -> None:
    """It may be the one that nothing gets through to: everybody would wait for it to time out."""
    some = lane()
    for chat in (7, 8):
        some.pace.failed(chat, 0.0)
    for one in (errand(1, chat=7), errand(2, chat=9), errand(3, chat=10)):
        some.add(one, 5.0)
    tried = some.take(5.0)
    assert not isinstance(tried, float) and tried.id == 2
    assert some.take(5.0) == math.inf, "one alone tries"
    some.landed()
    some.pace.arrived()
    assert taken(some, 6.0) == [1, 3]


def test_an_idle_lane_waits_to_be_stirred() -> None:
    assert lane().take(0.0) == math.inf


def test_only_so_many_are_in_the_air() -> None:
    some = lane(pace=10_000.0)
    for number in range(IN_FLIGHT + 5):
        some.add(errand(number), 0.0)
    sent = [some.take(0.0) for _ in range(IN_FLIGHT + 1)]
    assert isinstance(sent[-2], Errand)
    assert sent[-1] == math.inf
    some.landed()
    assert isinstance(some.take(0.0), Errand)


def test_after_a_rest_one_alone_tries() -> None:
    some = lane()
    some.pace.halt(0.0)
    for number in range(3):
        some.add(errand(number), 100.0)
    assert isinstance(some.take(100.0), Errand)
    assert some.take(100.0) == math.inf
    some.pace.arrived()
    assert isinstance(some.take(100.0), Errand)


def test_a_full_lane_takes_more_only_after_a_good_part_is_gone() -> None:
    some = lane(pace=1000.0)
    for number in range(MOST):
        assert some.has_room(0.0)
        some.add(errand(number), 0.0)
    assert not some.has_room(0.0)
    some.waiting.pop()
    assert not some.has_room(0.0)
    del some.waiting[MOST * 3 // 4 - 1 :]
    assert some.has_room(0.0)


def test_a_slow_account_takes_few_in_hand() -> None:
    some = lane(pace=1.0)
    for number in range(FEWEST):
        assert some.has_room(0.0)
        some.add(errand(number), 0.0)
    assert not some.has_room(0.0)


def test_what_waited_too_long_goes_back() -> None:
    some = lane()
    some.add(errand(1), 0.0)
    some.add(errand(2), PATIENCE)
    assert some.give_back(PATIENCE) == []
    assert [one.id for one in some.give_back(PATIENCE + 1)] == [1]
    assert taken(some, PATIENCE + 1) == [2]


def test_all_go_back_while_the_account_rests() -> None:
    some = lane()
    some.add(errand(1), 0.0)
    some.pace.halt(0.0)
    assert [one.id for one in some.give_back(0.0)] == [1]
    assert not some.has_room(0.0)
