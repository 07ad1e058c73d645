"""From one message to what should happen: the way in to the conversation."""

from dataclasses import replace

from core.dialogue import filed, interview, menu, strangers, summary
from core.dialogue.commands import Command, command_in, number_in
from core.dialogue.keys import pressed
from core.dialogue.known import Fresh, Known, Step
from core.dialogue.session import Stage
from core.dialogue.talk import Talk
from core.dialogue.typed import as_choice, is_option
from core.model.effects import Linked
from core.model.messages import EDITED, Incoming

BUTTONS = interview.BUTTONS | summary.BUTTONS | menu.BUTTONS


def respond(incoming: Incoming, known: Known, fresh: Fresh) -> Step:
    """Decide about one message. Never raises for anything a person can send; always answers."""
    talk = Talk(incoming, known, fresh, known.session.language)
    if known.introduction is not None:
        who = known.introduction
        step = menu.welcome(talk, who.person)
        return Step(step.session, (Linked(who.person.id, who.how, who.invitation), *step.effects))
    if known.person is None:
        return strangers.answer(talk)
    return _hear(talk)


def _hear(talk: Talk) -> Step:
    talk = _typed(talk)
    if talk.incoming.choice:
        return _press(talk, talk.incoming.choice)
    if command := _command(talk):
        return _obey(talk, command)
    return _listen(talk)


def _typed(talk: Talk) -> Talk:
    """Words that stand for a choice become that choice; of several options, numbers are the whole answer."""
    chosen = as_choice(talk.known.session, talk.incoming)
    if _is_several(talk, chosen):
        return talk
    return replace(talk, incoming=chosen)


def _is_several(talk: Talk, chosen: Incoming) -> bool:
    return is_option(chosen.choice) and not talk.incoming.choice and interview.takes_several(talk)


def _command(talk: Talk) -> Command | None:
    command = command_in(talk.incoming.text)
    if command is None or talk.incoming.attachments:
        return None
    if talk.known.session.stage is Stage.QUESTION and not interview.yields_to(talk, command):
        return None
    return None if talk.known.session.stage is Stage.REASON and command not in filed.OUT else command


def _press(talk: Talk, key: str) -> Step:
    if key == EDITED:
        return menu.edited(talk)
    kind, _, rest = key.partition(":")
    if kind == "a" and (button := pressed(key)):
        return interview.press(talk, button)
    match kind:
        case "f":
            return interview.begin(talk, rest)
        case "p":
            return interview.begin_for(talk, rest)
        case "r":
            return interview.resume(talk, rest)
        case "s":
            return summary.show(talk, talk.known.session, page=int(rest) if rest.isdecimal() else 0)
        case "n":
            return filed.show(talk, rest)
        case "k":
            return filed.correct(talk, rest)
        case "w":
            return filed.ask_to_withdraw(talk, rest)
        case "l":
            return menu.speak(talk, rest)
        case "c" if rest in BUTTONS:
            return BUTTONS[rest](talk)
        case "c" if rest in set(Command):
            return _obey(talk, Command(rest))
        case _:
            return menu.show(talk, lead=talk.say("button.gone"))


def _obey(talk: Talk, command: Command) -> Step:
    match command:
        case Command.MENU:
            return menu.show(talk)
        case Command.HELP:
            return menu.help_here(talk)
        case Command.BACK:
            return interview.go_back(talk)
        case Command.SKIP:
            return interview.skip(talk)
        case Command.DONE:
            return interview.done(talk)
        case Command.SUMMARY:
            return summary.show(talk, talk.known.session)
        case Command.SEND:
            return summary.send(talk)
        case Command.CANCEL:
            return summary.ask_to_cancel(talk)
        case Command.LATER:
            return menu.later(talk)
        case Command.RESUME:
            return interview.resume(talk, "")
        case Command.REPORTS:
            return filed.list_reports(talk)
        case Command.CORRECT:
            return filed.correct(talk, number_in(talk.incoming.text))
        case Command.WITHDRAW:
            return filed.ask_to_withdraw(talk, number_in(talk.incoming.text))
        case Command.PRACTICE:
            return menu.practice(talk)
        case Command.LANGUAGE:
            return menu.ask_language(talk)
        case Command.ENGLISH:
            return menu.speak(talk, "en")
        case Command.INDONESIAN:
            return menu.speak(talk, "id")
        case Command.WEB:
            return menu.web(talk)
        case Command.LEAVE:
            return menu.leave(talk)


def _listen(talk: Talk) -> Step:
    """Something that is neither a button nor a command: an answer, most likely."""
    session = talk.known.session
    match session.stage:
        case Stage.QUESTION | Stage.DOUBT | Stage.SUMMARY if session.filling:
            return interview.listen(talk)
        case Stage.CANCEL if session.filling:
            return summary.hear_cancel(talk)
        case Stage.REASON:
            return filed.hear_reason(talk)
        case _:
            if number := number_in(talk.incoming.text):
                return filed.show(talk, number)
            return menu.odd(talk)
