"""The guide tells of a form's own codes, in their order."""

from core.forms.guide import guide_of
from lapordesk.workbooks import bundled
from tests.core.dialogue.phone import form_of
from tests.core.dialogue.samples import THREE, form


def test_the_codes_of_the_count() -> None:
    source = next(file for file in bundled() if file.stem == "hitung").read_text(encoding="utf-8")
    guide = guide_of(form_of(source), "id")
    assert guide is not None
    assert guide.word == "HITUNG"
    codes = {code.code: code for code in guide.codes}
    assert codes["DPT"].answers == ("DPT L", "DPT P", "DPT jumlah")
    assert codes["DPT"].how == "(3 angka, berurutan)"
    assert codes["H"].how.startswith("(Ya, Tidak")
    assert guide.example.startswith("HITUNG 012 DPT")


def test_what_only_the_dialogue_can_fill_in_is_not_printed() -> None:
    survey = """
| | type | name | label | required | sms |
| | integer | a | A | yes | A |
| | text | b | Beda ${a}. Kenapa? | | B |
| | text | c | Beda ${a}, kenapa? | | C |
"""
    guide = guide_of(form(survey), "id")
    assert guide is not None
    assert [code.answers for code in guide.codes] == [("A",), ("Kenapa?",), ("c",)]


def test_a_form_without_codes_has_none() -> None:
    assert guide_of(form(THREE), "id") is None
