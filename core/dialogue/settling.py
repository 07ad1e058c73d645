"""After an answer: is a rule broken, what comes next, is it all there?"""

from dataclasses import replace

from core.dialogue import asking, summary
from core.dialogue.known import Step
from core.dialogue.session import Session, Stage
from core.dialogue.talk import Talk
from core.forms.filling import Broken, Filling, Survey, broken
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
    if spot is None:
        return summary.show(talk, session, lead=lead)
    return asking.ask(talk, session, survey, spot, lead)


def _troubled(
    talk: Talk, session: Session, survey: Survey, filling: Filling, trouble: Broken, lead: str
) -> Step:
    question, place = trouble.question, trouble.place
    words = survey.say(question.constraint_message, place) or talk.say("constraint.broken")
    if trouble.soft:
        choices = (
            Choice("c:right", talk.say("button.right")),
            Choice("c:fix", talk.say("button.fix")),
            Choice("c:summary", talk.say("button.see_all")),
        )
        text = "\n".join(line for line in (lead, words) if line)
        return talk.step(session, text, choices, stage=Stage.DOUBT, subject=place)
    filling = replace(filling, place=place, answers=filling.answers.drop(place))
    survey = talk.survey(survey.plan, filling)
    spot = survey.alone(place)
    if spot is None:
        return settle(talk, session, replace(filling, place=""), lead)
    session = replace(session, filling=filling)
    return asking.ask_again(talk, session, survey, spot, "\n".join(line for line in (lead, words) if line))
