"""What the one who brought a case is told of it: what its state means, what comes next and by when."""

from datetime import datetime

from core.cases.acts import in_language
from core.cases.clocks import is_over, next_due
from core.cases.procedure import Procedure
from core.forms.answers.showing import date_shown
from core.model.cases import Case
from core.speech.texts import texts


def status_words(case: Case, procedure: Procedure, language: str, now: datetime) -> str:
    """In plain words, a line each."""
    state = procedure.states.get(case.state)
    if state is None:
        return texts(language).say("cases.status.changed")
    lines = [in_language(state.told, language), _ahead(case, procedure, language, now)]
    if case.awaits:
        lines.append(texts(language).say("cases.status.awaits"))
    return "\n".join(line for line in lines if line)


def _ahead(case: Case, procedure: Procedure, language: str, now: datetime) -> str:
    """Never a day that has gone by: then it says that it is late."""
    ahead = in_language(procedure.states[case.state].ahead, language)
    if "{due}" not in ahead:
        return ahead
    clock = next_due(case, procedure)
    if clock is None:
        return ""
    if is_over(clock, now):
        return texts(language).say("cases.status.late")
    return ahead.replace("{due}", date_shown(clock.due_on, language))
