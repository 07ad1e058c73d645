"""What was typed, tapped or sent, read as the answer to one question."""

from collections.abc import Callable
from dataclasses import replace

from core.forms.answers import choices, dates, lists, media, moments, numbers, places, prose, times
from core.forms.answers.outcome import Answer, Reading, Refused
from core.forms.form import MEDIA, Kind, Question
from core.model.messages import Incoming

Reader = Callable[[Question, Incoming, Reading], Answer]

LONGEST = 2_000
"""Longer than any answer that is not prose."""

_READERS: dict[Kind, Reader] = {
    Kind.TEXT: prose.read_text,
    Kind.INTEGER: numbers.read_integer,
    Kind.DECIMAL: numbers.read_decimal,
    Kind.RANGE: numbers.read_range,
    Kind.DATE: dates.read_date,
    Kind.TIME: times.read_time,
    Kind.DATETIME: moments.read_moment,
    Kind.SELECT_ONE: choices.read_one,
    Kind.SELECT_MULTIPLE: lists.read_several,
    Kind.RANK: lists.read_rank,
    Kind.ACKNOWLEDGE: prose.read_acknowledge,
    Kind.GEOPOINT: places.read_point,
    **dict.fromkeys(MEDIA, media.read_media),
}
READABLE = frozenset(_READERS)


def read(question: Question, incoming: Incoming, context: Reading) -> Answer:
    """The answer, or why it is none. Only for the kinds in READABLE: the others are never asked."""
    answer = _read(question, incoming, context)
    return answer if isinstance(answer, Refused) or answer.interpreted else replace(answer, shown="")


def _read(question: Question, incoming: Incoming, context: Reading) -> Answer:
    reader = _READERS[question.kind]
    if question.kind is Kind.TEXT or question.kind in MEDIA:
        return reader(question, incoming, context)
    if len(incoming.text) > LONGEST:
        return Refused("answers.long")
    pinned = incoming.location is not None and question.kind is Kind.GEOPOINT
    if not (incoming.text.strip() or incoming.choice or pinned):
        sent = incoming.attachments or incoming.location or incoming.contact
        return Refused("answers.words_wanted" if sent else "answers.empty")
    return reader(question, incoming, context)
