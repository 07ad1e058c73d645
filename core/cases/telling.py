"""The news of a case: to the one who brought it, in everyday words; to the officers, with its number.

News to officers say no word of the story, and news to the citizen never the case's number.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from core.cases.acts import in_words
from core.cases.clocks import is_open, open_until
from core.cases.procedure import Move, Procedure
from core.cases.routing import role_of
from core.cases.status import status_words
from core.forms.answers.showing import date_shown
from core.model.cases import Case, Secrecy
from core.model.effects import Alerted, Told
from core.model.messages import Choice, Reply
from core.model.people import Role
from core.speech.texts import LANGUAGES, Texts, texts

SCORES = (3, 2, 1)
CONTEST = "keberatan"


def news(case: Case, procedure: Procedure, now: datetime, *, goes_on: bool = False) -> tuple[Told, ...]:
    """Where it stands now; a closing asks how it was, and tells of the right to contest it, unless the matter
    goes on in a case that grew out of this one."""
    return _told(case, lambda speak: _state_reply(case, procedure, speak, now, goes_on))


def question(case: Case, text: str) -> tuple[Told, ...]:
    return _told(
        case,
        lambda speak: Reply(
            speak.say("cases.told.question", question=text),
            (Choice("t:jawab", speak.say("cases.told.answer")),),
        ),
    )


def to_office(case: Case, key: str, **values: object) -> Alerted:
    """For the officers of the case's office, whoever sits there."""
    return to_roles(case, frozenset({role_of(case.office)}), key, **values)


def to_worker(case: Case, key: str, **values: object) -> Alerted:
    """For the officer who works it; for the office while nobody does, or where no chat of theirs is known."""
    return replace(to_office(case, key, **values), to=case.assigned)


def to_worker_alone(case: Case, key: str, **values: object) -> Alerted:
    """What would be true for nobody else."""
    return Alerted(case.number, _alert(case, key, values), to=case.assigned)


def to_roles(case: Case, roles: frozenset[Role], key: str, **values: object) -> Alerted:
    return Alerted(case.number, _alert(case, key, values), roles, case.office)


def contest_of(case: Case, procedure: Procedure) -> Move | None:
    """The move by which a citizen contests the state that the case ended in."""
    state = procedure.states.get(case.state)
    if state is None or not state.is_end:
        return None
    return next((m for m in procedure.moves if "citizen" in m.who and case.state in m.sources), None)


def _told(case: Case, write: Callable[[Texts], Reply]) -> tuple[Told, ...]:
    """A supervisor's own case has nobody to tell."""
    if case.secrecy is Secrecy.OFFICIAL:
        return ()
    return (Told(case.number, {language: write(texts(language)) for language in LANGUAGES}),)


def _state_reply(case: Case, procedure: Procedure, speak: Texts, now: datetime, goes_on: bool) -> Reply:
    lines = [speak.say("cases.told.news"), status_words(case, procedure, speak.language, now)]
    if case.closed_at is None or goes_on:
        return Reply("\n".join(lines))
    choices = [Choice(f"t:{score}", speak.say(f"cases.told.score.{score}")) for score in SCORES]
    if contest := _contest(case, procedure, speak, now):
        lines.append(contest)
        choices.append(Choice(f"t:{CONTEST}", speak.say("cases.told.contest.do")))
    lines.append(speak.say("cases.told.satisfied"))
    return Reply("\n".join(lines), tuple(choices))


def _contest(case: Case, procedure: Procedure, speak: Texts, now: datetime) -> str:
    move = contest_of(case, procedure)
    if move is None or not is_open(case, move, now):
        return ""
    last = open_until(case, move)
    if last is None:
        return speak.say("cases.told.contest")
    return speak.say("cases.told.contest.until", day=date_shown(last, speak.language))


def _alert(case: Case, key: str, values: Mapping[str, object]) -> Mapping[str, Reply]:
    return {language: _alert_in(texts(language), case, key, values) for language in LANGUAGES}


def _alert_in(speak: Texts, case: Case, key: str, values: Mapping[str, object]) -> Reply:
    words = speak.say(key, number=case.number, **_spoken(values, speak.language))
    # Not numbered: a bare 1 would be taken for an answer to what stands open in that chat.
    opens = Choice(f"x:{case.number}", speak.say("casework.button.open", number=case.number))
    return Reply(words, (opens,), numbered=False)


def _spoken(values: Mapping[str, object], language: str) -> dict[str, object]:
    return {name: in_words(value, language) for name, value in values.items()}
