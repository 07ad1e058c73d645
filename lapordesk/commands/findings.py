"""What `lapordesk doctor` found, and how bad it is."""

from dataclasses import dataclass, field
from enum import StrEnum

from lapordesk.commands.console import Console


class State(StrEnum):
    FINE = "fine"
    LOOK = "look"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found; `key` is the end of the sentence's key."""

    state: State
    key: str
    values: dict[str, object] = field(default_factory=dict)

    def say(self, console: Console) -> str:
        mark = console.texts.say(f"commands.doctor.{self.state}")
        return f"{mark}  {console.texts.say(f'commands.doctor.{self.key}', **self.values)}"


def fine(key: str, **values: object) -> Finding:
    return Finding(State.FINE, key, values)


def look(key: str, **values: object) -> Finding:
    return Finding(State.LOOK, key, values)


def broken(key: str, **values: object) -> Finding:
    return Finding(State.BROKEN, key, values)
