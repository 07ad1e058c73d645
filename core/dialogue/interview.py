"""Filling by chat: a form is begun, gone on with, and each message becomes an answer."""

from collections.abc import Callable
from dataclasses import replace

from core.dialogue import asking, keys, menu, summary
from core.dialogue.commands import Command
from core.dialogue.hearing import hear, hear_at_summary
from core.dialogue.keys import Pressed
from core.dialogue.known import Step
from core.dialogue.session import Session, Stage
from core.dialogue.settling import settle
from core.dialogue.talk import Talk
from core.forms.answers import yes_or_no
from core.forms.filling import (
    Filling,
    Spot,
    Survey,
    add_turn,
    answer,
    close_repeat,
    confirm,
)
from core.forms.form import CHOSEN, Group, Kind, Question, Repeat
from core.forms.plan import Plan
from core.model.messages import Choice
from core.model.people import Post
from core.model.records import Answers, Flag

STEERING = frozenset(
    {Command.BACK, Command.SKIP, Command.SUMMARY, Command.CANCEL, Command.HELP, Command.MENU, Command.LATER}
)
"""What steers even where any words could be an answer."""


def begin(talk: Talk, name: str) -> Step:
    """Start a form, or go on with the one that was begun."""
    session, plan = talk.known.session, talk.forms.newest(name)
    posts = _posts_for(talk, plan)
    if plan is None or not posts:
        return menu.show(talk, lead=talk.say("form.gone"))
    begun = next((f for f in session.begun() if f.form == name and not f.revises), None)
    if begun is not None:
        return resume(talk, begun.id)
    if len(posts) > 1:
        choices = tuple(Choice(f"p:{name}:{post.id}", talk.seat_name(post)) for post in posts)
        return talk.step(
            session.put_aside(), talk.say("form.which_post"), choices, stage=Stage.POST, subject=name
        )
    return _begin_at(talk, plan, posts[0], "ask")


def begin_for(talk: Talk, rest: str) -> Step:
    """Start a form for a post: `pungut:12`, or with what to do: `logistik:12:nihil`."""
    name, _, rest = rest.partition(":")
    number, _, how = rest.partition(":")
    plan = talk.forms.newest(name)
    post = next((post for post in _posts_for(talk, plan) if str(post.id) == number), None)
    if plan is None or post is None:
        return menu.show(talk, lead=talk.say("form.gone"))
    return _begin_at(talk, plan, post, how or "ask")


def resume(talk: Talk, wanted: str) -> Step:
    """Go on with a filling: that one, or the latest."""
    session = talk.known.session
    filling = next((f for f in session.begun() if wanted in ("", f.id)), None)
    if filling is None:
        return menu.show(talk, lead=talk.say("nothing_begun") if not wanted else "")
    lead = "" if filling.id == (session.filling.id if session.filling else "") else _going_on(talk, filling)
    return settle(talk, session.turn_to(filling), filling, lead)


def press(talk: Talk, button: Pressed) -> Step:
    """A tap on a question's button: an old one changes its own answer, then we go on where we were."""
    session = talk.known.session
    filling = next((f for f in session.begun() if f.id == button.filling), None)
    if filling is None:
        return menu.show(talk, lead=talk.say("button.of_the_past"))
    plan = talk.plan(filling)
    if plan is None:
        return menu.show(talk, lead=talk.say("form.gone"))
    survey = talk.survey(plan, filling)
    spot = survey.at(place := button.place(plan))
    if session.filling is None or session.filling.id != filling.id:
        session = session.turn_to(filling)
    if spot is None:
        return settle(talk, session, filling, talk.say("button.not_asked"))
    return _take(talk, session, survey, filling, spot, place, button.what)


def listen(talk: Talk) -> Step:
    """Typed words, a picture, a pin: the answer to what was asked."""
    session, filling = talk.known.session, talk.known.session.filling
    plan = talk.plan(filling) if filling else None
    if filling is None or plan is None:
        return menu.odd(talk)
    if session.stage is Stage.DOUBT and (certain := yes_or_no(talk.incoming.text)) is not None:
        return right(talk) if certain else fix(talk)
    survey = talk.survey(plan, filling)
    if session.stage is Stage.DOUBT:
        filling = replace(filling, place=session.subject)
    if session.stage is Stage.SUMMARY and (place := summary.numbered(survey, talk.incoming.text)):
        return summary.change(talk, place)
    spot = survey.next(filling)
    if spot is None:
        return hear_at_summary(talk, session, survey, filling)
    if isinstance(spot.item, Repeat):
        return _more_or_not(talk, session, survey, filling, spot)
    return hear(talk, session, survey, filling, spot)


def right(talk: Talk) -> Step:
    """A soft rule stays broken: the writer is sure."""
    session, filling = talk.known.session, talk.known.session.filling
    plan = talk.plan(filling) if filling else None
    if filling is None or plan is None or session.stage is not Stage.DOUBT:
        return resume(talk, "")
    survey = talk.survey(plan, filling)
    place = session.subject
    if question := survey.question(place):
        filling = confirm(filling, Flag(place, survey.trouble(place, question)))
    return settle(talk, replace(session, filling=filling), filling, talk.say("doubt.kept"))


def fix(talk: Talk) -> Step:
    """Ask again what broke a rule."""
    session, filling = talk.known.session, talk.known.session.filling
    if filling is None or session.stage is not Stage.DOUBT:
        return resume(talk, "")
    plan = talk.plan(filling)
    spot = talk.survey(plan, filling).alone(session.subject) if plan else None
    if plan is None or spot is None:
        return resume(talk, "")
    filling = replace(filling, place=session.subject)
    session = replace(session, filling=filling)
    return asking.ask(talk, session, talk.survey(plan, filling), spot)


def go_back(talk: Talk) -> Step:
    """To the question before; what was answered there is shown."""
    session, filling = talk.known.session, talk.known.session.filling
    plan = talk.plan(filling) if filling else None
    if filling is None or plan is None:
        return menu.show(talk)
    survey = talk.survey(plan, filling)
    at_summary = session.stage in (Stage.SUMMARY, Stage.CANCEL)
    before = survey.before(None if at_summary else survey.next(filling))
    if before is None:
        return settle(talk, session, filling, talk.say("back.first"))
    filling = replace(filling, place=before.place)
    session = replace(session, filling=filling, picked=(), pictured="")
    return asking.ask(talk, session, survey, before)


def skip(talk: Talk) -> Step:
    found = _current(talk)
    if found is None:
        return menu.show(talk)
    session, survey, filling, spot = found
    if spot is None:
        return summary.show(talk, session)
    return _take(talk, session, survey, filling, spot, spot.place, keys.SKIP)


def done(talk: Talk) -> Step:
    """Enough: of options, of turns."""
    found = _current(talk)
    if found is None:
        return menu.odd(talk)
    session, survey, filling, spot = found
    if spot is None:
        return summary.show(talk, session)
    return _take(talk, session, survey, filling, spot, spot.place, keys.DONE)


def takes_several(talk: Talk) -> bool:
    """Is the question one of which several options may be chosen?"""
    found = _current(talk)
    spot = found[3] if found else None
    return spot is not None and isinstance(spot.item, Question) and spot.item.kind is Kind.SELECT_MULTIPLE


def yields_to(talk: Talk, command: Command) -> bool:
    """Does the question leave this word to steering? Where any words may be the answer, only the usual ones."""
    found = _current(talk)
    spot = found[3] if found else None
    if spot is None or command in STEERING:
        return True
    free = isinstance(spot.item, Group) or (isinstance(spot.item, Question) and spot.item.kind is Kind.TEXT)
    return not free and not (command is Command.DONE and yes_or_no(talk.incoming.text) is not None)


BUTTONS: dict[str, Callable[[Talk], Step]] = {"right": right, "fix": fix}


def _take(
    talk: Talk, session: Session, survey: Survey, filling: Filling, spot: Spot, place: str, what: str
) -> Step:
    """Do what a button of a question says."""
    question = spot.item if isinstance(spot.item, Question) else survey.question(place)
    match what:
        case keys.SKIP:
            return _skip(talk, session, survey, filling, spot)
        case keys.KEEP:
            return settle(talk, session, replace(filling, place=""), "")
        case keys.DONE if isinstance(spot.item, Repeat):
            return settle(talk, session, replace(close_repeat(filling, place), place=""), "")
        case keys.MORE if isinstance(spot.item, Repeat):
            return settle(talk, session, replace(add_turn(filling, place), place=""), "")
        case keys.DONE if session.picked:
            return _answered(talk, session, filling, place, " ".join(session.picked))
        case keys.PROPOSED if question:
            return _answered(talk, session, filling, place, survey.proposal(place, question))
        case keys.SPARE if question and (spare := asking.spare_for(session, question)):
            session = replace(session, spare=(), pictured=place)
            return _answered(talk, session, filling, place, " ".join(spare))
        case "ok" if question and question.kind is Kind.ACKNOWLEDGE:
            return _answered(talk, session, filling, place, "OK")
        case _ if question and question.kind in CHOSEN and what.isdecimal():
            return _choose(talk, session, survey, filling, place, question, int(what))
        case _:
            return asking.ask(talk, session, survey, spot, talk.say("button.not_asked"))


def _choose(
    talk: Talk, session: Session, survey: Survey, filling: Filling, place: str, question: Question, index: int
) -> Step:
    rows = survey.plan.form.lists.get(question.options, ())
    offered = survey.options(place, question)
    if index >= len(rows) or rows[index] not in offered:
        return settle(talk, session, filling, talk.say("button.not_asked"))
    option = rows[index]
    if question.kind is not Kind.SELECT_MULTIPLE:
        return _answered(
            talk, session, filling, place, option.name, _echo_if_elsewhere(talk, survey, filling, place)
        )
    picked = tuple(name for name in session.picked if name != option.name)
    picked = picked if option.name in session.picked else (*picked, option.name)
    session = replace(session, picked=picked, filling=replace(filling, place=place))
    spot = survey.at(place)
    if spot is None or len(picked) == len(offered):
        return _answered(talk, session, filling, place, " ".join(picked))
    labels = ", ".join(survey.plan.form.words(o.label, talk.language) for o in rows if o.name in picked)
    choices = asking.option_choices(talk, session, survey, place, question, offered)
    text = talk.say("ask.picked", labels=labels) if labels else talk.say("ask.picked_none")
    return talk.step(session, text, choices, stage=Stage.QUESTION, subject=place)


def _echo_if_elsewhere(talk: Talk, survey: Survey, filling: Filling, place: str) -> str:
    """An old button changed an answer out of turn: say which."""
    current = survey.next(filling)
    question = survey.question(place)
    if current is None or current.place == place or question is None:
        return ""
    return talk.say("changed", question=summary.short(survey.say(question.label, place)))


def _answered(talk: Talk, session: Session, filling: Filling, place: str, value: str, lead: str = "") -> Step:
    back = filling.place if filling.place != place else ""
    filling = replace(answer(filling, place, value), place=back)
    return settle(talk, replace(session, picked=()), filling, lead)


def _skip(talk: Talk, session: Session, survey: Survey, filling: Filling, spot: Spot) -> Step:
    members = spot.members or ((spot.place, spot.item),)
    for place, item in members:
        if isinstance(item, Repeat):
            return settle(talk, session, close_repeat(filling, place), "")
        if isinstance(item, Question) and survey.is_required(place, item) and not survey.sheet.value(place):
            words = survey.say(item.required_message, place) or talk.say("skip.required")
            return asking.ask(talk, session, survey, spot, words)
    for place, _ in members:
        if place not in filling.answers.values:
            filling = answer(filling, place, "")
    return settle(talk, replace(session, picked=()), replace(filling, place=""), "")


def _more_or_not(talk: Talk, session: Session, survey: Survey, filling: Filling, spot: Spot) -> Step:
    match yes_or_no(talk.incoming.text):
        case True:
            return settle(talk, session, add_turn(filling, spot.place), "")
        case False:
            return settle(talk, session, close_repeat(filling, spot.place), "")
        case _:
            return hear(talk, session, survey, filling, spot)


def _begin_at(talk: Talk, plan: Plan, post: Post, how: str) -> Step:
    session, form = talk.known.session.put_aside(), plan.form
    filling = Filling(
        id=talk.fresh.key,
        form=form.name,
        version=form.version,
        post=post.id,
        started_at=talk.fresh.now,
        answers=Answers(),
        practice=session.practice,
    )
    if how == "nihil" and form.purpose.nihil:
        return summary.file_nihil(talk, session, filling, plan)
    if how == "ask" and form.purpose.nihil:
        choices = tuple(
            Choice(f"p:{form.name}:{post.id}:{what}", talk.say(f"button.{what}"))
            for what in ("fill", "nihil")
        )
        text = talk.say("form.nihil", form=menu.form_label(talk, plan))
        return talk.step(session, text, choices, stage=Stage.NIHIL, subject=form.name)
    return settle(talk, session.turn_to(filling), filling, "")


def _posts_for(talk: Talk, plan: Plan | None) -> tuple[Post, ...]:
    posts = talk.known.person.posts if talk.known.person else ()
    return tuple(post for post in posts if plan and post.role in plan.form.purpose.audience)


def _going_on(talk: Talk, filling: Filling) -> str:
    plan = talk.plan(filling)
    return talk.say("going_on", form=menu.form_label(talk, plan)) if plan else ""


def _current(talk: Talk) -> tuple[Session, Survey, Filling, Spot | None] | None:
    session, filling = talk.known.session, talk.known.session.filling
    plan = talk.plan(filling) if filling else None
    if filling is None or plan is None:
        return None
    survey = talk.survey(plan, filling)
    return session, survey, filling, survey.next(filling)
