"""People and posts: who is found, how a post changes hands, how cards let people in."""

import re

import pytest
import segno

from core.model.people import Role
from desk.pages.people.qr import draw
from tests.desk.api.office import VILLAGE
from tests.desk.pages.desk_office import DeskOffice, Officer
from tests.desk.pages.people.staffed import BUDI, JOKO, SITI, staff

CODE = re.compile(r"<code>([0-9A-Z]{4}-[0-9A-Z]{4})</code>")


def test_the_roster_is_listed_and_searched(desk_office: DeskOffice, umi: Officer) -> None:
    posts = staff(desk_office)
    page = umi.get("/people").text
    assert page.index("Dewi Contoh") < page.index("Siti Contoh") < page.index("Budi Contoh")
    assert "Joko" not in page
    assert "Telegram" in page
    assert page.count("not connected yet") == 2
    assert "Siti Contoh" in umi.get(f"/people?area={VILLAGE}&q=siti").text
    assert "Budi" not in umi.get("/people?q=siti").text
    assert f"/people/posts/{posts['Budi']}" in umi.get("/people?q=0800 0000 302").text
    assert "Nothing matches" in umi.get("/people?q=0800 0000 304").text
    assert "Dewi" not in umi.get("/people?role=ptps").text
    assert "Siti" not in umi.get("/people?only=silent").text
    umi.post(f"/people/posts/{posts['Budi']}/end")
    assert "1 vacant" in umi.get("/people").text
    assert f"/people/posts/{posts['Budi']}" in umi.get("/people?only=vacant").text


def test_the_country_is_entered_by_its_provinces(desk_office: DeskOffice) -> None:
    staff(desk_office)
    ri = desk_office.officer(Role.RI, "").enter()
    page = ri.get("/people").text
    assert "/desk/people?area=63" in page
    assert "Siti" not in page
    assert "Joko Contoh" in ri.get("/people?area=64").text


def test_a_post_is_handed_over(desk_office: DeskOffice, umi: Officer) -> None:
    post = staff(desk_office)["Siti"]
    page = umi.get(f"/people/posts/{post}").text
    assert SITI in page
    path = f"/people/posts/{post}/hand"
    refused = umi.post(path, name="Rahma", phone="12")
    assert refused.status_code == 409
    assert "is not a phone number" in refused.text
    assert 'value="Rahma"' in refused.text
    assert umi.post(path, name="Rahma Contoh", phone="0800 0000 305").status_code == 303
    page = umi.get(f"/people/posts/{post}").text
    assert "+628000000305" in page
    assert page.count("Rahma Contoh") == 2
    assert "Siti Contoh" in page
    assert desk_office.audit(f"post:{post}") == ["post.handed"]
    assert umi.post(f"/people/posts/{post}/end").status_code == 303
    assert umi.post(f"/people/posts/{post}/end").status_code == 409
    assert desk_office.audit(f"post:{post}") == ["post.handed", "post.ended"]


def test_whoever_holds_a_post_moves_only_when_that_was_said(desk_office: DeskOffice, umi: Officer) -> None:
    posts = staff(desk_office)
    path = f"/people/posts/{posts['Siti']}/hand"
    asked = umi.post(path, name="Budi Contoh", phone=BUDI)
    assert asked.status_code == 409
    assert "that post falls vacant" in asked.text
    assert umi.post(path, name="Budi Contoh", phone=BUDI, moves="1").status_code == 303
    assert "Budi Contoh" in umi.get(f"/people/posts/{posts['Siti']}").text
    assert "Nobody holds it" in umi.get(f"/people/posts/{posts['Budi']}").text
    elsewhere = umi.post(path, name="Joko Contoh", phone=JOKO, moves="1")
    assert elsewhere.status_code == 409
    assert "Loa Janan" not in elsewhere.text
    with desk_office.store.reading() as book:
        joko = book.people.by_phone(JOKO)
    assert joko
    assert joko.posts


def test_a_card_lets_its_person_in_once_and_the_next_takes_its_place(
    desk_office: DeskOffice, umi: Officer
) -> None:
    posts = staff(desk_office)
    cards = umi.post("/people/cards", area="64.72").text
    first = CODE.findall(cards)
    assert len(first) == 2
    assert "Siti" not in cards  # she writes already
    assert cards.count('role="img"') == 2
    one = CODE.findall(umi.post("/people/cards", post=str(posts["Budi"])).text)
    with desk_office.store.begin() as book:
        assert [bool(book.invitations.find(code, desk_office.now)) for code in (*first, *one)] == [
            True,
            False,
            True,
        ]
        found = book.invitations.find(one[0], desk_office.now)
        budi = book.people.by_phone(BUDI)
        assert found
        assert budi
        assert found.person_id == budi.id
    assert desk_office.audit("area:64.72") == ["people.invited", "people.invited"]


@pytest.mark.parametrize("text", ["K7Q2M9TD", "https://t.me/lapor_contoh_bot?start=K7Q2M9TD"])
def test_a_code_is_drawn_as_bars_that_cover_its_dark_modules(text: str) -> None:
    drawn, matrix = draw(text), segno.make(text, error="m", micro=False).matrix
    dark = {(x + 4, y + 4) for y, line in enumerate(matrix) for x, module in enumerate(line) if module}
    bars = re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", drawn.path)
    covered = [(int(x) + step, int(y)) for x, y, length in bars for step in range(int(length))]
    assert len(covered) == len(set(covered))
    assert set(covered) == dark
    assert drawn.size == len(matrix) + 8
