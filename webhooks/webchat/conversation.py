"""What the page shows: our messages as they come, and both sides again when it is loaded anew.

{"who": "us", "id": 12, "at": "2024-11-27T00:20:00+00:00",
 "parts": [{"text": …, "choices": […], "ask": …, "files": [{"name": "rekap.png", "address": …, …}]}]}
{"who": "me", "id": "4f1c…", "at": …, "text": "jam 7 lewat 20", "media": [], "pinned": false}

News carry under "answers" what they answer: it may have been said in another window.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.enclosures import visitors_address
from core.model.messages import Address, Enclosure
from core.speech.enclosing import HOUSE_FILES
from core.speech.layout import WEBCHAT, Part, fit
from core.speech.texts import Texts, texts
from storage.addresses import Correspondent
from storage.book import Book
from storage.inbox import Heard
from storage.keys import Keys
from storage.spoken import Spoken

SHOWN_AGAIN = 60
"""How many of our last messages a fresh page shows, with what they answer."""

Line = dict[str, object]


@dataclass(frozen=True, slots=True)
class News:
    """What is new for a page, and from where it goes on."""

    lines: tuple[tuple[int, Line], ...]
    resume: int
    last_in_at: datetime | None


@dataclass(frozen=True, slots=True)
class _Told:
    """To whom, and in which words."""

    peer: str
    keys: Keys
    words: Texts


def language_of(book: Book, met: Correspondent | None, default: str) -> str:
    """The language they chose, as a person or before we knew them."""
    person = book.people.get(met.person_id) if met and met.person_id else None
    return (person.language if person else "") or (met.language if met else "") or default


def news(book: Book, address: Address, after: int, now: datetime, default: str) -> News:
    """Our messages after that one, whatever became of their delivery. One that waits for its hour is passed
    over, and the page resumes before it, so that it is not missed."""
    met = book.addresses.find(address)
    if met is None:
        return News((), after, None)
    spoken = book.outbox.conversation(met.id, after)
    if not spoken:
        return News((), after, met.last_in_at)
    told = _Told(address.peer, book.keys, texts(language_of(book, met, default)))
    due = [one for one in spoken if not _is_held(one, now)]
    heard = _heard(book, due)
    lines = tuple((one.id, _ours(one, told) | {"answers": _answered(one, heard)}) for one in due)
    return News(lines, _resume(spoken, after, now), met.last_in_at)


def history(book: Book, address: Address, now: datetime, default: str) -> Line:
    """The last messages both ways, and the number from which news go on."""
    met = book.addresses.find(address)
    if met is None:
        return {"resume": 0, "lines": []}
    spoken = book.outbox.latest(met.id, SHOWN_AGAIN)
    told = _Told(address.peer, book.keys, texts(language_of(book, met, default)))
    lines = [line for one in _in_order(spoken, _heard(book, spoken)) if (line := _line(one, told, now))]
    return {"resume": _resume(spoken, 0, now), "lines": lines}


def _heard(book: Book, spoken: list[Spoken]) -> dict[int, Heard]:
    return book.inbox.several({one.inbox_id for one in spoken if one.inbox_id is not None})


def _answered(one: Spoken, heard: dict[int, Heard]) -> Line | None:
    said = heard.get(one.inbox_id or 0)
    return _theirs(said) if said else None


def _in_order(spoken: list[Spoken], heard: dict[int, Heard]) -> Iterator[Spoken | Heard]:
    """What was heard stands before the first that answers it."""
    left = dict(heard)
    for one in spoken:
        if one.inbox_id in left:
            yield left.pop(one.inbox_id)
        yield one


def _line(one: Spoken | Heard, told: _Told, now: datetime) -> Line | None:
    if isinstance(one, Heard):
        return _theirs(one)
    return None if one.state == "dropped" or _is_held(one, now) else _ours(one, told)


def _ours(one: Spoken, told: _Told) -> Line:
    parts = [_part(part, told) for part in fit(one.reply, WEBCHAT, told.words)]
    return {"who": "us", "id": one.id, "at": one.created_at.isoformat(), "parts": parts}


def _part(part: Part, told: _Told) -> Line:
    choices = [{"key": choice.key, "label": choice.label} for choice in part.buttons]
    return {
        "text": part.text,
        "choices": choices,
        "ask": part.ask or "",
        "prompt": part.prompt,
        "files": [_file(file, told) for file in part.files],
    }


def _file(file: Enclosure, told: _Told) -> Line:
    return {
        "name": file.name,
        "size": file.size,
        "picture": HOUSE_FILES.is_picture(file),
        "address": visitors_address(told.keys, told.peer, file),
    }


def _theirs(heard: Heard) -> Line | None:
    said = json.loads(heard.raw)
    if said["hidden"]:
        return None
    return {
        "who": "me",
        "id": said["id"],
        "at": heard.received_at.isoformat(),
        "text": said["text"] or said["label"] or said["choice"],
        "media": [{"kind": one["kind"], "name": one["name"]} for one in said["media"]],
        "pinned": said["location"] is not None,
    }


def _resume(spoken: list[Spoken], after: int, now: datetime) -> int:
    held = [one.id for one in spoken if one.state != "dropped" and _is_held(one, now)]
    last = max((one.id for one in spoken), default=after)
    return min(held) - 1 if held else last


def _is_held(one: Spoken, now: datetime) -> bool:
    return one.held_until is not None and one.held_until > now
