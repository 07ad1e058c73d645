"""One case as an officer sees it on one screen, and what can be done about it now."""

from core.cases.acts import in_language
from core.cases.lifecycle import moves_for
from core.dialogue.keys import form_word
from core.dialogue.known import Step
from core.dialogue.officers.casestory import missing, note_line
from core.dialogue.officers.casewords import (
    actor,
    clock_line,
    day,
    opener,
    procedure_label,
    procedure_of,
    running,
    say,
    state_label,
    title_of,
)
from core.dialogue.session import Stage
from core.dialogue.talk import Talk
from core.model.cases import Case, Secrecy
from core.model.messages import Choice
from core.speech.cutting import shorten

STORY = 300
"""Letters of the story on the first screen."""
LINE = 100
ROWS = 10
"""What a list of WhatsApp can show."""
NOTES = 3
"""The last ones are shown."""


def show(talk: Talk, case: Case, lead: str = "") -> Step:
    """The case on one screen, with what this officer may do now."""
    lines = (
        lead,
        f"{case.number} · {procedure_label(talk, case)}",
        "" if case.story.startswith(case.title.rstrip("…")) else shorten(title_of(case), LINE),
        say(talk, "state", state=state_label(talk, case), worker=_worker(talk, case)),
        *(clock_line(talk, case, clock) for clock in running(case)),
        *_about(talk, case),
        *(shorten(note_line(talk, case, note), LINE) for note in case.notes[1:][-NOTES:]),
    )
    choices = (
        *_moves(talk, case),
        *_acts(talk, case),
        Choice(f"x:{case.number}:s:0", say(talk, "button.whole")),
        Choice(f"x:{case.number}:more", say(talk, "button.more")),
        talk.choice("cases"),
    )
    # The list comes with "kasus" and "kembali" too: better without its button than all of them by number.
    return told(talk, case, lines, choices if len(choices) <= ROWS else choices[:-1])


def more(talk: Talk, case: Case) -> Step:
    """What is done now and then."""
    choices = (
        Choice(f"x:{case.number}:h:0", say(talk, "button.history")),
        Choice(f"x:{case.number}:a:join", say(talk, "button.join")),
        Choice(f"x:{case.number}:a:conflict", say(talk, "button.conflict")),
        opener(talk, case),
        talk.choice("cases"),
    )
    return told(talk, case, (say(talk, "more", number=case.number),), choices)


def told(talk: Talk, case: Case, lines: tuple[str, ...], choices: tuple[Choice, ...]) -> Step:
    """Say something about a case. A report that is being filled is put aside."""
    words = "\n".join(line for line in lines if line)
    session = talk.known.session.put_aside()
    return talk.step(session, words, choices, stage=Stage.CASEFILE, subject=case.number)


def _moves(talk: Talk, case: Case) -> tuple[Choice, ...]:
    procedure = procedure_of(talk, case)
    moves = moves_for(case, procedure, actor(talk), talk.fresh.now) if procedure else ()
    return tuple(
        Choice(f"x:{case.number}:m:{form_word(move.name)}", in_language(move.label, talk.language))
        for move in moves
        if "identity" not in move.needs or case.secrecy is Secrecy.NAMED
    )


def _acts(talk: Talk, case: Case) -> tuple[Choice, ...]:
    """Nobody is asked back about what an officer entered, and nobody takes what they have."""
    acts = (
        "ask" if case.secrecy is not Secrecy.OFFICIAL else "",
        "note",
        "take" if case.assigned != actor(talk).key else "",
    )
    if case.closed_at is not None:
        return ()
    return tuple(Choice(f"x:{case.number}:a:{act}", say(talk, f"button.{act}")) for act in acts if act)


def _worker(talk: Talk, case: Case) -> str:
    if not case.assigned:
        return say(talk, "worker.nobody")
    return say(talk, "worker.you" if case.assigned == actor(talk).key else "worker.other")


def _about(talk: Talk, case: Case) -> tuple[str, ...]:
    """What happened, where, when, by whom, and what is still missing."""
    told = " ".join(case.story.split())
    days = [
        say(talk, key, day=day(talk, when))
        for key, when in (("happened", case.happened_on), ("known", case.known_on))
        if when
    ]
    where = ", ".join(
        dict.fromkeys(filter(None, (case.where, *talk.known.names(case.area or case.office)[:2])))
    )
    lacking = ", ".join(missing(talk, case))
    return (
        f"📍 {where}" if where else "",
        ", ".join(days),
        say(talk, "accused", who=shorten(case.accused, LINE)) if case.accused else "",
        f"“{shorten(told, STORY)}”" if told else "",
        say(talk, "missing", what=lacking) if lacking else "",
        say(talk, "awaits") if case.awaits else "",
        say(talk, "flood") if "flood" in case.doubts else "",
        say(talk, "result", result=_result(talk, case)) if case.result else "",
        say(talk, "official", number=case.official) if case.official else "",
    )


def _result(talk: Talk, case: Case) -> str:
    procedure = procedure_of(talk, case)
    return (
        in_language(procedure.results.get(case.result, {"": case.result}), talk.language) if procedure else ""
    )
