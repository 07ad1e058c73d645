"""The evening's list of who is silent, for the coordinator above them: remind once more, note who was phoned.

e:again:64.72.03     remind those in the area now        e:call:64.72.03:1  who was phoned? the second page
e:called:64.72.03:8  the holder of post 8 was phoned     e:show:64.72.03    the list
"""

from collections.abc import Sequence
from datetime import datetime

from core.dialogue import menu
from core.dialogue.known import SILENT_SHOWN, Step
from core.dialogue.reminders.seats import moment_name, seat_name
from core.dialogue.session import Stage
from core.dialogue.talk import Talk
from core.digests.digest import Silence
from core.elections.humane import next_chance
from core.elections.silent import Silent, looks_after
from core.model.areas import Level, level_of
from core.model.effects import Called, Chased, Effect
from core.model.messages import Choice, Reply, Template
from core.model.people import Role
from core.model.zones import zone_of
from core.speech.texts import Texts, texts

PARTS = 6
KNOCK = Template("news", announces=True)


def evening(silent: Silent, language: str) -> Reply:
    """What the coordinator is told."""
    speak = texts(language)
    return Reply(words(silent, speak), choices(silent, speak), numbered=False, template=KNOCK)


def words(silent: Silent, speak: Texts) -> str:
    if not silent.total:
        return speak.say("owing.silent.none", area=silent.name)
    lines = (
        _by_part(silent, speak) if level_of(silent.area) is not Level.DISTRICT else _by_post(silent, speak)
    )
    heading = speak.say("owing.silent.heading", area=silent.name, count=silent.total)
    return "\n".join([heading, *lines, *_unasked(silent, speak)])


def choices(silent: Silent, speak: Texts) -> tuple[Choice, ...]:
    if not silent.total:
        return ()
    return (
        Choice(f"e:again:{silent.area}", speak.say("owing.button.again")),
        Choice(f"e:call:{silent.area}:0", speak.say("owing.button.called")),
    )


def press(talk: Talk, rest: str) -> Step:
    wish, _, rest = rest.partition(":")
    area, _, value = rest.partition(":")
    silent, person = talk.known.silent, talk.known.person
    if silent is None or silent.area != area or person is None or not looks_after(person, area):
        return menu.show(talk, lead=talk.say("button.gone"))
    match wish:
        case "again":
            return _again(talk, silent)
        case "call":
            return _who(talk, silent, silent.shown, value)
        case "called":
            return _called(talk, silent)
        case _:
            return _tell(talk, words(silent, talk.texts), choices(silent, talk.texts))


def _again(talk: Talk, silent: Silent) -> Step:
    count, speak = silent.to_be_reminded, talk.texts
    if not count:
        key = "owing.silent.recently" if silent.recently else "owing.silent.nobody"
        lines = [speak.say(key), *_unasked(silent, speak)]
        return _tell(talk, "\n".join(lines), (_call(silent, speak), talk.choice("menu")))
    at = next_chance(talk.known.elections, silent.area, talk.fresh.now)
    when = moment_name(at, zone_of(silent.area), speak)
    key = "owing.silent.again" if at == talk.fresh.now else "owing.silent.again_later"
    lines = [speak.say(key, count=count, when=when), *_unasked(silent, speak)]
    effect = Chased(silent.area)
    return _tell(talk, "\n".join(lines), (_call(silent, speak), talk.choice("menu")), effect)


def _called(talk: Talk, silent: Silent) -> Step:
    speak, called, person = talk.texts, silent.asked, talk.known.person
    left = tuple(one for one in silent.shown if called is None or one.post != called.post)
    if called is None or person is None:
        return _who(talk, silent, left, "0", lead=speak.say("owing.silent.told"))
    named = {"name": called.holder, "seat": _seat(called, speak), "time": f"{talk.now:%H.%M}"}
    lead = speak.say("owing.silent.noted", **named)
    return _who(talk, silent, left, "0", Called(called.post, f"person:{person.id}"), lead=lead)


def _who(
    talk: Talk, silent: Silent, left: Sequence[Silence], page: str, *effects: Effect, lead: str = ""
) -> Step:
    """One tap for each who was phoned; who was phoned today stands here no longer."""
    speak = talk.texts
    at = int(page) if page.isdecimal() and len(page) < 4 else 0
    there = left[:SILENT_SHOWN] if len(left) > SILENT_SHOWN else left
    further = len(left) > SILENT_SHOWN
    more = (Choice(f"e:call:{silent.area}:{at + 1}", speak.say("owing.button.next")),) if further else ()
    tapped = tuple(
        Choice(f"e:called:{silent.area}:{one.post}", one.holder or _seat(one, speak), _seat(one, speak))
        for one in there
    )
    question = speak.say("owing.silent.who" if tapped else "owing.silent.all_called")
    text = "\n".join(filter(None, (lead, question)))
    back = Choice(f"e:show:{silent.area}", speak.say("owing.button.list"))
    return _tell(talk, text, (*tapped, *more, back, talk.choice("menu")), *effects)


def _tell(talk: Talk, text: str, offered: tuple[Choice, ...], *effects: Effect) -> Step:
    session = talk.known.session.put_aside()
    return talk.step(session, text, offered, stage=Stage.MENU, effects=effects)


def _by_post(silent: Silent, speak: Texts) -> list[str]:
    lines = [_line(one, speak) for one in silent.shown[:SILENT_SHOWN]]
    left = silent.total - len(lines)
    return [*lines, *([speak.say("owing.silent.more", count=left)] if left > 0 else [])]


def _by_part(silent: Silent, speak: Texts) -> list[str]:
    named = ", ".join(f"{name} {count}" for name, count in silent.parts[:PARTS])
    left = len(silent.parts) - PARTS
    return [named + (speak.say("owing.silent.parts", count=left) if left > 0 else "")]


def _line(one: Silence, speak: Texts) -> str:
    since = moment_name(one.since, zone_of(one.area), speak)
    named = {"seat": _seat(one, speak), "name": one.holder, "count": one.owed, "since": since}
    line = speak.say("owing.silent.line" if one.owed == 1 else "owing.silent.line_many", **named)
    return f"• {line}{_phoned(one.called, one.area, speak)}"


def _phoned(called: datetime | None, area: str, speak: Texts) -> str:
    if called is None:
        return ""
    return speak.say("owing.silent.phoned", when=moment_name(called, zone_of(area), speak))


def _unasked(silent: Silent, speak: Texts) -> list[str]:
    """Who gets no reminder, and why: what cannot be sent is said."""
    reasons = {
        "unreachable": silent.unreachable,
        "withheld": silent.withheld,
        "failed": silent.failed,
        "postponed": silent.postponed,
    }
    told = [speak.say(f"owing.unasked.{why}", count=count) for why, count in reasons.items() if count]
    return [speak.say("owing.unasked", reasons="; ".join(told))] if told else []


def _call(silent: Silent, speak: Texts) -> Choice:
    return Choice(f"e:call:{silent.area}:0", speak.say("owing.button.called"))


def _seat(one: Silence, speak: Texts) -> str:
    return seat_name(Role(one.role), one.place, speak)
