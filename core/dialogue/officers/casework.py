"""Officers work cases in chat: the list, one case, an act. Who may not see a case learns nothing of it."""

from core.dialogue import menu
from core.dialogue.commands import Command
from core.dialogue.known import Step
from core.dialogue.officers import acting, casefile, caselist, casestory
from core.dialogue.officers.casewords import can_see, opener, say
from core.dialogue.officers.draft import from_json
from core.dialogue.session import Stage
from core.dialogue.talk import Talk
from core.model.cases import Case
from core.model.messages import Choice
from core.model.people import Person, Role

OFFICERS = frozenset({Role.PANWASCAM, Role.KABKOTA, Role.PROVINSI, Role.RI})
"""Those whose office may work cases; which of them it is for this one, its procedure says."""
STAGES = frozenset({Stage.CASES, Stage.CASEFILE, Stage.ACTING})
OUT = frozenset({Command.MENU, Command.CANCEL, Command.HELP, Command.LATER, Command.BACK, Command.CASES})
"""What gets one out of an act that is being put together; any other words are for it."""
WORDS = frozenset({Command.HELP, Command.BACK, Command.CANCEL})
"""What means something else here than in a report."""


def is_officer(person: Person | None) -> bool:
    return person is not None and bool(person.roles & OFFICERS)


def show_list(talk: Talk, rest: str = "") -> Step:
    return caselist.show(talk, rest)


def open_case(talk: Talk, number: str) -> Step:
    case = _find(talk, number)
    return casefile.show(talk, case) if case else _unknown(talk, number)


def press(talk: Talk, rest: str) -> Step:
    """A button of a case: `K-7K2-M9Q`, or with what to do: `K-7K2-M9Q:m:registrasi`."""
    number, _, what = rest.partition(":")
    case = _find(talk, number)
    if case is None:
        return _unknown(talk, number)
    kind, _, value = what.partition(":")
    match kind:
        case "":
            return casefile.show(talk, case)
        case "s":
            return _part(talk, case, "s", value, casestory.story(talk, case))
        case "h":
            return _part(talk, case, "h", value, casestory.history(talk, case))
        case "more":
            return casefile.more(talk, case)
        case "a":
            return acting.begin(talk, case, value)
        case "m":
            return acting.begin_move(talk, case, value)
        case "g":
            return acting.give(talk, case, value)
        case "y":
            return acting.confirm(talk, case, value)
        case _:
            return casefile.show(talk, case, talk.say("button.gone"))


def hear(talk: Talk) -> Step:
    """Words while an act is being put together."""
    begun = from_json(talk.known.session.subject)
    case = _find(talk, begun.number) if begun else None
    if case is None or begun is None:
        return _unknown(talk, begun.number if begun else "")
    return acting.hear(talk, case, begun)


def obey(talk: Talk, command: Command) -> Step:
    """Back, or not after all: from an act to its case, from a case to the list."""
    if command is Command.HELP:
        return _help(talk)
    match talk.known.session.stage:
        case Stage.ACTING if begun := from_json(talk.known.session.subject):
            return open_case(talk, begun.number)
        case Stage.CASEFILE:
            return show_list(talk)
        case _:
            return menu.show(talk)


def _help(talk: Talk) -> Step:
    """What can be said; what was asked stays asked."""
    session = talk.known.session
    return talk.step(
        session,
        say(talk, "help"),
        session.offered,
        stage=session.stage,
        subject=session.subject,
        numbered=session.numbered,
    )


def _find(talk: Talk, number: str) -> Case | None:
    case = talk.known.case
    if case is None or case.number != number or not can_see(talk, case):
        return None
    return case


def _unknown(talk: Talk, number: str) -> Step:
    choices = (
        (talk.choice("cases"), talk.choice("menu"))
        if is_officer(talk.known.person)
        else (talk.choice("menu"),)
    )
    session = talk.known.session.put_aside()
    return talk.step(session, say(talk, "unknown", number=number), choices, stage=Stage.CASES)


def _part(talk: Talk, case: Case, kind: str, page: str, parts: list[str]) -> Step:
    at = min(int(page), len(parts) - 1) if page.isdecimal() and len(page) < 4 else 0
    more = (
        (Choice(f"x:{case.number}:{kind}:{at + 1}", say(talk, "button.rest")),) if at + 1 < len(parts) else ()
    )
    pages = f" ({at + 1}/{len(parts)})" if len(parts) > 1 else ""
    lines = (f"{case.number}{pages}", parts[at])
    return casefile.told(talk, case, lines, (*more, opener(talk, case), talk.choice("cases")))
