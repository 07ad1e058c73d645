"""A weak picture of a sheet of paper: whether one was asked for, and the kind words about it."""

from collections.abc import Iterator

from core.dialogue.session import Session, Stage, from_json
from core.forms.filling import Filling
from core.forms.form import Form
from core.forms.marks import is_document
from core.forms.scope import seat_of
from core.forms.written import from_json as form_from_json
from core.speech.texts import texts
from storage.book import Book

TOLD = "weak:"
"""What stands as the reason of a kept picture of which a better one was asked for."""


def asks_for_better(book: Book, media: str, address_id: int) -> bool:
    """Is it for a question for a document, and the first weak one there? One request an answer is enough."""
    session = _session(book, address_id)
    if session is None:
        return False
    for filling in session.begun():
        for place, value in filling.answers.values.items():
            if media in value.split():
                return _asks(book, filling, place) and not _is_told(book, value.split())
    # An upload of the web chat lies here before the turn that speaks of it.
    current = session.filling
    return current is not None and session.stage is Stage.QUESTION and _asks(book, current, session.subject)


def better_wanted(weakness: str, language: str) -> str:
    say = texts(language).say
    return say("evidence.better", trouble=say(f"evidence.weak.{weakness}"))


def _session(book: Book, address_id: int) -> Session | None:
    whose = book.addresses.person_of(address_id)
    kept = book.sessions.peek(f"person:{whose}" if whose else f"address:{address_id}")
    return from_json(kept) if kept else None


def _is_told(book: Book, media: list[str]) -> bool:
    return any(one.reason.startswith(TOLD) for one in book.media.several(media).values())


def _asks(book: Book, filling: Filling, place: str) -> bool:
    """Does the question at that place want a picture of a document?"""
    try:
        form = form_from_json(book.forms.load(filling.form, filling.version))
    except KeyError:
        return False
    return bool(place) and seat_of(place).path in set(_documents(form))


def _documents(form: Form) -> Iterator[tuple[str, ...]]:
    return (question.path for question in form.questions() if is_document(question))
