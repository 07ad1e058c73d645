"""Kept views: links of one officer, to their own filters; nobody else's business."""

from html import unescape
from urllib.parse import parse_qs

from storage.views import MOST
from tests.desk.pages.desk_office import DeskOffice, Officer


def keep(who: Officer, name: str, query: str) -> str:
    answer = who.post("/cases/views", name=name, query=query)
    assert answer.status_code == 303
    return str(answer.headers["Location"])


def test_a_filter_is_kept_shown_as_a_link_and_dropped(desk_office: DeskOffice, umi: Officer) -> None:
    desk_office.opens(title="Pembagian sembako")
    where = keep(umi, "  Sembako <kita> ", "q=dibagikan&mine=&state=diterima&evil=1&after=x")
    assert parse_qs(where.partition("?")[2]) == {"q": ["dibagikan"], "state": ["diterima"], "done": ["view"]}
    page = unescape(umi.get("/cases").text)
    assert '<a class="tag" href="/desk/cases?q=dibagikan&state=diterima">Sembako <kita></a>' in page
    assert "<kita>" not in umi.get("/cases").text
    there = umi.get("/cases?q=dibagikan&state=diterima").text
    assert "Pembagian sembako" in there
    assert 'aria-current="page">Sembako' in there
    with desk_office.store.reading() as book:
        (view,) = book.views.of(umi.member.id)
    umi.post("/cases/views/drop", view=str(view.id))
    assert "Sembako" not in umi.get("/cases?q=zzz").text


def test_another_officer_neither_sees_nor_drops_it(desk_office: DeskOffice, umi: Officer) -> None:
    keep(umi, "Punya Umi", "mine=1")
    other = desk_office.officer(umi.role, umi.area, "lain@contoh.example").enter()
    assert "Punya Umi" not in other.get("/cases").text
    with desk_office.store.reading() as book:
        (view,) = book.views.of(umi.member.id)
    gone = other.post("/cases/views/drop", view="9999")
    tried = other.post("/cases/views/drop", view=str(view.id))
    assert (gone.status_code, gone.headers["Location"]) == (tried.status_code, tried.headers["Location"])
    assert "Punya Umi" in umi.get("/cases").text


def test_one_of_a_name_and_not_too_many(desk_office: DeskOffice, umi: Officer) -> None:
    with desk_office.store.begin() as book:
        for n in range(MOST):
            assert book.views.keep(umi.member.id, f"Tampilan {n}", f"q={n}", desk_office.now)
    keep(umi, "tampilan 3", "q=baru")
    assert umi.post("/cases/views", name="Satu lagi", query="q=1").status_code == 409
    with desk_office.store.reading() as book:
        queries = [one.query for one in book.views.of(umi.member.id)]
    assert len(queries) == MOST
    assert "q=baru" in queries
    assert "q=3" not in queries


def test_nothing_to_keep_is_no_view(desk_office: DeskOffice, umi: Officer) -> None:
    assert keep(umi, "Kosong", "evil=1") == "/desk/cases"
    assert umi.post("/cases/views/drop", view="'; --").status_code == 404
