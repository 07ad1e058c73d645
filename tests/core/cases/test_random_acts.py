"""Whatever anybody does to a case, in whatever order: nothing raises, and what must hold, holds."""

from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from core.cases.acts import Act, Acted, Given
from core.cases.lifecycle import (
    answer,
    ask,
    assign,
    exclude,
    hold,
    join,
    move,
    moves_for,
    note,
    rate,
    run_out,
    want_erasure,
    want_formal,
)  # fmt: skip
from core.cases.procedure import Procedure
from core.cases.status import status_words
from core.model.cases import CITIZEN, CLOCK, Case, Secrecy
from core.model.effects import Alerted, Noted
from core.speech.texts import LANGUAGES, texts
from tests.core.cases.samples import (
    COLLEAGUE,
    LAWS,
    NAMES,
    NEIGHBOUR,
    NOBODY,
    NOW,
    OFFICER,
    PROVINCE,
    a_case,
    enough,
    procedure,
    rules,
)  # fmt: skip

ACTORS = st.sampled_from([CITIZEN, CLOCK, OFFICER, COLLEAGUE, PROVINCE, NEIGHBOUR, NOBODY])
WORDS = st.one_of(st.text(max_size=40), st.sampled_from(["Alasan yang cukup", "64", "64.74", "K-1", "{due}"]))
GIVEN = st.builds(Given, WORDS, WORDS, WORDS, WORDS, WORDS)


def any_act(case: Case, of: Procedure, law: str, now: datetime, data: st.DataObject) -> Act | None:
    actor, words = data.draw(ACTORS), data.draw(WORDS)
    name = data.draw(st.sampled_from([one.name for one in of.moves] + ["terbang"]))
    step = next((one for one in of.moves if one.name == name), of.moves[0])
    acts = [
        lambda: move(case, of, rules(law), name, data.draw(GIVEN), actor, now),
        lambda: move(case, of, rules(law), name, enough(step, of), actor, now),
        lambda: _offered(case, of, law, now, data),
        lambda: note(case, of, actor, words, now),
        lambda: ask(case, of, actor, words, now),
        lambda: answer(case, words, (), now),
        lambda: assign(case, of, actor, data.draw(ACTORS), now),
        lambda: exclude(case, of, actor, data.draw(ACTORS).key, words, now),
        lambda: join(case, of, actor, words, now),
        lambda: hold(case, of, actor, data.draw(st.booleans()), words, now),
        lambda: rate(case, data.draw(st.integers(-1, 5)), now),
        lambda: want_formal(case, of, now),
        lambda: want_erasure(case, now),
        lambda: run_out(case, of, now),
    ]
    return data.draw(st.sampled_from(acts))()


def _offered(case: Case, of: Procedure, law: str, now: datetime, data: st.DataObject) -> Act | None:
    """What is offered and given all it needs is never refused, but to an actor without reach."""
    actor = data.draw(ACTORS)
    offered = moves_for(case, of, actor, now)
    if not offered:
        return None
    step = data.draw(st.sampled_from(offered))
    enough_given = replace(enough(step, of), office="64.74" if case.office != "64.74" else "64.72")
    act = move(case, of, rules(law), step.name, enough_given, actor, now)
    assert isinstance(act, Acted) or "identity" in step.needs
    return act


@given(st.sampled_from(LAWS), st.sampled_from(NAMES), st.sampled_from(list(Secrecy)), st.data())
def test_nothing_raises_and_each_act_is_one_note(
    law: str, name: str, secrecy: Secrecy, data: st.DataObject
) -> None:
    of, now = procedure(name, law), NOW
    case = a_case(of, secrecy=secrecy)
    was_registered = False
    for _ in range(data.draw(st.integers(1, 15))):
        now += timedelta(hours=data.draw(st.integers(0, 100)))
        act = any_act(case, of, law, now, data)
        if not isinstance(act, Acted):
            if act is not None:
                assert all(act.say(texts(language)) for language in LANGUAGES)
            continue
        holds(case, act, of)
        case = act.case
        was_registered = was_registered or bool(case.official)
        assert not (name == "laporan" and was_registered and case.state == "dicabut")
    for language in LANGUAGES:
        assert "{" not in status_words(case, of, language, now)


def holds(before: Case, act: Acted, of: Procedure) -> None:
    after = act.case
    assert after.serial == before.serial + 1 == after.notes[-1].serial
    assert after.notes[:-1] == before.notes
    assert act.effects[0] == Noted(after, after.notes[-1])
    assert after.number == before.number and after.secrecy is before.secrecy
    assert (after.closed_at is not None) == of.states[after.state].is_end
    assert not (after.closed_at and after.clocks)
    assert after.assigned not in after.excluded
    for effect in act.effects:
        assert not (isinstance(effect, Alerted) and effect.to in after.excluded)
