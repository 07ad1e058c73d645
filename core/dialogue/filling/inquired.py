"""The desk asked about a report: its writer answers, by the button, or by "jawab" and the answer after it.

< Ada pertanyaan tentang laporan Anda P-7K2-M9Q: Jam berapa? [Jawab]
> jawab sekitar jam 9 malam
< Terima kasih, jawaban Anda sudah diteruskan.
"""

import re

from core.cases.acts import LONGEST
from core.dialogue.commands import Command, command_in, number_in
from core.dialogue.known import AT_REST, Step
from core.dialogue.session import Session, Stage
from core.dialogue.talk import Talk
from core.forms.answers.prose import cleaned
from core.model.effects import Answered
from core.model.messages import Choice, Incoming
from core.model.records import Inquiry
from core.reports.asking import KEY

OUT = frozenset({Command.MENU, Command.CANCEL, Command.HELP, Command.LATER, Command.BACK})
"""What gets one out of being asked; any other words are the answer."""
NEWEST = "*"
_SAID = re.compile(r"\s*(?:jawab|balas|answer|reply)(?:an)?\b[\s:,.\-–]*(.*)", re.IGNORECASE | re.DOTALL)
_NUMBER = re.compile(r"P-\w{3}-?\w{3}\b[\s:,.\-–]*", re.IGNORECASE)
"""Stricter than where only a number can be meant: "pagi jam 9" is none."""


def inquiry_asked(incoming: Incoming, session: Session) -> str:
    """The number of the report whose question the message answers; `*` for whichever was asked last."""
    kind, _, number = incoming.choice.partition(":")
    if kind == KEY:
        return number
    if incoming.choice:
        return ""
    if session.stage is Stage.INQUIRY:
        return session.subject
    words = _words(incoming.text) if session.stage in AT_REST else None
    if words is None:
        return ""
    named = _NUMBER.match(words)
    return (number_in(named[0]) if named else "") or NEWEST


def answer(talk: Talk) -> Step | None:
    """None for what is no answer to the desk."""
    incoming, session = talk.incoming, talk.known.session
    if not inquiry_asked(incoming, session) or talk.known.person is None:
        return None
    inquiry = talk.known.inquiry
    if incoming.choice:
        return _invite(talk, inquiry) if inquiry else _over(talk)
    if session.stage is not Stage.INQUIRY:
        return _said(talk, inquiry) if inquiry else None
    if command_in(incoming.text) in OUT and not incoming.attachments:
        return None
    return _keep(talk, inquiry, incoming.text) if inquiry else _over(talk)


def _words(text: str) -> str | None:
    """What stands after "jawab"; None for what does not begin so."""
    found = _SAID.fullmatch(text)
    return found[1] if found else None


def _said(talk: Talk, inquiry: Inquiry) -> Step:
    words = _words(talk.incoming.text) or ""
    named = _NUMBER.match(words)
    words = words[named.end() :] if named else words
    return _keep(talk, inquiry, words) if words.strip() else _invite(talk, inquiry)


def _invite(talk: Talk, inquiry: Inquiry) -> Step:
    text = talk.texts.say("inquiries.write", number=inquiry.report, question=inquiry.question)
    return talk.step(
        talk.known.session.put_aside(),
        text,
        (talk.choice("menu"),),
        stage=Stage.INQUIRY,
        subject=inquiry.report,
        numbered=False,
    )


def _keep(talk: Talk, inquiry: Inquiry, words: str) -> Step:
    text = cleaned(words)[:LONGEST]
    media = tuple(one.media for one in talk.incoming.attachments if one.media)
    if not text and not media:
        return _invite(talk, inquiry)
    session = talk.known.session.put_aside()
    begun = tuple(Choice(f"r:{one.id}", talk.say("button.resume")) for one in session.begun()[:1])
    return talk.step(
        session,
        talk.texts.say("inquiries.thanks", number=inquiry.report),
        (*begun, talk.choice("menu")),
        stage=Stage.MENU,
        effects=(Answered(inquiry.id, inquiry.report, inquiry.person, text, media),),
    )


def _over(talk: Talk) -> Step:
    """Answered already, or asked of somebody else."""
    words = talk.texts.say("inquiries.over")
    return talk.step(talk.known.session.put_aside(), words, (talk.choice("menu"),), stage=Stage.MENU)
