"""One page, with every code and the example as it is to be typed."""

import pytest

from core.forms.guide import guide_of
from desk.papers import draw_guide
from lapordesk.workbooks import bundled
from tests.core.dialogue.phone import form_of
from tests.desk.papers.papers import NOW, pages, text


@pytest.mark.parametrize("name", ["hitung", "pungut", "situasi"])
@pytest.mark.parametrize("language", ["id", "en"])
def test_a_page(name: str, language: str) -> None:
    source = next(file for file in bundled() if file.stem == name).read_text(encoding="utf-8")
    guide = guide_of(form_of(source), language)
    assert guide is not None
    page = draw_guide(guide, "+628000000000", "64", NOW, language)
    assert len(pages(page)) == 1
    words = " ".join(text(page).split())
    assert guide.example in words
    assert "+628000000000" in words
    assert all(code.code in words for code in guide.codes)
