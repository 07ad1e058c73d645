"""Asking one question in a test, without a form around it."""

from datetime import datetime, timedelta, timezone

from core.forms.answers import Answer, Reading, Refused, Understood, read
from core.forms.form import Kind, Option, Question
from core.model.messages import Address, Attachment, Channel, Incoming, Location

WITA = timezone(timedelta(hours=8))
NOW = datetime(2024, 11, 27, 10, 30, 12, tzinfo=WITA)
"""Voting day, a Wednesday, half past ten in the morning."""


def incoming(
    text: str = "",
    choice: str = "",
    attachments: tuple[Attachment, ...] = (),
    location: Location | None = None,
) -> Incoming:
    address = Address(Channel.TELEGRAM, "1001", "4471")
    return Incoming("1", address, NOW, text, choice, attachments, location)


def question(
    kind: Kind, nothing: bool = False, minimum: str = "", maximum: str = "", step: str = ""
) -> Question:
    return Question(
        ("q",), kind, {"id": "Soal"}, nothing=nothing, minimum=minimum, maximum=maximum, step=step
    )


def options(*written: str, columns: dict[str, str] | None = None) -> tuple[Option, ...]:
    """Options from "name=Label"."""
    pairs = (entry.split("=", 1) for entry in written)
    return tuple(Option(name, {"id": label}, columns or {}) for name, label in pairs)


def ask(
    asked: Kind | Question,
    message: str | Incoming,
    among: tuple[Option, ...] = (),
    now: datetime = NOW,
    language: str = "id",
) -> Answer:
    one = question(asked) if isinstance(asked, Kind) else asked
    sent = incoming(message) if isinstance(message, str) else message
    return read(one, sent, Reading(language, now, among))


def value(answer: Answer) -> str:
    assert isinstance(answer, Understood), answer
    return answer.value


def echo(answer: Answer) -> str:
    """What is said back; empty where the answer was taken as it stood."""
    assert isinstance(answer, Understood), answer
    assert answer.interpreted == bool(answer.shown)
    return answer.shown


def refusal(answer: Answer) -> Refused:
    assert isinstance(answer, Refused), answer
    return answer
