"""An officer acts on a case: what it needs is asked one by one, looked at once more, then done."""

from core.cases import lifecycle
from core.cases.acts import Act, Acted, Refusal, in_language
from core.cases.procedure import Move, Procedure
from core.dialogue.keys import form_word
from core.dialogue.known import Step
from core.dialogue.officers import casefile, draft, needs
from core.dialogue.officers.casewords import (
    actor,
    can_see,
    clock_line,
    opener,
    procedure_of,
    running,
    say,
    state_label,
)
from core.dialogue.officers.draft import Draft
from core.dialogue.session import Stage
from core.dialogue.talk import Talk
from core.forms.answers import Refused, Understood, yes_or_no
from core.model.cases import Case, Secrecy
from core.model.effects import Opened, Told
from core.model.messages import Choice


def begin(talk: Talk, case: Case, act: str) -> Step:
    """Ask back, note, take, declare a conflict of interest, point to another case."""
    if trouble := _practising(talk, case):
        return casefile.show(talk, case, trouble)
    match act:
        case "ask" | "note" | "conflict" | "join":
            return _go_on(talk, case, Draft(case.number, act))
        case "take":
            return _finish(talk, case, _take(talk, case), "take")
        case _:
            return casefile.show(talk, case, talk.say("button.gone"))


def begin_move(talk: Talk, case: Case, word: str) -> Step:
    if trouble := _practising(talk, case):
        return casefile.show(talk, case, trouble)
    move = _move(talk, case, word)
    if move is None:
        return casefile.show(talk, case, _no_longer(talk, case, word))
    if "identity" in move.needs and case.secrecy is not Secrecy.NAMED:
        return casefile.show(talk, case, say(talk, "no_identity"))
    return _go_on(talk, case, draft.begin_move(case.number, move))


def give(talk: Talk, case: Case, value: str) -> Step:
    """A button that answers what was asked: a result, an office, another case."""
    begun = _begun(talk, case)
    wish = draft.wished(begun, _move(talk, case, begun.move)) if begun else None
    if begun is None or wish is None or not needs.may_be_tapped(talk, case, wish, value):
        return casefile.show(talk, case, talk.say("button.gone"))
    return _go_on(talk, case, begun.give(wish, value))


def confirm(talk: Talk, case: Case, sum_of: str) -> Step:
    """ "Ya": but only to what stood above that button."""
    begun = _begun(talk, case)
    if begun is None or begun.sum != sum_of:
        return casefile.show(talk, case, talk.say("button.gone"))
    return _do(talk, case, begun)


def hear(talk: Talk, case: Case, begun: Draft) -> Step:
    """Words while an act is being put together."""
    wish = draft.wished(begun, _move(talk, case, begun.move))
    if wish is None:
        return _hear_yes_or_no(talk, case, begun)
    match needs.read(talk, case, wish):
        case Understood(value):
            return _go_on(talk, case, begun.give(wish, value))
        case Refused() as refused:
            words = talk.texts.say(refused.key, **refused.values)
            among = tuple(_given(case, option.name, needs.label(talk, option)) for option in refused.among)
            return _ask(talk, case, begun, words, among or _offered(talk, case, begun, wish))


def _go_on(talk: Talk, case: Case, begun: Draft) -> Step:
    """The next thing to ask; when all is there, one look at it; what needs none is done at once."""
    move = _move(talk, case, begun.move)
    if begun.act == "move" and move is None:
        return casefile.show(talk, case, _no_longer(talk, case, begun.move))
    wish = draft.wished(begun, move)
    if wish is not None:
        words = needs.question(talk, case, wish)
        lead = f"{_label(talk, begun, move)}, {case.number}." if not begun.given else ""
        return _ask(talk, case, begun, f"{lead} {words}".strip(), _offered(talk, case, begun, wish))
    if begun.act in draft.AT_ONCE:
        return _do(talk, case, begun)
    return _look(talk, case, begun, move)


def _look(talk: Talk, case: Case, begun: Draft, move: Move | None, lead: str = "") -> Step:
    """What is about to be done, in one message."""
    given = [needs.shown(talk, case, wish, value) for wish, value in begun.given.items()]
    lines = (
        lead,
        say(talk, "sure.heading", act=_label(talk, begun, move), number=case.number),
        *given,
        say(talk, f"sure.tells.{case.secrecy.value}") if move and "citizen" in move.tells else "",
        say(talk, f"sure.{begun.act}"),
    )
    yes = Choice(f"x:{case.number}:y:{begun.sum}", say(talk, "button.yes"))
    return _ask(talk, case, begun, "\n".join(line for line in lines if line), (yes,), numbered=True)


def _ask(
    talk: Talk, case: Case, begun: Draft, words: str, choices: tuple[Choice, ...], *, numbered: bool = False
) -> Step:
    return talk.step(
        talk.known.session.put_aside(),
        words,
        (*choices, Choice(f"x:{case.number}", talk.say("button.cancel"))),
        stage=Stage.ACTING,
        subject=draft.to_json(begun),
        numbered=numbered or bool(choices),
    )


def _offered(talk: Talk, case: Case, begun: Draft, wish: draft.Wish) -> tuple[Choice, ...]:
    options = needs.options(talk, case, wish, _move(talk, case, begun.move))
    return tuple(_given(case, name, label) for name, label in options)


def _given(case: Case, value: str, label: str) -> Choice:
    return Choice(f"x:{case.number}:g:{value}", label)


def _hear_yes_or_no(talk: Talk, case: Case, begun: Draft) -> Step:
    match yes_or_no(talk.incoming.text):
        case True:
            return _do(talk, case, begun)
        case False:
            return casefile.show(talk, case, say(talk, "dropped"))
        case None:
            return _look(talk, case, begun, _move(talk, case, begun.move), say(talk, "sure.unread"))


def _do(talk: Talk, case: Case, begun: Draft) -> Step:
    procedure = procedure_of(talk, case)
    if trouble := _practising(talk, case):
        return casefile.show(talk, case, trouble)
    if procedure is None or (begun.act == "move" and _move(talk, case, begun.move) is None):
        return casefile.show(talk, case, _no_longer(talk, case, begun.move))
    return _finish(talk, case, _act(talk, case, procedure, begun), begun.act)


def _act(talk: Talk, case: Case, procedure: Procedure, begun: Draft) -> Act:
    given, who, now = begun.given, actor(talk), talk.fresh.now
    match begun.act:
        case "move":
            told = draft.given(begun, talk.fresh.case)
            return lifecycle.move(case, procedure, talk.known.rules, begun.move, told, who, now)
        case "ask":
            return lifecycle.ask(case, procedure, who, given["question"], now)
        case "note":
            return lifecycle.note(case, procedure, who, given["words"], now)
        case "conflict":
            return lifecycle.exclude(case, procedure, who, who.key, given["conflict"], now)
        case "join":
            return lifecycle.join(case, procedure, who, given["other"], now)


def _take(talk: Talk, case: Case) -> Act:
    procedure, who = procedure_of(talk, case), actor(talk)
    if procedure is None:
        return Refusal("casework.gone")
    return lifecycle.assign(case, procedure, who, who, talk.fresh.now)


def _finish(talk: Talk, case: Case, act: Act, what: str) -> Step:
    if isinstance(act, Refusal):
        return casefile.show(talk, case, act.say(talk.texts))
    lines = (
        _done(talk, act.case, what),
        *(clock_line(talk, act.case, clock) for clock in running(act.case)[:1] if what == "move"),
        say(talk, f"done.told.{case.secrecy.value}") if _tells(act) and what != "ask" else "",
        *(say(talk, "done.opened", number=one.number) for one in _grown(act)),
    )
    step = casefile.told(talk, act.case, lines, _ways_on(talk, act))
    return Step(step.session, (*act.effects, *step.effects))


def _ways_on(talk: Talk, act: Acted) -> tuple[Choice, ...]:
    """To the case and what grew out of it, where the officer may still see them; to the list; to the menu."""
    open_to = (case for case in (act.case, *_grown(act)) if can_see(talk, case))
    return (*(opener(talk, case) for case in open_to), talk.choice("cases"), talk.choice("menu"))


def _done(talk: Talk, case: Case, what: str) -> str:
    is_anonymous = what == "ask" and case.secrecy is Secrecy.ANONYMOUS
    key = "done.ask_anonymous" if is_anonymous else f"done.{what}"
    return say(talk, key, number=case.number, state=state_label(talk, case))


def _tells(act: Acted) -> bool:
    return any(isinstance(effect, Told) for effect in act.effects)


def _grown(act: Acted) -> tuple[Case, ...]:
    return tuple(effect.case for effect in act.effects if isinstance(effect, Opened))


def _begun(talk: Talk, case: Case) -> Draft | None:
    session = talk.known.session
    begun = draft.from_json(session.subject) if session.stage is Stage.ACTING else None
    return begun if begun and begun.number == case.number else None


def _move(talk: Talk, case: Case, word: str) -> Move | None:
    """The move, by its name or as it stands in a key, if this officer may make it now."""
    procedure = procedure_of(talk, case)
    moves = lifecycle.moves_for(case, procedure, actor(talk), talk.fresh.now) if procedure and word else ()
    return next((move for move in moves if word in (move.name, form_word(move.name))), None)


def _label(talk: Talk, begun: Draft, move: Move | None) -> str:
    return in_language(move.label, talk.language) if move else say(talk, f"act.{begun.act}")


def _no_longer(talk: Talk, case: Case, word: str) -> str:
    """The move is not possible, or no longer: somebody else was here before."""
    procedure = procedure_of(talk, case)
    moves = procedure.moves if procedure else ()
    move = next((move for move in moves if word in (move.name, form_word(move.name))), None)
    if move is None:
        return talk.say("button.gone")
    label = in_language(move.label, talk.language)
    return say(talk, "no_longer", move=label, state=state_label(talk, case))


def _practising(talk: Talk, case: Case) -> str:
    """Why nothing is done: practice touches no real case."""
    practice = talk.known.session.practice
    if practice == case.practice:
        return ""
    return say(talk, "practice.real" if practice else "practice.only")
