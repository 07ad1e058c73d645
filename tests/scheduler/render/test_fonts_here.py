"""A machine whose libraries cannot draw with our letters is told so before the first Monday."""

import re
from io import BytesIO
from pathlib import Path

import pytest
import typst
from PIL import ImageFont

from scheduler.render import fonts_here

HERE = Path(__file__).parents[3]


def test_here_everything_is_there() -> None:
    assert fonts_here.fault() == ""


def test_a_file_that_no_freetype_here_can_read_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts_here, "content", lambda _: BytesIO(b"wOF2 of another world"))
    assert fonts_here.fault().startswith("OSError: ")


def test_a_file_that_was_left_out_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_: object) -> BytesIO:
        raise FileNotFoundError("dejavu-sans-latin-400-normal.woff2")

    monkeypatch.setattr(fonts_here, "content", missing)
    assert fonts_here.fault() == "FileNotFoundError: dejavu-sans-latin-400-normal.woff2"


def test_a_pillow_without_freetype_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def without(*_: object) -> None:
        raise ImportError("The _imagingft C module is not installed")

    monkeypatch.setattr(ImageFont, "truetype", without)
    assert "_imagingft" in fonts_here.fault()


def test_a_typst_without_its_fonts_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    nothing = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False)
    monkeypatch.setattr(fonts_here, "fonts", lambda: nothing)
    assert fonts_here.fault() == "typst: DejaVu Sans Mono, Libertinus Serif"


def test_pages_and_papers_name_these_and_no_others() -> None:
    templates = [*HERE.glob("scheduler/render/*.typ"), *HERE.glob("desk/papers/*.typ")]
    named = {name for one in templates for name in re.findall(r'font: "([^"]+)"', one.read_text())}
    assert named == fonts_here.OF_PAGES
