"""A coordinator and a week: read of it at any time, see who is silent, send it up, correct it, add a note.

> [Kirim ke provinsi]
< ✅ Terkirim ke provinsi: Kutai Kartanegara, pekan 18–24 Nov. Senin 25 Nov, 07.41 WITA, oleh Vina Contoh.
"""

from datetime import timedelta

from core.dialogue.commands import Command, command_in
from core.dialogue.coordinators import desktopics
from core.dialogue.coordinators.desk_asked import LISTENING, WeekAsked, week_asked
from core.dialogue.coordinators.desk_known import WeekKnown
from core.dialogue.coordinators.deskwords import after_key, desk_choices, desk_key, sending
from core.dialogue.known import Step
from core.dialogue.reminders.seats import moment_name, seat_name
from core.dialogue.session import Stage
from core.dialogue.talk import Talk
from core.digests.calendar import day_shown, span_shown
from core.digests.digest import Confirmation, Silence
from core.digests.saying import LONGEST, UPWARDS, NotSaid, remark, send
from core.digests.text import digest_text
from core.digests.weeks import day_key, is_in_reach, may_be_sent
from core.model.effects import Confirmed, Effect
from core.model.messages import Choice
from core.model.people import Person, Role
from core.model.zones import zone_of

PAGE = 6
"""Silent posts in one message: it shall stay on the screen."""
OUT = frozenset({Command.MENU, Command.CANCEL, Command.HELP, Command.LATER, Command.BACK})
"""What gets one out of writing a note."""
WATCHING = frozenset({Role.PANWASCAM, Role.KABKOTA, Role.PROVINSI, Role.RI})


def is_coordinator(person: Person | None) -> bool:
    return person is not None and bool(person.roles & WATCHING)


def answer(talk: Talk) -> Step | None:
    """None for what is not about a week, or comes from somebody who coordinates nothing."""
    incoming = talk.incoming
    asked = week_asked(incoming.choice, incoming.text, talk.known.session)
    if asked is None or incoming.attachments or not is_coordinator(talk.known.person):
        return None
    if asked.act in LISTENING and command_in(incoming.text) in OUT:
        return None
    known = talk.known.week
    if known is None or (not known.area and not known.among):
        return _unknown(talk)
    return _which(talk, asked, known) if known.among else _do(talk, asked, known)


def _do(talk: Talk, asked: WeekAsked, known: WeekKnown) -> Step:
    match asked.act:
        case "show":
            return _show(talk, known)
        case "quiet" | "q":
            return _quiet(talk, known, is_first=asked.after is None)
    if not known.is_own:
        return _unknown(talk)
    if talk.known.session.practice:
        return _told(talk, talk.texts.say("monday.practice"), known)
    if not is_in_reach(known.area, known.week, talk.fresh.now):
        return _told(talk, talk.texts.say("monday.long_gone"), known)
    return _change(talk, asked, known)


def _change(talk: Talk, asked: WeekAsked, known: WeekKnown) -> Step:
    match asked.act:
        case "up" | "nihil":
            if known.confirmation is not None:
                return _sent_already(talk, known, known.confirmation)
            return _send(talk, known, is_nihil=asked.act == "nihil")
        case "again" if known.confirmation is not None:
            return _sent_already(talk, known, known.confirmation)
        case "up2" | "nihil2":
            return _send(talk, known, is_nihil=asked.act == "nihil2")
        case "note":
            return _ask_note(talk, known)
        case Stage.DESK_NOTE:
            return _hear_note(talk, known)
        case _:
            return desktopics.do(talk, asked, known) or _told(talk, talk.say("button.gone"), known)


def _show(talk: Talk, known: WeekKnown) -> Step:
    digest = known.digest
    if digest is None:
        return _unknown(talk)
    may_send = may_be_sent(known.area, known.week, talk.fresh.now)
    choices = desk_choices(digest, talk.texts, is_own=known.is_own, may_send=may_send)
    # The text is one screen already: whoever asked knows what can be tapped.
    return _say(talk, digest_text(digest, talk.language), (*choices, talk.choice("menu")))


def _quiet(talk: Talk, known: WeekKnown, *, is_first: bool) -> Step:
    """Who is silent, those who owe longest first."""
    say, shown = talk.texts.say, known.silences[:PAGE]
    if not shown:
        return _told(talk, say("monday.quiet.none", area=known.name), known)
    heading = say("monday.quiet.heading", area=known.name, count=known.silent)
    lines = [heading if is_first else say("monday.quiet.further", area=known.name)]
    lines += [_silent_line(talk, one) for one in shown]
    chase = (
        Choice(f"e:again:{known.area}", say("owing.button.again")),
        Choice(f"e:call:{known.area}:0", say("owing.button.called")),
    )
    more: tuple[Choice, ...] = ()
    if len(known.silences) > PAGE:
        last = shown[-1]
        key = desk_key("q", known.area, known.week, after_key(last.since, last.post))
        more = (Choice(key, say("monday.button.more")),)
    return _say(talk, "\n".join(lines), (*more, *chase, _recap(talk, known), talk.choice("menu")))


def _silent_line(talk: Talk, one: Silence) -> str:
    since = moment_name(one.since, zone_of(one.area), talk.texts)
    seat = seat_name(Role(one.role), one.place, talk.texts)
    key = "monday.quiet.line" if one.called is None else "monday.quiet.line_called"
    return talk.texts.say(key, seat=seat, name=one.holder or "–", owed=one.owed, since=since)


def _send(talk: Talk, known: WeekKnown, *, is_nihil: bool) -> Step:
    effect = send(known.state, desktopics.teller_of(talk), talk.fresh.now, is_nihil=is_nihil, again=True)
    if isinstance(effect, NotSaid):
        sunday = day_shown(known.week + timedelta(days=6), talk.language)
        return _told(talk, talk.texts.say(f"monday.{effect.why}", day=sunday), known)
    key = f"monday.sent.{known.level}" if known.confirmation is None else f"monday.corrected.{known.level}"
    lines = [
        talk.texts.say(
            f"{key}.nihil" if is_nihil else key,
            area=known.name,
            week=_week(talk, known),
            moment=moment_name(talk.fresh.now, zone_of(known.area), talk.texts),
            by=effect.by,
        )
    ]
    if known.remark:
        lines.append(talk.texts.say("monday.with_note", note=known.remark))
    choices = (_act(talk, known, "note"), _act(talk, known, "quiet"), talk.choice("menu"))
    return _say(talk, "\n".join(lines), choices, effect)


def _sent_already(talk: Talk, known: WeekKnown, done: Confirmation) -> Step:
    """With the chance to correct it: what was sent first stays."""
    text = talk.texts.say(
        "monday.sent_already.nihil" if done.is_nihil else "monday.sent_already",
        area=known.name,
        week=_week(talk, known),
        moment=moment_name(done.at, zone_of(known.area), talk.texts),
        by=done.by,
    )
    again = tuple(
        Choice(desk_key(act, known.area, known.week), talk.texts.say(f"monday.button.{act}"))
        for act in ("up2", "nihil2")
    )
    others = tuple(_act(talk, known, act) for act in ("note", "topics"))
    return _say(talk, text, (*again, *others, talk.choice("menu")))


def _ask_note(talk: Talk, known: WeekKnown) -> Step:
    lines = [talk.texts.say("monday.note.ask", area=known.name, week=_week(talk, known))]
    if known.remark:
        lines.append(talk.texts.say("monday.note.so_far", note=known.remark))
    return talk.step(
        talk.known.session.put_aside(),
        "\n".join(lines),
        (Choice(desk_key("show", known.area, known.week), talk.say("button.cancel")),),
        stage=Stage.DESK_NOTE,
        subject=f"{known.area} {day_key(known.week)}",
        numbered=False,
    )


def _hear_note(talk: Talk, known: WeekKnown) -> Step:
    """Added to what was sent already it is a correction; else it waits for the sending."""
    said = remark(known.state, desktopics.teller_of(talk), talk.fresh.now, talk.incoming.text)
    if isinstance(said, NotSaid):
        session = talk.known.session
        text = talk.texts.say(f"monday.note.{said.why}", most=LONGEST)
        return talk.step(
            session, text, session.offered, stage=session.stage, subject=session.subject, numbered=False
        )
    if isinstance(said, Confirmed):
        return _told(talk, talk.texts.say("monday.note.added", note=said.note), known, said)
    may_send = known.level in UPWARDS and may_be_sent(known.area, known.week, talk.fresh.now)
    buttons = sending(known.area, known.week, known.level, talk.texts) if may_send else ()
    text = talk.texts.say("monday.note.kept" if may_send else "monday.note.kept_only", note=said.note)
    return _say(talk, text, (*buttons, _act(talk, known, "note"), talk.choice("menu")), said)


def _which(talk: Talk, asked: WeekAsked, known: WeekKnown) -> Step:
    """Several areas are called so."""
    act = "show" if asked.act == "show" else "quiet"
    choices = tuple(Choice(desk_key(act, code, known.week), name) for code, name in known.among)
    return _say(talk, talk.texts.say("monday.which"), (*choices, talk.choice("menu")))


def _unknown(talk: Talk) -> Step:
    return _say(talk, talk.texts.say("monday.unknown"), (talk.choice("menu"),))


def _told(talk: Talk, text: str, known: WeekKnown, *effects: Effect) -> Step:
    return _say(talk, text, (_recap(talk, known), talk.choice("menu")), *effects)


def _say(talk: Talk, text: str, choices: tuple[Choice, ...], *effects: Effect) -> Step:
    return talk.step(talk.known.session.put_aside(), text, choices, stage=Stage.MENU, effects=effects)


def _act(talk: Talk, known: WeekKnown, act: str) -> Choice:
    return Choice(desk_key(act, known.area, known.week), talk.texts.say(f"monday.button.{act}"))


def _recap(talk: Talk, known: WeekKnown) -> Choice:
    return Choice(desk_key("show", known.area, known.week), talk.texts.say("monday.button.show"))


def _week(talk: Talk, known: WeekKnown) -> str:
    return span_shown(known.week, known.week + timedelta(days=6), talk.language)
