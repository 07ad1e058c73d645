"""On a channel without buttons the label or the number of a choice is typed."""

from core.dialogue.commands import plain
from core.dialogue.keys import pressed
from core.dialogue.session import Session
from core.model.messages import Choice


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


def is_option(choice: Choice) -> bool:
    """Is it an option of a question, and not a way around it?"""
    button = pressed(choice.key)
    return button is not None and button.what.isdecimal()
