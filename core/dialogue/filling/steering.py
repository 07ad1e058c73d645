"""The words that steer a filling: back, skip, enough; and when a word steers rather than answers."""

from dataclasses import replace

from core.dialogue import keys, menu
from core.dialogue.commands import Command, number_in
from core.dialogue.filling import asking, summary
from core.dialogue.filling.beginning import resume
from core.dialogue.filling.interview import right, take
from core.dialogue.filling.settling import settle
from core.dialogue.known import Step
from core.dialogue.session import Stage
from core.dialogue.talk import Talk
from core.forms.answers import knows_not, says_nothing, yes_or_no
from core.forms.filling import Filling, drop_turn
from core.forms.form import Group, Kind, Question, Repeat
from core.forms.marks import is_multiline
from core.forms.survey import Spot, Survey

STEERING = frozenset(
    [
        *(Command.BACK, Command.SKIP, Command.SUMMARY, Command.CANCEL, Command.HELP, Command.MENU),
        *(Command.LATER, Command.RESUME, Command.SEND, Command.PRACTICE_OFF, Command.CASES),
    ]
)
"""What steers even where any words could be an answer."""
COUNTED = asking.NUMERIC | {Kind.SELECT_ONE, Kind.SELECT_MULTIPLE}
"""The kinds to which "tidak ada" may be an answer."""
OF_A_REPORT = frozenset({Command.CORRECT, Command.WITHDRAW})


def steers(talk: Talk, command: Command) -> bool:
    """Does what is asked now leave this word to steering?"""
    spot = current(talk)
    if spot is None or command in STEERING:
        return True
    if command is Command.DONE:
        return isinstance(spot.item, Repeat) or _is(spot, Kind.SELECT_MULTIPLE) or is_multiline(spot.item)
    if command in OF_A_REPORT and number_in(talk.incoming.text):
        return True
    return not (isinstance(spot.item, Group) or _is(spot, Kind.TEXT))


def leaves_open(talk: Talk) -> bool:
    """Does a citizen say, where an answer may be left open, that they do not know or have it?"""
    spot, survey, text = current(talk), _survey(talk), talk.incoming.text
    if talk.known.person is not None or talk.incoming.attachments or spot is None or survey is None:
        return False
    question = spot.item
    if not isinstance(question, Question) or survey.is_required(spot.place, question):
        return False
    return knows_not(text) or (question.kind not in COUNTED and says_nothing(text))


def takes_numbers(talk: Talk) -> bool:
    """Is it a question of which several options may be chosen, and are all of them on offer?"""
    spot, survey = current(talk), _survey(talk)
    if spot is None or survey is None or not isinstance(spot.item, Question):
        return False
    offered = [choice for choice in talk.known.session.offered if keys.is_option(choice.key)]
    several = spot.item.kind is Kind.SELECT_MULTIPLE
    return several and len(offered) == len(survey.options(spot.place, spot.item))


def current(talk: Talk) -> Spot | None:
    """What stands open now."""
    survey, filling = _survey(talk), talk.known.session.filling
    return survey.next(filling) if survey and filling else None


def go_back(talk: Talk) -> Step:
    """To the question before; what was answered there is shown."""
    session, filling, survey = talk.known.session, talk.known.session.filling, _survey(talk)
    if filling is None or survey is None:
        return menu.show(talk)
    at_the_end = session.stage in (Stage.SUMMARY, Stage.REASON)
    now = None if at_the_end else survey.next(filling)
    if undone := _without_empty_turn(survey, filling, now):
        return settle(talk, session, undone, "")
    before = survey.before(now)
    if before is None:
        return settle(talk, session, filling, talk.say("back.first"))
    session = replace(session, filling=replace(filling, place=before.place), picked=(), pictured="")
    return asking.ask(talk, session, survey, before)


def send(talk: Talk) -> Step:
    """File the report, or ask what is missing in it."""
    session, filling, survey = talk.known.session, talk.known.session.filling, _survey(talk)
    if filling is None or survey is None or summary.is_whole(survey, filling):
        return summary.send(talk)
    return settle(talk, session, replace(filling, place=""), talk.say("send.not_whole"))


def skip(talk: Talk) -> Step:
    return _do(talk, keys.SKIP)


def done(talk: Talk) -> Step:
    """Enough: of options, of turns; at the summary of the whole report."""
    if talk.known.session.stage is Stage.SUMMARY:
        return send(talk)
    return _do(talk, keys.DONE)


def _do(talk: Talk, what: str) -> Step:
    session, filling, survey = talk.known.session, talk.known.session.filling, _survey(talk)
    if filling is None or survey is None:
        return menu.odd(talk)
    if session.stage is Stage.DOUBT and yes_or_no(talk.incoming.text):
        return right(talk)
    spot = survey.next(filling)
    if session.stage is not Stage.QUESTION or spot is None:
        # What would be skipped is not what was asked.
        return resume(talk, "")
    return take(talk, session, survey, filling, spot, what)


def _without_empty_turn(survey: Survey, filling: Filling, now: Spot | None) -> Filling | None:
    """The filling without the turn that was just added and has no answer yet: "Tambah" was a slip."""
    if now is None or not now.seat.turns or now.seat.turns[-1] < 2:
        return None
    repeat, _, _ = now.place.rpartition("[")
    turn = now.seat.turns[-1]
    is_last = filling.answers.counts.get(repeat, 1) == turn
    is_empty = not any(place.startswith(f"{repeat}[{turn}]/") for place in filling.answers.values)
    return drop_turn(filling, repeat) if is_last and is_empty else None


def _survey(talk: Talk) -> Survey | None:
    filling = talk.known.session.filling
    plan = talk.plan(filling) if filling else None
    return talk.survey(plan, filling) if filling and plan else None


def _is(spot: Spot, kind: Kind) -> bool:
    return isinstance(spot.item, Question) and spot.item.kind is kind
