import re

import pytest

from core.cases.procedures import check_together, parse_procedure, read_procedure
from core.speech.texts import LANGUAGES, texts
from core.toml.problems import Problem, describe
from tests.core.cases.samples import LAWS, NAMES, source

SMALL = """
name = "kecil"
version = "1"
law = "pilkada"
kind = "tip"
start = "baru"
worked_by = ["kabkota"]

[title]
id = "Kecil"
en = "Small"

[states.baru]
label = { id = "Baru", en = "New" }
told.id = "Diterima."
told.en = "Received."
ahead.id = "Dijawab sampai {due}."
ahead.en = "Answered by {due}."

[states.selesai]
label = { id = "Selesai", en = "Done" }
told.id = "Selesai."
told.en = "Done."
end = true

[[moves]]
name = "selesaikan"
label = { id = "Selesaikan", en = "Finish" }
from = ["baru"]
to = "selesai"
who = ["kabkota"]
needs = ["result"]
tells = ["citizen"]

[[clocks]]
name = "jawaban"
label = { id = "jawaban", en = "answer" }
states = ["baru"]
days = 2
counting = "calendar"
escalates = ["provinsi"]

[results.ya]
id = "Ya"
en = "Yes"

[number]
pattern = '\\d{3}/LP'
example = "001/LP"
"""


def problems(*changes: tuple[str, str]) -> list[Problem]:
    text = SMALL
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    read, found = read_procedure(text, "kecil.toml")
    assert (read is None) == bool(found)
    for problem in found:
        for language in LANGUAGES:
            said = problem.say(texts(language))
            assert said.startswith("kecil.toml") and "{" not in said.replace("{due}", "")
    return list(found)


def test_a_sound_file_is_read_whole() -> None:
    assert problems() == []
    read = parse_procedure(SMALL)
    assert parse_procedure(SMALL) is read
    assert read.states["baru"].ahead["en"] == "Answered by {due}."
    assert read.moves[0].sources == {"baru"}
    assert read.terms[0].days == 2
    assert read.number_pattern == r"\d{3}/LP"


@pytest.mark.parametrize(
    ("old", "new", "path", "key"),
    [
        ('kind = "tip"', 'kind = "tip"\nkinds = "tip"', "kinds", "key"),
        ('needs = ["result"]', 'need = ["result"]', "moves[1].need", "key"),
        ('en = "Small"', "", "title.en", "missing"),
        ('told.en = "Done."', 'told.eng = "Done."', "states.selesai.told.en", "missing"),
        ('told.en = "Done."', 'told.eng = "Done."', "states.selesai.told.eng", "key"),
        ("[title]", "[titel]", "title", "missing"),
        ('name = "kecil"', 'name = "Kecil Sekali"', "name", "name"),
        ('version = "1"', "version = 1", "version", "type.text"),
        ('version = "1"', f'version = "{"1" * 65}"', "version", "version"),
        ('version = "1"', 'version = ""', "version", "type.text"),
        ('law = "pilkada"', 'law = "pilkades"', "law", "value"),
        ('start = "baru"', 'start = "bru"', "start", "state"),
        ('start = "baru"', 'start = "selesai"', "start", "start_ends"),
        ("end = true", "", "states", "no_end"),
        ("end = true", "", "states.selesai", "stuck"),
        ("end = true", 'end = "ya"', "states.selesai.end", "type.yes"),
        ('from = ["baru"]', 'from = ["barr"]', "moves[1].from", "state"),
        ('from = ["baru"]', 'from = "baru"', "moves[1].from", "type.list"),
        ('from = ["baru"]', "from = []", "moves[1].from", "missing"),
        ('from = ["baru"]', 'from = ["selesai"]', "states.selesai", "unreachable"),
        ('from = ["baru"]', 'from = ["selesai"]', "states.baru", "stuck"),
        ('to = "selesai"', 'to = "slesai"', "moves[1].to", "state"),
        ('who = ["kabkota"]', 'who = ["camat"]', "moves[1].who", "value"),
        ('who = ["kabkota"]', 'who = ["citizen"]', "moves[1].needs", "not_givable"),
        ('who = ["kabkota"]', 'who = ["kabkota", "clock"]', "moves[1].needs", "not_givable"),
        ('needs = ["result"]', 'needs = ["money"]', "moves[1].needs", "value"),
        ('needs = ["result"]', 'results = ["ya"]', "moves[1].results", "results_unasked"),
        ('needs = ["result"]', 'needs = ["result"]\nresults = ["no"]', "moves[1].results", "value"),
        ("[results.ya]", "[requirements.ya]", "moves[1].needs", "no_results"),
        ('tells = ["citizen"]', 'tells = ["press"]', "moves[1].tells", "value"),
        ('tells = ["citizen"]', 'extends = "jawab"', "moves[1].extends", "value"),
        ('tells = ["citizen"]', 'extends = "jawaban"', "moves[1].extends", "no_extension"),
        ('tells = ["citizen"]', "within_days = 0", "moves[1].within_days", "range"),
        ('states = ["baru"]', 'states = ["bar"]', "clocks[1].states", "state"),
        ('states = ["baru"]', 'states = ["baru", "selesai"]', "clocks[1].states", "end_clock"),
        ("days = 2", "days = 0", "clocks[1].days", "range"),
        ("days = 2", "days = -1", "clocks[1].days", "range"),
        ("days = 2", "days = 2.5", "clocks[1].days", "type.whole"),
        ("days = 2", "days = true", "clocks[1].days", "type.whole"),
        ("days = 2", "", "clocks[1].days", "missing"),
        ('counting = "calendar"', 'counting = "kerja"', "clocks[1].counting", "value"),
        ('escalates = ["provinsi"]', 'escalates = ["bupati"]', "clocks[1].escalates", "value"),
        ("pattern = '\\d{3}/LP'", "pattern = '(\\d'", "number.pattern", "pattern"),
        ('example = "001/LP"', 'example = "1/LP"', "number.example", "example"),
        ("Dijawab sampai {due}.", "Dijawab sampai {hari}.", "states.baru.ahead.id", "places"),
        ('told.id = "Diterima."', 'told.id = "Diterima {due}."', "states.baru.told.id", "places"),
        ('told.id = "Diterima."', 'told.id = "Diterima {."', "states.baru.told.id", "places"),
        ("[[moves]]", "[moves]", "moves", "type.tables"),
        ("[title]\n", '[title]\nde = "Klein"\n', "title.de", "key"),
        ("[number]", "number = 5\n[nomor]", "results.ya.number", "key"),
    ],
)
def test_each_fault_is_named_with_its_place(old: str, new: str, path: str, key: str) -> None:
    found = [(one.path, one.key.partition(".")[2]) for one in problems((old, new))]
    assert (path, key) in found


def test_the_line_and_what_was_meant_are_told() -> None:
    faults = problems(('to = "selesai"', 'to = "slesai"'))
    found = next(one for one in faults if one.path == "moves[1].to")
    lines = SMALL.splitlines()
    assert lines[found.line - 1] == 'to = "selesai"'
    assert "selesai" in str(found.values["suggestion"])
    assert f"line {found.line}, moves[1].to" in found.say(texts("en"))


def test_names_are_used_once() -> None:
    again = SMALL[SMALL.index("[[moves]]") : SMALL.index("[[clocks]]")]
    (found,) = problems(("[[clocks]]", again + "[[clocks]]"))
    assert (found.path, found.key) == ("moves[2].name", "procedures.twice")


def test_moves_of_one_name_start_from_different_states() -> None:
    again = SMALL[SMALL.index("[[moves]]") : SMALL.index("[[clocks]]")]
    back = again.replace('from = ["baru"]', 'from = ["selesai"]').replace('to = "selesai"', 'to = "baru"')
    assert problems(("[[clocks]]", back + "[[clocks]]")) == []


def test_a_move_that_changes_nothing_is_named() -> None:
    words = 'name = "diam"\nlabel = { id = "Diam", en = "Idle" }\n'
    idle = f'[[moves]]\n{words}from = ["baru"]\nwho = ["kabkota"]\n\n'
    (found,) = problems(("[[clocks]]", idle + "[[clocks]]"))
    assert (found.path, found.key) == ("moves[2]", "procedures.idle")


def test_an_extension_is_made_where_its_clock_runs() -> None:
    changes = [
        ("days = 2", "days = 2\nextension = 1"),
        ('needs = ["result"]', 'needs = ["result"]\nextends = "jawaban"'),
        ('from = ["baru"]', 'from = ["baru", "selesai"]'),
    ]
    (found,) = problems(*changes)
    assert (found.path, found.key) == ("moves[1].from", "procedures.extends_elsewhere")


def test_all_faults_are_told_at_once_from_the_top() -> None:
    found = problems(
        ('law = "pilkada"', 'law = "adat"'), ('to = "selesai"', 'to = "x"'), ("days = 2", "days = 0")
    )
    lines = [one.line for one in found if one.line]
    assert len(found) >= 3 and lines == sorted(lines)
    assert len(describe(found, [texts("id"), texts("en")])) == 2 * len(found)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("name = \n", 1),
        ('name = "a"\nlaw\n', 2),
        ("[title\n", 1),
        ('a = "x"\na = "y"\n', 0),
        ("a = [1,\n", 0),
    ],
)
def test_broken_toml_is_told_with_its_line(text: str, line: int) -> None:
    read, (problem,) = read_procedure(text, "rusak.toml")
    assert read is None
    assert problem.key == "toml.syntax"
    assert not line or problem.line == line
    assert "tanda kutip" in problem.say(texts("id"))


def test_no_text_raises() -> None:
    for text in (
        "",
        "[states]",
        "states = 1",
        'moves = ["a"]',
        "[[states]]",
        "title = []",
        "[number]\npattern = 1",
    ):
        read, found = read_procedure(text, "x.toml")
        assert read is None and found


@pytest.mark.parametrize("law", LAWS)
@pytest.mark.parametrize("name", NAMES)
def test_a_bundled_file_with_any_line_left_out_raises_nothing(law: str, name: str) -> None:
    lines = source(law, name).splitlines()
    for number in range(0, len(lines), 7):
        _, found = read_procedure("\n".join(lines[:number] + lines[number + 1 :]), "x.toml")
        for problem in found:
            problem.say(texts("id"))


def test_read_together_each_opening_is_known() -> None:
    opening = SMALL.replace('tells = ["citizen"]', 'opens = "laporn"')
    first = parse_procedure(opening)
    assert check_together({"a.toml": first}, ["laporn"]) == ()
    (problem,) = check_together({"a.toml": first}, ["laporan"])
    assert (problem.path, problem.values["suggestion"]) == ("moves[1].opens", "laporan")
    assert not re.search("[{}]", problem.say(texts("en")))
    (twice,) = check_together({"a.toml": parse_procedure(SMALL), "b.toml": parse_procedure(SMALL)})
    assert (twice.file, twice.key) == ("b.toml", "procedures.same_name")


def test_what_is_not_sound_is_never_parsed() -> None:
    with pytest.raises(ValueError, match="not a procedure"):
        parse_procedure("name = 1")
