"""After an answer: is a rule broken, what comes next, is it all there?"""

from dataclasses import replace

from core.dialogue.filling import asking, summary
from core.dialogue.known import Step
from core.dialogue.session import Session, Stage
from core.dialogue.talk import Talk
from core.forms.filling import Filling
from core.forms.survey import Broken, Survey, broken
from core.model.messages import Choice


def settle(talk: Talk, session: Session, filling: Filling, lead: str) -> Step:
    """Go on with a filling: a broken rule first, else the next question, else the summary."""
    session = replace(session, filling=filling)
    plan = talk.plan(filling)
    if plan is None:
        return summary.without_form(talk, session)
    survey = talk.survey(plan, filling)
    trouble = broken(survey, filling)
    if trouble is not None:
        return _troubled(talk, session, survey, filling, trouble, lead)
    spot = survey.next(filling)
    if spot is not None:
        return asking.ask(talk, session, survey, spot, lead)
    if talk.known.session.stage is Stage.SUMMARY and talk.incoming.attachments:
        return summary.after_change(talk, session, survey, session.pictured, lead)
    if place := _changed(talk, filling):
        return summary.after_change(talk, session, survey, place, lead)
    return summary.show(talk, session, lead=lead)


def _changed(talk: Talk, filling: Filling) -> str:
    """The place of the answer that was asked for once more when all was answered already."""
    before = talk.known.session.filling
    if before is None or before.id != filling.id or not before.place:
        return ""
    return before.place if before.place in before.answers.values else ""


def _troubled(
    talk: Talk, session: Session, survey: Survey, filling: Filling, trouble: Broken, lead: str
) -> Step:
    place, question = trouble.place, trouble.question
    words = survey.say(question.constraint_message, place) or talk.say("constraint.broken")
    if trouble.soft:
        text = asking.joined((lead, words, talk.say("doubt.question")))
        choices = (
            Choice("c:right", talk.say("button.right")),
            Choice("c:fix", talk.say("button.fix")),
            Choice("c:summary", talk.say("button.see_all")),
        )
        numbered = question.kind not in asking.NUMERIC
        return talk.step(session, text, choices, stage=Stage.DOUBT, subject=place, numbered=numbered)
    return _refuse(talk, session, filling, place, asking.joined((lead, words)))


def _refuse(talk: Talk, session: Session, filling: Filling, place: str, words: str) -> Step:
    """A hard rule: the answer does not stand, and is asked for again."""
    was_asked = session.stage is Stage.QUESTION and session.subject == place
    filling = replace(filling, place=place, answers=filling.answers.drop(place))
    session = replace(session, filling=filling)
    plan = talk.plan(filling)
    survey = talk.survey(plan, filling) if plan else None
    spot = survey.alone(place) if survey else None
    if survey is None or spot is None:
        return settle(talk, session, replace(filling, place=""), words)
    if was_asked:
        return asking.ask_again(talk, session, survey, spot, words)
    return asking.ask(talk, session, survey, spot, words, heading="")
