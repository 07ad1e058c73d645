"""A form for the pages, in its first version, mended, and broken in four places."""

import re

from core.forms.written import to_json
from core.forms.xlsform import compile_form
from tests.desk.pages.desk_office import DeskOffice, Officer
from tests.desk.pages.people.staffed import bring

FORM = """
Catatan: satu TPS, satu laporan.

| survey |
| | type | name | label::Indonesia (id) | required | constraint | relevant |
| | time | jam | Jam berapa dibuka? | yes | | |
| | integer | pemilih | Berapa pemilih? | yes | . >= 1 | |
| | select_one ya_tidak | lengkap | Lengkap? | yes | | |
| | text | kurang | Apa yang kurang? | | | ${lengkap} = 'tidak' |

| choices |
| | list_name | name | label::Indonesia (id) |
| | ya_tidak | ya | Ya |
| | ya_tidak | tidak | Tidak |

| settings |
| | form_id | version | form_title |
| | buka | 1 | Pembukaan TPS |

| lapordesk |
| | key | value |
| | audience | ptps |
"""
SECOND = FORM.replace("| buka | 1 |", "| buka | 2 |").replace("Berapa pemilih?", "Berapa pemilih DPT?")
BROKEN = (
    SECOND.replace(". >= 1", ". >= 1 annd (")
    .replace("${lengkap}", "${lenkap}")
    .replace("| time |", "| tme |")
    .replace("select_one ya_tidak", "select_one ya_tidakk")
)


def publish(office: DeskOffice, text: str = FORM) -> None:
    form = compile_form(text.encode(), "md").form
    assert form
    with office.store.begin() as book:
        book.forms.publish(to_json(form), form.name, form.version, "Pembukaan TPS", text.encode(), office.now)


def check(who: Officer, text: str, name: str = "buka.md", **fields: str) -> str:
    """The path of the draft that it leads to."""
    answer = bring(who, "/forms/check", name, text.encode(), **fields)
    assert answer.status_code == 303, answer.text
    assert re.fullmatch(r"/desk/forms/drafts/[0-9A-Z]{12}", answer.headers["Location"])
    return answer.headers["Location"].removeprefix("/desk")
