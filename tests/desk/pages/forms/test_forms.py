"""Forms at the desk: broken, understood, mended, tried, published, compared."""

import re

import pytest

from core.model.people import Role
from desk.workbook import as_kind
from tests.desk.pages.desk_office import DeskOffice, Officer
from tests.desk.pages.forms.brought import BROKEN, FORM, SECOND, check, publish
from tests.desk.pages.people.staffed import ON_ONE_ENGINE, bring


@pytest.fixture
def author(desk_office: DeskOffice) -> Officer:
    return desk_office.officer(Role.PROVINSI, "64").enter()


def versions(office: DeskOffice) -> list[str]:
    with office.store.reading() as book:
        return [f"{one.name} {one.version}" for one in book.forms.versions()]


@ON_ONE_ENGINE
def test_every_problem_is_told_at_once_beside_its_row(desk_office: DeskOffice, author: Officer) -> None:
    page = author.get(check(author, BROKEN)).text
    for row, column in ((2, "type"), (3, "constraint"), (4, "type"), (5, "relevant")):
        assert f"survey, row {row}, column {column}" in page
    assert "4 things to mend" in page
    for row in (2, 3, 4, 5):
        assert f'href="#survey-{row}"' in page
        assert f'<tr id="survey-{row}" class="error">' in page
    assert page.count('<td class="error">') == 4
    assert '<tr id="choices-2">' in page
    assert "Publish" not in page
    assert "/try" not in page


def test_mended_it_is_compared_and_published(desk_office: DeskOffice, author: Officer) -> None:
    publish(desk_office)
    broken = check(author, BROKEN)
    path = check(author, SECOND, instead=broken[-12:])
    assert author.get(broken).status_code == 404
    page = author.get(path).text
    assert "Against version 1, in force now" in page
    assert re.search(r"<del>.*Berapa pemilih\?</del>\s*<ins>.*Berapa pemilih DPT\?</ins>", page)
    assert versions(desk_office) == ["buka 1"]
    assert author.post(f"{path}/publish").headers["Location"].endswith("/forms?done=form_published")
    assert versions(desk_office) == ["buka 1", "buka 2"]
    assert desk_office.audit("form:buka") == ["form.published"]
    assert author.get(path).status_code == author.post(f"{path}/publish").status_code == 404
    page = author.get("/forms").text
    assert "buka · version 2" in page
    assert "Earlier versions (1)" in page
    compared = author.get("/forms/compare?name=buka&from=1&to=2").text
    assert "Berapa pemilih DPT?" in compared
    assert "Nothing changed" in author.get("/forms/compare?name=buka&from=2&to=2").text
    sheet = author.get("/forms/sheet?name=buka&version=1").text
    assert '<tr id="survey-3">' in sheet
    assert "Berapa pemilih?" in sheet


def test_a_version_is_never_published_twice(desk_office: DeskOffice, author: Officer) -> None:
    publish(desk_office)
    other = check(author, FORM.replace("Lengkap?", "Sudah lengkap?"))
    assert "The version is taken" in author.get(other).text
    refused = author.post(f"{other}/publish")
    assert refused.status_code == 409
    assert "buka version 1 is published with other content" in refused.text
    assert author.post(f"{check(author, FORM)}/publish").status_code == 303  # the very same does no harm
    assert versions(desk_office) == ["buka 1"]


def test_a_form_is_tried_and_nothing_is_filed(desk_office: DeskOffice, author: Officer) -> None:
    path = check(author, SECOND)
    page = author.get(f"{path}/try").text
    assert "Jam berapa dibuka?" in page
    assert '<tr id="survey-2" class="asked"' in page
    author.post(f"{path}/try", text="ngawur <b>")
    page = author.get(f"{path}/try").text
    assert "ngawur &lt;b&gt;" in page
    for text in ("jam 7 lewat 20", "120"):
        answer = author.post(f"{path}/try", text=text)
        assert answer.headers["Location"].endswith(f"{path}/try#last")
    page = author.get(f"{path}/try").text
    assert '<td class="answer">07:20:00.000+08:00</td>' in page
    assert '<tr id="survey-4" class="asked"' in page
    no = re.search(r'value="([^"]+)">Tidak<', page)
    assert no
    author.post(f"{path}/try", choice=no[1])
    author.post(f"{path}/try", text="Tinta")
    author.post(f"{path}/try", choice="c:send")
    page = author.get(f"{path}/try").text
    assert "Done. So the report would be filed" in page
    assert '<td class="answer">Tinta</td>' in page
    with desk_office.store.reading() as book:
        assert book.reports.of_person(1, 5) == []
        assert book.sessions.peek("person:1") is None
    author.post(f"{path}/try", anew="1")
    page = author.get(f"{path}/try").text
    assert "Tinta" not in page
    assert '<tr id="survey-2" class="asked"' in page


@ON_ONE_ENGINE
def test_whoever_is_no_author_tries_what_is_published(desk_office: DeskOffice, umi: Officer) -> None:
    publish(desk_office)
    page = umi.get("/forms").text
    assert "Bring a form" not in page
    answer = umi.post("/forms/try", name="buka", version="1")
    tried = umi.get(answer.headers["Location"].removeprefix("/desk")).text
    assert "TPS 001, Sidodadi" in tried
    path = answer.headers["Location"].removeprefix("/desk").removesuffix("/try")
    assert "Publish" not in umi.get(path).text
    assert umi.post(f"{path}/publish").status_code == 404
    assert bring(umi, "/forms/check", "buka.md", FORM.encode()).status_code == 404
    assert umi.post("/forms/try", name="buka", version="7").status_code == 404


@ON_ONE_ENGINE
def test_a_published_form_is_given_back(desk_office: DeskOffice, author: Officer) -> None:
    publish(desk_office)
    file = author.get("/forms/file?name=buka&version=1")
    assert file.content == FORM.encode()
    assert file.headers["Content-Disposition"] == 'attachment; filename="buka.md"'
    excel = author.get("/forms/file?name=buka&version=1&kind=xlsx")
    path = bring(author, "/forms/check", "buka.xlsx", excel.content).headers["Location"].removeprefix("/desk")
    assert "Ready to use" in author.get(path).text
    for path in ("/forms/file?name=buka&version=2", "/forms/sheet?name=buka&version=2", "/forms/sheet",
                 "/forms/compare?name=buka&from=1&to=2", "/forms/compare"):  # fmt: skip
        assert author.get(path).status_code == 404


HOSTILE = (
    ("buka.exe", FORM.encode(), 409),
    ("buka.md", b"", 409),
    ("buka.xlsx", b"PK\x03\x04 broken", 303),
    ("buka.xls", b"\xd0\xcf\x11\xe0", 303),
    ("buka.md", b"\xff\xfe nothing", 303),
    ("buka.csv", b"a,b\n", 303),
    ("buka.md", b"| survey |\n| | type | name |\n| | <script> | x |", 303),
)


@ON_ONE_ENGINE
def test_hostile_files_are_problems_in_words(author: Officer) -> None:
    for name, content, status in HOSTILE:
        answer = bring(author, "/forms/check", name, content)
        assert answer.status_code == status, answer.text
        path = answer.headers.get("Location", "").removeprefix("/desk")
        page = author.get(path).text if path else answer.text
        assert 'class="error"' in page or 'role="alert"' in page
        assert "<script>" not in page


def test_a_form_is_its_authors_alone(desk_office: DeskOffice, author: Officer) -> None:
    path = check(author, SECOND)
    other = desk_office.officer(Role.PROVINSI, "64", "lain@contoh.example").enter()
    mark = other.mark()
    for method, way in (
        ("GET", ""),
        ("GET", "/try"),
        ("POST", "/try"),
        ("POST", "/publish"),
        ("POST", "/drop"),
    ):
        here, nowhere = f"{path}{way}", f"/forms/drafts/AAAAAAAAAAAA{way}"
        pages = [other.get(one) if method == "GET" else other.post(one, csrf=mark) for one in (here, nowhere)]
        assert [one.status_code for one in pages] == [404, 404]
        assert pages[0].text.replace(path[-12:], "") == pages[1].text.replace("A" * 12, "")
    assert "buka.md" not in other.get("/forms").text
    assert author.post(f"{path}/drop").status_code == 303
    assert author.get(path).status_code == 404


@ON_ONE_ENGINE
def test_excel_is_read_as_markdown_is(author: Officer) -> None:
    excel = as_kind(BROKEN.encode(), "xlsx")
    assert excel
    path = bring(author, "/forms/check", "buka.xlsx", excel).headers["Location"].removeprefix("/desk")
    assert "4 things to mend" in author.get(path).text
