"""Patterns say what Python's own say, and no text makes them slow."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.forms.expressions.pattern_reader import read_pattern
from core.forms.expressions.patterns import PatternError

piece = st.sampled_from(
    [
        "a",
        "b",
        "ab",
        ".",
        "[ab]",
        "[^a]",
        r"\d",
        r"\w",
        r"\s",
        r"\.",
        "[a-c0-9]",
        "^",
        "$",
        r"\b",
        "-",
        "]",
        "[]a]",
    ]
)


def composed(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    times = st.sampled_from(["*", "+", "?", "{2}", "{0,2}", "{1,}", "*?", "+?", "{0}"])
    return st.one_of(
        st.tuples(inner, inner).map("".join),
        st.tuples(inner, inner).map(lambda it: f"({it[0]}|{it[1]})"),
        st.tuples(inner, times).map(lambda it: f"(?:{it[0]}){it[1]}"),
    )


@given(st.recursive(piece, composed, max_leaves=6), st.text(alphabet="ab c1.-\n", max_size=6))
@settings(max_examples=1500, deadline=None)
def test_python_agrees(source: str, text: str) -> None:
    # Python's $ also stands before a last line break; \Z is the end alone.
    theirs = re.compile(source.replace("$", r"\Z"), re.ASCII).fullmatch(text)
    assert read_pattern(source).matches(text) == bool(theirs)


@pytest.mark.parametrize(
    ("source", "text", "matches"),
    [
        (r"^\d{16}$", "6472010101900001", True),
        (r"[\w.-]+@([\w-]+\.)+[a-zA-Z]{2,}", "pengawas@contoh.example", True),
        (r"[\w.-]+@([\w-]+\.)+[a-zA-Z]{2,}", "pengawas@contoh", False),
        (r"\+62 ?8\d{2}[\d ]{7,9}", "+62 800 0000 012", True),
        (r"\d{3}/(Reg/)?(LP|TM|PL)/(I|II|III|IV|V)/\d{4}", "009/LP/V/2024", True),
        (r"\p{Lu}[\p{L} .']+", "I Nyoman D'é", True),
        (r"\p{Lu}\P{Lu}*", "AB", False),
        (r"[^\p{L}]", "1", True),
        (r"\x41\u0042\t", "AB\t", True),
        (r"[\x41-C\-]+", "A-C", True),
        (r"[a-]+", "a-a", True),
        ("(?i)nihil", "NiHil", True),
        ("(?i)[a-c]+", "aBC", True),
        ("", "", True),
        ("", "a", False),
        ("a|", "", True),
        (r"\Aab\z", "ab", True),
        (r"a\Bb", "ab", True),
    ],
)
def test_patterns_that_authors_write(source: str, text: str, matches: bool) -> None:
    assert read_pattern(source).matches(text) is matches


UNREADABLE = """( ) a) [ [] [b-a] [a [a- [^ [\\d- *a a** a++ {2} a{2 a{x} a{3,2} a{,2} a{9999} (a{1999}){1999}
\\ \\q (a)\\1 (?=a) (?<n>a) (? \\p{Klingon} \\pL \\xZZ \\u12"""


@pytest.mark.parametrize("source", [*UNREADABLE.split(), "(" * 60 + ")" * 60])
def test_unreadable(source: str) -> None:
    with pytest.raises(PatternError):
        read_pattern(source)


@pytest.mark.parametrize(
    "source",
    ["(a+)+b", "(a|a)*b", "(a|aa)+b", "(.*)*b", "a*a*a*a*a*b", "((a{0}){2000}){2000}b", "(a?){50}a{50}b"],
)
def test_no_text_makes_it_slow(source: str) -> None:
    """Python's re needs years for some of these."""
    began = time.process_time()
    assert not read_pattern(source).matches("a" * 2_000)
    assert time.process_time() - began < 3


def test_a_text_too_long_to_look_at_does_not_match() -> None:
    assert read_pattern("a*").matches("a" * 10_000)
    assert not read_pattern("a*").matches("a" * 2_000_000)
