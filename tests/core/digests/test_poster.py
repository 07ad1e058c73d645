from dataclasses import replace

import pytest

from core.digests.poster import TOPICS, poster
from core.digests.tiles import MOST
from tests.core.digests.weeks import KUKAR, PROVINCE, QUIET, TERRIBLE, UNKNOWN


def test_the_share_stands_beside_last_weeks() -> None:
    shown = poster(KUKAR, "id")
    assert (shown.share.value, shown.share.mark, shown.before.value) == ("87 %", "perhatian", "82 %")


def test_the_days_add_up_to_the_week() -> None:
    bars = poster(KUKAR, "id").bars
    assert [bar.label for bar in bars] == ["Sen", "Sel", "Rab", "Kam", "Jum", "Sab", "Min"]
    assert [bar.told for bar in bars] == [5, 16, 33, 55, 87, 139, 206]
    assert [bar.due for bar in bars] == [0, 0, 0, 0, 0, 0, 237]


def test_every_area_has_its_share_its_mark_and_its_place() -> None:
    tiles = {tile.name: tile for tile in poster(KUKAR, "id").tiles}
    assert len({(tile.column, tile.row) for tile in tiles.values()}) == 20
    kayu, muntai, sebulu = tiles["Marang Kayu"], tiles["Muara Muntai"], tiles["Sebulu"]
    assert (kayu.figure, kayu.mark, kayu.detail) == ("18 %", "masalah", "9 belum")
    assert (muntai.figure, muntai.mark, muntai.detail) == ("100 %", "aman", "lengkap")
    assert (sebulu.figure, sebulu.mark, sebulu.detail) == ("93 %", "perhatian", "1 belum")


def test_a_province_shows_who_has_confirmed() -> None:
    shown = poster(PROVINCE, "id")
    notes = {tile.name: tile.note for tile in shown.tiles}
    assert (notes["Paser"], notes["Mahakam Ulu"]) == ("sudah konfirmasi", "belum konfirmasi")
    assert [(figure.label, figure.value) for figure in shown.figures][-1] == ("Konfirmasi", "7/10")
    assert all(not tile.note for tile in poster(KUKAR, "id").tiles)


def test_more_areas_than_fit_leave_those_that_owe_nothing_out_first() -> None:
    many = tuple(
        replace(KUKAR.parts[16 if n >= MOST else 0], code=f"64.02.{n:03}", name=f"Contoh {n}")
        for n in range(MOST + 8)
    )
    tiles = poster(replace(KUKAR, parts=many), "id").tiles
    assert len(tiles) == MOST
    assert [tile.name for tile in tiles[:8]] == [f"Contoh {MOST + n}" for n in range(8)]
    assert (tiles[-1].name, tiles[-1].detail) == ("+9 lagi", "lihat buku kerja")


def test_topics_in_trouble_stand_first_and_those_without_a_place_are_counted() -> None:
    shown = poster(replace(KUKAR, topics=KUKAR.topics * 2), "id")
    assert len(shown.topics) == TOPICS
    assert [topic.mark for topic in shown.topics[:2]] == ["masalah", "masalah"]
    assert shown.topics_title == "Topik (+6 lagi di buku kerja)"


def test_what_is_missing_is_said() -> None:
    shown = poster(UNKNOWN, "id")
    assert (shown.share.value, shown.share.mark, shown.share_of) == ("–", "belum", "tidak ada yang ditunggu")
    assert (shown.map_empty, shown.topics_empty) == (
        "Belum ada wilayah di bawahnya",
        "Tidak ada topik pekan ini",
    )
    assert [bar.value for bar in shown.bars] == ["0"] * 7


@pytest.mark.parametrize(("week", "marked"), [(QUIET, set()), (TERRIBLE, {"Lewat tenggat"})])
def test_only_trouble_draws_the_eye(week: object, marked: set[str]) -> None:
    clocks = poster(week, "id").clocks  # type: ignore[arg-type]
    assert {figure.label for figure in clocks if figure.mark == "masalah"} == marked


def test_a_digest_that_came_late_says_so() -> None:
    assert poster(TERRIBLE, "id").as_of == "Disusun menyusul; angkanya per Senin 25 Nov, 07.00 WITA."
    assert poster(KUKAR, "en").as_of == "Figures of Monday 25 Nov, 07:00 WITA"
