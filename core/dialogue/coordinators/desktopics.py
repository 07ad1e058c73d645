"""A coordinator says how a topic stands: the topic, its mark, and why; each one tap or one line."""

from typing import get_args

from core.dialogue.coordinators.desk_asked import WeekAsked
from core.dialogue.coordinators.desk_known import WeekKnown
from core.dialogue.coordinators.deskwords import desk_key
from core.dialogue.known import Step
from core.dialogue.session import Stage
from core.dialogue.talk import Talk
from core.digests.digest import Mark, Topic
from core.digests.saying import LONGEST_ON_TOPIC, NotSaid, Teller, set_topic
from core.digests.standing import in_language
from core.digests.topics import MARKS
from core.digests.weeks import day_key
from core.model.effects import Effect, TopicSet
from core.model.messages import Choice


def do(talk: Talk, asked: WeekAsked, known: WeekKnown) -> Step | None:
    """None when it is about no topic that there is."""
    if asked.act == "topics":
        return _list(talk, known)
    name, _, mark = asked.rest.replace(" ", ":").partition(":")
    topic = next((one for one in known.topics if one.name == name), None)
    if topic is None:
        return None
    match asked.act:
        case "t":
            return _ask_mark(talk, known, topic)
        case "m" if mark in MARKS:
            return _set_mark(talk, known, topic, mark)
        case Stage.DESK_TOPIC if mark in MARKS:
            return _hear_note(talk, known, topic, mark)
        case _:
            return None


def _list(talk: Talk, known: WeekKnown, lead: str = "", *effects: Effect) -> Step:
    if not known.topics:
        return _say(talk, talk.texts.say("monday.topics.none"), (talk.choice("menu"),))
    choices = tuple(
        Choice(desk_key("t", known.area, known.week, one.name), _label(talk, one), _mark(talk, one.mark))
        for one in known.topics
    )
    text = "\n".join(filter(None, (lead, talk.texts.say("monday.topics.which", area=known.name))))
    return _say(talk, text, (*choices, _recap(talk, known)), *effects)


def _ask_mark(talk: Talk, known: WeekKnown, topic: Topic) -> Step:
    say = talk.texts.say
    about = next((one.about for one in known.kinds if one.name == topic.name), {})
    note = say("monday.topics.note", note=topic.note) if topic.note else ""
    lines = (
        say("monday.topics.stands", topic=_label(talk, topic), mark=_mark(talk, topic.mark)),
        note,
        in_language(about, talk.language),
        say("monday.topics.how"),
    )
    choices = tuple(
        Choice(desk_key("m", known.area, known.week, topic.name, mark), _mark(talk, mark)) for mark in MARKS
    )
    return _say(talk, "\n".join(line for line in lines if line), (*choices, _others(talk, known)))


def _set_mark(talk: Talk, known: WeekKnown, topic: Topic, mark: str) -> Step:
    """The mark counts at once; a note may follow."""
    effect = _set(talk, known, topic, mark, "")
    assert not isinstance(effect, NotSaid)
    done = talk.texts.say("monday.topics.set", topic=_label(talk, topic), mark=_mark(talk, mark))
    if mark == "aman":
        return _say(talk, done, (_others(talk, known), _recap(talk, known)), effect)
    return talk.step(
        talk.known.session.put_aside(),
        f"{done}\n{talk.texts.say('monday.topics.ask_note')}",
        (Choice(desk_key("topics", known.area, known.week), talk.texts.say("monday.button.no_note")),),
        stage=Stage.DESK_TOPIC,
        subject=f"{known.area} {day_key(known.week)} {topic.name}:{mark}",
        numbered=False,
        effects=(effect,),
    )


def _hear_note(talk: Talk, known: WeekKnown, topic: Topic, mark: str) -> Step:
    session = talk.known.session
    said = _set(talk, known, topic, mark, talk.incoming.text)
    if isinstance(said, NotSaid) or not said.note:
        text = talk.texts.say("monday.topics.note_long", most=LONGEST_ON_TOPIC)
        return talk.step(
            session, text, session.offered, stage=session.stage, subject=session.subject, numbered=False
        )
    told = {"topic": _label(talk, topic), "mark": _mark(talk, mark), "note": said.note}
    text = talk.texts.say("monday.topics.noted", **told)
    return _say(talk, text, (_others(talk, known), _recap(talk, known)), said)


def teller_of(talk: Talk) -> Teller:
    person = talk.known.person
    return Teller(f"person:{person.id}", person.name) if person else Teller("", "")


def _set(talk: Talk, known: WeekKnown, topic: Topic, mark: str, note: str) -> TopicSet | NotSaid:
    return set_topic(known.state, teller_of(talk), talk.fresh.now, topic.name, mark, note)


def _say(talk: Talk, text: str, choices: tuple[Choice, ...], *effects: Effect) -> Step:
    offered = (*choices, talk.choice("menu"))
    return talk.step(talk.known.session.put_aside(), text, offered, stage=Stage.MENU, effects=effects)


def _label(talk: Talk, topic: Topic) -> str:
    return in_language(topic.label, talk.language) or topic.name


def _mark(talk: Talk, mark: str) -> str:
    assert mark in get_args(Mark)
    return talk.texts.say(f"digests.mark.{mark}")


def _others(talk: Talk, known: WeekKnown) -> Choice:
    return Choice(desk_key("topics", known.area, known.week), talk.texts.say("monday.button.topics"))


def _recap(talk: Talk, known: WeekKnown) -> Choice:
    return Choice(desk_key("show", known.area, known.week), talk.texts.say("monday.button.show"))
