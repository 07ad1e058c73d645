"""The same content gives the same bytes, in any process; whatever people write is printed as text."""

import subprocess
import sys
from dataclasses import dataclass, replace
from datetime import timedelta
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from desk.papers import of_complaint
from desk.papers.printing import NotPrinted, print_paper
from tests.core.cases.papers.samples import CASE, COMPLAINT, IDENTITY
from tests.desk.papers.papers import NOW, pages, text

NAUGHTY = (
    "#panic(1) #import \"x.typ\"",
    "$ x^2 $ *tebal* _miring_ @rujukan <label> `kode`",
    "= Judul\n- butir\n+ butir\n/ istilah: x",
    "\\ \\u{41} // komentar /* x */ ~ -- --- ... \"kutip\" 'kutip'",
    "#read(\"/etc/passwd\") https://contoh.example/x?y=1&z",
    "{\"a\": [1, 2]} ]}) #sys.inputs.data",
    "\x00\x01\x1b[31m\ud800\ufffe\ue000",
    "مرحبا \u202eterbalik\u202c שלום",
    "🙏🏽 👨‍👩‍👧 日本語 ﷽ e\u0301 n\u0303 a\u20e3 ✓ ₹ 𝕏",
    "panjang" * 3000,
    "kata " * 4000,
    "\n" * 500,
    "a\tb\r\nc\u2028d",
)  # fmt: skip


def draw(story: str, **changes: object) -> bytes:
    case = replace(CASE, story=story, **changes)  # type: ignore[arg-type]
    return of_complaint("laporan", case, COMPLAINT, None, IDENTITY, [], NOW)


def test_the_same_case_gives_the_same_bytes() -> None:
    assert draw("Sama") == draw("Sama")
    assert draw("Sama") != draw("Lain")


def test_another_process_draws_the_same_bytes() -> None:
    code = (
        "import sys; from tests.desk.papers.test_printing import draw; sys.stdout.buffer.write(draw('é😀'))"
    )
    there = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert there.stdout == draw("é😀")


def test_it_is_dated_by_the_last_act_of_the_case() -> None:
    made = PdfReader(BytesIO(draw("x"))).metadata
    assert made is not None
    assert made.creation_date == CASE.notes[-1].at
    later = of_complaint("laporan", CASE, COMPLAINT, None, None, [], NOW + timedelta(days=9))
    assert PdfReader(BytesIO(later)).metadata.creation_date == CASE.notes[-1].at  # type: ignore[union-attr]


def test_it_is_archivable_and_can_be_read_aloud() -> None:
    reader = PdfReader(BytesIO(draw("x")))
    metadata = reader.xmp_metadata
    assert metadata is not None
    root = reader.trailer["/Root"]
    assert (metadata.stream.get_data().decode().count("pdfaid:part"), root["/Lang"]) == (2, "id")
    assert "pdfuaid" in metadata.stream.get_data().decode()
    assert root["/MarkInfo"]["/Marked"]
    assert reader.metadata is not None
    assert reader.metadata.title == "Formulir Laporan"


def test_letters_of_our_languages_come_out_as_they_went_in() -> None:
    told = text(draw("Kafé Contoh – “petik” ✓ ½ Pertanggungjawabannyalah ketidakterdugaannyalah fi ffl"))
    assert "Kafé Contoh – “petik” ✓ ½ Pertanggungjawabannyalah ketidakterdugaannyalah fi ffl" in told


def test_markup_is_text() -> None:
    wild = '#panic(1) $x$ *a* _b_ @c <d> `e` \\u{41} // f -- "g" = h'
    assert wild in text(draw(wild))
    assert "[grinning face]" in text(draw("😀"))


@pytest.mark.parametrize("wild", NAUGHTY, ids=range(len(NAUGHTY)))
def test_nothing_that_is_written_breaks_a_paper(wild: str) -> None:
    pdf = draw(wild, title=wild[:300], accused=wild, where=wild)
    told = pages(pdf)
    assert "Penerima Laporan" in told[-1]
    assert f"Halaman {len(told)} dari {len(told)}" in told[-1]


def test_twenty_thousand_letters_are_all_there() -> None:
    story = " ".join(f"kata{n:04}" for n in range(2223))
    assert len(story) == 20_006
    told = " ".join(text(draw(story)).split())
    assert all(f"kata{n:04}" in told for n in range(2223))


def test_a_long_word_goes_on_in_the_next_line() -> None:
    lines = PdfReader(BytesIO(draw("Q" * 3000))).pages[1].extract_text().splitlines()
    written = [line for line in lines if "QQQ" in line]
    assert len(written) > 20
    assert max(line.count("Q") for line in written) <= 48


@settings(max_examples=25)
@given(st.text(max_size=300), st.text(max_size=60))
def test_any_text_is_printed(story: str, name: str) -> None:
    pdf = draw(story, accused=name)
    assert pdf.startswith(b"%PDF")
    assert "Penerima Laporan" in text(pdf)


@settings(max_examples=25)
@given(st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=27))
def test_what_a_keyboard_writes_is_found_again(word: str) -> None:
    # pypdf takes a wide kerning for a gap.
    assert f"xx{word}xx" in text(draw(f"xx {word} xx")).replace(" ", "")


@dataclass(frozen=True, slots=True)
class Unfit:
    practice: bool


def test_a_paper_that_cannot_be_drawn_says_which() -> None:
    with pytest.raises(NotPrinted, match="laporan"):
        print_paper("laporan", Unfit(False), {}, NOW)
