"""A supervisor we do not know yet: kindly told how we can know them."""

import re
from dataclasses import replace

from core.dialogue.citizens import doorstep
from core.dialogue.commands import Command, command_in
from core.dialogue.known import Step
from core.dialogue.session import Stage
from core.dialogue.talk import Talk
from core.model.messages import Channel

_CODE = re.compile(r"[^\W_]{4}[- ]?[^\W_]{4}")


def answer(talk: Talk) -> Step | None:
    """What shows that a supervisor writes; None for anything else, where citizens are heard too."""
    if talk.incoming.contact is not None and talk.known.session.filling is None:
        return _unknown_number(talk)
    if talk.incoming.start or _may_be_code(talk):
        return _wrong_code(talk)
    if talk.forms.public():
        return None
    match command_in(talk.incoming.text) or talk.incoming.choice:
        case Command.ENGLISH | "l:en":
            return greet(_in(talk, "en"))
        case Command.INDONESIAN | "l:id":
            return greet(_in(talk, "id"))
        case _:
            return greet(talk)


def greet(talk: Talk) -> Step:
    """How to be known here, on this channel."""
    channel, session = talk.incoming.address.channel, talk.known.session
    match channel:
        case Channel.TELEGRAM:
            return talk.step(session, _words(talk, "telegram"), stage=Stage.START, ask="contact")
        case Channel.WEBCHAT | Channel.TERMINAL if talk.known.demo:
            text = talk.say("stranger.demo", house=talk.known.house.name)
            choices = tuple(doorstep.demo_choice(talk, person) for person in talk.known.demo)
            return talk.step(session, text, (*choices, doorstep.other_language(talk)), stage=Stage.START)
        case Channel.WEBCHAT | Channel.TERMINAL:
            text = _words(talk, "web")
        case _:
            text = _words(talk, "phone")
    return talk.step(session, text, (doorstep.other_language(talk),), stage=Stage.START, numbered=False)


def _words(talk: Talk, channel: str) -> str:
    words = talk.say(f"stranger.{channel}", house=talk.known.house.name)
    return words if talk.forms.public() else f"{words} {talk.say('stranger.no_tips')}"


def _unknown_number(talk: Talk) -> Step:
    contact = talk.incoming.contact
    key = "stranger.number_unknown" if contact and contact.own else "stranger.number_not_own"
    return talk.step(
        talk.known.session,
        talk.say(key, house=talk.known.house.name),
        stage=Stage.START,
        ask=None if contact and contact.own else "contact",
    )


def _wrong_code(talk: Talk) -> Step:
    return talk.step(talk.known.session, talk.say("stranger.code_wrong"), stage=Stage.START)


def _may_be_code(talk: Talk) -> bool:
    """In the middle of a tip "KT 1234 AB" is a number plate."""
    at_the_door = talk.known.session.stage in (Stage.START, Stage.MENU)
    return at_the_door and _looks_like_code(talk.incoming.text)


def _looks_like_code(text: str) -> bool:
    return _CODE.fullmatch(text.strip()) is not None and any(mark.isdigit() for mark in text)


def _in(talk: Talk, language: str) -> Talk:
    session = replace(talk.known.session, language=language)
    return replace(talk, language=language, known=replace(talk.known, session=session))
