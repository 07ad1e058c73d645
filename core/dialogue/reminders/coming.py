"""The day before a campaign event its supervisor is told of it, and by when the report is awaited."""

from collections.abc import Sequence

from core.dialogue.reminders.owing import NAMED, due_words, event_words, title
from core.elections.owed import Owed
from core.model.messages import Choice, Reply, Template
from core.speech.texts import texts


def notice(coming: Sequence[Owed], language: str, *, owes: bool = True) -> Reply:
    """One message for one person; each of what will be owed has its event. Whoever is above those who owe it
    is told, too."""
    speak = texts(language)
    events = [(one, one.event) for one in coming if one.event is not None]
    lines = [f"• {event_words(event, one.post.zone, speak)}" for one, event in events[:NAMED]]
    left = len(events) - NAMED
    more = [speak.say("owing.coming.more", count=left)] if left > 0 else []
    last = max(coming, key=lambda one: one.due)
    named = {"form": title(last, speak), "due": due_words(last, speak)}
    foot = speak.say("owing.coming.due" if owes else "owing.coming.above", **named)
    heading = speak.say("owing.coming.heading")
    choices = (Choice("c:menu", speak.say("dialogue.button.menu")),)
    text = "\n".join([heading, *lines, *more, foot])
    return Reply(text, choices, numbered=False, template=Template("news", announces=True))
