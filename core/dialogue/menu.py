"""The menu by role, and the small things around it: help, language, practice, the code for the web."""

from collections.abc import Callable
from dataclasses import replace

from core.dialogue import courtesy
from core.dialogue.citizens import doorstep
from core.dialogue.filling import spare
from core.dialogue.keys import form_word
from core.dialogue.known import Step
from core.dialogue.session import Session, Stage
from core.dialogue.talk import Talk
from core.forms.answers import greeting
from core.forms.filling import Filling
from core.forms.plan import Plan
from core.model.effects import Invited, Say, Unlinked
from core.model.messages import Channel, Choice, Reply
from core.model.people import Person, Post, Role

WEB_MINUTES = 10
OFFICERS = frozenset({Role.KABKOTA, Role.PROVINSI, Role.RI})
"""Those who find a button for cases here; whoever else may work one types for it."""
MORNING, NOON, EVENING = 11, 15, 18
"""Hours at which the greeting changes."""


def acquainted(talk: Talk, person: Person) -> Talk:
    """The same talk, with somebody who was just recognised, in their language."""
    session = replace(talk.known.session, language=person.language or talk.known.session.language)
    known = replace(talk.known, person=person, introduction=None, session=session)
    return replace(talk, known=known, language=session.language)


def welcome(talk: Talk) -> Step:
    """The first words to somebody who was just recognised."""
    person = talk.known.person
    lead = talk.say("welcome", name=person.name) if person else ""
    if not talk.incoming.attachments:
        return show(talk, lead)
    kept = replace(talk.known, session=spare.keep(talk.known.session, talk.incoming))
    return show(replace(talk, known=kept), f"{lead} {talk.say('picture.spare')}")


def show(talk: Talk, lead: str = "") -> Step:
    """Who one is here, what is begun, what can be filed."""
    session = talk.known.session.put_aside()
    person = talk.known.person
    if person is None:
        return doorstep.show(talk, lead)
    if not person.posts:
        return talk.step(session, talk.say("menu.no_post", name=person.name), stage=Stage.MENU)
    lines = [lead or talk.say("menu.hello", time=_time_of_day(talk))]
    lines.append("; ".join(talk.seat_name(post) for post in person.posts[:3]) + ".")
    lines += _unfinished(talk, session)
    lines.append(talk.say("menu.question"))
    cases = (talk.choice("cases"),) if person.roles & OFFICERS else ()
    mine = (*cases, talk.choice("reports"), talk.choice("others"))
    choices = (*_forms(talk), *_corrections(talk, session), *mine)
    return talk.step(session, "\n".join(lines), choices, stage=Stage.MENU)


def others(talk: Talk) -> Step:
    """What is used now and then."""
    session = talk.known.session
    practice = "practice_off" if session.practice else "practice"
    choices = (talk.choice(practice), talk.choice("language"), talk.choice("web"), talk.choice("help"))
    return talk.step(session, talk.say("menu.others"), (*choices, talk.choice("menu")), stage=Stage.MENU)


def later(talk: Talk) -> Step:
    filling = talk.known.session.filling
    return show(talk, lead=talk.say("later") if filling else "")


def help_here(talk: Talk) -> Step:
    """What can be said, here and now; the question is asked again after it."""
    session = talk.known.session
    if session.filling is not None:
        steering = tuple(talk.choice(name) for name in ("resume", "summary", "later", "cancel"))
        # Still at the question: whoever answers at once is heard.
        return talk.step(
            session,
            talk.say("help.filling"),
            steering,
            stage=session.stage,
            subject=session.subject,
            numbered=False,
        )
    choices = (talk.choice("menu"), talk.choice("reports"))
    return talk.step(session, talk.say("help.menu"), choices, stage=Stage.MENU)


def odd(talk: Talk) -> Step:
    """Words that mean nothing here: never the whole menu again because of one odd word."""
    incoming, session = talk.incoming, talk.known.session
    if courtesy.is_thanks(talk):
        return courtesy.welcome(talk)
    if greeting(incoming.text) or session.stage is Stage.START or incoming.start:
        return show(talk)
    if incoming.attachments:
        choices = (*_forms(talk), talk.choice("menu"))
        text = talk.say("menu.picture_first")
        return talk.step(spare.keep(session, incoming), text, choices, stage=Stage.MENU)
    choices = session.offered or (talk.choice("menu"), talk.choice("help"))
    return talk.step(
        session,
        talk.say("menu.odd"),
        choices,
        stage=session.stage,
        subject=session.subject,
        numbered=session.numbered or not session.offered,
    )


def edited(talk: Talk) -> Step:
    """A message was edited: what it says now has to be sent as a message of its own."""
    session = talk.known.session
    return talk.step(
        session,
        talk.say("menu.edited"),
        session.offered,
        stage=session.stage,
        subject=session.subject,
        numbered=session.numbered,
    )


def practice(talk: Talk, *, on: bool) -> Step:
    """In practice mode what is filed is marked and counts nowhere."""
    session = replace(talk.known.session.put_aside(), practice=on)
    talk = replace(talk, known=replace(talk.known, session=session))
    return show(talk, lead=talk.say("practice.on" if on else "practice.off"))


def web(talk: Talk) -> Step:
    """A one-time code to go on in the web chat."""
    person = talk.known.person
    if person is None or talk.incoming.address.channel is Channel.WEBCHAT:
        return show(talk)
    text = talk.say(
        "web.code", code=talk.fresh.code, minutes=WEB_MINUTES, where=talk.known.house.web or "/chat"
    )
    effects = (Invited(person.id, talk.fresh.code, WEB_MINUTES),)
    session = talk.known.session
    way_on = talk.choice("resume" if session.filling else "menu")
    return talk.step(
        session,
        text,
        (way_on,),
        stage=session.stage,
        subject=session.subject,
        numbered=False,
        effects=effects,
    )


def leave(talk: Talk) -> Step:
    """This telephone is given on: the address is nobody's any more. What was begun stays with the person."""
    reply = Reply(talk.say("left"))
    return Step(replace(talk.known.session.put_aside(), stage=Stage.START), (Say(reply), Unlinked()))


BUTTONS: dict[str, Callable[[Talk], Step]] = {"others": others}


def form_label(talk: Talk, plan: Plan) -> str:
    return plan.form.words(plan.form.title, talk.language)


def begun_for(talk: Talk, plan: Plan, post: Post) -> Filling | None:
    """What was begun of this form for this post, in practice or in earnest as now."""
    session = talk.known.session
    wanted = (plan.form.name, post.id, session.practice, "")
    begun = session.begun()
    return next((f for f in begun if (f.form, f.post, f.practice, f.revises) == wanted), None)


def with_begun(talk: Talk, label: str, plan: Plan, *posts: Post) -> str:
    begun = any(begun_for(talk, plan, post) for post in posts)
    return f"{label} — {talk.say('menu.begun')}" if begun else label


def _forms(talk: Talk) -> tuple[Choice, ...]:
    person = talk.known.person
    if person is None:
        return ()
    return tuple(
        Choice(
            f"f:{form_word(plan.form.name)}", with_begun(talk, form_label(talk, plan), plan, *person.posts)
        )
        for plan in talk.forms.offered(person.roles)
    )


def _corrections(talk: Talk, session: Session) -> tuple[Choice, ...]:
    """Corrections that were begun and not sent."""
    return tuple(
        Choice(f"r:{filling.id}", talk.say("menu.correction", number=filling.revises))
        for filling in session.begun()
        if filling.revises
    )


def _unfinished(talk: Talk, session: Session) -> list[str]:
    begun = [filling for filling in session.begun() if not filling.revises]
    return [line for filling in begun[:2] if (line := _how_far(talk, filling))]


def _how_far(talk: Talk, filling: Filling) -> str:
    plan = talk.plan(filling)
    if plan is None:
        return ""
    answered = sum(1 for _ in talk.survey(plan, filling).answered())
    return talk.say("menu.how_far", form=form_label(talk, plan), count=answered)


def _time_of_day(talk: Talk) -> str:
    hour = talk.now.hour + talk.now.minute / 60
    part = (
        "morning"
        if 3 <= hour < MORNING
        else "noon"
        if hour < NOON
        else "day"
        if hour < EVENING
        else "evening"
    )
    return talk.say(f"time.{part if hour >= 3 else 'evening'}")
