"""On a channel without buttons the label, its beginning or the number of a choice is typed."""

import re
from dataclasses import replace

from core.dialogue.commands import plain
from core.dialogue.keys import is_option
from core.dialogue.session import Session
from core.model.messages import Choice, Incoming

SHORTEST = 3
"""A beginning of fewer letters is no beginning."""
_NUMBER = re.compile(r"(?:no|nomor|number)?\.? ?(\d{1,3})[.)]?")


def as_choice(session: Session, incoming: Incoming) -> Incoming:
    """The message as the tap that its words stand for."""
    if incoming.choice or not incoming.text or incoming.attachments:
        return incoming
    choice = typed_choice(session, incoming.text)
    return replace(incoming, choice=choice.key, text="") if choice else incoming


def typed_choice(session: Session, text: str) -> Choice | None:
    """The choice last offered that these words mean: by its label, by its number, by its first words."""
    words = plain(text)
    same = [choice for choice in session.offered if plain(choice.label) == words]
    if same:
        return same[0] if len(same) == 1 else None
    return _by_number(session, words) or _by_beginning(session, words)


def _by_number(session: Session, words: str) -> Choice | None:
    number = _NUMBER.fullmatch(words)
    if not session.numbered or number is None or not 1 <= int(number[1]) <= len(session.offered):
        return None
    return session.offered[int(number[1]) - 1]


def _by_beginning(session: Session, words: str) -> Choice | None:
    """Whole first words that no other choice shares; an option of a question is read by its question."""
    if len(words) < SHORTEST:
        return None
    begun = re.compile(rf"{re.escape(words)}(?!\w)")
    found = [choice for choice in session.offered if begun.match(plain(choice.label))]
    return found[0] if len(found) == 1 and not is_option(found[0].key) else None
