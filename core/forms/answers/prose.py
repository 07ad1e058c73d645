"""Answers in words, kept as they were written; and the acknowledgement."""

import unicodedata

from core.forms.answers.outcome import Answer, Reading, Refused, Understood, quoted
from core.forms.answers.words import yes_or_no
from core.forms.form import Question
from core.model.messages import Incoming, Location

LONGEST = 10_000
ACKNOWLEDGED = "OK"

_BREAKS = {"\r\n": "\n", "\r": "\n", "\u2028": "\n", "\u2029": "\n", "\x85": "\n"}


def read_text(question: Question, incoming: Incoming, context: Reading) -> Answer:
    written = cleaned(incoming.text)
    if not written and incoming.contact:
        written = cleaned(incoming.contact.phone)
    if not written and incoming.location:
        written = pin_in_words(incoming.location)
    if not written:
        return Refused("answers.text.only_media" if incoming.attachments else "answers.text.empty")
    if len(written) > LONGEST:
        return Refused("answers.text.long", {"limit": LONGEST, "length": len(written)})
    return Understood(written, shown=written)


def pin_in_words(pin: Location) -> str:
    return f"📍 {pin.latitude:.5f}, {pin.longitude:.5f}"


def cleaned(text: str) -> str:
    """Without what no database or screen can hold: control characters and halves of characters."""
    for written, newline in _BREAKS.items():
        text = text.replace(written, newline)
    return "".join(
        mark for mark in text if mark in "\n\t" or unicodedata.category(mark) not in ("Cc", "Cs")
    ).strip()


def read_acknowledge(question: Question, incoming: Incoming, context: Reading) -> Answer:
    tapped = incoming.choice.rpartition(":")[2].casefold() in ("ok", "ya", "yes")
    said = True if tapped else yes_or_no(incoming.text)
    if said:
        return Understood(ACKNOWLEDGED, shown=ACKNOWLEDGED)
    return Refused(
        "answers.acknowledge.no" if said is False else "answers.acknowledge.unread", _typed(incoming)
    )


def _typed(incoming: Incoming) -> dict[str, object]:
    return {"typed": quoted(incoming.text)}
