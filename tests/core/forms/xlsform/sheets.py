"""Short forms for tests: each sheet as its heading and rows, without the bars of Markdown at the edges."""

from core.forms.form import Form, Option
from core.forms.xlsform import Compiled, Files, compile_form

SETTINGS = "form_id | version\nuji | 1"


def workbook(**sheets: str) -> str:
    """`workbook(survey="type | name\\ntext | a")` as the Markdown that pyxform reads."""
    lines: list[str] = []
    for name, table in sheets.items():
        lines += [f"| {name} |", *(f"| | {row.strip()} |" for row in table.strip().splitlines())]
    return "\n".join(lines)


def compiled(survey: str, *, files: Files | None = None, settings: str = SETTINGS, **sheets: str) -> Compiled:
    source = workbook(survey=survey, settings=settings, **sheets)
    return compile_form(source.encode(), "md", files or {})


def form(survey: str, **more: str) -> Form:
    """The form of sheets that have nothing wrong with them."""
    result = compiled(survey, **more)
    assert result.problems == ()
    assert result.form is not None
    return result.form


VILLAGES: Files = {
    "desa.csv": (
        Option("64.01", {"": "Loa Janan Ulu"}, {"kecamatan": "Loa Janan", "kode": "1"}),
        Option("64.02", {"": "Loa Janan Ilir"}, {"kecamatan": "Loa Janan Ilir", "kode": "2"}),
    )
}
