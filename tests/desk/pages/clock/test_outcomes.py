"""What came of a job, in the words of whoever looks after the house."""

import re
from pathlib import Path

import pytest

import scheduler
from core.speech.texts import texts
from desk.pages.clock.outcomes import in_words, key_of

COUNTED = re.compile(r"\{[^{}]+\} ([a-z][a-z ]+)")
"""What stands behind a number in the sentences that a job leaves."""
WORDS = texts("id")


@pytest.mark.parametrize(
    ("outcome", "told"),
    [
        ("12 reminded, 30 reports, 0 unreachable", "12 orang diingatkan, 30 laporan"),
        ("0 told, 0 areas without anybody", "tidak ada yang perlu dikerjakan"),
        ("3 told, 12 minutes late", "3 dikabari, terlambat 12 menit"),
        ("0 reminded, 770 minutes late", "tidak ada yang perlu dikerjakan, terlambat 13 jam"),
        ("7 of something new", "7 of something new"),
        ("failed: KeyError", "failed: KeyError"),
        ("2 compared, 0 alike, store away", "2 gambar dibandingkan, tempat media tak terjangkau"),
    ],
)
def test_counts_are_told_and_noughts_are_not(outcome: str, told: str) -> None:
    assert in_words(outcome, WORDS) == told


def test_everything_that_a_job_counts_has_its_words() -> None:
    told = [
        name.strip()
        for path in sorted(Path(scheduler.__file__).parent.glob("*.py"))
        for line in path.read_text().splitlines()
        if 'f"' in line and "log." not in line
        for name in COUNTED.findall(line)
    ]
    assert {"reminded", "told", "areas without anybody", "minutes late"} <= set(told), "they are found"
    for name in set(told) - {"minutes late"}:
        for language in ("id", "en"):
            assert key_of(name) in texts(language).sentences, name
