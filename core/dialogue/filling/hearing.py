"""From typed words, pictures and pins to the answer of the question that was asked."""

from dataclasses import replace

from core.dialogue.commands import plain
from core.dialogue.filling import asking, pasting, spare, summary
from core.dialogue.filling.settling import settle
from core.dialogue.known import Step
from core.dialogue.session import Session, Stage
from core.dialogue.talk import Talk
from core.forms.answers import Pasted, Refused, Understood, greeting, pasted, read, several
from core.forms.filling import Filling, answer
from core.forms.form import CHOSEN, MEDIA, Kind, Question, Repeat
from core.forms.marks import is_multiline
from core.forms.survey import Spot, Survey

LONGEST_STORY = 50_000
"""Over many messages; far more than anybody has typed."""
MAY_ANSWER = frozenset({"pagi", "siang", "sore", "malam", "morning", "afternoon", "evening", "tes", "test"})
"""Greetings that may as well be an answer."""


def hear(talk: Talk, session: Session, survey: Survey, filling: Filling, spot: Spot, lead: str = "") -> Step:
    """Take a message as the answer to a spot, or as whatever else it plainly is."""
    if talk.incoming.attachments and not _wants_this(talk, session, spot):
        return _hear_without_pictures(talk, session, survey, filling)
    if talk.incoming.location and (step := _pinned(talk, session, survey, filling, spot)):
        return step
    pictures = bool(talk.incoming.attachments)
    if (
        isinstance(spot.item, Question)
        and is_multiline(spot.item)
        and not pictures
        and not _only_greets(talk, spot)
    ):
        return _more_of_story(talk, session, survey, filling, spot, spot.item, lead)
    if not pictures and (step := pasting.pasted_lines(talk, session, survey, filling, spot, lead)):
        return step
    if _only_greets(talk, spot):
        return asking.ask(talk, session, survey, spot, asking.joined((lead, talk.say("greeting"))))
    match spot.item:
        case Question():
            return _one(talk, session, survey, filling, spot, spot.item, lead)
        case Repeat():
            return asking.ask_again(talk, session, survey, spot, talk.say("ask.another_unread"))
        case _:
            return _together(talk, session, survey, filling, spot, lead)


def hear_at_summary(talk: Talk, session: Session, survey: Survey, filling: Filling, lead: str = "") -> Step:
    """Everything is answered: more pictures, pasted corrections, or something odd."""
    if talk.incoming.attachments:
        return _hear_without_pictures(talk, session, survey, filling)
    step = pasting.pasted_lines(talk, session, survey, filling, None, lead)
    return step or summary.odd(talk, session, lead)


def _hear_without_pictures(talk: Talk, session: Session, survey: Survey, filling: Filling) -> Step:
    """Put the pictures where they belong; the words under them are heard as a message of their own."""
    session, filling, lead = spare.file_away(talk, session, survey, filling)
    if not talk.incoming.text.strip():
        return settle(talk, session, filling, lead)
    talk = replace(talk, incoming=replace(talk.incoming, attachments=(), album=""))
    session = replace(session, filling=filling)
    survey = talk.survey(survey.plan, filling)
    spot = survey.next(filling)
    if spot is None:
        return hear_at_summary(talk, session, survey, filling, lead)
    return hear(talk, session, survey, filling, spot, lead)


def _one(
    talk: Talk,
    session: Session,
    survey: Survey,
    filling: Filling,
    spot: Spot,
    question: Question,
    lead: str,
) -> Step:
    match read(question, talk.incoming, talk.reading(survey, spot.place, question)):
        case Understood(value, interpreted, shown):
            noted = talk.say("noted", answer=shown) if shown and interpreted else ""
            if session.picks(spot.place):
                value = _with_picked(survey, spot, question, session, value)
            filling = replace(answer(filling, spot.place, value), place="")
            session = replace(session, picked=(), pictured="")
            lead = asking.joined((lead, noted or _echo(talk, survey, spot, question, value)))
            if question.kind in MEDIA:
                return _pictured(talk, session, survey, filling, spot, lead)
            return settle(talk, spare.declined(session, question), filling, lead)
        case refused:
            return _refuse(talk, session, survey, spot, question, refused, lead)


def _pinned(talk: Talk, session: Session, survey: Survey, filling: Filling, spot: Spot) -> Step | None:
    """A pin instead of a chosen place: it goes to the question for a pin, or to the place in words."""
    item = spot.item
    if not isinstance(item, Question) or item.kind not in CHOSEN or survey.is_required(spot.place, item):
        return None
    skipped = answer(filling, spot.place, "")
    after = talk.survey(survey.plan, skipped)
    for place, question in after.asked():
        if not _takes_pin(question, survey) or after.sheet.value(place):
            continue
        match read(question, talk.incoming, talk.reading(after, place, question)):
            case Understood(value):
                noted = talk.say("noted", answer=talk.shown(after, place, question, value))
                return settle(talk, session, replace(answer(skipped, place, value), place=""), noted)
    return None


def _takes_pin(question: Question, survey: Survey) -> bool:
    in_words = survey.plan.form.purpose.about.get("where", "").split()
    return question.kind is Kind.GEOPOINT or (question.kind is Kind.TEXT and question.name in in_words)


def _more_of_story(
    talk: Talk,
    session: Session,
    survey: Survey,
    filling: Filling,
    spot: Spot,
    question: Question,
    lead: str,
) -> Step:
    """One more message of a long story: all of it is kept, until its writer says that it is told."""
    match read(question, talk.incoming, talk.reading(survey, spot.place, question)):
        case Understood(value):
            told = asking.joined((survey.sheet.value(spot.place), value))
            if len(told) > LONGEST_STORY:
                return asking.ask_again(talk, session, survey, spot, talk.say("ask.story_full"))
            filling = replace(answer(filling, spot.place, told), place=spot.place)
            session = spare.declined(replace(session, pictured=""), question)
            return settle(talk, session, filling, asking.joined((lead, talk.say("story.noted"))))
        case refused:
            return _refuse(talk, session, survey, spot, question, refused, lead)


def _echo(talk: Talk, survey: Survey, spot: Spot, question: Question, value: str) -> str:
    """A number for an option of a list that was never shown: say which it was."""
    if question.kind not in CHOSEN or not talk.incoming.text.strip().isdecimal():
        return ""
    if len(survey.options(spot.place, question)) <= asking.MOST_CHOICES:
        return ""
    return talk.say("noted", answer=talk.shown(survey, spot.place, question, value))


def _with_picked(survey: Survey, spot: Spot, question: Question, session: Session, value: str) -> str:
    """What was tapped before still counts."""
    chosen = {*session.picks(spot.place), *value.split()}
    options = survey.options(spot.place, question)
    return " ".join(option.name for option in options if option.name in chosen)


def _pictured(talk: Talk, session: Session, survey: Survey, filling: Filling, spot: Spot, lead: str) -> Step:
    """A picture is an answer; the words under it are never dropped without a word."""
    session = replace(session, pictured=spot.place, album=talk.incoming.album)
    words = talk.incoming.text.strip()
    if not words:
        return settle(talk, session, filling, lead)
    bare = replace(talk, incoming=replace(talk.incoming, attachments=()))
    survey = talk.survey(survey.plan, filling)
    if step := pasting.pasted_lines(bare, session, survey, filling, spot, lead):
        return step
    session = spare.keep(session, bare.incoming)
    told = talk.say("picture.words", words=summary.short(words))
    return settle(talk, session, filling, asking.joined((lead, told)))


def _refuse(
    talk: Talk,
    session: Session,
    survey: Survey,
    spot: Spot,
    question: Question,
    refused: Refused,
    lead: str,
) -> Step:
    words = asking.joined((lead, talk.texts.say(refused.key, **refused.values)))
    if not refused.among or refused.values.get("count", 0) != len(refused.among):
        # None, or too many to choose from: more words are wanted.
        return asking.ask_again(talk, session, survey, spot, words)
    choices = tuple(asking.option_choice(survey, spot.place, question, option) for option in refused.among)
    return talk.step(session, words, choices, stage=Stage.QUESTION, subject=spot.place)


def _together(talk: Talk, session: Session, survey: Survey, filling: Filling, spot: Spot, lead: str) -> Step:
    """A group asked in one message: what was understood is kept, only the rest is asked again."""
    missing = [member for member in spot.members if member[0] not in filling.answers.values]
    asked = missing or list(spot.members)
    if len(asked) == 1:
        place, question = asked[0]
        alone = replace(spot, place=place, item=question)
        return _one(talk, session, survey, filling, alone, question, lead)
    told = _told(talk.incoming.text, survey, asked, spot)
    if not told.values:
        words = asking.joined((lead, talk.say("ask.together_unread", count=len(asked))))
        return asking.ask_again(talk, session, survey, spot, words)
    return pasting.note_down(talk, session, survey, filling, told, lead)


def _told(text: str, survey: Survey, asked: list[tuple[str, Question]], spot: Spot) -> Pasted:
    """Labels first: "jumlah 250, l 120, p 130" is three answers too, but not in that order."""
    labels = {place: asking.title(survey, place, question) for place, question in asked}
    named = pasted(text, labels)
    if len(named.values) > 1 and not named.unmatched:
        return named
    told = several(text, labels)
    everything = {place: asking.title(survey, place, question) for place, question in spot.members}
    return told if told.values else pasted(text, everything)


def _wants_this(talk: Talk, session: Session, spot: Spot) -> bool:
    """Is it a picture for this question, and not one more of the album before?"""
    wanted = isinstance(spot.item, Question) and spot.item.kind in MEDIA
    return wanted and (not spare.is_same_album(talk, session) or session.pictured == spot.place)


def _only_greets(talk: Talk, spot: Spot) -> bool:
    """Somebody comes back and says hello: no answer, whatever was asked."""
    if talk.incoming.attachments or (isinstance(spot.item, Question) and spot.item.kind in CHOSEN):
        return False
    return greeting(talk.incoming.text) and plain(talk.incoming.text) not in MAY_ANSWER
