"""The audit log at the desk: the newest first, narrowed, verified; nothing of what is not theirs."""

import re

import pytest
from sqlalchemy import text

from core.model.people import Role
from storage.store import Store
from tests.desk.pages.desk_office import DeskOffice, Officer
from tests.storage.test_audit import bypass


@pytest.fixture
def tono(desk_office: DeskOffice) -> Officer:
    return desk_office.officer(Role.PROVINSI, "64").enter()


def rows(page: str) -> list[str]:
    """The numbers of the rows that are shown."""
    return re.findall(r'<span class="number">([\d,]+)</span>', page)


def test_it_is_narrowed_by_whom_what_and_whose(desk_office: DeskOffice, tono: Officer) -> None:
    umi = desk_office.officer().enter()
    number = desk_office.opens()
    umi.act(number, "note", text="Catatan.")
    umi.act(number, "assign", to="me")
    assert len(rows(tono.get(f"/audit?subject={number.lower()}").text)) == 3
    assert len(rows(tono.get("/audit?act=case.noted").text)) == 1
    for whom in (umi.key, umi.email):
        assert len(rows(tono.get(f"/audit?actor={whom}&subject={number}").text)) == 2
    page = tono.get("/audit").text
    assert f"/desk/cases/{number}" in page
    assert rows(page) == sorted(rows(page), key=int, reverse=True)
    assert rows(tono.get("/audit?subject=%00x&before=x").text) == []


def test_rows_of_what_is_not_theirs_are_left_out(desk_office: DeskOffice, tono: Officer) -> None:
    mine, away = desk_office.opens(), desk_office.opens(area="63.71")
    kept = desk_office.opens(exclude=tono.key)
    elsewhere = desk_office.officer(Role.PROVINSI, "63").enter()
    elsewhere.post("/sign-out")
    page = tono.get("/audit").text
    assert mine in page
    for hidden in (away, kept, elsewhere.email):
        assert hidden not in page
        assert rows(tono.get(f"/audit?subject={hidden}").text) == []
    assert rows(tono.get(f"/audit?subject={elsewhere.key}").text) == []
    centre = desk_office.officer(Role.RI, "").enter().get("/audit").text
    assert mine in centre
    assert away in centre


def test_it_goes_on_page_by_page(desk_office: DeskOffice, tono: Officer) -> None:
    with desk_office.store.begin() as book:
        for n in range(120):
            book.audit.write("operator", "database.copied", "database", {"n": str(n)}, desk_office.now)
    found, path = [], "/audit?act=database.copied"
    while path:
        page = tono.get(path).text
        found += rows(page)
        following = re.search(r'href="/desk(/audit\?[^"]+)" rel="next"', page)
        path = following[1].replace("&amp;", "&") if following else ""
    assert len(found) == len(set(found)) == 120


def test_the_chain_is_verified(desk_office: DeskOffice, tono: Officer, store: Store) -> None:
    desk_office.opens()
    whole = tono.post("/audit/verify")
    assert "The chain is whole" in whole.text
    head = re.search(r"<code>([0-9a-f]{64})</code>", whole.text)
    assert head
    desk_office.opens()
    assert "The chain is whole" in tono.post("/audit/verify", head=head[1]).text
    assert "cut off at the end" in tono.post("/audit/verify", head="0" * 64).text
    with store.begin() as book:
        bypass(book)
        book.connection.execute(text("UPDATE audit SET actor = 'clock' WHERE id = 2"))
    assert "breaks at row 2" in tono.post("/audit/verify").text
