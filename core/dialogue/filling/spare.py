"""What came before it was asked for: pictures, recordings, files, and the words that stood under them."""

from dataclasses import replace

from core.dialogue.session import Session
from core.dialogue.talk import Talk
from core.forms.answers import Understood, read
from core.forms.answers.prose import cleaned
from core.forms.filling import Filling, answer
from core.forms.form import MEDIA, Kind, Question
from core.forms.survey import Survey
from core.model.messages import Incoming

MOST = 20
LONGEST_WORDS = 1_000
SHOWN = 30
WORDS = "text"


def keep(session: Session, incoming: Incoming, longest: int = LONGEST_WORDS) -> Session:
    """Keep all that a message brought for a question to come."""
    words = cleaned(incoming.text)[:longest]
    brought = [f"{one.kind}:{one.media}" for one in incoming.attachments if one.media]
    brought += [f"{WORDS}:{words}"] if words else []
    return replace(session, spare=(*session.spare, *brought)[-MOST:], album=incoming.album)


def for_question(session: Session, question: Question) -> tuple[str, ...]:
    """What this question could take."""
    kept = [one.partition(":") for one in session.spare]
    return tuple(what for kind, _, what in kept if _fits(kind, question))


def without(session: Session, question: Question) -> Session:
    """What the question took is no longer spare."""
    left = tuple(one for one in session.spare if not _fits(one.partition(":")[0], question))
    return replace(session, spare=left)


def declined(session: Session, question: Question) -> Session:
    """Words that were offered once and not taken are not offered at every question to come."""
    return without(session, question) if question.kind is Kind.TEXT else session


def offer(talk: Talk, session: Session, question: Question) -> str:
    """The words on the button that takes it; empty when there is nothing for this question."""
    found = for_question(session, question)
    if not found:
        return ""
    if question.kind is Kind.TEXT:
        return talk.say("button.spare_words", words=_short(found[-1]))
    return talk.say("button.spare", count=len(found))


def value(session: Session, question: Question) -> str:
    found = for_question(session, question)
    return found[-1] if question.kind is Kind.TEXT else " ".join(dict.fromkeys(found))


def file_away(talk: Talk, session: Session, survey: Survey, filling: Filling) -> tuple[Session, Filling, str]:
    """A picture where none is asked: to its album, else kept for a question to come, else to the last one."""
    takers = _takers(talk, survey)
    awaited = any(place not in filling.answers.values for place in takers)
    if session.pictured in takers:
        return add(talk, session, survey, filling, session.pictured)
    if takers and (filling.secrecy or not awaited):
        # A citizen's evidence is never left waiting: the question that asks for it may be skipped.
        return add(talk, session, survey, filling, takers[-1])
    told = talk.say("picture.spare" if awaited or _may_be_asked(talk, survey) else "picture.unasked")
    return keep(session, replace(talk.incoming, text="")), filling, told


def add(
    talk: Talk, session: Session, survey: Survey, filling: Filling, place: str
) -> tuple[Session, Filling, str]:
    """One more of the same."""
    brought = [one.media for one in talk.incoming.attachments if one.media]
    value = " ".join(dict.fromkeys([*survey.sheet.value(place).split(), *brought]))
    session = replace(session, pictured=place, album=talk.incoming.album)
    return session, answer(filling, place, value), talk.say("picture.added", count=len(value.split()))


def is_same_album(talk: Talk, session: Session) -> bool:
    return bool(talk.incoming.album) and talk.incoming.album == session.album and bool(session.pictured)


def _takers(talk: Talk, survey: Survey) -> list[str]:
    """The places of the relevant questions that could hold what was sent."""
    return [
        place
        for place, question in survey.asked()
        if question.kind in MEDIA
        and isinstance(read(question, talk.incoming, talk.reading(survey, place, question)), Understood)
    ]


def _may_be_asked(talk: Talk, survey: Survey) -> bool:
    """Is there a question for it that is not relevant yet?"""
    kinds = {question.kind for question in survey.plan.form.questions()} & MEDIA
    sent = {one.kind for one in talk.incoming.attachments}
    return Kind.FILE in kinds or any(kind.value in sent for kind in kinds)


def _fits(kind: str, question: Question) -> bool:
    if kind == WORDS or question.kind is Kind.TEXT:
        return kind == WORDS and question.kind is Kind.TEXT
    return question.kind in MEDIA and (question.kind is Kind.FILE or kind == question.kind.value)


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= SHOWN else line[: SHOWN - 1].rstrip() + "…"
