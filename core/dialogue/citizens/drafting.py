"""A citizen's form is begun: what was written before becomes the beginning of the story and the evidence."""

from dataclasses import replace

from core.dialogue.commands import command_in
from core.dialogue.filling import spare
from core.dialogue.filling.asking import joined
from core.dialogue.filling.hearing import LONGEST_STORY
from core.dialogue.filling.settling import settle
from core.dialogue.filling.spare import WORDS
from core.dialogue.known import Step
from core.dialogue.session import Session, Stage
from core.dialogue.talk import Talk
from core.forms.answers import prose
from core.forms.filling import Filling, answer
from core.forms.form import MEDIA, Kind, Question
from core.forms.marks import is_multiline
from core.forms.plan import Plan
from core.forms.survey import Survey
from core.model.cases import Secrecy


def begin(talk: Talk, plan: Plan, secrecy: Secrecy) -> Step:
    """Start the form, with what waits for it."""
    filling = Filling(
        id=talk.fresh.key,
        form=plan.form.name,
        version=plan.form.version,
        post=None,
        started_at=talk.fresh.now,
        secrecy=secrecy.value,
        fresh=(talk.fresh.uuid, talk.fresh.chance),
    )
    session = replace(talk.known.session.turn_to(filling), practice=False, doubted=False)
    return _poured(talk, session, plan, filling)


def go_on(talk: Talk, filling: Filling) -> Step:
    """Go on with what was begun; what was sent since belongs to it."""
    plan = talk.plan(filling)
    session = talk.known.session.turn_to(filling)
    return _poured(talk, session, plan, filling) if plan else settle(talk, session, filling, "")


def kept(talk: Talk) -> Talk:
    """The same talk, with all that the message brought kept for the form."""
    incoming = talk.incoming
    if incoming.location is not None:
        pin = prose.pin_in_words(incoming.location)
        incoming = replace(incoming, text=joined((incoming.text, pin)))
    session = spare.keep(talk.known.session, incoming, prose.LONGEST)
    return replace(talk, known=replace(talk.known, session=session))


def asked_story(talk: Talk) -> str:
    """The place of the story, while it is asked for and nothing of it is told; else ""."""
    session, filling = talk.known.session, talk.known.session.filling
    plan = talk.plan(filling) if filling else None
    if filling is None or plan is None or session.stage is not Stage.QUESTION:
        return ""
    survey = talk.survey(plan, filling)
    spot, place = survey.next(filling), _story(survey)
    is_asked = spot is not None and spot.place == place and not survey.sheet.value(place)
    return place if is_asked and command_in(talk.incoming.text) is None else ""


def _poured(talk: Talk, session: Session, plan: Plan, filling: Filling) -> Step:
    """What came before becomes the story and the evidence; then we ask on."""
    survey = talk.survey(plan, filling)
    kept = [one.partition(":") for one in session.spare]
    words = tuple(what for kind, _, what in kept if kind == WORDS)
    story, lead, left = _story(survey), "", session.spare
    if words and story:
        told = joined((survey.sheet.value(story), *words))[:LONGEST_STORY]
        filling = answer(filling, story, told)
        question = survey.question(story)
        filling = replace(filling, place=story if question and is_multiline(question) else "")
        left = tuple(one for one in left if not one.startswith(f"{WORDS}:"))
        lead = talk.texts.say("tips.poured")
    place, question = _evidence(survey, tuple(kind for kind, _, _ in kept))
    if question is not None:
        taken = spare.for_question(session, question)
        filling = answer(
            filling, place, " ".join(dict.fromkeys([*survey.sheet.value(place).split(), *taken]))
        )
        left = tuple(one for one in left if one.partition(":")[2] not in taken)
        lead = joined((lead, talk.texts.say("tips.as_citizen.picture.added", count=len(taken))))
    return settle(talk, replace(session, spare=left), filling, lead)


def _story(survey: Survey) -> str:
    """Where the story is told."""
    names = survey.plan.form.purpose.about.get("story", "").split()
    told = ((place, q) for place, q in survey.asked() if q.name in names and q.kind is Kind.TEXT)
    return next((place for place, _ in told), "")


def _evidence(survey: Survey, kinds: tuple[str, ...]) -> tuple[str, Question | None]:
    """The question that takes what was sent."""
    for place, question in survey.asked():
        if question.kind in MEDIA and any(
            kind != WORDS and (question.kind is Kind.FILE or kind == question.kind.value) for kind in kinds
        ):
            return place, question
    return "", None
