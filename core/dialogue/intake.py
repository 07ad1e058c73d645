"""A citizen at the door: a menu, or at once a tip; consent and secrecy come before anything is taken down.

a story out of the blue ─▶ consent ─▶ secrecy ─▶ the form, which begins with what was written already
                              └ no ─▶ everything is forgotten
"""

import re
from dataclasses import replace

from core.cases.filing import MOST_A_DAY
from core.dialogue import doorstep, drafting, in_hand, joking, language, own_case, strangers, wishes
from core.dialogue.commands import Command, command_in
from core.dialogue.keys import form_word
from core.dialogue.known import Step
from core.dialogue.session import Stage
from core.dialogue.talk import Talk
from core.dialogue.typed import as_choice
from core.dialogue.wishes import Wish, wish_in, wished
from core.forms.answers import greeting, yes_or_no
from core.forms.plan import Plan
from core.model.cases import Secrecy
from core.model.effects import Forgot
from core.model.messages import EDITED, Channel, Choice

FEWEST_WORDS, FEWEST_LETTERS = 3, 12
"""What is longer than this tells something; anything shorter may be a greeting or a slip."""
LONGEST_QUESTION, FEARFUL_WORDS = 60, 4
FILLING = frozenset({Stage.QUESTION, Stage.DOUBT, Stage.SUMMARY, Stage.CANCEL})
LEFT_TO_FILLING = frozenset({"a", "r", "s", "c"})
"""Kinds of taps that mean the same to a citizen as to a supervisor."""
_ASKS = re.compile(r"\b(tanya|bertanya|nanya|ask)\b|\?\s*$", re.IGNORECASE)
_FEARS = re.compile(
    r"\b(aman|takut|rahasia|dirahasiakan|ketahuan|bahaya|safe|afraid|secret)\b", re.IGNORECASE
)
_WORD = re.compile(r"[^\W_]+")


def answer(talk: Talk) -> Step | None:
    """What a citizen does beside a form; None while a form is filled as any other is."""
    session = talk.known.session
    if session.filling is None or session.stage not in FILLING:
        talk = replace(talk, incoming=as_choice(session, talk.incoming))
    if talk.incoming.choice:
        return _press(talk, talk.incoming.choice)
    match session.stage:
        case Stage.CONSENT:
            return _hear_consent(talk)
        case Stage.SECRECY:
            return _hear_secrecy(talk)
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
        return _speak(talk, rest)
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
            return _ask_consent(talk, plan.form.name, "")
        case Wish.OLD if begun := talk.known.session.begun():
            return drafting.go_on(talk, begun[0])
        case Wish.OFFICER:
            return strangers.greet(talk)
        case Wish.AGREE if at_consent:
            return _ask_secrecy(talk)
        case Wish.EXPLAIN if at_consent:
            return _explain(talk)
        case Wish.REFUSE if at_consent or at_secrecy:
            return refuse(talk)
        case Wish.NAMED if at_secrecy and not talk.known.can_seal:
            return _ask_secrecy(talk)
        case Wish.CONFIDENTIAL | Wish.NAMED | Wish.ANONYMOUS if at_secrecy:
            return _begin_filling(talk, Secrecy(wish.value))
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
    if talk.known.question is not None and not (bare and (greeting(text) or not text)):
        return own_case.answer_question(talk, talk.known.question)
    if bare and (not text or greeting(text)):
        return doorstep.show(talk)
    if bare and joking.is_joke(text):
        return joking.answer(talk)
    plan = _first_tip(talk)
    if plan is not None and (not bare or _tells(text)):
        return begin(talk, plan, out_of_the_blue=True)
    return _odd(talk)


def _odd(talk: Talk) -> Step:
    """Too short to tell anything: the menu once, then only a hint."""
    if _is_afraid(talk.incoming.text):
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
    return _ask_consent(talk, plan.form.name, thanks)


def _which(talk: Talk) -> Step:
    """One was begun and not sent: is it about that?"""
    choices = (_choice(talk, Wish.OLD), _choice(talk, Wish.NEW))
    session = talk.known.session.put_aside()
    return talk.step(session, talk.texts.say("tips.which"), choices, stage=Stage.MENU)


def _tomorrow(talk: Talk) -> Step:
    """Very many in one day: nothing is lost, but it goes on tomorrow."""
    return talk.step(talk.known.session, talk.texts.say("tips.flood"), stage=Stage.MENU)


def _ask_consent(talk: Talk, form: str, lead: str) -> Step:
    channel = talk.incoming.address.channel
    knows = talk.texts.say(f"tips.knows.{channel.value}")
    key = "tips.consent.sms" if channel is Channel.SMS else "tips.consent.ask"
    words = talk.texts.say(key, house=talk.known.house.name, knows=knows)
    text = "\n".join(line for line in (lead, words) if line)
    return _consent_step(talk, text, form, (Wish.AGREE, Wish.EXPLAIN, Wish.REFUSE))


def _consent_step(talk: Talk, text: str, form: str, offered: tuple[Wish, ...]) -> Step:
    choices = tuple(_choice(talk, wish) for wish in offered)
    return talk.step(talk.known.session.put_aside(), text, choices, stage=Stage.CONSENT, subject=form)


def _explain(talk: Talk) -> Step:
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


def _hear_consent(talk: Talk) -> Step | None:
    bare = not (talk.incoming.attachments or talk.incoming.location)
    said = yes_or_no(talk.incoming.text) if bare else None
    if said is not None:
        return _ask_secrecy(talk) if said else refuse(talk)
    if bare and command_in(talk.incoming.text) in (Command.CANCEL, Command.LEAVE, Command.SKIP):
        return refuse(talk)
    if bare and (step := _steered(talk)):
        return step
    if not bare or _tells(talk.incoming.text):
        talk = drafting.kept(talk)
    offered = (Wish.AGREE, Wish.EXPLAIN, Wish.REFUSE)
    return _consent_step(talk, talk.texts.say("tips.consent.again"), talk.known.session.subject, offered)


def refuse(talk: Talk) -> Step:
    """No: nothing of it is kept, and they are welcome all the same."""
    session = replace(talk.known.session.put_aside(), spare=())
    choices = (talk.choice("menu"),)
    return talk.step(session, talk.texts.say("tips.refused"), choices, stage=Stage.MENU, effects=(Forgot(),))


def _ask_secrecy(talk: Talk, lead: str = "") -> Step:
    """Each way in one line. A name is asked for only where it can be sealed."""
    modes = tuple(wish for wish in wishes.SECRECY if wish is not Wish.NAMED or talk.known.can_seal)
    short = ".sms" if talk.incoming.address.channel is Channel.SMS else ""
    lines = [lead or talk.texts.say("tips.secrecy.ask")]
    lines += [talk.texts.say(f"tips.secrecy.{wish}{short}") for wish in modes]
    choices = tuple(_choice(talk, wish) for wish in modes)
    session = talk.known.session
    return talk.step(session, "\n".join(lines), choices, stage=Stage.SECRECY, subject=session.subject)


def _hear_secrecy(talk: Talk) -> Step | None:
    bare = not (talk.incoming.attachments or talk.incoming.location)
    if bare and command_in(talk.incoming.text) in (Command.CANCEL, Command.LEAVE):
        return refuse(talk)
    if bare and command_in(talk.incoming.text) in (Command.SKIP, Command.RESUME):
        return _begin_filling(talk, Secrecy.CONFIDENTIAL)
    if bare and (step := _steered(talk)):
        return step
    if not bare or _tells(talk.incoming.text):
        talk = drafting.kept(talk)
    return _ask_secrecy(talk, talk.texts.say("tips.secrecy.again"))


def _steered(talk: Talk) -> Step | None:
    """Away from the question by a plain word; help, a language or the menu."""
    match command_in(talk.incoming.text):
        case Command.HELP if talk.known.session.stage is Stage.CONSENT:
            return _explain(talk)
        case Command.MENU:
            return doorstep.show(talk)
        case Command.ENGLISH:
            return _speak(talk, "en")
        case Command.INDONESIAN:
            return _speak(talk, "id")
        case _:
            return in_hand.ask(talk) if wish_in(talk.incoming.text) is Wish.STATUS else None


def _begin_filling(talk: Talk, secrecy: Secrecy) -> Step:
    plan = _subject(talk)
    if plan is None:
        return doorstep.show(talk, lead=talk.say("form.gone"))
    return drafting.begin(talk, plan, secrecy)


def _speak(talk: Talk, code: str) -> Step:
    """In the other language, and on where we are."""
    stage, subject = talk.known.session.stage, talk.known.session.subject
    step = language.speak(talk, code)
    if stage not in (Stage.CONSENT, Stage.SECRECY):
        return step
    session = replace(step.session, stage=stage, subject=subject)
    talk = replace(talk, language=session.language, known=replace(talk.known, session=session))
    return _ask_secrecy(talk) if stage is Stage.SECRECY else _ask_consent(talk, subject, "")


def _subject(talk: Talk) -> Plan | None:
    """The form that consent and secrecy are asked for."""
    name = talk.known.session.subject
    return next((plan for plan in talk.forms.public() if plan.form.name == name), None)


def _named(talk: Talk, word: str) -> Plan | None:
    return next((plan for plan in talk.forms.public() if form_word(plan.form.name) == word), None)


def _first_tip(talk: Talk) -> Plan | None:
    public = talk.forms.public()
    return next((plan for plan in public if plan.form.purpose.kind == "tip"), public[0] if public else None)


def _tells(text: str) -> bool:
    """Is it the beginning of a story, and no question to us?"""
    words = _WORD.findall(text)
    if len(words) < FEWEST_WORDS or sum(map(len, words)) < FEWEST_LETTERS or _is_afraid(text):
        return False
    return len(text) > LONGEST_QUESTION or _ASKS.search(text) is None


def _is_afraid(text: str) -> bool:
    """A few words of fear, or a question whether it is safe."""
    return len(_WORD.findall(text)) <= FEARFUL_WORDS and _FEARS.search(text) is not None


def _choice(talk: Talk, wish: Wish) -> Choice:
    return Choice(wishes.key(wish), talk.texts.say(f"tips.button.{wish}"))
