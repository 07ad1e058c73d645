"""Following a case by its code, from any channel: where it stands, what comes next, and questions answered.

7Q2M-K9TD-4XW1-B6RE ─▶ where it stands [Jawab] [Tambah keterangan] … ─▶ "selesai", or half an hour of silence
"""

from dataclasses import replace

from core.cases.tracking import is_mistyped
from core.dialogue import courtesy
from core.dialogue.citizens import handing, in_hand, own_case
from core.dialogue.citizens.wishes import Wish, wish_in, wished
from core.dialogue.commands import Command, command_in
from core.dialogue.known import LONGEST_WITH_CODE, Step, code_given
from core.dialogue.session import Stage
from core.dialogue.talk import Talk
from core.dialogue.typed import as_choice
from core.forms.answers import greeting
from core.model.cases import Case
from core.model.effects import Effect, Guessed

OUT = frozenset({Command.CANCEL, Command.BACK, Command.LATER, Command.SKIP})


def answer(talk: Talk) -> Step | None:
    """A code, from whomever and wherever; and all that concerns the case in hand."""
    session = talk.known.session
    if code_given(talk.incoming, session):
        return _by_code(talk)
    if _is_mistyped(talk):
        return _not_that(talk, "tips.code.mistyped")
    if session.stage not in (Stage.CODE, Stage.CASE):
        return _press(talk)
    talk = replace(talk, incoming=as_choice(session, talk.incoming))
    if talk.incoming.choice:
        return _press(talk)
    return handing.hear_code(talk) if session.stage is Stage.CODE else _hear(talk)


def _by_code(talk: Talk) -> Step:
    session, case = talk.known.session, talk.known.case
    if session.stage is Stage.CODE and code_given(talk.incoming, session)[-4:] == session.confirm:
        return handing.confirmed(talk)
    if case is None:
        tried: tuple[Effect, ...] = () if talk.known.guess == "wait" else (Guessed(right=False),)
        return _not_that(talk, "tips.code.unknown", tried)
    if session.filling is None:
        return in_hand.show(talk, case, effects=(Guessed(right=True),))
    session = in_hand.visiting(session, case, talk.fresh.now)
    choices = (talk.choice("resume"), in_hand.choice(talk, Wish.OPEN))
    return talk.step(
        session,
        "\n".join((in_hand.status(talk, case), talk.texts.say("tips.case.beside"))),
        choices,
        stage=session.stage,
        subject=session.subject,
        numbered=False,
        effects=(Guessed(right=True),),
    )


def _not_that(talk: Talk, key: str, effects: tuple[Effect, ...] = ()) -> Step:
    """No case for that code; a form that is being filled stays as it was."""
    session, words = talk.known.session, talk.texts.say(key)
    if session.filling is not None or session.stage is Stage.CODE:
        choices = session.offered if session.stage is Stage.CODE else (talk.choice("resume"),)
        return talk.step(
            session, words, choices, stage=session.stage, subject=session.subject, numbered=False,
            effects=effects,
        )  # fmt: skip
    return talk.step(
        in_hand.left(session),
        words,
        (talk.choice("menu"),),
        stage=Stage.CASE,
        subject=in_hand.CODE,
        effects=effects,
    )


def _press(talk: Talk) -> Step | None:
    """A tap that concerns the case in hand; None for any other."""
    kind, _, rest = talk.incoming.choice.partition(":")
    if kind == "t":
        return own_case.tapped(talk, rest)
    wish, case = wished(talk.incoming.choice), in_hand.current(talk)
    if wish is Wish.STAY and talk.known.session.stage is Stage.CODE:
        return handing.skipped(talk)
    return _fulfil(talk, case, wish) if wish and case else None


def _fulfil(talk: Talk, case: Case, wish: Wish) -> Step | None:
    match wish:
        case Wish.STATUS | Wish.OPEN | Wish.STAY:
            return in_hand.show(talk, case)
        case Wish.ANSWER | Wish.ADD:
            return own_case.invite(talk, case)
        case Wish.MORE:
            return in_hand.more(talk, case)
        case Wish.FORMAL:
            return own_case.make_formal(talk, case)
        case Wish.WITHDRAW | Wish.CONTEST:
            return own_case.ask_about(talk, case, wish.value)
        case Wish.DO:
            return own_case.do(talk, case)
        case Wish.ERASE:
            return own_case.ask_to_erase(talk, case)
        case Wish.ERASE_YES:
            return own_case.erase(talk, case)
        case Wish.END:
            return in_hand.leave(talk)
        case _:
            return None


def _hear(talk: Talk) -> Step | None:
    """Words while a case is in hand, or while its code is awaited."""
    session, incoming = talk.known.session, talk.incoming
    bare = not (incoming.attachments or incoming.location)
    if session.subject == in_hand.CODE:
        return _not_that(talk, "tips.code.mistyped") if bare and _is_like_code(incoming.text) else None
    case = in_hand.current(talk)
    if case is None:
        is_done = not session.following or talk.known.question is not None
        return None if is_done else in_hand.ask(talk, talk.texts.say("tips.case.again"))
    if courtesy.is_thanks(talk):
        return courtesy.welcome(talk)
    if bare and (command := command_in(incoming.text)):
        if command in OUT:
            return in_hand.show(talk, case)
        wish = wish_in(incoming.text)
        return _fulfil(talk, case, wish) if wish else None
    if bare and (wish := wish_in(incoming.text)):
        return _fulfil(talk, case, wish)
    if not incoming.text.strip() and bare:
        return in_hand.show(talk, case)
    return own_case.hear(talk, case, is_greeting=bare and greeting(incoming.text))


def _is_mistyped(talk: Talk) -> bool:
    """In the middle of a form only what is written just like a code."""
    text, session = talk.incoming.text, talk.known.session
    if talk.incoming.choice or len(text) > LONGEST_WITH_CODE or not is_mistyped(text):
        return False
    return session.filling is None or text.count("-") >= 3


def _is_like_code(text: str) -> bool:
    bare = text.replace("-", "").replace(" ", "")
    return 8 <= len(bare) <= 24 and bare.isalnum() and any(mark.isdigit() for mark in bare)
