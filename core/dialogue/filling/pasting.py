"""Several answers in one message: pasted `label: value` lines, and what a group asked for at once."""

from dataclasses import replace

from core.dialogue.filling import asking, summary
from core.dialogue.filling.settling import settle
from core.dialogue.known import Step
from core.dialogue.session import Session
from core.dialogue.talk import Talk
from core.forms.answers import Pasted, Refused, Understood, pasted, read
from core.forms.filling import Filling, add_turn, answer
from core.forms.form import MEDIA, METADATA, SILENT, Kind, Question, Repeat
from core.forms.plan import Path, Seat
from core.forms.scope import place_of, seat_of
from core.forms.survey import Spot, Survey, holds
from core.model.messages import Incoming

FEW = 2
"""So many labelled lines make it a pasted report; one more where free words are asked for."""
MOST_TOLD = 4
UNASKED = SILENT | METADATA | MEDIA | {Kind.NOTE}


def pasted_lines(
    talk: Talk, session: Session, survey: Survey, filling: Filling, spot: Spot | None, lead: str = ""
) -> Step | None:
    """`label: value` lines that fill several questions at once; None when it is no such thing."""
    text = talk.incoming.text
    if ":" not in text and "=" not in text:
        return None
    if spot is not None and isinstance(spot.item, Repeat):
        return _pasted_turn(talk, session, survey, filling, spot, lead)
    found = pasted(text, _labels(talk, survey, filling))
    if not found.values or (spot is not None and not _is_pasted(found, spot)):
        return None
    return note_down(talk, session, survey, filling, found, lead)


def note_down(
    talk: Talk, session: Session, survey: Survey, filling: Filling, told: Pasted, lead: str = ""
) -> Step:
    """Read each raw answer in the order of the form; later ones may become relevant by earlier ones."""
    left, noted, refused = dict(told.values), list[str](), list[str]()
    while place := next((at for at, _ in survey.asked() if at in left), ""):
        question, raw = survey.question(place), left.pop(place)
        if question is None:
            continue
        label = summary.short(asking.title(survey, place, question))
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
    lines = [lead, talk.say("noted", answer=" · ".join(noted)) if noted else ""]
    lines += [_unused(talk, [*told.unmatched, *left.values()]), *refused[:MOST_TOLD]]
    return settle(talk, session, replace(filling, place=""), asking.joined(tuple(lines)))


def _pasted_turn(
    talk: Talk, session: Session, survey: Survey, filling: Filling, spot: Spot, lead: str
) -> Step | None:
    """Lines sent at "add another?" are the next turn, if they speak of the same things."""
    grown = add_turn(filling, spot.place)
    survey = talk.survey(survey.plan, grown)
    found = pasted(talk.incoming.text, _labels(talk, survey, grown))
    turn = f"{spot.place}[{survey.sheet.counts[spot.place]}]/"
    if any(place.startswith(turn) for place in found.values):
        return note_down(talk, session, survey, grown, found, lead)
    return note_down(talk, session, survey, filling, found, lead) if len(found.values) >= FEW else None


def _is_pasted(found: Pasted, spot: Spot) -> bool:
    """Is it more than an answer to what was asked, which may hold a colon itself?"""
    own = {spot.place, *(place for place, _ in spot.members)}
    is_story = (
        isinstance(spot.item, Question) and spot.item.kind is Kind.TEXT and spot.place not in found.values
    )
    return len(found.values) >= FEW + is_story and not own.issuperset(found.values)


def _unused(talk: Talk, lines: list[str]) -> str:
    if not lines:
        return ""
    more = "…" if len(lines) > MOST_TOLD else ""
    return talk.say("unused", lines="; ".join(map(summary.short, lines[:MOST_TOLD])) + more)


def _labels(talk: Talk, survey: Survey, filling: Filling) -> dict[str, str]:
    """The label of every question that words can answer, by the place where it would be answered now."""
    places = _open_places(survey, filling)
    form = survey.plan.form
    return {
        places.get(question.path) or place_of(survey.plan, Seat(question.path)): form.words(
            question.label, talk.language
        )
        for question in form.questions()
        if question.kind not in UNASKED
    }


def _open_places(survey: Survey, filling: Filling) -> dict[Path, str]:
    """Of a repeated question the first turn that is open, else the last."""
    places: dict[Path, str] = {}
    for place, _ in survey.asked():
        path = seat_of(place).path
        if path not in places or places[path] in filling.answers.values:
            places[path] = place
    return places


def _as_text(incoming: Incoming, raw: str) -> Incoming:
    return replace(incoming, text=raw, attachments=(), choice="", location=None)
