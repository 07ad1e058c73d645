"""Consent and secrecy: asked of a citizen before the first question, whatever the form.

consent ─ yes ─▶ secrecy ─▶ the form      no ─▶ everything is forgotten
"""

from dataclasses import replace

from core.dialogue import language
from core.dialogue.citizens import doorstep, drafting, in_hand, wishes
from core.dialogue.citizens.in_hand import choice
from core.dialogue.citizens.wishes import Wish, tells, wish_in
from core.dialogue.commands import Command, command_in
from core.dialogue.known import Step
from core.dialogue.session import Stage
from core.dialogue.talk import Talk
from core.forms.answers import yes_or_no
from core.forms.plan import Plan
from core.model.cases import Secrecy
from core.model.effects import Forgot
from core.model.messages import Channel


def ask(talk: Talk, form: str, lead: str) -> Step:
    channel = talk.incoming.address.channel
    knows = talk.texts.say(f"tips.knows.{channel.value}")
    key = "tips.consent.sms" if channel is Channel.SMS else "tips.consent.ask"
    words = talk.texts.say(key, house=talk.known.house.name, knows=knows)
    text = "\n".join(line for line in (lead, words) if line)
    return _consent_step(talk, text, form, (Wish.AGREE, Wish.EXPLAIN, Wish.REFUSE))


def _consent_step(talk: Talk, text: str, form: str, offered: tuple[Wish, ...]) -> Step:
    choices = tuple(choice(talk, wish) for wish in offered)
    return talk.step(talk.known.session.put_aside(), text, choices, stage=Stage.CONSENT, subject=form)


def explain(talk: Talk) -> Step:
    """On which ground, what is kept and for how long, and one's rights."""
    plan = _subject(talk)
    procedure = talk.known.rules.current(plan.form.purpose.opens) if plan else None
    keeps = procedure.retention if procedure else None
    text = talk.texts.say(
        "tips.consent.explain",
        days=keeps.reply_address if keeps else 30,
        years=round(keeps.content / 365) if keeps else 5,
    )
    return _consent_step(talk, text, talk.known.session.subject, (Wish.AGREE, Wish.REFUSE))


def hear(talk: Talk) -> Step | None:
    bare = not (talk.incoming.attachments or talk.incoming.location)
    said = yes_or_no(talk.incoming.text) if bare else None
    if said is not None:
        return ask_secrecy(talk) if said else refuse(talk)
    if bare and command_in(talk.incoming.text) in (Command.CANCEL, Command.LEAVE, Command.SKIP):
        return refuse(talk)
    if bare and (step := _steered(talk)):
        return step
    if not bare or tells(talk.incoming.text):
        talk = drafting.kept(talk)
    offered = (Wish.AGREE, Wish.EXPLAIN, Wish.REFUSE)
    return _consent_step(talk, talk.texts.say("tips.consent.again"), talk.known.session.subject, offered)


def refuse(talk: Talk) -> Step:
    """No: nothing of it is kept, and they are welcome all the same."""
    session = replace(talk.known.session.put_aside(), spare=())
    choices = (talk.choice("menu"),)
    return talk.step(session, talk.texts.say("tips.refused"), choices, stage=Stage.MENU, effects=(Forgot(),))


def ask_secrecy(talk: Talk, lead: str = "") -> Step:
    """Each way in one line. A name is asked for only where it can be sealed."""
    modes = tuple(wish for wish in wishes.SECRECY if wish is not Wish.NAMED or talk.known.can_seal)
    short = ".sms" if talk.incoming.address.channel is Channel.SMS else ""
    lines = [lead or talk.texts.say("tips.secrecy.ask")]
    lines += [talk.texts.say(f"tips.secrecy.{wish}{short}") for wish in modes]
    choices = tuple(choice(talk, wish) for wish in modes)
    session = talk.known.session
    return talk.step(session, "\n".join(lines), choices, stage=Stage.SECRECY, subject=session.subject)


def hear_secrecy(talk: Talk) -> Step | None:
    bare = not (talk.incoming.attachments or talk.incoming.location)
    if bare and command_in(talk.incoming.text) in (Command.CANCEL, Command.LEAVE):
        return refuse(talk)
    if bare and command_in(talk.incoming.text) in (Command.SKIP, Command.RESUME):
        return begin_filling(talk, Secrecy.CONFIDENTIAL)
    if bare and (step := _steered(talk)):
        return step
    if not bare or tells(talk.incoming.text):
        talk = drafting.kept(talk)
    return ask_secrecy(talk, talk.texts.say("tips.secrecy.again"))


def _steered(talk: Talk) -> Step | None:
    """Away from the question by a plain word; help, a language or the menu."""
    match command_in(talk.incoming.text):
        case Command.HELP if talk.known.session.stage is Stage.CONSENT:
            return explain(talk)
        case Command.MENU:
            return doorstep.show(talk)
        case Command.ENGLISH:
            return speak(talk, "en")
        case Command.INDONESIAN:
            return speak(talk, "id")
        case _:
            return in_hand.ask(talk) if wish_in(talk.incoming.text) is Wish.STATUS else None


def begin_filling(talk: Talk, secrecy: Secrecy) -> Step:
    plan = _subject(talk)
    if plan is None:
        return doorstep.show(talk, lead=talk.say("form.gone"))
    return drafting.begin(talk, plan, secrecy)


def speak(talk: Talk, code: str) -> Step:
    """In the other language, and on where we are."""
    stage, subject = talk.known.session.stage, talk.known.session.subject
    step = language.speak(talk, code)
    if stage not in (Stage.CONSENT, Stage.SECRECY):
        return step
    session = replace(step.session, stage=stage, subject=subject)
    talk = replace(talk, language=session.language, known=replace(talk.known, session=session))
    return ask_secrecy(talk) if stage is Stage.SECRECY else ask(talk, subject, "")


def _subject(talk: Talk) -> Plan | None:
    """The form that consent and secrecy are asked for."""
    name = talk.known.session.subject
    return next((plan for plan in talk.forms.public() if plan.form.name == name), None)
