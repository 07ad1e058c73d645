"""Posts as they stand in a list: which, held by whom, reachable how."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from core.dialogue.reminders.seats import seat_name
from core.speech.texts import Texts
from storage.seats import Seat


@dataclass(frozen=True, slots=True)
class Row:
    id: int
    title: str
    """PTPS 012 Sidodadi, Samarinda Ulu"""
    name: str
    """Of who holds it; empty while it is vacant."""
    channels: tuple[str, ...]
    since: datetime | None


def row_of(seat: Seat, words: Texts) -> Row:
    channels = tuple(words.say(f"desk_people.channel.{one.value}") for one in seat.channels)
    title = seat_name(seat.post.role, seat.post.place, words)
    if seat.number > 1:
        title = words.say("desk_people.seat", title=title, number=seat.number)
    return Row(seat.post.id, title, seat.name, channels, seat.since)


def rows(seats: Iterable[Seat], words: Texts) -> list[Row]:
    return [row_of(seat, words) for seat in seats]
