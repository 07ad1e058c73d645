"""An office by its name or code, from whichever table of areas a form carries."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from core.dialogue.known import Fresh, House, Known
from core.dialogue.officers.offices import is_office, office_name, read_office
from core.dialogue.session import Session
from core.dialogue.talk import Talk
from core.forms.answers import Refused, Understood
from core.forms.catalogue import Catalogue
from core.forms.form import Option
from core.forms.plan import Plan
from core.model.messages import Address, Channel, Incoming
from tests.core.dialogue.coordinators.desk_phone import NAMES, RANI
from tests.core.dialogue.phone import form_of

FORM = """
| survey |
| | type | name | label |
| | select_one_from_file {table} | di | Di mana? |
| settings |
| | form_title | form_id |
| | Wilayah | wilayah |
"""
VILLAGES = tuple(
    Option(code, {"": name}, {"kabupaten": kab, "parent": code[:8]})
    for code, name, kab in (
        ("64.71.01.1001", "Prapatan", "Balikpapan"),
        ("64.72.05.1004", "Sidodadi", "Samarinda"),
        ("64.72.05.1005", "Air Putih", "Samarinda"),
    )
)
REGENCIES = (
    Option("64.71", {"": "Balikpapan"}, {"parent": "64"}),
    Option("64.72", {"": "Samarinda"}, {"parent": "64"}),
)


def talk_with(table: str = "", rows: tuple[Option, ...] = ()) -> Talk:
    plans = (Plan(form_of(FORM.format(table=table), **{table: rows})),) if table else ()
    known = Known(
        House(),
        RANI,
        Session(),
        Catalogue(plans, lambda name, version: None),
        names=lambda code: NAMES.get(code, ()),
    )
    now = datetime(2024, 11, 27, 4, tzinfo=UTC)
    incoming = Incoming("1", Address(Channel.SMS, "a", "b"), now)
    return Talk(incoming, known, Fresh(now, "", "", ""), "id")


def read(talk: Talk, words: str) -> object:
    return read_office(talk, replace(talk.incoming, text=words))


@pytest.mark.parametrize(("table", "rows"), [("kabupaten.csv", REGENCIES), ("desa.csv", VILLAGES)])
@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Samarinda", "64.72"),
        ("kota balikpapan", "64.71"),
        ("bpp", "64.71"),
        ("Kaltim", "64"),
        ("64.71", "64.71"),
    ],
)
def test_it_is_found_in_either_table(table: str, rows: tuple[Option, ...], words: str, code: str) -> None:
    answer = read(talk_with(table, rows), words)
    assert isinstance(answer, Understood)
    assert answer.value == code


def test_without_a_table_only_a_code_is_understood() -> None:
    assert read(talk_with(), "64.71.") == Understood("64.71")
    assert read(talk_with(), "samarinda") == Refused("casework.office.code")


@pytest.mark.parametrize("code", ["", "64.72.05", "64.99", "6472", "64.7x", "64.72.", "٦٤"])
def test_what_is_no_office(code: str) -> None:
    assert not is_office(talk_with(), code)


def test_it_is_called_by_its_name_where_there_is_one() -> None:
    assert (office_name(talk_with(), "64.72"), office_name(talk_with(), "99.01")) == ("Samarinda", "99.01")
