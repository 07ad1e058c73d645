"""How a question sounds in chat: its number, its words, what can be tapped."""

from dataclasses import dataclass
from typing import assert_never

from core.dialogue import keys
from core.dialogue.citizens.hints import hint
from core.dialogue.filling import spare
from core.dialogue.keys import answer_key
from core.dialogue.known import Step
from core.dialogue.session import Session, Stage
from core.dialogue.talk import Talk
from core.forms.form import MEDIA, Group, Kind, Option, Question, Repeat
from core.forms.marks import is_multiline
from core.forms.survey import Spot, Survey
from core.model.messages import Asked, Channel, Choice

MOST_CHOICES = 12
"""A longer list is searched by typing instead of shown."""
NUMERIC = frozenset({Kind.INTEGER, Kind.DECIMAL, Kind.RANGE})
TYPED = NUMERIC | {Kind.TEXT, Kind.DATE, Kind.TIME, Kind.DATETIME, Kind.RANK}
"""The kinds to which a bare number is itself an answer."""
EXAMPLE = ("120", "98", "218", "7", "225", "12", "3", "60")
TAPPED = frozenset({Channel.TELEGRAM, Channel.WEBCHAT})
PICKED = "✅ "
SHOWN_OF_STORY = 120


@dataclass(frozen=True, slots=True)
class Put:
    """A question put in words."""

    lines: tuple[str, ...]
    choices: tuple[Choice, ...] = ()
    numbered: bool = True
    wants: Asked | None = None


def ask(
    talk: Talk, session: Session, survey: Survey, spot: Spot, lead: str = "", heading: str | None = None
) -> Step:
    """Ask a spot. `lead` comes first: an echo, what was noted; `heading` stands in for "4/13 · "."""
    put = _put(talk, session, survey, spot, progress(survey, spot) if heading is None else heading)
    return _say(talk, session, spot, joined((lead, *put.lines)), put)


def ask_again(talk: Talk, session: Session, survey: Survey, spot: Spot, words: str) -> Step:
    """What was sent could not be taken: why, and what can be tapped; the question itself is not repeated."""
    return _say(talk, session, spot, words, _put(talk, session, survey, spot, ""))


def option_choice(survey: Survey, place: str, question: Question, option: Option) -> Choice:
    """One option as a button; its place in the whole list is its key."""
    rows = survey.plan.form.lists.get(question.options, ())
    hint = ", ".join(option.columns[c] for c in ("kecamatan", "kabupaten") if option.columns.get(c))
    return Choice(key(survey, place, str(rows.index(option))), survey.label(option), hint)


def key(survey: Survey, place: str, what: str) -> str:
    return answer_key(survey.filling_id, survey.plan, place, what)


def progress(survey: Survey, spot: Spot) -> str:
    asked = [one.place for one in survey.spots if not isinstance(one.item, Repeat)]
    return f"{asked.index(spot.place) + 1}/{len(asked)} · " if spot.place in asked else ""


def title(survey: Survey, place: str, item: Question | Group | Repeat) -> str:
    """What it is called; by its name where the author wrote no label."""
    return survey.say(item.label, place).strip() or item.name


def picking(talk: Talk, session: Session, survey: Survey, spot: Spot, question: Question) -> Step:
    """Some options are chosen: any more?"""
    options = survey.options(spot.place, question)
    labels = [survey.label(option) for option in options if option.name in session.picks(spot.place)]
    words = talk.say("ask.picked", labels=", ".join(labels)) if labels else talk.say("ask.picked_none")
    return ask_again(talk, session, survey, spot, words)


def joined(lines: tuple[str, ...]) -> str:
    return "\n".join(line for line in lines if line.strip())


def _say(talk: Talk, session: Session, spot: Spot, words: str, put: Put) -> Step:
    return talk.step(
        session,
        words,
        put.choices,
        stage=Stage.QUESTION,
        subject=spot.place,
        numbered=put.numbered,
        ask=put.wants,
    )


def _put(talk: Talk, session: Session, survey: Survey, spot: Spot, heading: str) -> Put:
    match spot.item:
        case Question():
            return _question(talk, session, survey, spot, spot.item, heading)
        case Group():
            return _together(talk, survey, spot, spot.item, heading)
        case Repeat():
            return _another(talk, survey, spot, spot.item)
        case _:
            assert_never(spot.item)


def _question(
    talk: Talk, session: Session, survey: Survey, spot: Spot, question: Question, heading: str
) -> Put:
    place, options = spot.place, survey.options(spot.place, question)
    if is_multiline(question) and survey.sheet.value(place):
        return _more_of_story(talk, survey, spot, question, heading)
    before = talk.shown(survey, place, question) if survey.sheet.value(place) else ""
    lines = (
        *_notes(survey, spot),
        heading + title(survey, place, question),
        *(_told_already(talk, survey, place, question) or _guidance(talk, survey, place, question, options)),
        talk.say("ask.before", answer=before) if before else "",
    )
    choices = (
        *_options(talk, session, survey, place, question, options),
        *_extras(talk, session, survey, place, question),
    )
    wants: Asked | None = "location" if question.kind is Kind.GEOPOINT else None
    return Put(lines, choices, question.kind not in TYPED, wants)


def _told_already(talk: Talk, survey: Survey, place: str, question: Question) -> tuple[str, ...]:
    """What the story says to it: right?"""
    told = hint(talk, survey, place, question)
    if told is None:
        return ()
    answer = _in_full(talk, survey, place, question, told.value)
    return (talk.texts.say("tips.hint", quote=told.quote, answer=answer),)


def _in_full(talk: Talk, survey: Survey, place: str, question: Question, value: str) -> str:
    """A village with its kecamatan: many are called alike."""
    words = talk.shown(survey, place, question, value)
    option = next((one for one in survey.options(place, question) if one.name == value), None)
    around = option_choice(survey, place, question, option).hint if option else ""
    return f"{words}, {around}" if around else words


def _more_of_story(talk: Talk, survey: Survey, spot: Spot, question: Question, heading: str) -> Put:
    """Something of it is told: the question is not put again, except to change it."""
    is_change = heading == talk.say("change")
    told = (
        heading + title(survey, spot.place, question),
        talk.say("ask.before", answer=_shortened(survey.sheet.value(spot.place))),
    )
    lines = (*(told if is_change else ()), talk.say("ask.more_of_story"))
    choices = [Choice(key(survey, spot.place, keys.DONE), talk.say("button.done"))]
    if is_change:
        choices.append(Choice(key(survey, spot.place, keys.REWRITE), talk.say("button.rewrite")))
    return Put(lines, tuple(choices), numbered=False)


def _shortened(story: str) -> str:
    words = " ".join(story.split())
    return words if len(words) <= SHOWN_OF_STORY else f"{words[: SHOWN_OF_STORY - 1].rstrip()}…"


def _together(talk: Talk, survey: Survey, spot: Spot, group: Group, heading: str) -> Put:
    """Several small things in one message; only those still open are listed."""
    values = survey.sheet.values
    missing = [member for member in spot.members if member[0] not in values]
    asked = missing or list(spot.members)
    labels = [title(survey, *member) for member in asked]
    if len(asked) > 1 and all(question.kind in NUMERIC for _, question in asked):
        example = " ".join(EXAMPLE[: len(asked)])
        listed = [talk.say("ask.together", labels=", ".join(labels), example=example)]
    else:
        listed = [f"- {label}" for label in labels]
    before = [] if missing else [f"{title(survey, *one)} {talk.shown(survey, *one)}" for one in asked]
    lines = (
        *_notes(survey, spot),
        heading + title(survey, spot.place, group),
        *listed,
        talk.say("ask.before", answer=", ".join(before)) if before else "",
    )
    return Put(lines, _around_group(talk, survey, spot, missing), numbered=False)


def _around_group(
    talk: Talk, survey: Survey, spot: Spot, missing: list[tuple[str, Question]]
) -> tuple[Choice, ...]:
    if not missing:
        return (Choice(key(survey, spot.place, keys.KEEP), talk.say("button.keep")),)
    if any(survey.is_required(*member) for member in missing):
        return ()
    return (Choice(key(survey, spot.place, keys.SKIP), talk.say("button.skip")),)


def _another(talk: Talk, survey: Survey, spot: Spot, repeat: Repeat) -> Put:
    count = survey.sheet.counts.get(spot.place, 1)
    choices = tuple(
        Choice(key(survey, spot.place, what), talk.say(f"button.{what}_turn"))
        for what in (keys.MORE, keys.DONE)
    )
    return Put((talk.say("ask.another", label=title(survey, spot.place, repeat), count=count),), choices)


def _notes(survey: Survey, spot: Spot) -> list[str]:
    return [survey.say(note, spot.place) for note in spot.notes]


def _guidance(
    talk: Talk, survey: Survey, place: str, question: Question, options: tuple[Option, ...]
) -> tuple[str, ...]:
    """How to answer: the author's own words, and ours where they say what the author cannot know."""
    hint, cue = survey.say(question.hint, place), _cue(talk, survey, question, options)
    sms = talk.incoming.address.channel is Channel.SMS
    told = hint or talk.say("ask.send_word") in title(survey, place, question).casefold()
    if told and question.kind in MEDIA and not sms:
        return (hint,)
    return (hint, cue)


def _cue(talk: Talk, survey: Survey, question: Question, options: tuple[Option, ...]) -> str:
    """How to answer, where the question alone does not tell."""
    channel = talk.incoming.address.channel
    match question.kind:
        case Kind.SELECT_ONE | Kind.SELECT_MULTIPLE if len(options) > MOST_CHOICES:
            return talk.say("ask.search")
        case Kind.SELECT_MULTIPLE:
            return talk.say("ask.several_tap" if channel in TAPPED else "ask.several_type")
        case Kind.RANK:
            labels = [survey.label(option) for option in options]
            numbers = [str(n) for n in range(1, len(labels) + 1)]
            example = " ".join([*numbers[1:2], *numbers[:1], *numbers[2:]])
            listed = (f"{n} {label}" for n, label in zip(numbers, labels, strict=True))
            return joined((*listed, talk.say("ask.rank", example=example)))
        case Kind.RANGE:
            return talk.say("ask.range", least=question.minimum, most=question.maximum)
        case Kind.GEOPOINT:
            return talk.say("ask.place")
        case kind if kind in MEDIA:
            return talk.say("ask.no_media" if channel is Channel.SMS else f"ask.{kind.value}")
        case _:
            return ""


def _options(
    talk: Talk, session: Session, survey: Survey, place: str, question: Question, options: tuple[Option, ...]
) -> tuple[Choice, ...]:
    """The options as buttons; none where the list is too long to show."""
    if question.kind is Kind.ACKNOWLEDGE:
        return (Choice(key(survey, place, "ok"), talk.say("button.acknowledge")),)
    if question.kind not in (Kind.SELECT_ONE, Kind.SELECT_MULTIPLE) or len(options) > MOST_CHOICES:
        return ()
    buttons = tuple(
        _marked(option_choice(survey, place, question, option), option.name in session.picks(place))
        for option in options
    )
    if not session.picks(place):
        return buttons
    return (*buttons, Choice(key(survey, place, keys.DONE), talk.say("button.done")))


def _marked(choice: Choice, is_picked: bool) -> Choice:
    return Choice(choice.key, PICKED + choice.label, choice.hint) if is_picked else choice


def _extras(
    talk: Talk, session: Session, survey: Survey, place: str, question: Question
) -> tuple[Choice, ...]:
    """Keep the present answer, take the proposed one, use what was sent before, or skip."""
    extras: list[tuple[str, str]] = []
    if survey.sheet.value(place):
        extras.append((keys.KEEP, talk.say("button.keep")))
    elif proposal := survey.proposal(place, question):
        words = talk.shown(survey, place, question, proposal)
        extras.append((keys.PROPOSED, talk.say("button.proposed", answer=words)))
    elif told := hint(talk, survey, place, question):
        words = _in_full(talk, survey, place, question, told.value)
        extras.append((keys.HINTED, talk.say("button.proposed", answer=words)))
    if label := spare.offer(talk, session, question):
        extras.append((keys.SPARE, label))
    if not survey.is_required(place, question) and not session.picks(place):
        extras.append((keys.SKIP, talk.say("button.skip")))
    return tuple(Choice(key(survey, place, what), label) for what, label in extras)
