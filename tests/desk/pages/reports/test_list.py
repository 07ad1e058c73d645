"""The list of reports: what is narrowed, what is apart, page after page."""

import re
from datetime import timedelta

from core.model.records import Flag
from tests.desk.pages.desk_office import DeskOffice, Officer
from tests.desk.pages.reports.filed import FAR, TPS, VILLAGE, Filed

ROW = re.compile(r'<a href="/desk/reports/(P-[0-9A-Z]{3}-[0-9A-Z]{3})">')


def listed(who: Officer, query: str = "") -> list[str]:
    answer = who.get(f"/reports{query}")
    assert answer.status_code == 200, answer.text
    return ROW.findall(answer.text)


def test_reports_stand_with_their_seat_the_latest_first(
    desk_office: DeskOffice, umi: Officer, filed: Filed
) -> None:
    first = filed.file(lancar="ya")
    desk_office.later(minutes=5)
    second = filed.file(VILLAGE, lancar="tidak")
    filed.file(FAR)
    assert listed(umi) == [second, first]
    page = umi.get("/reports").text
    assert "012 Sidodadi, Samarinda Ulu" in page
    assert "Ani Contoh" in page
    assert "Voting" in page


def test_each_filter_narrows(desk_office: DeskOffice, umi: Officer, filed: Filed) -> None:
    plain = filed.file()
    odd = filed.file(TPS, Flag("suara/sah", "lebih dari pemilih"), suara__sah="900")
    nothing = filed.nihil()
    gone, mended = filed.file(), filed.file()
    filed.withdraw(gone)
    filed.correct(mended, lancar="ya")
    apart = filed.file(practice=True)
    late = filed.file(at=desk_office.now + timedelta(days=3))
    every = {plain, odd, nothing, gone, mended, late}
    wanted = {
        "": every,
        "?flagged=1": {odd},
        "?nihil=1": {nothing},
        "?withdrawn=1": {gone},
        "?corrected=1": {mended},
        "?practice=1": {apart},
        "?unverified=1": every,
        "?form=pungut": every,
        "?form=lain": set(),
        "?stage=pungut-hitung": every,
        "?stage=kampanye": set(),
        "?duty=pilkada/pungut": set(),
        f"?area={VILLAGE}": every,
        f"?area={TPS}": every - {nothing},
        "?from=2024-11-23": {late},
        "?to=2024-11-22": every - {late},
        "?from=2024-11-20&to=2024-11-20&flagged=1": {odd},
        "?from=yesterday&to=9999-12-31": every,
    }
    assert {query: set(listed(umi, query)) for query in wanted} == wanted


def test_a_long_list_goes_on(desk_office: DeskOffice, umi: Officer, filed: Filed) -> None:
    numbers = []
    for _ in range(28):
        numbers.append(filed.file())
        desk_office.later(seconds=1)
    first = listed(umi)
    following = re.search(r'href="/desk/reports\?([^"]+)" rel="next"', umi.get("/reports").text)
    assert following
    rest = listed(umi, "?" + following[1].replace("&amp;", "&"))
    assert first + rest == numbers[::-1]
    assert umi.get("/reports?after=P-000-000.abc").status_code == 404


def test_a_bad_area_is_no_way_out_of_ones_own(umi: Officer, filed: Filed) -> None:
    far = filed.file(FAR)
    for area in ("64", FAR, "64.7", "' OR 1=1"):
        assert far not in listed(umi, f"?area={area}")
