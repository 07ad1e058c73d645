"""From typed words, pictures and pins to answers: one question, several at once, or pasted lines."""

from dataclasses import replace

from core.dialogue import asking, summary
from core.dialogue.known import Step
from core.dialogue.session import Session, Stage
from core.dialogue.settling import settle
from core.dialogue.talk import Talk
from core.forms.answers import Pasted, Refused, Understood, pasted, read, several
from core.forms.filling import Filling, Spot, Survey, answer, holds
from core.forms.form import MEDIA, METADATA, SILENT, Kind, Question
from core.forms.plan import Plan
from core.forms.scope import Seat, place_of
from core.model.messages import Incoming

FEW = 2
"""So many labelled lines make it a pasted report; one more where free words are asked for."""


def hear(talk: Talk, session: Session, survey: Survey, filling: Filling, spot: Spot) -> Step:
    """Take a message as the answer to a spot, or as whatever else it plainly is."""
    if talk.incoming.attachments and not _wants_media(spot):
        return _further_picture(talk, session, survey, filling, spot)
    if step := _pasted(talk, session, survey, filling, spot):
        return step
    if isinstance(spot.item, Question):
        return _one(talk, session, survey, filling, spot, spot.item)
    return _together(talk, session, survey, filling, spot)


def hear_at_summary(talk: Talk, session: Session, survey: Survey, filling: Filling) -> Step:
    """Everything is answered: more pictures, pasted corrections, or something odd."""
    if talk.incoming.attachments:
        return _further_picture(talk, session, survey, filling, None)
    return _pasted(talk, session, survey, filling, None) or summary.show(
        talk, session, lead=talk.say("summary.odd")
    )


def _one(
    talk: Talk, session: Session, survey: Survey, filling: Filling, spot: Spot, question: Question
) -> Step:
    match read(question, talk.incoming, talk.reading(survey, spot.place, question)):
        case Understood(value, interpreted, shown):
            lead = talk.say("noted", answer=shown) if interpreted and shown else ""
            filling = replace(answer(filling, spot.place, value), place="")
            pictured = spot.place if question.kind in MEDIA else ""
            return settle(talk, replace(session, picked=(), pictured=pictured), filling, lead)
        case refused:
            return _refuse(talk, session, survey, spot, question, refused)


def _refuse(
    talk: Talk, session: Session, survey: Survey, spot: Spot, question: Question, refused: Refused
) -> Step:
    words = talk.texts.say(refused.key, **refused.values)
    if not refused.among:
        return asking.ask_again(talk, session, survey, spot, words)
    choices = tuple(
        asking.option_choice(talk, session, survey, spot.place, question, option) for option in refused.among
    )
    return talk.step(session, words, choices, stage=Stage.QUESTION, subject=spot.place)


def _together(talk: Talk, session: Session, survey: Survey, filling: Filling, spot: Spot) -> Step:
    """A group asked in one message: what was understood is kept, only the rest is asked again."""
    open_ones = [(place, q) for place, q in spot.members if place not in filling.answers.values]
    labels = {place: survey.say(question.label, place) for place, question in open_ones or spot.members}
    if len(labels) == 1:
        place, question = (open_ones or list(spot.members))[0]
        return _one(talk, session, survey, filling, replace(spot, place=place, item=question), question)
    told = several(talk.incoming.text, labels)
    if not told.values:
        words = talk.say("ask.together_unread", count=len(labels))
        return asking.ask_again(talk, session, survey, spot, words)
    return _note_down(talk, session, survey, filling, told)


def _pasted(talk: Talk, session: Session, survey: Survey, filling: Filling, spot: Spot | None) -> Step | None:
    """`label: value` lines that fill several questions at once; None when it is no such thing."""
    text = talk.incoming.text
    if ":" not in text and "=" not in text:
        return None
    found = pasted(text, _labels(survey.plan, talk.language))
    free = spot is not None and isinstance(spot.item, Question) and spot.item.kind is Kind.TEXT
    own = {spot.place, *(place for place, _ in spot.members)} if spot else set()
    if len(found.values) < FEW + free or set(found.values) <= own:
        return None
    return _note_down(talk, session, survey, filling, found)


def _note_down(talk: Talk, session: Session, survey: Survey, filling: Filling, told: Pasted) -> Step:
    """Read each raw answer in the order of the form; later ones may become relevant by earlier ones."""
    left, noted, refused = dict(told.values), list[str](), list[str]()
    while left and (place := next((at for at, _ in survey.asked() if at in left), "")):
        raw = left.pop(place)
        question = survey.question(place)
        if question is None:
            continue
        label = summary.short(survey.say(question.label, place))
        match read(question, _as_text(talk.incoming, raw), talk.reading(survey, place, question)):
            case Understood(value, _, shown):
                tried = answer(filling, place, value)
                after = talk.survey(survey.plan, tried)
                if question.soft or holds(after, place, question):
                    filling, survey = tried, after
                    noted.append(f"{label} {shown or summary.value_shown(talk, after, place, question)}")
                else:
                    words = after.say(question.constraint_message, place) or talk.say("constraint.broken")
                    refused.append(f"{label}: {words}")
            case Refused(key, values):
                refused.append(f"{label}: {talk.texts.say(key, **values)}")
    lines = [talk.say("noted", answer=" · ".join(noted))] if noted else []
    if told.unmatched or left:
        unused = [*told.unmatched, *left.values()]
        lines.append(talk.say("unused", lines="; ".join(summary.short(line) for line in unused[:3])))
    return settle(talk, session, replace(filling, place=""), "\n".join([*lines, *refused[:3]]))


def _further_picture(
    talk: Talk, session: Session, survey: Survey, filling: Filling, spot: Spot | None
) -> Step:
    """A picture where none is asked: one more of the last album, or kept for a question to come."""
    place, media = session.pictured, [attachment.media for attachment in talk.incoming.attachments]
    question = survey.question(place) if place else None
    if question is None:
        spare = tuple(f"{one.kind}:{one.media}" for one in talk.incoming.attachments)
        session = replace(session, spare=(*session.spare, *spare)[-20:])
        return _go_on(talk, session, survey, spot, talk.say("picture.spare"))
    value = " ".join([*survey.sheet.value(place).split(), *media])
    filling = answer(filling, place, value)
    session = replace(session, filling=filling)
    lead = talk.say("picture.added", count=len(value.split()))
    return _go_on(talk, session, talk.survey(survey.plan, filling), spot, lead)


def _go_on(talk: Talk, session: Session, survey: Survey, spot: Spot | None, lead: str) -> Step:
    if spot is None:
        return summary.show(talk, session, lead=lead)
    return asking.ask(talk, session, survey, spot, lead)


def _wants_media(spot: Spot) -> bool:
    return isinstance(spot.item, Question) and spot.item.kind in MEDIA


def _labels(plan: Plan, language: str) -> dict[str, str]:
    """The label of every question that words can answer, by the place of its first turn."""
    return {
        place_of(plan, Seat(question.path, (1,) * len(question.path))): plan.form.words(
            question.label, language
        )
        for question in plan.form.questions()
        if question.kind not in SILENT | METADATA | MEDIA | {Kind.NOTE}
    }


def _as_text(incoming: Incoming, raw: str) -> Incoming:
    return replace(incoming, text=raw, attachments=(), choice="", location=None)
