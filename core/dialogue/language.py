"""Which language is spoken."""

from dataclasses import replace

from core.dialogue import menu
from core.dialogue.filling.settling import settle
from core.dialogue.known import Step
from core.dialogue.session import Stage
from core.dialogue.talk import Talk
from core.model.effects import Spoke
from core.model.messages import Choice
from core.speech.texts import LANGUAGES

NAMES = {"id": "Bahasa Indonesia", "en": "English"}


def ask(talk: Talk) -> Step:
    choices = tuple(Choice(f"l:{code}", NAMES[code]) for code in LANGUAGES)
    return talk.step(talk.known.session, talk.say("language.ask"), choices, stage=Stage.LANGUAGE)


def speak(talk: Talk, language: str) -> Step:
    """From now on in that language; a question that stood open is asked again in it."""
    language = language if language in LANGUAGES else talk.language
    session = replace(talk.known.session, language=language)
    talk = replace(talk, language=language, known=replace(talk.known, session=session))
    step = _go_on(talk, talk.say("language.done"))
    person = talk.known.person
    return Step(step.session, (Spoke(person.id, language), *step.effects)) if person else step


def _go_on(talk: Talk, lead: str) -> Step:
    session = talk.known.session
    return settle(talk, session, session.filling, lead) if session.filling else menu.show(talk, lead=lead)
