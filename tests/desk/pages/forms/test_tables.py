"""Tables that are brought beside a form: checked with it, kept with the draft, there when it is tried."""

import re

import pytest

from core.model.people import Role
from tests.desk.pages.desk_office import SAME, Answer, DeskOffice, Officer
from tests.desk.pages.people.staffed import ON_ONE_ENGINE

FORM = """
| survey |
| | type | name | label |
| | select_one_from_file pasar.csv | mana | Pasar mana? |

| settings |
| | form_id | version | form_title |
| | pasar | 1 | Pantauan pasar |

| lapordesk |
| | key | value |
| | audience | ptps |
"""
GOOD = "name,label\np1,Pasar Pagi\np2,Pasar Segiri\n"


@pytest.fixture
def author(desk_office: DeskOffice) -> Officer:
    return desk_office.officer(Role.PROVINSI, "64").enter()


def bring(who: Officer, form: str, tables: dict[str, str], **fields: str) -> Answer:
    files = [("file", ("pasar.md", form.encode()))]
    files += [("tables", (name, text.encode())) for name, text in tables.items()] or [("tables", ("", b""))]
    sent = {"csrf": who.mark(), **fields}
    return who.browser.post("/desk/forms/check", data=sent, files=files, headers=SAME)


def path_of(answer: Answer) -> str:
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"].removeprefix("/desk")


def test_they_are_mended_and_kept_while_the_form_is(desk_office: DeskOffice, author: Officer) -> None:
    path = path_of(bring(author, FORM, {"pasar.csv": f"{GOOD}p3,Pasar, Ijabah\n", "lain.csv": GOOD}))
    page = author.get(path).text
    assert "pasar.csv, row 4" in page
    assert "the row has 3 cells, but there are 2 columns" in page
    assert "the form does not use the file lain.csv" in page
    path = path_of(bring(author, FORM, {"pasar.csv": GOOD}, instead=path[-12:]))
    page = author.get(path).text
    assert "Ready to use" in page
    assert "Still used: pasar.csv" in page
    path = path_of(bring(author, FORM.replace("Pasar mana?", "Di pasar mana?"), {}, instead=path[-12:]))
    tried = author.get(f"{path}/try").text
    assert "Di pasar mana?" in tried
    assert "Pasar Segiri" in tried
    assert author.post(f"{path}/publish").status_code == 303
    again = author.post("/forms/try", name="pasar", version="1")
    assert "Pasar Segiri" in author.get(path_of(again)).text, "its tables lie beside it no longer"


@ON_ONE_ENGINE
def test_without_it_the_table_is_missed(author: Officer) -> None:
    page = author.get(path_of(bring(author, FORM, {}))).text
    assert "the file &#34;pasar.csv&#34; is not there" in page
    assert not re.search("Still used", page)


@ON_ONE_ENGINE
def test_only_csv_is_a_table(author: Officer) -> None:
    refused = bring(author, FORM, {"pasar.exe": GOOD})
    assert refused.status_code == 409
    assert "Tables beside a form have to be .csv files." in refused.text
    hostile = path_of(bring(author, FORM, {"../<b>pasar.csv": GOOD}))
    assert "<b>pasar" not in author.get(hostile).text
