"""The page for the meeting: one, whatever comes, and no word of it is taken for an instruction."""

from dataclasses import replace
from io import BytesIO

import pytest
from hypothesis import given, settings
from pypdf import PdfReader

from core.digests.digest import Digest
from scheduler.render.paper import make_paper
from tests.core.digests.random_digests import digests
from tests.core.digests.weeks import KUKAR, PROVINCE, UNKNOWN, WEEKS

MARKUP = '#panic("x") $x^2$ *tebal* _miring_ @rujukan <label> \\ #include "x"'


def words(made: bytes) -> str:
    return " ".join(PdfReader(BytesIO(made)).pages[0].extract_text().split())


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("name", WEEKS)
def test_it_is_one_page_of_a4(name: str, language: str) -> None:
    pages = PdfReader(BytesIO(make_paper(WEEKS[name], language))).pages
    assert len(pages) == 1
    assert [round(float(side)) for side in pages[0].mediabox[2:]] == [595, 842]


def test_it_has_the_areas_topics_decisions_and_room_to_sign() -> None:
    said = words(make_paper(PROVINCE, "id"))
    for part in ("Kutai Barat 194 90 44 60 69 %", "Netralitas Masalah", "Selasa 26 Nov", "Catatan rapat"):
        assert part in said
    assert said.count("Nama, tanda tangan") == 2


def test_a_week_of_nothing_says_that_there_is_nothing() -> None:
    assert words(make_paper(UNKNOWN, "id")).count("Tidak ada.") == 3


def test_markup_stands_as_it_was_written() -> None:
    topic = replace(KUKAR.topics[0], note=MARKUP, mark="masalah")
    said = words(make_paper(replace(KUKAR, name="#contoh *A*", topics=(topic,)), "id"))
    assert "#contoh *A*" in said
    assert '#panic("x")' in said
    assert "*tebal*" in said


def test_more_areas_than_fit_are_counted() -> None:
    many = tuple(replace(KUKAR.parts[0], code=f"64.02.{n}") for n in range(30))
    assert "Dan 10 wilayah lain" in words(make_paper(replace(KUKAR, parts=many), "id"))


def test_the_same_digest_gives_the_same_bytes_and_another_does_not() -> None:
    assert make_paper(KUKAR, "id") == make_paper(KUKAR, "id")
    assert make_paper(KUKAR, "id") != make_paper(replace(KUKAR, findings=7), "id")


@settings(max_examples=20)
@given(digests())
def test_whatever_comes_it_is_one_page(digest: Digest) -> None:
    assert len(PdfReader(BytesIO(make_paper(digest, "id"))).pages) == 1
