"""The case in hand: the one whose code was given here, as long as it is spoken of.

where it stands, the officer's question, and: [Jawab] [Jadi laporan resmi] [Lainnya] [Selesai]
"""

from dataclasses import replace
from datetime import datetime, timedelta

from core.cases.lifecycle import moves_for
from core.cases.procedure import Procedure
from core.cases.status import status_words
from core.cases.telling import SCORES
from core.dialogue.citizens import wishes
from core.dialogue.citizens.wishes import Wish
from core.dialogue.known import Step
from core.dialogue.session import Session, Stage
from core.dialogue.talk import Talk
from core.model.cases import CITIZEN, Case, NoteKind
from core.model.effects import Effect
from core.model.messages import Choice

SILENCE = timedelta(minutes=30)
CODE = "code"
"""The subject of a case's stage while its code is awaited."""


def ask(talk: Talk, lead: str = "") -> Step:
    """Which case? The one in hand, else its code."""
    case = current(talk)
    if case is not None:
        return show(talk, case, lead)
    session = left(talk.known.session.put_aside())
    words = "\n".join(line for line in (lead, talk.texts.say("tips.case.which")) if line)
    return talk.step(session, words, (talk.choice("menu"),), stage=Stage.CASE, subject=CODE)


def show(talk: Talk, case: Case, lead: str = "", effects: tuple[Effect, ...] = ()) -> Step:
    """Where it stands, and what can be done."""
    session = visiting(talk.known.session.put_aside(), case, talk.fresh.now)
    text = "\n".join(line for line in (lead, status(talk, case), _question(talk, case)) if line)
    return menu_of(talk, session, case, text, effects)


def menu_of(talk: Talk, session: Session, case: Case, text: str, effects: tuple[Effect, ...] = ()) -> Step:
    # While an answer is awaited a bare number is the answer.
    return talk.step(
        session,
        text,
        choices_of(talk, case),
        stage=Stage.CASE,
        numbered=not case.awaits,
        effects=effects,
    )


def more(talk: Talk, case: Case) -> Step:
    """What is wanted now and then."""
    session = visiting(talk.known.session, case, talk.fresh.now)
    wanted = (*_moves(talk, case), Wish.ERASE, Wish.STAY)
    choices = tuple(choice(talk, wish) for wish in wanted)
    return talk.step(session, talk.texts.say("tips.case.more"), choices, stage=Stage.CASE)


def leave(talk: Talk) -> Step:
    """Enough: what was read here is read no more without the code."""
    return closing(talk, talk.known.session, talk.texts.say("tips.case.left"))


def closing(talk: Talk, session: Session, words: str) -> Step:
    return talk.step(left(session.put_aside()), words, (talk.choice("menu"),), stage=Stage.MENU)


def current(talk: Talk) -> Case | None:
    """The case in hand, while it was spoken of within half an hour."""
    case, (number, _, since) = talk.known.case, talk.known.session.visit.partition(" ")
    if case is None or not since or case.number != number:
        return None
    return case if talk.fresh.now - datetime.fromisoformat(since) <= SILENCE else None


def visiting(session: Session, case: Case, now: datetime) -> Session:
    return replace(session, following=case.number, visit=f"{case.number} {now.isoformat()}")


def procedure_of(talk: Talk, case: Case) -> Procedure | None:
    return talk.known.rules.get(case.procedure, case.version)


def status(talk: Talk, case: Case) -> str:
    """In a citizen's words."""
    procedure = procedure_of(talk, case)
    if procedure is None:
        return talk.texts.say("cases.status.changed")
    return status_words(case, procedure, talk.language, talk.now)


def choices_of(talk: Talk, case: Case) -> tuple[Choice, ...]:
    """What can be done, the likeliest first."""
    procedure = procedure_of(talk, case)
    first = Wish.ANSWER if case.awaits else Wish.ADD
    is_over = case.closed_at is not None
    wanted = [first]
    if procedure is not None and procedure.kind == "tip" and not is_over:
        wanted.append(Wish.FORMAL)
    if is_over:
        wanted += [wish for wish in _moves(talk, case) if wish is Wish.CONTEST]
    rates = () if not is_over or is_rated(case) else _scores(talk)
    return (*rates, *(choice(talk, wish) for wish in (*wanted, Wish.MORE, Wish.END)))


def is_rated(case: Case) -> bool:
    return any(note.kind is NoteKind.RATED for note in case.notes)


def _moves(talk: Talk, case: Case) -> tuple[Wish, ...]:
    """What the law lets them do to it now."""
    procedure = procedure_of(talk, case)
    open_now = moves_for(case, procedure, CITIZEN, talk.fresh.now) if procedure else ()
    names = {move.name for move in open_now}
    return tuple(wish for wish in (Wish.WITHDRAW, Wish.CONTEST) if wish.value in names)


def _scores(talk: Talk) -> tuple[Choice, ...]:
    return tuple(Choice(f"t:{score}", talk.texts.say(f"cases.told.score.{score}")) for score in SCORES)


def _question(talk: Talk, case: Case) -> str:
    asked = [note.text for note in case.notes if note.kind is NoteKind.ASKED]
    return talk.texts.say("tips.case.question", question=asked[-1]) if case.awaits and asked else ""


def left(session: Session) -> Session:
    return replace(session, following="", visit="", confirm="")


def choice(talk: Talk, wish: Wish) -> Choice:
    return Choice(wishes.key(wish), talk.texts.say(f"tips.button.{wish}"))
