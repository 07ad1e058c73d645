"""A citizen hands in: the case is opened, its code given out alone, and the last four asked back."""

from dataclasses import replace

from core.cases import filing
from core.cases.lifecycle import alert_of_opening, open_case
from core.dialogue.citizens import in_hand, own_case
from core.dialogue.citizens.wishes import Wish, key, wish_in
from core.dialogue.commands import Command, command_in, plain
from core.dialogue.known import Step, code_given
from core.dialogue.session import Session, Stage
from core.dialogue.talk import Talk
from core.forms.answers import greeting
from core.forms.filling import Filling
from core.forms.plan import Plan
from core.model.cases import CITIZEN, Secrecy
from core.model.effects import Opened, Say
from core.model.messages import Choice, Reply

LAST = 4
READ_AS = str.maketrans("OIL", "011")


def hand_in(talk: Talk, session: Session, filling: Filling, plan: Plan) -> Step:
    """Open the case. Whoever brings very many in a day goes on tomorrow; nothing of it is lost."""
    procedure = talk.known.rules.current(plan.form.purpose.opens)
    if procedure is None or not talk.fresh.tracking:
        return _not_now(talk, session, "tips.closed")
    if talk.known.opened_today >= filing.MOST_A_DAY:
        return _not_now(talk, session, "tips.flood")
    brought = filing.bring(
        plan,
        filling,
        talk.world(filling),
        number=talk.fresh.case,
        secrecy=Secrecy(filling.secrecy),
        province=talk.known.house.province,
        doubts=filing.doubts_about(talk.known.opened_today),
    )
    opening = brought.opening
    if opening.secrecy is Secrecy.NAMED and not brought.identity:
        # Nothing was said, or it can be sealed no more.
        opening = replace(opening, secrecy=Secrecy.CONFIDENTIAL)
    case, note = open_case(opening, procedure, CITIZEN, talk.fresh.now, brought.media)
    opened = Opened(case, note, talk.fresh.tracking, brought.identity, is_theirs=True)
    session = in_hand.visiting(session.drop(), case, talk.fresh.now)
    session = replace(session, confirm=talk.fresh.tracking[-LAST:])
    skip = Choice(key(Wish.STAY), talk.say("button.skip"))
    step = talk.step(
        session,
        talk.texts.say("tips.handed"),
        (skip,),
        stage=Stage.CODE,
        numbered=False,
        effects=(opened, alert_of_opening(case, procedure)),
    )
    return Step(step.session, (*step.effects, Say(Reply(talk.fresh.tracking), secret=True)))


def hear_code(talk: Talk) -> Step | None:
    """The last four, a wish to go without, or one more thing that came to mind."""
    session, text = talk.known.session, talk.incoming.text
    if code_given(talk.incoming, session) or _last_four(text) == session.confirm:
        return confirmed(talk)
    if command_in(text) in (Command.SKIP, Command.LATER, Command.MENU) or wish_in(text) is Wish.END:
        return skipped(talk)
    if command_in(text) is Command.HELP:
        return talk.step(
            session, talk.texts.say("tips.code.ask"), session.offered, stage=Stage.CODE, numbered=False
        )
    if command_in(text) is not None or talk.incoming.choice:
        return None
    case = in_hand.current(talk)
    is_more = talk.incoming.attachments or talk.incoming.location or len(text.split()) > 2
    if case is not None and is_more:
        return own_case.tell(talk, case, lead=talk.texts.say("tips.code.still"), stage=Stage.CODE)
    words = "tips.code.ask" if greeting(text) or not text.strip() else "tips.code.wrong"
    return talk.step(session, talk.texts.say(words), session.offered, stage=Stage.CODE, numbered=False)


def confirmed(talk: Talk) -> Step:
    """The code has arrived: what happens now, and by when."""
    session = replace(talk.known.session, confirm="")
    case = talk.known.case
    if case is None:
        return in_hand.closing(talk, session, talk.texts.say("tips.code.right"))
    session = in_hand.visiting(session, case, talk.fresh.now)
    lines = (
        talk.texts.say("tips.code.right"),
        in_hand.status(talk, case),
        talk.texts.say("tips.code.how_anonymous" if case.secrecy is Secrecy.ANONYMOUS else "tips.code.how"),
    )
    return in_hand.menu_of(talk, session, case, "\n".join(lines))


def skipped(talk: Talk) -> Step:
    """Without the last four: only a warning."""
    session = replace(talk.known.session, confirm="")
    return in_hand.closing(talk, session, talk.texts.say("tips.code.skipped"))


def _last_four(text: str) -> str:
    return plain(text).upper().replace("-", "").replace(" ", "").translate(READ_AS)


def _not_now(talk: Talk, session: Session, key: str) -> Step:
    choices = (talk.choice("send"), talk.choice("later"))
    return talk.step(session, talk.texts.say(key), choices, stage=Stage.SUMMARY, numbered=False)
