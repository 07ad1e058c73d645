"""Whose waking the effects come from: a message's, the desk's, the clock's."""

from dataclasses import dataclass
from datetime import datetime

from core.model.messages import Channel


@dataclass(frozen=True, slots=True)
class Origin:
    """Whose waking the effects come from."""

    address_id: int | None
    """None for the desk and the clock: there is nobody to answer."""
    person_id: int | None
    channel: Channel | None
    inbox_id: int | None
    now: datetime

    @classmethod
    def silent(cls, now: datetime, person_id: int | None = None) -> "Origin":
        """A click at the desk, a command, a job of the clock."""
        return cls(None, person_id, None, None, now)

    @property
    def address(self) -> int:
        """For effects that only a message can have."""
        if self.address_id is None:
            raise ValueError("this effect answers a message, and there is none")
        return self.address_id
