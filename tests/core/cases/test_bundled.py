"""Each bundled procedure is walked through each of its moves, by everybody who may come to make it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from core.cases.acts import Acted, Refusal
from core.cases.clocks import clocks_in
from core.cases.lifecycle import move, moves_for, run_out
from core.cases.procedure import Move, Procedure
from core.cases.procedures import check_together, read_procedure
from core.cases.status import status_words
from core.model.cases import CITIZEN, CLOCK, Actor, Case, NoteKind
from core.model.effects import Alerted, Noted, Opened, Told
from core.model.people import Role
from core.speech.texts import LANGUAGES, texts
from tests.core.cases.samples import (
    COLLEAGUE,
    FIELD,
    LAWS,
    NAMES,
    NATION,
    NEIGHBOUR,
    NOBODY,
    NOW,
    OFFICER,
    PROVINCE,
    a_case,
    enough,
    procedure,
    rules,
    source,
)  # fmt: skip

EVERY = [(law, name) for law in LAWS for name in NAMES]
EXCLUDED = replace(OFFICER, id=99)
ACTORS = {
    "citizen": CITIZEN, "clock": CLOCK, "officer": OFFICER, "colleague": COLLEAGUE, "neighbour": NEIGHBOUR,
    "province": PROVINCE, "nation": NATION, "field": FIELD, "nobody": NOBODY, "excluded": EXCLUDED,
}  # fmt: skip
HOLDS = {
    "officer": Role.KABKOTA, "colleague": Role.KABKOTA, "province": Role.PROVINSI, "nation": Role.RI,
    "citizen": "citizen", "clock": "clock",
}  # fmt: skip
"""As whom each may make a move of a case in 64.72; the others see no such case."""


@pytest.mark.parametrize(("law", "name"), EVERY)
def test_they_are_sound_and_belong_together(law: str, name: str) -> None:
    read, problems = read_procedure(source(law, name), f"{name}.toml")
    assert problems == ()
    assert read is not None
    assert (read.name, read.law, read.version) == (name, law, f"{law}-2024-1")
    assert check_together({one: procedure(one, law) for one in NAMES}) == ()


STATES = [(law, name, state) for law, name in EVERY for state in procedure(name, law).states]


@pytest.mark.parametrize(("law", "name", "state"), STATES)
def test_each_move_from_each_state_by_everybody(law: str, name: str, state: str) -> None:
    of = procedure(name, law)
    case = replace(a_case(of, state), excluded=frozenset({EXCLUDED.key}))
    for step in of.moves:
        if state not in step.sources and any(
            state in one.sources for one in of.moves if one.name == step.name
        ):
            continue
        for who, actor in ACTORS.items():
            act = move(case, of, rules(law), step.name, enough(step, of), actor, NOW)
            may = HOLDS.get(who) in step.who and state in step.sources
            assert (step in moves_for(case, of, actor, NOW)) == may
            if may:
                assert isinstance(act, Acted), (who, act)
                does_what_it_says(case, of, step, act, actor)
            else:
                assert isinstance(act, Refusal), (who, step.name)
                says_why(act, who)


def says_why(refusal: Refusal, who: str) -> None:
    """In both languages; those who may not see the case do not learn that it is there."""
    for language in LANGUAGES:
        assert "{" not in refusal.say(texts(language))
    assert (refusal.key == "cases.refused.unknown") == (who not in HOLDS)


def does_what_it_says(case: Case, of: Procedure, step: Move, act: Acted, actor: Actor) -> None:
    after, note = act.case, act.case.notes[-1]
    given = enough(step, of)
    assert act.effects[0] == Noted(after, note)
    assert after.serial == note.serial == case.serial + 1
    assert (note.actor, note.text, note.at) == (actor.key, given.reason, NOW)
    assert note.details["move"] == step.name
    assert (note.details["from"], note.details["to"]) == (case.state, after.state)
    assert after.state == (step.target or case.state)
    assert (after.closed_at is not None) == of.states[after.state].is_end
    running = {term.name for term in of.terms if after.state in term.states}
    assert {clock.name for clock in after.clocks} == running
    assert not (of.states[after.state].is_end and after.clocks)
    assert (after.official == given.number) == ("number" in step.needs)
    assert (after.result == given.result) == ("result" in step.needs)
    assert (after.office == given.office) == ("office" in step.needs)
    assert any(isinstance(one, Told) for one in act.effects) == ("citizen" in step.tells)
    roles = [one.roles for one in act.effects if isinstance(one, Alerted)]
    assert (frozenset({Role.KABKOTA}) in roles) == bool("office" in step.tells or step.opens)
    assert (frozenset({Role.PROVINSI}) in roles) == ("province" in step.tells)
    assert [one.case.procedure for one in act.effects if isinstance(one, Opened)] == [step.opens][
        : bool(step.opens)
    ]
    if step.extends:
        assert note.kind is NoteKind.EXTENDED
        assert next(clock.extended for clock in after.clocks if clock.name == step.extends)


@pytest.mark.parametrize(("law", "name"), EVERY)
def test_each_state_is_reached_by_moves_that_somebody_may_make(law: str, name: str) -> None:
    of = procedure(name, law)
    reached, ahead = set(), [a_case(of)]
    while ahead:
        case = ahead.pop()
        if case.state in reached:
            continue
        reached.add(case.state)
        for actor in (OFFICER, PROVINCE, CITIZEN):
            for step in moves_for(case, of, actor, NOW):
                act = move(case, of, rules(law), step.name, enough(step, of), actor, NOW)
                assert isinstance(act, Acted)
                ahead.append(replace(act.case, office=case.office))
    assert reached == of.states.keys()


@pytest.mark.parametrize(("law", "name"), EVERY)
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_state_tells_a_citizen_what_it_means_and_what_comes_next(
    law: str, name: str, language: str
) -> None:
    of = procedure(name, law)
    for state in of.states.values():
        told = status_words(a_case(of, state.name), of, language, NOW)
        assert told.startswith(state.told[language])
        assert "{" not in told and len(told) <= 350
        assert state.is_end or "\n" in told
        assert state.is_end or any(year in told for year in ("2024", "2025"))


@pytest.mark.parametrize(("law", "name"), EVERY)
def test_somebody_hears_of_each_clock_that_runs_out(law: str, name: str) -> None:
    of = procedure(name, law)
    for term in of.terms:
        assert term.escalates
        case = a_case(of, next(iter(term.states)))
        clock = next(one for one in case.clocks if one.name == term.name)
        late = run_out(case, of, clock.due_at + timedelta(seconds=1))
        assert isinstance(late, Acted)
        assert term.name in late.case.notes[-1].details["ended"].split()
        assert term.escalates in [one.roles for one in late.effects if isinstance(one, Alerted)]


def on(day: date) -> datetime:
    """09.00 WITA on that day."""
    return datetime(day.year, day.month, day.day, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("law", "name", "state", "clock", "start", "due"),
    [
        ("pilkada", "laporan", "diterima", "batas-lapor", date(2024, 11, 24), date(2024, 12, 1)),
        ("pilkada", "laporan", "diterima", "kajian-awal", date(2024, 11, 29), date(2024, 12, 1)),
        ("pilkada", "laporan", "perlu-perbaikan", "perbaikan", date(2024, 11, 29), date(2024, 12, 1)),
        ("pilkada", "laporan", "diregistrasi", "putusan", date(2024, 11, 29), date(2024, 12, 2)),
        ("pilkada", "temuan", "dicatat", "penetapan", date(2024, 11, 24), date(2024, 12, 1)),
        ("pemilu", "laporan", "diterima", "batas-lapor", date(2024, 2, 7), date(2024, 2, 21)),
        ("pemilu", "laporan", "diterima", "kajian-awal", date(2024, 2, 9), date(2024, 2, 13)),
        ("pemilu", "laporan", "diregistrasi", "putusan", date(2024, 2, 13), date(2024, 2, 23)),
        ("pemilu", "temuan", "dicatat", "penetapan", date(2024, 2, 7), date(2024, 2, 21)),
        ("pilkada", "sengketa", "diterima", "batas-permohonan", date(2024, 9, 22), date(2024, 9, 25)),
        ("pemilu", "sengketa", "perlu-dilengkapi", "perlengkapan", date(2024, 2, 7), date(2024, 2, 15)),
        ("pilkada", "sengketa", "diregistrasi", "putusan", date(2024, 9, 27), date(2024, 10, 9)),
        ("pilkada", "informasi-publik", "diterima", "jawaban", date(2024, 12, 20), date(2025, 1, 8)),
        ("pilkada", "informasi-publik", "keberatan", "tanggapan-keberatan", date(2024, 11, 25), date(2025, 1, 10)),  # noqa: E501
    ],
)  # fmt: skip
def test_the_clocks_of_the_law(law: str, name: str, state: str, clock: str, start: date, due: date) -> None:
    of = procedure(name, law)
    case = replace(a_case(of, state), known_on=start, happened_on=start, entered_at=on(start), clocks=())
    entered = replace(case, clocks=clocks_in(case, of))
    found = next(one for one in entered.clocks if one.name == clock)
    assert (found.started_on, found.due_on) == (start, due)
    assert found.due_at == datetime(due.year, due.month, due.day, 15, 59, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("law", "name", "state", "clock", "start", "due"),
    [
        ("pilkada", "laporan", "kajian", "putusan", date(2024, 11, 29), date(2024, 12, 4)),
        ("pemilu", "laporan", "kajian", "putusan", date(2024, 4, 1), date(2024, 4, 29)),
        ("pilkada", "informasi-publik", "diproses", "jawaban", date(2024, 11, 25), date(2024, 12, 19)),
    ],
)
def test_the_extensions_of_the_law(
    law: str, name: str, state: str, clock: str, start: date, due: date
) -> None:
    of = procedure(name, law)
    case = replace(a_case(of, state), entered_at=on(start), clocks=())
    case = replace(case, clocks=clocks_in(case, of))
    step = next(one for one in of.moves if one.extends == clock)
    act = move(case, of, rules(law), step.name, enough(step, of), OFFICER, on(start))
    assert isinstance(act, Acted)
    assert next(one.due_on for one in act.case.clocks if one.name == clock) == due
    again = move(act.case, of, rules(law), step.name, enough(step, of), OFFICER, on(start))
    assert isinstance(again, Refusal)
    assert again.key == "cases.refused.extended"


def test_a_petition_about_an_object_of_22_september_is_late_on_the_26th() -> None:
    of = procedure("sengketa")
    case = replace(a_case(of), happened_on=date(2024, 9, 22), entered_at=on(date(2024, 9, 25)), clocks=())
    case = replace(case, clocks=clocks_in(case, of))
    act = run_out(case, of, on(date(2024, 9, 25)))
    assert isinstance(act, Acted)
    assert act.case.notes[-1].details["ended"] == ""
    late = run_out(case, of, on(date(2024, 9, 26)))
    assert isinstance(late, Acted)
    assert "batas-permohonan" in late.case.notes[-1].details["ended"]
