"""Filling by chat: a tap or a message becomes an answer."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from core.dialogue import keys, menu
from core.dialogue.citizens.hints import hint
from core.dialogue.filling import asking, spare, summary
from core.dialogue.filling.beginning import going_on, resume
from core.dialogue.filling.hearing import hear, hear_at_summary
from core.dialogue.filling.settling import settle
from core.dialogue.keys import Pressed
from core.dialogue.known import Step
from core.dialogue.session import Session, Stage
from core.dialogue.talk import Talk
from core.forms.answers import yes_or_no
from core.forms.filling import Filling, add_turn, answer, close_repeat, confirm
from core.forms.form import Kind, Question, Repeat
from core.forms.marks import is_multiline, is_requirement
from core.forms.survey import Spot, Survey, is_open
from core.model.records import Flag

TAPPABLE = frozenset({Kind.SELECT_ONE, Kind.SELECT_MULTIPLE})


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
    place = button.place(plan)
    spot = survey.alone(place)
    lead = ""
    if session.filling is None or session.filling.id != filling.id:
        session, lead = session.turn_to(filling), going_on(talk, filling)
    if spot is None:
        return settle(talk, session, filling, asking.joined((lead, talk.say("button.not_asked"))))
    return take(talk, session, survey, filling, spot, button.what, lead)


def listen(talk: Talk) -> Step:
    """Typed words, a picture, a pin: the answer to what was asked."""
    session, filling = talk.known.session, talk.known.session.filling
    plan = talk.plan(filling) if filling else None
    if filling is None or plan is None:
        return summary.without_form(talk, session)
    survey = talk.survey(plan, filling)
    if session.stage is Stage.DOUBT:
        return _listen_in_doubt(talk, session, survey, filling)
    if session.stage is Stage.SUMMARY and (step := _at_summary(talk, survey, filling)):
        return step
    spot = survey.next(filling)
    if spot is None:
        return hear_at_summary(talk, session, survey, filling)
    if isinstance(spot.item, Repeat) and (more := yes_or_no(talk.incoming.text)) is not None:
        return take(talk, session, survey, filling, spot, keys.MORE if more else keys.DONE)
    if _agrees_to_hint(talk, survey, spot):
        return take(talk, session, survey, filling, spot, keys.HINTED)
    return hear(talk, session, survey, filling, spot)


def _agrees_to_hint(talk: Talk, survey: Survey, spot: Spot) -> bool:
    if talk.incoming.attachments or not isinstance(spot.item, Question):
        return False
    return yes_or_no(talk.incoming.text) is True and hint(talk, survey, spot.place, spot.item) is not None


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
    return settle(talk, session, replace(filling, place=""), talk.say("doubt.kept"))


def fix(talk: Talk) -> Step:
    """Ask again what broke a rule; of numbers that belong together, all."""
    session, filling = talk.known.session, talk.known.session.filling
    plan = talk.plan(filling) if filling else None
    if filling is None or plan is None or session.stage is not Stage.DOUBT:
        return resume(talk, "")
    survey = talk.survey(plan, filling)
    spot = survey.at(session.subject)
    if spot is None:
        return settle(talk, session, filling, "")
    session = replace(session, filling=replace(filling, place=spot.place))
    return asking.ask(talk, session, survey, spot, heading=talk.say("change"))


def hear_cancel(talk: Talk) -> Step:
    match yes_or_no(talk.incoming.text):
        case True:
            return summary.drop(talk)
        case False:
            return resume(talk, "")
        case _:
            return summary.ask_to_cancel(talk)


def take(
    talk: Talk, session: Session, survey: Survey, filling: Filling, spot: Spot, what: str, lead: str = ""
) -> Step:
    """Do what a button of a question says."""
    question = spot.item if isinstance(spot.item, Question) else None
    place = spot.place
    match what:
        case keys.SKIP:
            return _skip(talk, session, survey, filling, spot, lead)
        case keys.KEEP:
            return settle(talk, replace(session, picked=()), replace(filling, place=""), lead)
        case keys.DONE if isinstance(spot.item, Repeat):
            return settle(talk, session, replace(close_repeat(filling, place), place=""), lead)
        case keys.DONE if question and is_multiline(question) and survey.sheet.value(place):
            return settle(talk, session, replace(filling, place=""), lead)
        case keys.DONE if question and is_multiline(question):
            return _skip(talk, session, survey, filling, spot, lead)
        case keys.REWRITE if question and is_multiline(question):
            filling = replace(filling, answers=filling.answers.drop(place), place=place)
            return settle(talk, session, filling, lead)
        case keys.MORE if isinstance(spot.item, Repeat):
            return _add_turn(talk, session, survey, filling, place, lead)
        case keys.DONE if _is_several(question) and (picked := session.picks(place)):
            value = _in_order(survey, place, picked)
            return _answered(talk, session, filling, place, value, lead)
        case keys.DONE if _is_several(question):
            return _skip(talk, session, survey, filling, spot, lead)
        case keys.PROPOSED if question and (proposal := survey.proposal(place, question)):
            return _answered(talk, session, filling, place, proposal, lead)
        case keys.HINTED if question and (told := hint(talk, survey, place, question)):
            return _answered(talk, session, filling, place, told.value, lead)
        case keys.SPARE if question and spare.for_question(session, question):
            value = spare.value(session, question)
            session = spare.without(session, question)
            return _answered(talk, session, filling, place, value, lead)
        case "ok" if question and question.kind is Kind.ACKNOWLEDGE:
            return _answered(talk, session, filling, place, "OK", lead)
        case _ if question and question.kind in TAPPABLE and what.isdecimal() and len(what) < 6:
            return _choose(talk, session, survey, filling, spot, question, int(what), lead)
        case _:
            return settle(talk, session, filling, asking.joined((lead, talk.say("button.not_asked"))))


BUTTONS: dict[str, Callable[[Talk], Step]] = {"right": right, "fix": fix}


def _at_summary(talk: Talk, survey: Survey, filling: Filling) -> Step | None:
    """A number is to be changed; yes is Kirim (or Lanjut), no asks for the number."""
    if place := summary.numbered(survey, talk.incoming.text):
        return summary.change(talk, place)
    if talk.incoming.attachments:
        return None
    match yes_or_no(talk.incoming.text):
        case True:
            return summary.send(talk) if summary.is_whole(survey, filling) else resume(talk, "")
        case False:
            return summary.which(talk)
        case _:
            return None


def _listen_in_doubt(talk: Talk, session: Session, survey: Survey, filling: Filling) -> Step:
    """Yes, no, or at once what it should have been."""
    place = session.subject
    whole, alone = survey.at(place), survey.alone(place)
    if whole is None or alone is None:
        return settle(talk, session, filling, "")
    certain = None if talk.incoming.attachments else yes_or_no(talk.incoming.text)
    if certain is not None:
        return right(talk) if certain else fix(talk)
    for spot in (whole, alone) if whole.members else (alone,):
        step = hear(talk, session, survey, replace(filling, place=spot.place), spot)
        if not _is_refusal(step, filling):
            return step
    return settle(talk, session, filling, talk.say("doubt.odd"))


def _is_refusal(step: Step, filling: Filling) -> bool:
    """Was a question asked again with nothing taken down?"""
    after = step.session.filling
    return step.session.stage is Stage.QUESTION and after is not None and after.answers is filling.answers


def _choose(
    talk: Talk,
    session: Session,
    survey: Survey,
    filling: Filling,
    spot: Spot,
    question: Question,
    index: int,
    lead: str,
) -> Step:
    rows = survey.plan.form.lists.get(question.options, ())
    offered = survey.options(spot.place, question)
    if index >= len(rows) or rows[index] not in offered:
        return settle(talk, session, filling, asking.joined((lead, talk.say("button.not_asked"))))
    name = rows[index].name
    if not _is_several(question):
        lead = asking.joined((lead, _echo_if_elsewhere(talk, session, survey, filling, spot, question)))
        return _answered(talk, session, filling, spot.place, name, lead)
    before = session.picks(spot.place)
    picked = tuple(one for one in before if one != name) if name in before else (*before, name)
    if len(picked) == len(offered):
        return _answered(talk, session, filling, spot.place, _in_order(survey, spot.place, picked), lead)
    session = replace(session.pick(spot.place, picked), filling=replace(filling, place=spot.place))
    return asking.picking(talk, session, survey, spot, question)


def _echo_if_elsewhere(
    talk: Talk, session: Session, survey: Survey, filling: Filling, spot: Spot, question: Question
) -> str:
    """An old button changed an answer out of turn: say which."""
    now = survey.next(filling)
    if now is None or now.place == spot.place or session.subject == spot.place:
        return ""
    return talk.say("changed", question=summary.short(asking.title(survey, spot.place, question)))


def _answered(talk: Talk, session: Session, filling: Filling, place: str, value: str, lead: str = "") -> Step:
    back = filling.place if filling.place != place else ""
    filling = replace(answer(filling, place, value), place=back)
    return settle(talk, replace(session, picked=(), pictured=""), filling, lead)


def _skip(talk: Talk, session: Session, survey: Survey, filling: Filling, spot: Spot, lead: str) -> Step:
    """Leave open what may stay open; an answer is only taken away where it was asked for again."""
    if isinstance(spot.item, Repeat):
        return settle(talk, session, replace(close_repeat(filling, spot.place), place=""), lead)
    members = spot.members or _alone(spot)
    for place, question in members:
        if survey.is_required(place, question) and not survey.sheet.value(place):
            words = survey.say(question.required_message, place) or talk.say("skip.required")
            return asking.ask(talk, session, survey, spot, asking.joined((lead, words)))
    first = [member for member in members if member[0] not in filling.answers.values]
    lead = asking.joined((lead, *_why(survey, first)))
    asked_again = filling.place == spot.place and not spot.members
    for place, question in members:
        if place not in filling.answers.values or (asked_again and not survey.is_required(place, question)):
            filling = answer(filling, place, "")
    session = replace(session, picked=(), pictured="")
    if isinstance(spot.item, Question):
        session = spare.declined(session, spot.item)
    return settle(talk, session, replace(filling, place=""), lead)


def _why(survey: Survey, skipped: list[tuple[str, Question]]) -> Iterator[str]:
    """Why the law wants it: said once, when it is left open, and never a refusal."""
    for place, question in skipped:
        if is_requirement(question):
            yield survey.say(question.required_message, place)


def _alone(spot: Spot) -> tuple[tuple[str, Question], ...]:
    return ((spot.place, spot.item),) if isinstance(spot.item, Question) else ()


def _add_turn(talk: Talk, session: Session, survey: Survey, filling: Filling, place: str, lead: str) -> Step:
    """One more turn, unless the last is still open: a button is easily pressed twice."""
    inside = f"{place}[{survey.sheet.counts.get(place, 1)}]/"
    if any(spot.place.startswith(inside) and is_open(spot, filling) for spot in survey.spots):
        return settle(talk, session, filling, lead)
    return settle(talk, session, replace(add_turn(filling, place), place=""), lead)


def _is_several(question: Question | None) -> bool:
    return question is not None and question.kind is Kind.SELECT_MULTIPLE


def _in_order(survey: Survey, place: str, names: tuple[str, ...]) -> str:
    """As the list has them."""
    question = survey.question(place)
    options = survey.options(place, question) if question else ()
    return " ".join(option.name for option in options if option.name in names)
