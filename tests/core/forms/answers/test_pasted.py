"""Several answers in one message."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.forms.answers import pasted, several

REPORT = {
    "nama": "Nama pelapor",
    "tps": "TPS berapa?",
    "jam_buka": "Jam berapa TPS dibuka?",
    "dpt": "Jumlah pemilih (DPT)",
    "uraian": "Uraian singkat kejadian",
    "kegiatan[1]/tempat": "Tempat kegiatan",
    "ket": "Keterangan",
}
VOTES = {"s1": "Suara paslon 01", "s2": "Suara paslon 02", "ts": "Suara tidak sah"}
NAMED = {
    "suara_1": "No. urut 1 – Melati & Kenanga",
    "suara_2": "No. urut 2 – Ulin & Meranti",
    "batal": "Tidak sah",
}
VALID = {"sah": "Suara sah", "ts": "Suara tidak sah"}
PEOPLE = {"l": "Laki-laki", "p": "Perempuan", "j": "Jumlah"}


def test_a_pasted_template_in_any_order() -> None:
    text = "*TPS* : 12\n*Nama* : Melati\nJam buka = 07.15\n- Jml DPT : 287\nKode pos: 75111"
    read = pasted(text, REPORT)
    assert read.values == {"tps": "12", "nama": "Melati", "jam_buka": "07.15", "dpt": "287"}
    assert read.unmatched == ("Kode pos: 75111",)


def test_numbered_lines_and_a_polite_beginning() -> None:
    read = pasted("Selamat pagi\n1. Nama pelapor: Melati\n2) TPS: 12", REPORT)
    assert read.values == {"nama": "Melati", "tps": "12"}
    assert read.unmatched == ("Selamat pagi",)


def test_a_story_goes_on_over_lines() -> None:
    read = pasted("Uraian: pada jam 07:15 kotak dibuka\nlalu ditutup lagi\nKet: aman", REPORT)
    assert read.values == {"uraian": "pada jam 07:15 kotak dibuka\nlalu ditutup lagi", "ket": "aman"}


def test_an_empty_label_takes_the_next_line() -> None:
    assert pasted("Uraian singkat:\nada hujan", REPORT).values == {"uraian": "ada hujan"}


def test_thanks_do_not_belong_to_a_short_value() -> None:
    read = pasted("TPS: 12\nTerima kasih", REPORT)
    assert (read.values, read.unmatched) == ({"tps": "12"}, ("Terima kasih",))


def test_labels_between_commas() -> None:
    assert pasted("Nama: Melati, TPS: 12, DPT: 300", REPORT).values == {
        "nama": "Melati",
        "tps": "12",
        "dpt": "300",
    }


def test_a_second_line_for_the_same_question_is_not_lost() -> None:
    read = pasted("TPS: 12\nTPS: 13", REPORT)
    assert (read.values, read.unmatched) == ({"tps": "12"}, ("TPS: 13",))


@pytest.mark.parametrize(
    ("typed", "labels", "values"),
    [
        ("01=123 02:98", VOTES, {"s1": "123", "s2": "98"}),
        ("01 : 143, 02 = 171 tdk sah 12", VOTES, {"s1": "143", "s2": "171", "ts": "12"}),
        ("1) 123", VOTES, {"s1": "123"}),
        ("01=1 02=2", VOTES, {"s1": "1", "s2": "2"}),
        ("paslon 1 143 paslon 2 171 tidak sah 4", VOTES, {"s1": "143", "s2": "171", "ts": "4"}),
        ("01=120 02=98 tidak sah 7", NAMED, {"suara_1": "120", "suara_2": "98", "batal": "7"}),
        (
            "no urut 1: 143\nno urut 2: 171\ntdk sah: 12",
            NAMED,
            {"suara_1": "143", "suara_2": "171", "batal": "12"},
        ),
        ("sah 221 tdk sah 4", VALID, {"sah": "221", "ts": "4"}),
        ("L 10 P 12 jml 22", PEOPLE, {"l": "10", "p": "12", "j": "22"}),
        ("01 = 1.234", VOTES, {"s1": "1.234"}),
    ],
)
def test_results_in_a_line(typed: str, labels: dict[str, str], values: dict[str, str]) -> None:
    read = pasted(typed, labels)
    assert (read.values, read.unmatched) == (values, ())


@pytest.mark.parametrize("typed", ["halo apa kabar", ":::", "sah", "=", "03 = 12"])
def test_what_matches_nothing_is_returned(typed: str) -> None:
    read = pasted(typed, VOTES)
    assert (read.values, read.unmatched) == ({}, (typed,))


@pytest.mark.parametrize(
    "typed",
    [
        "143 171 12",
        "143, 171, 12",
        "143,171,12",
        "143/171/12",
        "143\n171\n12",
        "1. 143\n2. 171\n3. 12",
        "01 : 143, 02 = 171 tdk sah 12",
        "tdk sah 12, 02=171, 01=143",
    ],
)
def test_a_group_in_one_message(typed: str) -> None:
    assert several(typed, VOTES).values == {"s1": "143", "s2": "171", "ts": "12"}


def test_numbers_in_front_count_the_questions_where_no_label_has_one() -> None:
    assert several("1) 143 2) 171 3) 314", PEOPLE).values == {"l": "143", "p": "171", "j": "314"}
    assert several("01 143 02 171", {"a": "Paslon 01", "b": "Paslon 02"}).values == {"a": "143", "b": "171"}


def test_a_group_takes_a_dash_and_words_too() -> None:
    assert several("2.821 143 -", VOTES).values == {"s1": "2.821", "s2": "143", "ts": "-"}
    assert several("ya, tidak, ya", PEOPLE).values == {"l": "ya", "p": "tidak", "j": "ya"}


@pytest.mark.parametrize("typed", ["143 171", "143 171 12 4", "belum ada"])
def test_too_few_or_too_many_are_not_guessed(typed: str) -> None:
    assert several(typed, VOTES).values == {}


@given(st.text(), st.sampled_from([REPORT, VOTES, NAMED, PEOPLE, {}]))
def test_no_text_crashes_and_no_word_is_lost(text: str, labels: dict[str, str]) -> None:
    read = pasted(text, labels)
    kept = "".join([*read.values.values(), *read.unmatched])
    assert bool(kept) <= bool(text.strip())
    assert read.values.keys() <= labels.keys()
    if not read.values:
        assert "".join(read.unmatched).split() == "".join(line.strip() for line in text.splitlines()).split()
    several(text, labels)


@given(st.dictionaries(st.sampled_from(list(REPORT)), st.integers(0, 10**6).map(str), min_size=1))
def test_what_we_would_paste_ourselves_reads_back(values: dict[str, str]) -> None:
    text = "\n".join(f"{REPORT[place]}: {value}" for place, value in values.items())
    read = pasted(text, REPORT)
    assert (read.values, read.unmatched) == (values, ())
