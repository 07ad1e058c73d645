"""What the one who brought a case does about it: answer, add, withdraw, contest, rate, have it erased."""

from dataclasses import replace

from core.cases import lifecycle
from core.cases.acts import in_language
from core.cases.days import day_in, last_day
from core.cases.lifecycle import Act, Acted, Given
from core.cases.procedure import Move, Procedure
from core.dialogue.citizens import in_hand
from core.dialogue.citizens.wishes import Wish
from core.dialogue.known import Step
from core.dialogue.session import Stage
from core.dialogue.talk import Talk
from core.forms.answers import yes_or_no
from core.forms.answers.prose import cleaned, pin_in_words
from core.forms.answers.showing import date_shown
from core.model.cases import CITIZEN, Case
from core.model.effects import Told
from core.model.messages import Choice

ADD, ERASE, REASON, SURE = "add", "erase", "reason", "sure"
"""Subjects of a case's stage: what the next words will be about; the last two with the move behind them."""


def tell(talk: Talk, case: Case, lead: str = "", stage: Stage = Stage.CASE) -> Step:
    """Words, pictures, recordings: an answer, or more than was asked for."""
    incoming = talk.incoming
    media = tuple(one.media for one in incoming.attachments if one.media)
    act = lifecycle.answer(case, _words(talk), media, talk.fresh.now)
    key = "tips.case.answered" if case.awaits else "tips.case.added"
    words = "\n".join(line for line in (talk.texts.say(key), lead) if line)
    return _done(talk, case, act, words, stage=stage, subject=ADD)


def answer_question(talk: Talk, case: Case) -> Step:
    """A question was pushed to this chat, and something is typed while nothing else goes on."""
    return tell(talk, case)


def invite(talk: Talk, case: Case) -> Step:
    """Whatever comes next is for the officer."""
    key = "tips.case.answer" if case.awaits else "tips.case.add"
    session = in_hand.visiting(talk.known.session.put_aside(), case, talk.fresh.now)
    return talk.step(
        session, talk.texts.say(key), (in_hand.choice(talk, Wish.STAY),), stage=Stage.CASE, subject=ADD,
        numbered=False,
    )  # fmt: skip


def hear(talk: Talk, case: Case, is_greeting: bool) -> Step:
    """Words while the case is in hand: what they are depends on what was asked last."""
    subject, _, name = talk.known.session.subject.partition(" ")
    text = talk.incoming.text
    sure = None if talk.incoming.attachments else yes_or_no(text)
    match subject:
        case "reason":
            return make_move(talk, case, name, cleaned(text))
        case "sure":
            return in_hand.show(talk, case) if sure is False else ask_about(talk, case, name)
        case "erase" if sure is not None:
            return erase(talk, case) if sure else in_hand.show(talk, case)
        case "add":
            return tell(talk, case)
        case _ if is_greeting or (not case.awaits and len(text.split()) < 2 and text):
            return in_hand.show(talk, case)
        case _:
            return tell(talk, case)


def ask_about(talk: Talk, case: Case, name: str) -> Step:
    """Really? A move that needs a reason asks for it instead."""
    move = _move(talk, case, name)
    if move is None:
        return in_hand.show(talk, case, talk.texts.say("tips.case.not_now"))
    session = in_hand.visiting(talk.known.session.put_aside(), case, talk.fresh.now)
    stay = in_hand.choice(talk, Wish.STAY)
    if "reason" in move.needs:
        words = talk.texts.say(f"tips.reason.{_kind(name)}")
        return talk.step(
            session, words, (stay,), stage=Stage.CASE, subject=f"{REASON} {name}", numbered=False
        )
    choices = (in_hand.choice(talk, Wish.DO), stay)
    words = talk.texts.say(f"tips.sure.{_kind(name)}")
    return talk.step(session, words, choices, stage=Stage.CASE, subject=f"{SURE} {name}")


def do(talk: Talk, case: Case) -> Step:
    """Yes, sure."""
    subject, _, name = talk.known.session.subject.partition(" ")
    return make_move(talk, case, name, "") if subject == SURE else in_hand.show(talk, case)


def make_move(talk: Talk, case: Case, name: str, reason: str) -> Step:
    procedure = in_hand.procedure_of(talk, case)
    if procedure is None:
        return in_hand.show(talk, case)
    given = Given(reason=reason)
    act = lifecycle.move(case, procedure, talk.known.rules, name, given, CITIZEN, talk.fresh.now)
    if not isinstance(act, Acted):
        subject = talk.known.session.subject
        return _done(talk, case, act, "", stage=Stage.CASE, subject=subject)
    return _done(talk, case, act, talk.texts.say(f"tips.done.{_kind(name)}"))


def make_formal(talk: Talk, case: Case) -> Step:
    """The way to a formal complaint, which leads through the office; said as often as it is asked."""
    procedure = in_hand.procedure_of(talk, case)
    if procedure is None:
        return in_hand.show(talk, case)
    act = lifecycle.want_formal(case, procedure, talk.fresh.now)
    if not isinstance(act, Acted) and act.key == "cases.refused.formal":
        return _done(talk, case, act, "")
    words = _formal_words(talk, case, procedure)
    return _done(talk, case, act if isinstance(act, Acted) else Acted(case, ()), words)


def ask_to_erase(talk: Talk, case: Case) -> Step:
    session = in_hand.visiting(talk.known.session.put_aside(), case, talk.fresh.now)
    choices = (in_hand.choice(talk, Wish.ERASE_YES), in_hand.choice(talk, Wish.STAY))
    key = "tips.erase.closed" if case.closed_at else "tips.erase.open"
    return talk.step(session, talk.texts.say(key), choices, stage=Stage.CASE, subject=ERASE)


def erase(talk: Talk, case: Case) -> Step:
    act = lifecycle.want_erasure(case, talk.fresh.now)
    return _done(talk, case, act, talk.texts.say("tips.erase.noted"))


def tapped(talk: Talk, what: str) -> Step:
    """A button under pushed news: an answer, a score, an objection."""
    case = in_hand.current(talk) or _meant(talk, what)
    if case is None:
        return in_hand.ask(talk)
    match what:
        case "jawab":
            return invite(talk, case)
        case "keberatan":
            return ask_about(talk, case, what)
        case score if score in ("1", "2", "3"):
            act = lifecycle.rate(case, int(score), talk.fresh.now)
            return _done(talk, case, act, talk.texts.say(f"tips.rated.{'well' if score == '3' else 'badly'}"))
        case _:
            return in_hand.show(talk, case)


def _meant(talk: Talk, what: str) -> Case | None:
    """Of the cases of this very address, the one that news came of last."""
    if what == "jawab":
        return talk.known.question
    closed = [case for case in talk.known.cases if case.closed_at is not None]
    return max(closed, key=lambda case: case.entered_at, default=None)


def _done(
    talk: Talk, case: Case, act: Act, words: str, *, stage: Stage = Stage.CASE, subject: str = ""
) -> Step:
    """What came of an act. They are told here, so no news of it goes to them as well."""
    if isinstance(act, Acted):
        effects = tuple(effect for effect in act.effects if not isinstance(effect, Told))
        case = act.case
    else:
        effects, words = (), act.say(talk.texts)
    session = talk.known.session
    session = session if stage is Stage.CODE else session.put_aside()
    session = in_hand.visiting(session, case, talk.fresh.now)
    talk = replace(talk, known=replace(talk.known, session=session, case=case))
    if stage is Stage.CODE:
        return talk.step(session, words, session.offered, stage=stage, numbered=False, effects=effects)
    choices = in_hand.choices_of(talk, case) if subject != ADD else _enough(talk)
    return talk.step(
        session, words, choices, stage=Stage.CASE, subject=subject, numbered=not subject, effects=effects
    )


def _enough(talk: Talk) -> tuple[Choice, ...]:
    return (in_hand.choice(talk, Wish.END), in_hand.choice(talk, Wish.STATUS))


def _formal_words(talk: Talk, case: Case, procedure: Procedure) -> str:
    """Where, when it is open, what to bring, and the last day."""
    names = talk.known.names(case.office)
    opening = next((move.opens for move in procedure.moves if _is_formal(talk, move)), "")
    formal = talk.known.rules.current(opening) if opening else None
    hours = in_language(formal.hours, talk.language) if formal else ""
    last = _last_day(talk, case, formal) if formal else ""
    say = talk.texts.say
    lines = (
        say("tips.formal.way", office=names[0] if names else talk.known.house.name),
        say("tips.formal.bring"),
        say("tips.formal.hours", hours=hours.rstrip(".")) if hours else "",
        say("tips.formal.last", day=last) if last else "",
        say("tips.formal.goes_on"),
    )
    return "\n".join(line for line in lines if line)


def _is_formal(talk: Talk, move: Move) -> bool:
    opened = talk.known.rules.current(move.opens) if move.opens else None
    return opened is not None and opened.kind == "complaint"


def _last_day(talk: Talk, case: Case, formal: Procedure) -> str:
    """Of the reporting term, counted from the day it became known."""
    term = next((term for term in formal.terms if term.since == "known"), None)
    if term is None:
        return ""
    known = case.known_on or day_in(case.office, case.opened_at)
    day = last_day(known, term.days, term.counting, term.counts_first_day)
    return date_shown(day, talk.language)


def _move(talk: Talk, case: Case, name: str) -> Move | None:
    procedure = in_hand.procedure_of(talk, case)
    moves = lifecycle.moves_for(case, procedure, CITIZEN, talk.fresh.now) if procedure else ()
    return next((move for move in moves if move.name == name), None)


def _kind(name: str) -> str:
    return "withdraw" if name == Wish.WITHDRAW else "contest"


def _words(talk: Talk) -> str:
    words, pin = cleaned(talk.incoming.text), talk.incoming.location
    return f"{words}\n{pin_in_words(pin)}".strip() if pin else words
