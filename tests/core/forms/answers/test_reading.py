"""Whatever is sent, every question reads it or says kindly why not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.forms.answers import READABLE, Reading, Refused, Understood, read, show
from core.forms.answers.spelling import each
from core.forms.form import METADATA, Kind, Option
from core.model.messages import Attachment
from core.speech.texts import LANGUAGES, texts
from tests.core.forms.answers.asking import NOW, ask, incoming, options, question, refusal

KINDS = sorted(READABLE)
FRAGMENTS = st.sampled_from(
    each(
        "jam 7 lewat kurang setengah stgh malam pagi wib wita tadi kemarin senin rabu minggu lalu depan hari "
        "27 11 2024 nov 1.234 1,5 jt rb dua puluh ratus ribu - / : , . = ya tidak semua kecuali 1-3 no kec. "
        "desa kukar 0 00 99999 III °"
    )
)
TYPED = st.one_of(
    st.text(max_size=60),
    st.lists(FRAGMENTS, max_size=8).map(" ".join),
    st.lists(FRAGMENTS, max_size=6).map("".join),
)
LABELS = st.one_of(
    st.text(max_size=20), st.sampled_from(["Ya", "Tidak", "Kota Bangun III", "TPS 001", "Tidak ada"])
)
OPTIONS = st.lists(
    st.builds(
        Option,
        name=st.text("abc01_", min_size=1, max_size=4),
        label=st.dictionaries(st.sampled_from(["id", "en", ""]), LABELS, max_size=2),
        columns=st.dictionaries(st.sampled_from(["kecamatan", "parent"]), LABELS, max_size=2),
    ),
    max_size=6,
    unique_by=lambda option: option.name,
).map(tuple)


@given(st.sampled_from(KINDS), TYPED, OPTIONS, st.sampled_from(LANGUAGES))
def test_no_text_crashes_and_every_answer_can_be_said(
    kind: Kind, typed: str, among: tuple[Option, ...], language: str
) -> None:
    context = Reading(language, NOW, among)
    answer = read(question(kind), incoming(typed), context)
    if isinstance(answer, Refused):
        assert texts(language).say(answer.key, **answer.values)
        assert {option.name for option in answer.among} <= {option.name for option in among}
    else:
        assert answer.value
        assert answer.interpreted == bool(answer.shown)
        assert show(question(kind), answer.value, context)


@given(st.sampled_from([Kind.SELECT_ONE, Kind.SELECT_MULTIPLE, Kind.RANK]), TYPED, OPTIONS)
def test_what_is_chosen_is_in_the_list(kind: Kind, typed: str, among: tuple[Option, ...]) -> None:
    answer = ask(kind, typed, among)
    if isinstance(answer, Understood):
        chosen = answer.value.split()
        assert chosen
        assert set(chosen) <= {option.name for option in among}
        assert len(chosen) == len(set(chosen))


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind is not Kind.TEXT])
def test_a_very_long_text_is_refused_quickly(kind: Kind) -> None:
    for long in ("a" * 100_000, "1 " * 50_000, "pak " * 25_000, "1,2;" * 500, "jam 7 " * 333, "° " * 1_000):
        assert isinstance(ask(kind, long, options("a=Ya", "b=Tidak", "c=Lain")), Refused)


def test_an_empty_message_is_asked_again() -> None:
    assert refusal(ask(Kind.INTEGER, "  ")).key == "answers.empty"
    assert refusal(ask(Kind.DATE, incoming(attachments=(Attachment("image", "r", media="m"),)))).key == (
        "answers.words_wanted"
    )


def test_every_kind_that_is_asked_can_be_read() -> None:
    silent = METADATA | {Kind.CALCULATE, Kind.HIDDEN}
    assert set(Kind) - silent - {Kind.NOTE} == READABLE
