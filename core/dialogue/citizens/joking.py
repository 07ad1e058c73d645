"""Somebody jokes: answered in earnest once, then with a polite nothing; whoever means it goes on."""

from dataclasses import replace

from core.cases.pranks import FEWEST_LETTERS, is_prank
from core.dialogue.citizens import drafting
from core.dialogue.known import Step
from core.dialogue.session import Stage
from core.dialogue.talk import Talk
from core.model.effects import Forgot


def is_joke(text: str) -> bool:
    """Nothing in it, and more than "ok" or "pak": those are no jokes, only short."""
    return is_prank(text) and sum(mark.isalpha() for mark in text) >= FEWEST_LETTERS


def answer(talk: Talk) -> Step:
    """A joke at the door."""
    session = talk.known.session
    if session.doubted:
        return _goodbye(talk)
    words = talk.texts.say("tips.joke.once", house=talk.known.house.name)
    return talk.step(replace(session, doubted=True), words, (talk.choice("menu"),), stage=Stage.MENU)


def in_story(talk: Talk) -> Step | None:
    """A joke where the story is asked for; with a story already there, laughter is a part of it."""
    session, incoming = talk.known.session, talk.incoming
    story = drafting.asked_story(talk)
    if not story or incoming.attachments or incoming.choice or not is_prank(incoming.text):
        return None
    if session.doubted and is_joke(incoming.text):
        return _goodbye(talk)
    words = talk.texts.say("tips.joke.in_story")
    session = replace(session, doubted=session.doubted or is_joke(incoming.text))
    return talk.step(
        session, words, session.offered, stage=Stage.QUESTION, subject=session.subject, numbered=False
    )


def _goodbye(talk: Talk) -> Step:
    session = replace(talk.known.session.drop(), doubted=False)
    return talk.step(session, talk.texts.say("tips.joke.twice"), stage=Stage.MENU, effects=(Forgot(),))
