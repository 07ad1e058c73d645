"""What a roster's row says once it is understood, and what is wrong with one that is not."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from core.model.people import Role
from core.speech.texts import Texts


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the sheet, each column by our name for it; `headings` has what the sheet calls it."""

    number: int
    name: str
    phone: str
    role: str
    area: str
    tps: str
    headings: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Entry:
    """A person and the post they are to hold."""

    row: int
    name: str
    phone: str
    """E.164."""
    role: Role
    area: str
    """The post's area; for a PTPS the polling station's code, which may be new."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in one cell; `key` names the sentence that says so and what would be right."""

    row: int
    column: str
    key: str
    values: Mapping[str, str] = field(default_factory=dict)


class Unread(Exception):
    """A cell could not be understood."""

    def __init__(self, key: str, **values: str) -> None:
        super().__init__(key)
        self.key = key
        self.values = values


def sentence(fault: Fault, texts: Texts) -> str:
    """The fault as one line: where, what, and the remedy."""
    reason = texts.say(fault.key, **fault.values)
    return texts.say("roster.fault", row=fault.row, column=fault.column, reason=reason)
