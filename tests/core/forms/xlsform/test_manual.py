"""The manual for authors names everything that a form may hold."""

import re
from pathlib import Path

import pytest

from core.forms.form import Kind
from core.forms.marks import DOCUMENT, FORMAL, IDENTITY, MATERIEL, MULTILINE
from core.forms.xlsform import compile_form
from core.forms.xlsform.columns import CHOICES, SETTINGS, SURVEY
from core.forms.xlsform.purpose import AUDIENCES, CADENCES, KINDS, READERS, STAGES
from core.forms.xlsform.sheets import LARGEST_FILE, MOST_ROWS
from core.forms.xlsform.types import NOT_IN_CHAT

MANUAL = (Path(__file__).parents[4] / "docs" / "forms.md").read_text()
CODE = set(re.findall(r"`([^`\n]+)`", MANUAL))
WORDS = {word for code in CODE for word in re.split(r"[\s,=]+", code)}


@pytest.mark.parametrize(
    "named",
    sorted(
        {
            *map(str, Kind),
            *NOT_IN_CHAT,
            *(column for sheet in (SURVEY, CHOICES, SETTINGS) for column in (*sheet.words, *sheet.plain)),
            *READERS,
            *KINDS,
            *AUDIENCES,
            *DOCUMENT,
            *(FORMAL, IDENTITY, MATERIEL, MULTILINE),
            *STAGES,
            *CADENCES,
        }
    ),
)
def test_it_is_in_the_manual(named: str) -> None:
    assert named in WORDS


def test_the_example_can_be_published() -> None:
    example = next(block for block in MANUAL.split("```") if "| survey |" in block)
    assert compile_form(example.encode(), "md").problems == ()


def test_the_limits_are_those_of_the_code() -> None:
    assert f"{LARGEST_FILE // 1_000_000} MB a file" in MANUAL
    assert f"{MOST_ROWS:,} rows" in MANUAL
