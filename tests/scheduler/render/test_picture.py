"""The pictures, compared pixel by pixel with those that were looked at; `--update` writes them anew."""

import subprocess
import sys
from dataclasses import replace
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from core.digests.digest import Digest
from core.digests.poster import poster
from scheduler.render.picture import draw, draw_picture
from tests.core.digests.random_digests import digests
from tests.core.digests.weeks import KUKAR, PROVINCE, WEEKS
from tests.scheduler.render.watched import WatchedCanvas

PICTURES = Path(__file__).parent / "pictures"
SMALL = 150_000
SHOWN = [(name, "id") for name in WEEKS] + [("kukar", "en")]
AGAIN = """
from hashlib import sha256
from scheduler.render.picture import draw_picture
from tests.core.digests.weeks import KUKAR
print(sha256(draw_picture(KUKAR, "id")).hexdigest())
"""


@pytest.mark.parametrize(("name", "language"), SHOWN)
def test_the_picture_is_the_one_that_was_looked_at(
    name: str, language: str, request: pytest.FixtureRequest
) -> None:
    drawn = draw_picture(WEEKS[name], language)
    kept = PICTURES / f"{name}-{language}.png"
    if request.config.getoption("--update"):
        kept.write_bytes(drawn)
    assert kept.exists(), "run with --update and look at it"
    now, then = Image.open(BytesIO(drawn)).convert("RGB"), Image.open(kept).convert("RGB")
    assert now.size == then.size == (1080, 1350)
    assert now.tobytes() == then.tobytes(), f"{kept.name} differs: run with --update and look at it"


@pytest.mark.parametrize("name", WEEKS)
def test_a_picture_is_small(name: str) -> None:
    assert len(draw_picture(WEEKS[name], "id")) < SMALL


def test_another_process_draws_the_same_bytes() -> None:
    there = subprocess.run([sys.executable, "-c", AGAIN], check=True, capture_output=True, text=True).stdout
    assert there.strip() == sha256(draw_picture(KUKAR, "id")).hexdigest()


def test_one_figure_more_is_another_picture() -> None:
    other = replace(KUKAR, tally=replace(KUKAR.tally, late=13))
    assert draw_picture(other, "id") != draw_picture(KUKAR, "id")


def test_every_area_is_named_in_full() -> None:
    canvas = WatchedCanvas()
    draw(canvas, poster(PROVINCE, "id"))
    said = " ".join(canvas.said)
    assert all(part.name in said for part in PROVINCE.parts)
    assert "…" not in said


@pytest.mark.parametrize("name", WEEKS)
def test_nothing_of_a_week_leaves_its_box(name: str) -> None:
    draw(WatchedCanvas(), poster(WEEKS[name], "id"))


@settings(max_examples=60)
@given(digests(), st.sampled_from(["id", "en"]))
def test_nothing_ever_leaves_its_box(digest: Digest, language: str) -> None:
    draw(WatchedCanvas(), poster(digest, language))
