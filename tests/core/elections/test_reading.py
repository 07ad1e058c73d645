"""An election's file: what it says, and what is wrong with it, all at once and in both languages."""

from datetime import date, time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import lapordesk
from core.elections.election import Duty, Election
from core.elections.reading import ElectionWrong, parse_election, read_election
from core.model.people import Role
from core.speech.texts import LANGUAGES, texts
from core.toml.problems import describe

BUNDLED = Path(lapordesk.__file__).parent / "bundled"
GOOD = """
name = "coba-2024"
version = "1"
law = "pilkada"
title = { id = "Coba", en = "Trial" }
areas = ["64"]
voting_day = 2024-11-27

[[stage]]
name = "kampanye"
label = { id = "Kampanye", en = "Campaign" }
first = 2024-09-25
last = 2024-11-23

[[duty]]
name = "pekanan"
form = "lhp"
roles = ["pkd", "panwascam"]
stage = "kampanye"
cadence = "weekly"
weekday = "rabu"
due = "18.00"
opens = 07:30:00
grace_minutes = 30
areas = ["64.72"]
"""


def read(text: str = GOOD, forms: set[str] | None = None) -> Election:
    election, problems = read_election(text, forms)
    assert election is not None, describe(problems, [texts("en")])
    return election


def wrong(text: str, forms: set[str] | None = None) -> list[tuple[str, str]]:
    election, problems = read_election(text, forms)
    assert election is None
    for language in LANGUAGES:
        assert all(line for line in describe(problems, [texts(language)]))
    return [(problem.path, problem.key) for problem in problems]


def test_it_is_read() -> None:
    election = read()
    assert (election.name, election.version, election.law) == ("coba-2024", "1", "pilkada")
    assert (election.areas, election.voting_day) == ({"64"}, date(2024, 11, 27))
    assert election.duties == (
        Duty(
            "pekanan",
            "lhp",
            frozenset({Role.PKD, Role.PANWASCAM}),
            "kampanye",
            "weekly",
            time(18),
            2,
            time(7, 30),
            30,
            24,
            frozenset({"64.72"}),
        ),
    )


def test_the_bundled_election_is_in_order_and_asks_for_bundled_forms() -> None:
    forms = {file.stem for file in BUNDLED.glob("*.md")}
    for file in (BUNDLED / "elections").glob("*.toml"):
        election = read(file.read_text(), forms)
        assert election.name == file.stem
        assert {duty.form for duty in election.duties} <= forms
    stages = {stage.name: (stage.first, stage.last) for stage in election.stages}
    assert stages["kampanye"] == (date(2024, 9, 25), date(2024, 11, 23))
    assert stages["masa-tenang"] == (date(2024, 11, 24), date(2024, 11, 26))
    assert stages["pungut-hitung"] == (date(2024, 11, 27), date(2024, 11, 27))
    assert stages["rekapitulasi"][1] == date(2024, 12, 16)


@pytest.mark.parametrize(
    ("old", "new", "path", "key"),
    [
        ('name = "coba-2024"', 'name = "Coba 2024"', "name", "toml.name"),
        ('version = "1"', "version = 1", "version", "toml.type.text"),
        ('version = "1"', "", "version", "toml.missing"),
        ('law = "pilkada"', 'law = "pilkades"', "law", "toml.value"),
        ('en = "Trial"', 'fr = "Essai"', "title.en", "toml.missing"),
        ('en = "Trial"', 'en = "Trial", fr = "Essai"', "title.fr", "toml.key"),
        ('areas = ["64"]', 'areas = "64"', "areas", "toml.type.list"),
        ('areas = ["64"]', "", "areas", "toml.missing"),
        ('areas = ["64"]', 'areas = ["6472"]', "areas", "elections.area"),
        ("voting_day = 2024-11-27", 'voting_day = "27 Nov"', "voting_day", "toml.type.day"),
        ("voting_day = 2024-11-27", "voting_day = 2024-11-27T08:00:00", "voting_day", "toml.type.day"),
        ("[[stage]]", "[stage]", "stage", "toml.type.tables"),
        ("last = 2024-11-23", "last = 2024-09-24", "stage[1].last", "elections.backwards"),
        ('name = "kampanye"', 'name = "kampanya"', "stage[1].name", "toml.value"),
        ('"pkd", "panw', '"pkdd", "panw', "duty[1].roles", "toml.value"),
        ('stage = "kampanye"', 'stage = "psu"', "duty[1].stage", "elections.stage"),
        ('cadence = "weekly"', 'cadence = "monthly"', "duty[1].cadence", "toml.value"),
        ('weekday = "rabu"', 'weekday = "raboe"', "duty[1].weekday", "toml.value"),
        ('due = "18.00"', 'due = "25.00"', "duty[1].due", "toml.type.clock"),
        ('due = "18.00"', "", "duty[1].due", "toml.missing"),
        ('due = "18.00"', 'due = "07.30"', "duty[1].due", "elections.due_first"),
        ("grace_minutes = 30", "grace_minutes = -1", "duty[1].grace_minutes", "toml.range"),
        ("grace_minutes", "grace_minute", "duty[1].grace_minute", "toml.key"),
    ],
)
def test_a_problem_names_its_place(old: str, new: str, path: str, key: str) -> None:
    assert old in GOOD
    assert (path, key) in wrong(GOOD.replace(old, new))


def test_a_problem_is_told_with_its_line_and_remedy() -> None:
    _, (problem,) = read_election(GOOD.replace('"weekly"', '"wekly"'), None, "coba.toml")
    assert GOOD.splitlines()[problem.line - 1] == 'cadence = "weekly"'
    told = problem.say(texts("en"))
    assert told.startswith(f"coba.toml, line {problem.line}, duty[1].cadence: ")
    assert "Perhaps weekly was meant. Repair: choose from: " in told


def test_the_whole_country_has_no_areas() -> None:
    assert read(GOOD.replace('areas = ["64"]', "areas = []")).areas == frozenset()


def test_all_problems_are_told_at_once() -> None:
    broken = GOOD.replace("2024-09-25", '"kapan"').replace('"rabu"', '"hari"').replace('"pilkada"', "3")
    keys = {key for _, key in wrong(broken)}
    assert keys >= {"toml.type.day", "toml.value", "toml.type.text"}


def test_a_name_is_one_things_only() -> None:
    _, duty = GOOD.split("[[duty]]")
    assert ("duty[2].name", "toml.twice") in wrong(f"{GOOD}\n[[duty]]{duty}")


def test_a_form_has_to_be_published() -> None:
    assert read(GOOD, {"lhp", "pungut"}).duties[0].form == "lhp"
    assert wrong(GOOD, {"pungut"}) == [("duty[1].form", "elections.form")]


def test_an_event_is_no_business_of_a_polling_station() -> None:
    per_event = GOOD.replace('"weekly"', '"per-event"').replace('due = "18.00"', "after_hours = 48")
    assert read(per_event).duties[0].after_hours == 48
    assert wrong(per_event.replace('"pkd"', '"ptps"')) == [("duty[1].roles", "elections.per_event")]


@pytest.mark.parametrize("text", ["name = ", "[[duty", "\x00"])
def test_what_is_not_toml_is_told_with_its_line(text: str) -> None:
    assert wrong(text) == [("", "toml.syntax")]


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists, max_leaves=4))
def test_no_value_makes_the_reader_fall_over(value: object) -> None:
    for line in GOOD.splitlines():
        key, equals, _ = line.partition(" = ")
        if equals:
            read_election(GOOD.replace(line, f"{key} = {_toml(value)}", 1))


def _toml(value: object) -> str:
    match value:
        case None:
            return "[]"
        case bool():
            return str(value).lower()
        case str():
            return (
                '"' + "".join(f"\\U{ord(one):08x}" for one in value if not 0xD800 <= ord(one) < 0xE000) + '"'
            )
        case list():
            return f"[{', '.join(map(_toml, value))}]"
        case _:
            return str(value)


def test_a_stored_one_is_read_or_its_mistake_is_ours() -> None:
    assert parse_election(GOOD) == read()
    with pytest.raises(ElectionWrong):
        parse_election("name = 1")
