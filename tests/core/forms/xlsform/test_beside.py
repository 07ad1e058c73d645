"""Tables beside a form: compiled with it, and their own faults told with file, row and remedy."""

import pytest

from core.forms.xlsform import compile_beside
from core.speech.texts import texts

FORM = b"""
| survey |
| | type | name | label | parameters |
| | select_one_from_file pasar.csv | mana | Mana? | %s |

| settings |
| | form_id | version | form_title |
| | pasar | 1 | Pasar |
"""
GOOD = "name,label,kec\np1,Pasar Pagi,64.72.03\np2,Pasar Segiri,64.72.03\n"


def told(table: str, parameters: str = "") -> tuple[bool, list[str]]:
    form = FORM % parameters.encode()
    compiled = compile_beside(form, "md", {"pasar.csv": table.encode(), "lain.csv": b"\xff"})
    words = texts("id")
    return compiled.form is not None, [
        f"{one.place(words)}: {one.sentence(words)}" for one in compiled.problems
    ]


@pytest.mark.parametrize("table", [GOOD, GOOD.replace(",", ";"), "\ufeff" + GOOD])
def test_as_a_spreadsheet_saves_it(table: str) -> None:
    compiled = compile_beside(FORM % b"", "md", {"pasar.csv": table.encode()})
    assert compiled.form, compiled.problems
    [options] = compiled.form.lists.values()
    assert [(one.name, one.label[""], one.columns["kec"]) for one in options] == [
        ("p1", "Pasar Pagi", "64.72.03"),
        ("p2", "Pasar Segiri", "64.72.03"),
    ]


def test_each_fault_stands_at_its_row() -> None:
    table = "name,label\np1,Pasar Pagi\n,Pasar Segiri\n\np1,Pasar, Ijabah\n"
    is_taken, lines = told(table)
    assert not is_taken
    assert lines == [
        "pasar.csv, baris 5: baris ini punya 3 isian, padahal kolomnya 2.",
        "pasar.csv, baris 3, kolom name: baris ini tidak punya name, jadi tidak bisa dipilih.",
        'pasar.csv, baris 5, kolom name: name "p1" sudah dipakai di baris lain.',
    ]


def test_a_table_that_is_none_is_told_once() -> None:
    assert told("") == (False, ["pasar.csv: berkas pasar.csv tidak bisa dibaca sebagai CSV."])


def test_columns_of_other_names_have_to_be_named() -> None:
    other = "kode,nama\np1,Pasar Pagi\n"
    assert told(other, "value=kode label=nama") == (True, [])
    assert told(other) == (False, ['survey, baris 2, kolom type: berkas pasar.csv tidak punya kolom "name".'])
