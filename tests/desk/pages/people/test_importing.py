"""A roster brought to the desk: faults, preview, mended, taken in; and what is no roster."""

import re

from core.model.people import Role
from desk.pages.uploads import ROSTER_LIMIT
from tests.desk.api.office import VILLAGE
from tests.desk.pages.desk_office import Answer, DeskOffice, Officer
from tests.desk.pages.people.staffed import JOKO, ON_ONE_ENGINE, SITI, bring, staff

HEAD = "nama,telepon,jabatan,wilayah,tps\n"
GOOD = "Rahma Contoh,08000000311,PTPS,Sidodadi,001\nLina Contoh,08000000312,PKD,Sidodadi,\n"
BAD = (
    "Agus Contoh,08000000313,Pengawas Laut,Sidodadi,\n"
    ",,PTPS,Sidodady,7\n"
    f"Yusuf Contoh,08000000314,Panwascam,64.02.06,\nHasan Contoh,{JOKO},PTPS,Sidodadi,4\n"
)


def brought(who: Officer, text: str, name: str = "roster.csv", **fields: str) -> str:
    """The page that it leads to."""
    answer = bring(who, "/people/import", name, text.encode(), **fields)
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"].removeprefix("/desk")


def holders(office: DeskOffice) -> set[str]:
    with office.store.reading() as book:
        return {f"{one.name} {one.posts[0].area}" for one in book.people.every()}


def test_faults_are_told_mended_and_the_roster_taken_in(desk_office: DeskOffice, umi: Officer) -> None:
    staff(desk_office)
    before = holders(desk_office)
    path = brought(umi, HEAD + GOOD + BAD)
    page = umi.get(path).text
    for told in (
        "Row 4, column jabatan",
        "Row 5, column nama",
        "Row 5, column telepon",
        "Row 5, column wilayah",
    ):
        assert told in page
    assert "64.02.06 lies outside your area" in page
    assert "Row 7, column telepon: this number" in re.sub("</strong><p>", ": ", page)
    assert "4 rows need mending" in page
    assert "New people: 2" in page
    assert "Siti Contoh → Rahma Contoh" in page
    assert holders(desk_office) == before  # a preview changes nothing
    mended = brought(umi, HEAD + GOOD + "Agus Contoh,08000000313,PTPS,Sidodadi,5\n", instead=path[-12:])
    assert umi.get(path).status_code == 404
    page = umi.get(mended).text
    assert "need mending" not in page
    assert umi.post(f"{mended}/confirm").headers["Location"].startswith("/desk/people?done=import")
    assert f"Rahma Contoh {VILLAGE}.001" in holders(desk_office)
    assert f"Agus Contoh {VILLAGE}.005" in holders(desk_office)
    assert "Joko Contoh 64.02.06" in holders(desk_office)
    assert desk_office.audit("area:64.72") == ["people.imported"]
    assert umi.get(mended).status_code == umi.post(f"{mended}/confirm").status_code == 404


def test_what_changed_since_the_preview_is_shown_before_it_is_done(
    desk_office: DeskOffice, umi: Officer
) -> None:
    posts = staff(desk_office)
    path = brought(umi, HEAD + GOOD)
    umi.post(f"/people/posts/{posts['Siti']}/end")
    before = holders(desk_office)
    again = umi.post(f"{path}/confirm")
    assert again.status_code == 409
    assert "Something has changed meanwhile" in again.text
    assert holders(desk_office) == before
    found = re.search(r"/desk(/people/import/[0-9A-Z]+)/confirm", again.text)
    assert found
    assert umi.post(f"{found[1]}/confirm").status_code == 303
    assert f"Rahma Contoh {VILLAGE}.001" in holders(desk_office)


def test_a_draft_is_discarded(desk_office: DeskOffice, umi: Officer) -> None:
    path = brought(umi, HEAD + GOOD)
    assert "roster.csv" in umi.get("/people/import").text
    assert umi.post(f"{path}/drop").status_code == 303
    assert umi.get(path).status_code == 404
    assert holders(desk_office) == set()


NO_ROSTER = (
    ("roster.xlsx", b"PK\x03\x04 no workbook", "is not an Excel workbook"),
    ("roster.csv", b"\x00\x01", "is not a CSV table"),
    ("roster.csv", b"a,b\n1,2\n", "headings were not found"),
    ("roster.exe", b"nama,telepon", "neither .xlsx nor .csv"),
    ("roster", b"nama,telepon", "neither .xlsx nor .csv"),
    ("roster.csv", b"", "Choose a file first"),
    ("", b"", "Choose a file first"),
)
NAMES = {
    "../../etc/<b>roster</b>.csv": ">b&gt;.csv</h1>",
    "C:\\data\\roster.csv": ">roster.csv</h1>",
    "r\u202eoster.csv": ">roster.csv</h1>",
    f"{'a' * 300}.csv": f">{'a' * 76}.csv</h1>",
    '"onload=".csv': ">%22onload=%22.csv</h1>",
}
"""What a file calls itself, and what is shown of it; httpx sends a quote as %22, as browsers do."""


@ON_ONE_ENGINE
def test_what_is_no_roster_is_refused_in_words(umi: Officer) -> None:
    for name, content, said in NO_ROSTER:
        answer = bring(umi, "/people/import", name, content)
        assert answer.status_code == 409
        assert said in answer.text


@ON_ONE_ENGINE
def test_a_name_is_only_ever_shown(umi: Officer) -> None:
    for name, shown in NAMES.items():
        page = umi.get(brought(umi, HEAD + GOOD, name)).text
        assert shown in page
        assert not any(bad in page for bad in ("<b>", "etc", "C:", "\u202e"))


@ON_ONE_ENGINE
def test_too_much_is_not_read(umi: Officer) -> None:
    assert bring(umi, "/people/import", "roster.csv", b"x" * (ROSTER_LIMIT + 40_000)).status_code == 413
    assert bring(umi, "/people/import", "roster.csv", b"x" * 100_000).status_code == 409


@ON_ONE_ENGINE
def test_a_file_comes_from_our_own_page(desk_office: DeskOffice, umi: Officer) -> None:
    def sent(mark: str, origin: str) -> Answer:
        headers = {"Sec-Fetch-Site": "same-origin", "Origin": origin}
        files = {"file": ("roster.csv", (HEAD + GOOD).encode())}
        return umi.browser.post("/desk/people/import", data={"csrf": mark}, files=files, headers=headers)

    assert sent(umi.mark(), "https://evil.example").status_code == 403
    assert sent("0" * 64, "https://lapor.example.org").status_code == 403
    assert sent(umi.mark(), "https://lapor.example.org").status_code == 303


def test_the_province_moves_people_between_its_areas(desk_office: DeskOffice) -> None:
    staff(desk_office)
    province = desk_office.officer(Role.PROVINSI, "64").enter()
    path = brought(
        province,
        f'{HEAD}Joko Contoh,{JOKO},PTPS,"Sidodadi, Samarinda Ulu",9\nSiti C.,{SITI},PTPS,Sidodadi,1\n',
    )
    page = province.get(path).text
    assert "need mending" not in page
    assert "Posts that fall vacant: 1" in page or "vacant" in page
    assert province.post(f"{path}/confirm").status_code == 303
    assert {f"Joko Contoh {VILLAGE}.009", f"Siti C. {VILLAGE}.001"} <= holders(desk_office)
