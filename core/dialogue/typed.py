"""On a channel without buttons the label or the number of a choice is typed."""

from dataclasses import replace

from core.dialogue.commands import plain
from core.dialogue.keys import pressed
from core.dialogue.session import Session
from core.model.messages import Choice, Incoming


def as_choice(session: Session, incoming: Incoming) -> Incoming:
    """The message as the tap that its words stand for."""
    if incoming.choice or not incoming.text or incoming.attachments:
        return incoming
    choice = typed_choice(session, incoming.text)
    return replace(incoming, choice=choice.key, text="") if choice else incoming


def typed_choice(session: Session, text: str) -> Choice | None:
    """The choice last offered that these words mean: by its label, else by its number."""
    words = plain(text)
    for choice in session.offered:
        if plain(choice.label) == words:
            return choice
    number = words.rstrip(")").removeprefix("no ").removeprefix("nomor ")
    if not session.numbered or not number.isdecimal() or len(number) > 3:
        return None
    index = int(number) - 1
    return session.offered[index] if 0 <= index < len(session.offered) else None


def is_option(key: str) -> bool:
    """Is it an option of a question, and not a way around it?"""
    button = pressed(key)
    return button is not None and button.what.isdecimal()
