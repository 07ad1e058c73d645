from core.forms.comparing import Aspect, compare
from core.forms.form import Form
from core.forms.xlsform import compile_form

OLD = """
| survey |
| | type | name | label::Indonesia (id) | required | constraint |
| | text | nama | Siapa? | yes | |
| | begin_group | hitungan | Hitungan | | |
| | integer | suara | Surat suara | | . >= 0 |
| | select_one ya_tidak | lengkap | Lengkap? | yes | |
| | end_group | | | | |
| | text | catatan | Catatan | | |

| choices |
| | list_name | name | label::Indonesia (id) |
| | ya_tidak | ya | Ya |
| | ya_tidak | tidak | Tidak |

| settings |
| | form_id | version | form_title |
| | logistik | 1 | Logistik |
"""


def form(text: str) -> Form:
    compiled = compile_form(text.encode(), "md")
    assert compiled.form, compiled.problems
    return compiled.form


def test_the_same_form_is_the_same_whatever_rows_lie_between() -> None:
    moved = OLD.replace("| | text | nama |", "| | | | | | |\n| | text | nama |")
    assert compare(form(OLD), form(moved.replace("| logistik | 1 |", "| logistik | 2 |"))).is_same


def test_what_came_what_went_and_what_is_asked_otherwise() -> None:
    new = (
        OLD.replace("| | text | catatan | Catatan | | |\n", "| | text | saksi | Saksi | | |\n")
        .replace(". >= 0", ". >= 1")
        .replace("| Siapa? | yes |", "| Siapa dia? | |")
        .replace("| ya_tidak | tidak | Tidak |", "| ya_tidak | belum | Belum |")
        .replace("| Logistik |", "| Logistik tiba |")
    )
    found = compare(form(OLD), form(new))
    assert [line.name for line in found.added] == ["saksi"]
    assert [line.name for line in found.removed] == ["catatan"]
    changed = {line.name: line.aspects for line in found.changed}
    assert changed["hitungan/suara"] == (Aspect("constraint", ". >= 0", ". >= 1"),)
    assert Aspect("label::id", "Siapa?", "Siapa dia?") in changed["nama"]
    assert [one.name for one in changed["nama"]] == ["label::id", "required"]
    [line] = found.lists
    assert line.name == "ya_tidak"
    assert line.aspects == (Aspect("tidak::id", "Tidak", ""), Aspect("belum::id", "", "Belum"))
    assert [(one.before, one.after) for one in found.form] == [("Logistik", "Logistik tiba")]
    assert not found.reordered


def test_another_order_is_told() -> None:
    line = "| | text | nama | Siapa? | yes | |\n"
    found = compare(
        form(OLD), form(OLD.replace(line, "").replace("\n| choices |", f"{line}\n| choices |", 1))
    )
    assert found.reordered
    assert not (found.added or found.removed or found.changed)
