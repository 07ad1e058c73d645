"""An officer's cases: what runs out first stands in front, five on a page, filtered by a tap."""

from collections.abc import Callable

from core.dialogue.known import CASES_LISTED, Step
from core.dialogue.officers.casewords import (
    actor,
    can_see,
    due_words,
    is_late,
    place_words,
    procedure_of,
    running,
    say,
    state_label,
    title_of,
)
from core.dialogue.session import Stage
from core.dialogue.talk import Talk
from core.model.cases import Case
from core.model.messages import Choice
from core.speech.cutting import shorten

PAGE = 5
TITLE = 40

FILTERS: dict[str, Callable[[Talk, Case], bool]] = {
    "all": lambda talk, case: True,
    "late": lambda talk, case: is_late(case, talk.fresh.now),
    "mine": lambda talk, case: case.assigned == actor(talk).key,
    "new": lambda talk, case: is_new(talk, case),
}


def show(talk: Talk, rest: str = "", lead: str = "") -> Step:
    """`late:2` is the third page of those that are late."""
    which, _, page = rest.partition(":")
    which = which if which in FILTERS else "all"
    cases = visible(talk)
    chosen = [case for case in cases if FILTERS[which](talk, case)]
    last = (max(len(chosen), 1) - 1) // PAGE
    at = min(int(page), last) if page.isdecimal() and len(page) < PAGE else 0
    pages = f" ({at + 1}/{last + 1})" if last else ""
    showing = say(talk, f"showing.{which}", pages=pages) if chosen else say(talk, "none_of_these")
    lines = (lead, _heading(talk, cases), showing if cases else "")
    choices = (
        *(_choice(talk, case) for case in chosen[at * PAGE : (at + 1) * PAGE]),
        *((Choice(f"q:{which}:{at + 1}", say(talk, "button.next")),) if at < last else ()),
        *_filters(talk, which, cases),
        talk.choice("menu"),
    )
    session, words = talk.known.session.put_aside(), "\n".join(line for line in lines if line)
    return talk.step(session, words, choices, stage=Stage.CASES, subject=f"{which}:{at}")


def visible(talk: Talk) -> tuple[Case, ...]:
    """The open cases that this officer may see; in practice those of practice, and no others."""
    practice = talk.known.session.practice
    return tuple(
        case
        for case in talk.known.cases
        if case.practice == practice and case.closed_at is None and can_see(talk, case)
    )


def is_new(talk: Talk, case: Case) -> bool:
    """Does it stand where it began, with nobody who works it?"""
    procedure = procedure_of(talk, case)
    return procedure is not None and case.state == procedure.start and not case.assigned


def _heading(talk: Talk, cases: tuple[Case, ...]) -> str:
    if not cases:
        return say(talk, "none")
    late = sum(is_late(case, talk.fresh.now) for case in cases)
    key = "heading_many" if len(talk.known.cases) >= CASES_LISTED else "heading"
    return say(talk, key, count=len(cases), late=late)


def _choice(talk: Talk, case: Case) -> Choice:
    due = [due_words(talk, clock) for clock in running(case)[:1]]
    hint = ", ".join((place_words(talk, case), state_label(talk, case), *due))
    return Choice(f"x:{case.number}", shorten(title_of(case), TITLE), hint)


def _filters(talk: Talk, which: str, cases: tuple[Case, ...]) -> tuple[Choice, ...]:
    """The other ways to look at the list, each with how many it shows; none that shows nothing."""
    counts = {name: sum(keeps(talk, case) for case in cases) for name, keeps in FILTERS.items()}
    return tuple(
        Choice(f"q:{name}:0", say(talk, f"filter.{name}", count=count))
        for name, count in counts.items()
        if name != which and count
    )
