"""Digests nobody would expect: any figures, any words, everything empty or far too much."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from core.digests.digest import (
    CaseCount,
    Confirmation,
    Day,
    Decision,
    Digest,
    FormCount,
    Logistics,
    Part,
    Silence,
    Tally,
    Topic,
)

ODD = [
    "=1+1",
    "@SUM(A1)",
    "https://contoh.invalid",
    "*_#[]$\\",
    "&L&P12",
    "Ä" * 90,
    "a b " * 60,
    "\ud800\u202e",
    "\t",
    "",
]
words = st.one_of(st.text(max_size=40), st.sampled_from(ODD))
counts = st.one_of(st.integers(0, 12), st.integers(0, 10_000_000))
moments = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))
days = st.dates(date(2020, 1, 1), date(2030, 1, 1))
labels = st.dictionaries(st.sampled_from(["id", "en", ""]), words, max_size=2)
marks = st.sampled_from(["aman", "perhatian", "masalah", "belum"])


@st.composite
def tallies(draw: st.DrawFn) -> Tally:
    filed, nihil, silent = draw(counts), draw(counts), draw(counts)
    late = draw(st.integers(0, filed + nihil))
    return Tally(filed + nihil + silent, filed, nihil, silent, late, draw(counts))


confirmations = st.one_of(st.none(), st.builds(Confirmation, moments, words, st.booleans(), words))
parts = st.builds(
    Part, st.integers(1, 10_000_000).map(lambda n: f"64.{n}"), words, tallies(), tallies(), confirmations,
    st.dictionaries(words, marks, max_size=3),
)  # fmt: skip
silences = st.builds(
    Silence, counts, st.one_of(st.sampled_from(["pkd", "ptps", "panwascam"]), words), words,
    st.lists(words, max_size=4).map(tuple), words, counts, moments, st.one_of(st.none(), moments),
    st.one_of(st.none(), moments),
)  # fmt: skip
cases = st.builds(
    CaseCount, words, labels, counts, counts, counts, counts, counts,
    st.dictionaries(words, counts, max_size=4), st.dictionaries(words, labels, max_size=4),
)  # fmt: skip
topics = st.builds(Topic, words, labels, marks, words, st.lists(words, max_size=6).map(tuple))


def several(what: st.SearchStrategy[object], most: int) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(what, max_size=most).map(tuple)


@st.composite
def digests(draw: st.DrawFn) -> Digest:
    first = draw(days)
    return Digest(
        area=draw(st.sampled_from(["64", "64.02", "64.02.06", ""])),
        name=draw(words),
        level=draw(st.sampled_from(["province", "regency", "district", "village", "country"])),
        zone=draw(st.sampled_from(["Asia/Makassar", "Asia/Jakarta", "Asia/Jayapura"])),
        first=first,
        last=first + timedelta(days=6),
        made_for=draw(moments),
        stage=draw(labels),
        tally=draw(tallies()),
        before=draw(tallies()),
        parts=tuple(draw(st.lists(parts, max_size=50, unique_by=lambda part: part.code))),
        days=draw(
            several(
                st.builds(
                    Day, st.integers(0, 6).map(lambda n: first + timedelta(days=n)), counts, counts, counts
                ),
                7,
            )
        ),  # type: ignore[arg-type]
        forms=draw(several(st.builds(FormCount, words, labels, tallies(), tallies()), 4)),  # type: ignore[arg-type]
        hours=draw(several(st.builds(FormCount, words, labels, tallies(), tallies()), 2)),  # type: ignore[arg-type]
        silences=draw(several(silences, 6)),  # type: ignore[arg-type]
        cases=draw(several(cases, 4)),  # type: ignore[arg-type]
        decisions=draw(
            several(
                st.builds(
                    Decision,
                    st.sampled_from(["case", "topic"]),
                    words,
                    words,
                    words,
                    st.one_of(st.none(), days),
                ),
                12,
            )
        ),  # type: ignore[arg-type]
        topics=draw(several(topics, 14)),  # type: ignore[arg-type]
        logistics=draw(several(st.builds(Logistics, words, labels, counts, counts), 5)),  # type: ignore[arg-type]
        findings=draw(counts),
        confirmation=draw(confirmations),
        late_parts=tuple(draw(st.lists(words, max_size=12))),
        is_catching_up=draw(st.booleans()),
    )
