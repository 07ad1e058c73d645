"""A citizen at the door: a menu, or at once a tip; consent and secrecy come before anything is taken down.

a story out of the blue ─▶ consent ─▶ secrecy ─▶ the form, which begins with what was written already
                              └ no ─▶ everything is forgotten
"""

from dataclasses import replace

from core.cases.filing import MOST_A_DAY
from core.dialogue import courtesy
from core.dialogue.citizens import consent, doorstep, drafting, in_hand, joking, own_case, strangers
from core.dialogue.citizens.in_hand import choice
from core.dialogue.citizens.wishes import Wish, is_afraid, tells, wish_in, wished
from core.dialogue.commands import Command, command_in
from core.dialogue.keys import form_word
from core.dialogue.known import Step
from core.dialogue.session import Stage
from core.dialogue.talk import Talk
from core.dialogue.typed import as_choice
from core.forms.answers import greeting
from core.forms.plan import Plan
from core.model.cases import Secrecy
from core.model.messages import EDITED

FILLING = frozenset({Stage.QUESTION, Stage.DOUBT, Stage.SUMMARY, Stage.CANCEL})
LEFT_TO_FILLING = frozenset({"a", "r", "s", "c"})
"""Kinds of taps that mean the same to a citizen as to a supervisor."""


def answer(talk: Talk) -> Step | None:
    """What a citizen does beside a form; None while a form is filled as any other is."""
    session = talk.known.session
    if session.filling is None or session.stage not in FILLING:
        talk = replace(talk, incoming=as_choice(session, talk.incoming))
    if talk.incoming.choice:
        return _press(talk, talk.incoming.choice)
    match session.stage:
        case Stage.CONSENT:
            return consent.hear(talk)
        case Stage.SECRECY:
            return consent.hear_secrecy(talk)
        case stage if stage in FILLING and session.filling is not None:
            return joking.in_story(talk)
        case _:
            return _at_the_door(talk)


def obey(talk: Talk, command: Command) -> Step | None:
    """A command that means something else to a citizen; None for those that do not."""
    has_filling = talk.known.session.filling is not None
    match command:
        case Command.REPORTS:
            return in_hand.ask(talk)
        case Command.WITHDRAW | Command.CORRECT if not has_filling:
            return in_hand.ask(talk)
        case Command.PRACTICE | Command.PRACTICE_OFF | Command.WEB:
            return doorstep.show(talk)
        case Command.LEAVE:
            return in_hand.leave(talk)
        case Command.DONE | Command.SKIP | Command.BACK | Command.SEND | Command.CANCEL if not has_filling:
            return doorstep.show(talk)
        case _:
            return None


def _press(talk: Talk, choice: str) -> Step | None:
    kind, _, rest = choice.partition(":")
    if kind in LEFT_TO_FILLING or choice == EDITED:
        return None
    if kind == "f" and (plan := _named(talk, rest)):
        return begin(talk, plan)
    if kind == "l":
        return consent.speak(talk, rest)
    wish = wished(choice)
    return _fulfil(talk, wish) if wish else doorstep.show(talk, lead=talk.say("button.gone"))


def _fulfil(talk: Talk, wish: Wish) -> Step:
    """What was tapped, or said in so many words."""
    at_consent, at_secrecy = (talk.known.session.stage is s for s in (Stage.CONSENT, Stage.SECRECY))
    match wish:
        case Wish.TIP if plan := _first_tip(talk):
            return begin(talk, plan)
        case Wish.STATUS | Wish.WITHDRAW | Wish.CONTEST | Wish.ERASE | Wish.FORMAL | Wish.ADD | Wish.ANSWER:
            return in_hand.ask(talk)
        case Wish.NEW if plan := _first_tip(talk):
            return consent.ask(talk, plan.form.name, "")
        case Wish.OLD if begun := talk.known.session.begun():
            return drafting.go_on(talk, begun[0])
        case Wish.OFFICER:
            return strangers.greet(talk)
        case Wish.AGREE if at_consent:
            return consent.ask_secrecy(talk)
        case Wish.EXPLAIN if at_consent:
            return consent.explain(talk)
        case Wish.REFUSE if at_consent or at_secrecy:
            return consent.refuse(talk)
        case Wish.NAMED if at_secrecy and not talk.known.can_seal:
            return consent.ask_secrecy(talk)
        case Wish.CONFIDENTIAL | Wish.NAMED | Wish.ANONYMOUS if at_secrecy:
            return consent.begin_filling(talk, Secrecy(wish.value))
        case Wish.END:
            return in_hand.leave(talk)
        case _:
            return doorstep.show(talk, lead=talk.say("button.gone"))


def _at_the_door(talk: Talk) -> Step | None:
    """Nothing has begun: a wish, a command, a story, a joke, or something short and odd."""
    incoming, text = talk.incoming, talk.incoming.text.strip()
    bare = not (incoming.attachments or incoming.location)
    if bare and (wish := wish_in(text)):
        return _fulfil(talk, wish)
    if bare and command_in(text):
        return None
    if courtesy.is_thanks(talk):
        return courtesy.welcome(talk)
    if talk.known.question is not None and not (bare and (greeting(text) or not text)):
        return own_case.answer_question(talk, talk.known.question)
    if bare and (not text or greeting(text)):
        return doorstep.show(talk)
    if bare and joking.is_joke(text):
        return joking.answer(talk)
    plan = _first_tip(talk)
    if plan is not None and (not bare or tells(text)):
        return begin(talk, plan, out_of_the_blue=True)
    return _odd(talk)


def _odd(talk: Talk) -> Step:
    """Too short to tell anything: the menu once, then only a hint."""
    if is_afraid(talk.incoming.text):
        return doorstep.show(talk, lead=talk.texts.say("tips.door.safe"))
    if talk.known.session.stage is not Stage.MENU or not talk.known.session.offered:
        return doorstep.show(talk)
    return talk.step(
        talk.known.session, talk.texts.say("tips.door.odd"), talk.known.session.offered, stage=Stage.MENU
    )


def begin(talk: Talk, plan: Plan, out_of_the_blue: bool = False) -> Step:
    """Consent first. What was sent already waits for it, and is forgotten without it."""
    talk = drafting.kept(talk) if out_of_the_blue else talk
    if any(filling.form == plan.form.name for filling in talk.known.session.begun()):
        return _which(talk)
    if talk.known.opened_today >= MOST_A_DAY:
        return _tomorrow(talk)
    thanks = talk.texts.say("tips.consent.thanks") if out_of_the_blue else ""
    return consent.ask(talk, plan.form.name, thanks)


def _which(talk: Talk) -> Step:
    """One was begun and not sent: is it about that?"""
    choices = (choice(talk, Wish.OLD), choice(talk, Wish.NEW))
    session = talk.known.session.put_aside()
    return talk.step(session, talk.texts.say("tips.which"), choices, stage=Stage.MENU)


def _tomorrow(talk: Talk) -> Step:
    """Very many in one day: nothing is lost, but it goes on tomorrow."""
    return talk.step(talk.known.session, talk.texts.say("tips.flood"), stage=Stage.MENU)


def _named(talk: Talk, word: str) -> Plan | None:
    return next((plan for plan in talk.forms.public() if form_word(plan.form.name) == word), None)


def _first_tip(talk: Talk) -> Plan | None:
    public = talk.forms.public()
    return next((plan for plan in public if plan.form.purpose.kind == "tip"), public[0] if public else None)
