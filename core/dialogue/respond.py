"""From one message to what should happen: the way in to the conversation."""

from dataclasses import replace

from core.dialogue import language, menu
from core.dialogue.citizens import following, intake, strangers
from core.dialogue.commands import Command, case_number_in, command_in, number_in
from core.dialogue.coordinators import desk, silent
from core.dialogue.filling import beginning, coded, filed, inquired, interview, steering, summary
from core.dialogue.keys import is_option, pressed
from core.dialogue.known import NOT_FILLING, Fresh, Introduction, Known, Step
from core.dialogue.officers import casework
from core.dialogue.reminders import answering
from core.dialogue.session import Stage
from core.dialogue.talk import Talk, hold_for
from core.dialogue.typed import as_choice
from core.forms.answers import greeting
from core.model.effects import Linked
from core.model.messages import EDITED, Incoming

BUTTONS = interview.BUTTONS | summary.BUTTONS | menu.BUTTONS


def respond(incoming: Incoming, known: Known, fresh: Fresh) -> Step:
    """Decide about one message. Never raises for anything a person can send; always answers."""
    talk = Talk(incoming, known, fresh, known.session.language, hold_for(incoming))
    if known.introduction is not None:
        return _introduce(talk, known.introduction)
    if step := following.answer(talk):
        return step
    if known.person is None:
        return strangers.answer(talk) or intake.answer(talk) or _hear(talk)
    return _hear(talk)


def _introduce(talk: Talk, who: Introduction) -> Step:
    """Recognised just now. Whoever goes on from another channel is heard at once; others are welcomed."""
    talk = menu.acquainted(talk, who.person)
    # Where there is no signal an SMS is dear: the first one may be the report.
    step = coded.hear(talk) if who.how == "number" else None
    if step is None:
        step = _hear(talk) if who.how == "number" and _goes_on(talk) else menu.welcome(talk)
    return Step(step.session, (Linked(who.person.id, who.how, who.invitation), *step.effects))


def _goes_on(talk: Talk) -> bool:
    if talk.known.session.filling is not None:
        return not greeting(talk.incoming.text)
    return command_in(talk.incoming.text) not in (None, Command.MENU)


def _hear(talk: Talk) -> Step:
    """A tap, or words that stand for one; a word that steers; else an answer."""
    chosen = as_choice(talk.known.session, talk.incoming)
    by_label = is_option(chosen.choice) and not talk.incoming.choice
    if by_label and steering.takes_numbers(talk):
        # "1 3" is the whole answer, and so is "1".
        return _listen(talk)
    talk = replace(talk, incoming=chosen)
    if step := inquired.answer(talk) or desk.answer(talk):
        return step
    if talk.incoming.choice:
        return _press(talk, talk.incoming.choice)
    if step := coded.hear(talk):
        return step
    if command := _command(talk):
        return _obey(talk, command)
    return _listen(talk)


def _command(talk: Talk) -> Command | None:
    command = command_in(talk.incoming.text)
    if command is None and talk.known.session.stage is Stage.QUESTION and steering.leaves_open(talk):
        return Command.SKIP
    if command is None or talk.incoming.attachments:
        return None
    if command is Command.CASES and not casework.is_officer(talk.known.person):
        return None
    match talk.known.session.stage:
        case Stage.ACTING:
            return command if command in casework.OUT else None
        case Stage.REASON:
            return command if command in filed.OUT else None
        case Stage.QUESTION:
            return command if steering.steers(talk, command) else None
        case _:
            return command


def _press(talk: Talk, key: str) -> Step:
    if key == EDITED:
        return menu.edited(talk)
    kind, _, rest = key.partition(":")
    if kind == "a" and (button := pressed(key)):
        return interview.press(talk, button)
    match kind:
        case "f":
            return beginning.begin(talk, rest)
        case "p":
            return beginning.begin_for(talk, rest)
        case "r":
            return beginning.resume(talk, rest)
        case "s":
            return summary.show(talk, talk.known.session, page=_page(rest))
        case "n":
            return filed.show(talk, rest)
        case "k":
            return filed.correct(talk, rest)
        case "w":
            return filed.ask_to_withdraw(talk, rest)
        case "q":
            return casework.show_list(talk, rest)
        case "x":
            return casework.press(talk, rest)
        case "b":
            return answering.press(talk, rest)
        case "e":
            return silent.press(talk, rest)
        case "l":
            return language.speak(talk, rest)
        case "c" if rest in BUTTONS:
            return BUTTONS[rest](talk)
        case "c" if rest in set(Command):
            return _obey(talk, Command(rest))
        case _:
            return menu.show(talk, lead=talk.say("button.gone"))


def _obey(talk: Talk, command: Command) -> Step:
    if talk.known.person is None and (step := intake.obey(talk, command)):
        return step
    if talk.known.session.stage in casework.STAGES and command in casework.WORDS:
        return casework.obey(talk, command)
    match command:
        case Command.MENU:
            return menu.show(talk)
        case Command.HELP:
            return menu.help_here(talk)
        case Command.BACK:
            return steering.go_back(talk)
        case Command.SKIP:
            return steering.skip(talk)
        case Command.DONE:
            return steering.done(talk)
        case Command.SUMMARY:
            return summary.show(talk, talk.known.session)
        case Command.SEND:
            return coded.send(talk) or steering.send(talk)
        case Command.CANCEL:
            return summary.ask_to_cancel(talk)
        case Command.LATER:
            return menu.later(talk)
        case Command.RESUME:
            return beginning.resume(talk, "")
        case Command.REPORTS:
            return filed.list_reports(talk)
        case Command.CORRECT:
            return _correct(talk, number_in(talk.incoming.text))
        case Command.WITHDRAW:
            return filed.ask_to_withdraw(talk, number_in(talk.incoming.text))
        case Command.PRACTICE:
            return menu.practice(talk, on=True)
        case Command.PRACTICE_OFF:
            return menu.practice(talk, on=False)
        case Command.LANGUAGE:
            return language.ask(talk)
        case Command.ENGLISH:
            return language.speak(talk, "en")
        case Command.INDONESIAN:
            return language.speak(talk, "id")
        case Command.WEB:
            return menu.web(talk)
        case Command.LEAVE:
            return menu.leave(talk)
        case Command.CASES:
            number = case_number_in(talk.incoming.text)
            return casework.open_case(talk, number) if number else casework.show_list(talk)


def _correct(talk: Talk, number: str) -> Step:
    """In the middle of a filling "perbaiki" is about its answers; with a number, about a report."""
    session = talk.known.session
    if number or session.filling is None:
        return filed.correct(talk, number)
    return interview.fix(talk) if session.stage is Stage.DOUBT else summary.which(talk)


def _listen(talk: Talk) -> Step:
    session = talk.known.session
    match session.stage:
        case Stage.QUESTION | Stage.DOUBT | Stage.SUMMARY if session.filling:
            return interview.listen(talk)
        case Stage.CANCEL if session.filling:
            return interview.hear_cancel(talk)
        case Stage.REASON:
            return filed.hear_reason(talk)
        case Stage.ACTING:
            return casework.hear(talk)
        case stage if stage in NOT_FILLING and (number := case_number_in(talk.incoming.text)):
            return casework.open_case(talk, number)
        case _:
            if number := number_in(talk.incoming.text):
                return filed.show(talk, number)
            return answering.hear(talk) or menu.odd(talk)


def _page(written: str) -> int:
    return int(written) if written.isdecimal() and len(written) < 4 else 0
