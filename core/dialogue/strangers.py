"""Somebody we do not know yet: kindly told what is possible, and how we can know them."""

from dataclasses import replace

from core.dialogue.commands import Command, command_in
from core.dialogue.known import Step
from core.dialogue.session import Stage
from core.dialogue.talk import Talk
from core.model.messages import Channel, Choice
from core.model.people import Person


def answer(talk: Talk) -> Step:
    match command_in(talk.incoming.text) or talk.incoming.choice:
        case Command.ENGLISH | "l:en":
            return _greet(_in(talk, "en"))
        case Command.INDONESIAN | "l:id":
            return _greet(_in(talk, "id"))
        case _ if talk.incoming.contact is not None:
            return _unknown_number(talk)
        case _ if talk.incoming.start or _looks_like_code(talk.incoming.text):
            return _wrong_code(talk)
        case _:
            return _greet(talk)


def _greet(talk: Talk) -> Step:
    house = talk.known.house.name
    channel = talk.incoming.address.channel
    language = Choice("l:id", "Bahasa Indonesia") if talk.language == "en" else Choice("l:en", "English")
    match channel:
        case Channel.TELEGRAM:
            text, ask = talk.say("stranger.telegram", house=house), True
        case Channel.WEBCHAT | Channel.TERMINAL if talk.known.demo:
            return talk.step(
                talk.known.session,
                talk.say("stranger.demo", house=house),
                (*(_demo_choice(talk, person) for person in talk.known.demo), language),
                stage=Stage.START,
            )
        case Channel.WEBCHAT | Channel.TERMINAL:
            text, ask = talk.say("stranger.web", house=house), False
        case _:
            text, ask = talk.say("stranger.phone", house=house), False
    if ask:
        return talk.step(talk.known.session, text, stage=Stage.START, ask="contact")
    return talk.step(talk.known.session, text, (language,), stage=Stage.START, numbered=False)


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


def _demo_choice(talk: Talk, person: Person) -> Choice:
    post = talk.seat_name(person.posts[0]) if person.posts else ""
    return Choice(f"d:{person.id}", f"{person.name} — {post}" if post else person.name)


def _looks_like_code(text: str) -> bool:
    bare = text.strip().replace("-", "").replace(" ", "")
    return len(bare) == 8 and bare.isalnum() and any(mark.isdigit() for mark in bare)


def _in(talk: Talk, language: str) -> Talk:
    session = replace(talk.known.session, language=language)
    return replace(talk, language=language, known=replace(talk.known, session=session))
