"""How a question sounds in chat: its number, its words, what can be tapped."""

from typing import assert_never

from core.dialogue import keys
from core.dialogue.keys import answer_key
from core.dialogue.known import Step
from core.dialogue.session import Session, Stage
from core.dialogue.talk import Talk
from core.forms.answers import show
from core.forms.filling import Spot, Survey
from core.forms.form import MEDIA, Group, Kind, Option, Question, Repeat
from core.model.messages import Asked, Channel, Choice

MOST_CHOICES = 12
"""A longer list is searched by typing instead of shown."""
NUMERIC = frozenset({Kind.INTEGER, Kind.DECIMAL, Kind.RANGE})


def ask(talk: Talk, session: Session, survey: Survey, spot: Spot, lead: str = "") -> Step:
    """Ask a spot. `lead` comes first: an echo, a refusal, what was noted."""
    match spot.item:
        case Question():
            return _question(talk, session, survey, spot, spot.item, lead)
        case Group():
            return _together(talk, session, survey, spot, spot.item, lead)
        case Repeat():
            return _another(talk, session, survey, spot, spot.item, lead)
        case _:
            assert_never(spot.item)


def _question(talk: Talk, session: Session, survey: Survey, spot: Spot, question: Question, lead: str) -> Step:
    options = survey.options(spot.place, question)
    lines = [lead, *_notes(survey, spot), _numbered(survey, spot, survey.say(question.label, spot.place))]
    lines += [survey.say(question.hint, spot.place), _cue(talk, question, options)]
    lines.append(_answer_so_far(talk, survey, spot.place, question, options))
    choices = (
        *option_choices(talk, session, survey, spot.place, question, options),
        *_extras(talk, session, survey, spot.place, question),
    )
    wants: Asked | None = "location" if question.kind is Kind.GEOPOINT else None
    return talk.step(
        session,
        _join(lines),
        choices,
        stage=Stage.QUESTION,
        subject=spot.place,
        numbered=question.kind not in NUMERIC | {Kind.TEXT, Kind.DATE, Kind.TIME, Kind.DATETIME},
        ask=wants,
    )


def _together(talk: Talk, session: Session, survey: Survey, spot: Spot, group: Group, lead: str) -> Step:
    """Several small things in one message; only those still open are listed."""
    values = session.filling.answers.values if session.filling else {}
    missing = [(place, q) for place, q in spot.members if place not in values] or list(spot.members)
    lines = [lead, *_notes(survey, spot), _numbered(survey, spot, survey.say(group.label, spot.place))]
    lines += [f"- {survey.say(question.label, place)}" for place, question in missing]
    if len(missing) > 1 and all(question.kind in NUMERIC for _, question in missing):
        example = " ".join(("120", "98", "7", "45", "12", "3", "60", "31")[: min(len(missing), 8)])
        lines.append(talk.say("ask.together", count=len(missing), example=example))
    skip = () if any(survey.is_required(*member) for member in missing) else (_skip(talk, session, survey, spot),)
    return talk.step(
        session, _join(lines), skip, stage=Stage.QUESTION, subject=spot.place, numbered=False
    )


def _another(talk: Talk, session: Session, survey: Survey, spot: Spot, repeat: Repeat, lead: str) -> Step:
    label = survey.say(repeat.label, spot.place) or repeat.name
    count = survey.sheet.counts.get(spot.place, 1)
    fid = session.filling.id if session.filling else ""
    choices = tuple(
        Choice(answer_key(fid, survey.plan, spot.place, what), talk.say(f"button.{what}_turn"))
        for what in (keys.MORE, keys.DONE)
    )
    text = _join([lead, talk.say("ask.another", label=label, count=count)])
    return talk.step(session, text, choices, stage=Stage.QUESTION, subject=spot.place)


def ask_again(talk: Talk, session: Session, survey: Survey, spot: Spot, words: str) -> Step:
    """What was sent could not be taken: the words that say why, and what can be tapped; not the question again."""
    step = ask(talk, session, survey, spot)
    return talk.step(
        step.session,
        words,
        step.session.offered,
        stage=Stage.QUESTION,
        subject=step.session.subject,
        numbered=step.session.numbered,
    )


def option_choices(
    talk: Talk, session: Session, survey: Survey, place: str, question: Question, options: tuple[Option, ...]
) -> tuple[Choice, ...]:
    """The options as buttons; none where the list is too long to show."""
    fid = session.filling.id if session.filling else ""
    if question.kind is Kind.ACKNOWLEDGE:
        return (Choice(answer_key(fid, survey.plan, place, "ok"), talk.say("button.acknowledge")),)
    if question.kind not in (Kind.SELECT_ONE, Kind.SELECT_MULTIPLE) or len(options) > MOST_CHOICES:
        return ()
    left = tuple(option for option in options if option.name not in session.picked)
    buttons = tuple(option_choice(talk, session, survey, place, question, option) for option in left)
    if session.picked:
        done = Choice(answer_key(fid, survey.plan, place, keys.DONE), talk.say("button.done"))
        return (*buttons, done)
    return buttons


def option_choice(
    talk: Talk, session: Session, survey: Survey, place: str, question: Question, option: Option
) -> Choice:
    """One option as a button; its place in the whole list is its key."""
    rows = survey.plan.form.lists.get(question.options, ())
    fid = session.filling.id if session.filling else ""
    key = answer_key(fid, survey.plan, place, str(rows.index(option)))
    hint = ", ".join(option.columns[c] for c in ("kecamatan", "kabupaten") if option.columns.get(c))
    return Choice(key, survey.plan.form.words(option.label, talk.language) or option.name, hint)


def progress(survey: Survey, spot: Spot) -> str:
    asked = [one.place for one in survey.spots if not isinstance(one.item, Repeat)]
    return f"{asked.index(spot.place) + 1}/{len(asked)} · " if spot.place in asked else ""


def _numbered(survey: Survey, spot: Spot, words: str) -> str:
    return progress(survey, spot) + words


def _notes(survey: Survey, spot: Spot) -> list[str]:
    return [survey.say(note, spot.place) for note in spot.notes]


def _cue(talk: Talk, question: Question, options: tuple[Option, ...]) -> str:
    """How to answer, where the question alone does not tell."""
    touch = talk.incoming.address.channel in (Channel.TELEGRAM, Channel.WEBCHAT)
    match question.kind:
        case Kind.SELECT_ONE | Kind.SELECT_MULTIPLE if len(options) > MOST_CHOICES:
            return talk.say("ask.search")
        case Kind.SELECT_MULTIPLE:
            return talk.say("ask.several_tap" if touch else "ask.several_type")
        case Kind.RANK:
            lines = [
                f"{n} {_label(talk, option)}" for n, option in enumerate(options, start=1)
            ]
            return "\n".join([*lines, talk.say("ask.rank")])
        case Kind.RANGE:
            return talk.say("ask.range", least=question.minimum, most=question.maximum)
        case Kind.GEOPOINT:
            return talk.say("ask.place")
        case kind if kind in MEDIA:
            return talk.say(f"ask.{kind.value}") if talk.incoming.address.channel is not Channel.SMS else talk.say(
                "ask.no_media"
            )
        case _:
            return ""


def _label(talk: Talk, option: Option) -> str:
    return option.label.get(talk.language) or next(iter(option.label.values()), option.name)


def _answer_so_far(
    talk: Talk, survey: Survey, place: str, question: Question, options: tuple[Option, ...]
) -> str:
    value = survey.sheet.values.get(place, "")
    if not value:
        return ""
    return talk.say("ask.before", answer=show(question, value, talk.reading(survey, place, question)))


def _extras(talk: Talk, session: Session, survey: Survey, place: str, question: Question) -> tuple[Choice, ...]:
    """Keep the present answer, take the proposed one, use a picture sent before, or skip."""
    fid = session.filling.id if session.filling else ""
    extras: list[Choice] = []
    if place in survey.sheet.values and survey.sheet.values[place]:
        extras.append(Choice(answer_key(fid, survey.plan, place, keys.KEEP), talk.say("button.keep")))
    elif proposal := survey.proposal(place, question):
        words = show(question, proposal, talk.reading(survey, place, question))
        key = answer_key(fid, survey.plan, place, keys.PROPOSED)
        extras.append(Choice(key, talk.say("button.proposed", answer=words)))
    if question.kind in MEDIA and spare_for(session, question):
        key = answer_key(fid, survey.plan, place, keys.SPARE)
        extras.append(Choice(key, talk.say("button.spare")))
    if not survey.is_required(place, question) and not session.picked:
        extras.append(Choice(answer_key(fid, survey.plan, place, keys.SKIP), talk.say("button.skip")))
    return tuple(extras)


def spare_for(session: Session, question: Question) -> tuple[str, ...]:
    """The pictures sent before that this question could take."""
    kinds = [one.split(":", 1) for one in session.spare]
    return tuple(media for kind, media in kinds if question.kind is Kind.FILE or kind == question.kind.value)


def _skip(talk: Talk, session: Session, survey: Survey, spot: Spot) -> Choice:
    fid = session.filling.id if session.filling else ""
    return Choice(answer_key(fid, survey.plan, spot.place, keys.SKIP), talk.say("button.skip"))


def _join(lines: list[str]) -> str:
    return "\n".join(line for line in lines if line)

