"""A reminder is answered: filled in now, nothing to report, or tomorrow; by a tap or in a word.

b:fill:481   fill in what row 481 of the ledger asks for; b:open:481 asks first whether there is anything
b:nihil:481  nothing to report: filed at once      b:wait  tomorrow, for all that is owed
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from core.dialogue import menu
from core.dialogue.filling import beginning
from core.dialogue.keys import form_word
from core.dialogue.known import Step
from core.dialogue.reminders import owing
from core.dialogue.reminders.reminded import said
from core.dialogue.reminders.seats import moment_name
from core.dialogue.session import Stage
from core.dialogue.talk import Talk
from core.elections.humane import MORNING, next_chance
from core.elections.owed import Owed, at_hand
from core.model.effects import Postponed
from core.model.messages import Choice

OFFERED = 8
DAWN = 4
"""Who says tomorrow at night, before then, means the morning that comes."""


def press(talk: Talk, rest: str) -> Step:
    wish, _, number = rest.partition(":")
    if wish == "wait":
        return _wait(talk)
    owed = next((one for one in talk.known.owed if str(one.id) == number), None)
    return _do(talk, wish, owed) if owed else _nothing(talk, "owing.over")


def hear(talk: Talk) -> Step | None:
    """The same in words; None for words that are none of these."""
    wish, owed = said(talk.incoming.text), talk.known.owed
    if not wish:
        return None
    if wish == "wait":
        return _wait(talk)
    fitting = [one for one in at_hand(owed, talk.fresh.now) if one.nihil or wish == "fill"]
    if not fitting:
        return _nothing(talk, "owing.nothing")
    return _do(talk, wish, fitting[0]) if len(fitting) == 1 else _which(talk, wish, fitting)


def _do(talk: Talk, wish: str, owed: Owed) -> Step:
    plan = talk.forms.newest(owed.form)
    post = talk.known.post(owed.post.id)
    if plan is None or post is None:
        return menu.show(talk, lead=talk.say("form.gone"))
    if talk.known.session.practice:
        # What is owed is owed in earnest.
        session = replace(talk.known.session.put_aside(), practice=False)
        talk = replace(talk, known=replace(talk.known, session=session))
    if wish == "nihil" and plan.form.purpose.nihil:
        return beginning.file_nihil(talk, plan, post, owed.id)
    how = "ask" if wish == "open" else "fill"
    return beginning.begin_for(talk, f"{form_word(owed.form)}:{post.id}:{how}")


def _wait(talk: Talk) -> Step:
    """All that is owed now: who has a hand free for one of them would not say so."""
    owed = talk.known.owed
    if not owed:
        return _nothing(talk, "owing.nothing")
    until = next_chance(talk.known.elections, owed[0].post.area, _tomorrow(talk.now))
    posts = tuple(sorted({one.post.id for one in owed}))
    when = moment_name(until, owed[0].post.zone, talk.texts)
    return talk.step(
        talk.known.session.put_aside(),
        talk.texts.say("owing.waits", when=when),
        (talk.choice("menu"),),
        stage=Stage.MENU,
        effects=(Postponed(posts, until),),
    )


def _tomorrow(now: datetime) -> datetime:
    day = now.date() + timedelta(days=0 if now.hour < DAWN else 1)
    return datetime.combine(day, MORNING, now.tzinfo)


def _which(talk: Talk, wish: str, owed: Sequence[Owed]) -> Step:
    choices = tuple(
        Choice(f"b:{wish}:{one.id}", owing.form_name(one, talk.texts), owing.due_words(one, talk.texts))
        for one in owed[:OFFERED]
    )
    words = talk.texts.say(f"owing.which.{wish}")
    return talk.step(talk.known.session.put_aside(), words, (*choices, talk.choice("menu")), stage=Stage.MENU)


def _nothing(talk: Talk, key: str) -> Step:
    choices = (talk.choice("menu"), talk.choice("reports"))
    return talk.step(talk.known.session.put_aside(), talk.texts.say(key), choices, stage=Stage.MENU)
