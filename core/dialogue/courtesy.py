"""Thanks are no answer and no addition: they are returned, and all stays as it was."""

from dataclasses import replace

from core.dialogue.known import Step
from core.dialogue.talk import Talk
from core.forms.answers import thanks


def is_thanks(talk: Talk) -> bool:
    return not (talk.incoming.attachments or talk.incoming.location) and thanks(talk.incoming.text)


def welcome(talk: Talk) -> Step:
    """What was offered before may still be answered, without showing it all once more."""
    session = talk.known.session
    step = talk.step(
        session,
        talk.say("you_are_welcome"),
        stage=session.stage,
        subject=session.subject,
        numbered=session.numbered,
    )
    return Step(replace(step.session, offered=session.offered), step.effects)
