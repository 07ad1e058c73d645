"""Fitting a reply to a channel: every word, every option, within the limits."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.model.messages import Choice, Enclosure, Reply
from core.speech.cutting import size
from core.speech.enclosing import XLSX
from core.speech.layout import (
    SMS,
    TELEGRAM,
    TERMINAL,
    WEBCHAT,
    WHATSAPP_PLAIN,
    WHATSAPP_RICH,
    Layout,
    Part,
    fit,
    without_files,
)
from core.speech.texts import Texts

WORDS = Texts(
    "id",
    {
        "channels.choose": "Pilih:",
        "channels.words": "Balas: {words}",
        "channels.list": "Buka",
        "channels.ask.contact": "Kirim nomor",
        "channels.ask.location": "Kirim lokasi",
        "channels.files_elsewhere": "{names}: mintalah di Telegram.",
    },
)
LAYOUTS = [TELEGRAM, WHATSAPP_PLAIN, WHATSAPP_RICH, SMS, WEBCHAT, TERMINAL]
TIGHT = Layout(
    "tight", text=60, buttons=4, button_label=12, button_text=50, rows=6, row_label=14, row_hint=20
)

phrases = st.text("abc 😀é1.\n", max_size=40)
labels = st.text("abcAB 12é", min_size=1, max_size=45).filter(str.strip)
replies = st.builds(
    Reply,
    text=st.text("abcde 😀é·1.?\n✅", max_size=2500) | phrases,
    choices=st.lists(labels, max_size=45).flatmap(
        lambda names: st.tuples(
            *(st.builds(Choice, st.just(f"k{at}"), st.just(name), phrases) for at, name in enumerate(names))
        )
    ),
    numbered=st.booleans(),
    ask=st.sampled_from([None, "contact", "location"]),
    files=st.lists(
        st.builds(
            Enclosure,
            name=st.from_regex("[a-z]{1,8}[.][a-z]{3}", fullmatch=True),
            content_type=st.sampled_from(
                ["image/png", "image/jpeg", XLSX, "application/pdf", "application/zip"]
            ),
            ref=st.just("0f" * 16),
            size=st.sampled_from([1, 5_000_001, 10_000_001, 16_000_001, 50_000_001]),
        ),
        max_size=4,
    ).map(tuple),
)


def told(text: str) -> str:
    """The letters alone, as each channel may spell them."""
    return re.sub(r"[\s·✅\ufffd-]|\.\.\.", "", text)


@given(replies, st.sampled_from([*LAYOUTS, TIGHT]))
def test_every_part_is_within_the_limits(reply: Reply, layout: Layout) -> None:
    for part in fit(reply, layout, WORDS):
        room = (layout.button_text or layout.text) if part.buttons or part.rows else layout.text
        assert size(part.text) <= (min(room, layout.files.caption) if part.files and layout.files else room)
        assert part.text or part.files
        assert len(part.buttons) <= layout.buttons
        assert len(part.rows) <= layout.rows
        assert not (part.buttons and part.rows)
        assert all(0 < size(button.label) <= layout.button_label for button in part.buttons)
        assert all(0 < size(row.label) <= layout.row_label for row in part.rows)
        assert all(size(row.hint) <= layout.row_hint for row in part.rows)
        assert part.ask in {None, *layout.can_ask}
        assert len(part.files) <= (layout.files.at_once if layout.files else 0)


@given(replies, st.sampled_from([*LAYOUTS, TIGHT]))
def test_no_file_is_lost(reply: Reply, layout: Layout) -> None:
    """Each goes out once, or is named."""
    parts = fit(reply, layout, WORDS)
    carried = [file for part in parts for file in part.files]
    left = [file for file in reply.files if file not in carried]

    assert sorted(map(repr, carried)) == sorted(repr(file) for file in reply.files if file in carried)
    everything = told("".join(part.text for part in parts))
    assert told(", ".join(file.name for file in left)) in everything


@given(replies, st.sampled_from([*LAYOUTS, TIGHT]))
def test_no_word_is_lost(reply: Reply, layout: Layout) -> None:
    parts = fit(reply, layout, WORDS)

    assert told("".join(part.text for part in parts)).startswith(told(reply.text))


@given(replies, st.sampled_from([*LAYOUTS, TIGHT]))
def test_every_option_can_be_reached_and_read(reply: Reply, layout: Layout) -> None:
    parts = fit(reply, layout, WORDS)
    if not reply.choices:
        return
    last = [part for part in parts if part.text][-1]
    everything = told("".join(part.text for part in parts))
    shown = told("".join(f"{choice.label}{choice.hint}|" for choice in last.buttons + last.rows))
    taps = last.buttons or last.rows

    if taps:
        assert [choice.key for choice in taps] == [choice.key for choice in reply.choices]
        assert len({choice.label for choice in taps}) == len(taps)
    for place, choice in enumerate(reply.choices, 1):
        label, hint = told(choice.label), told(choice.hint)
        assert label in everything or label in shown
        assert hint in everything or hint in shown
        if not taps:
            assert (f"{place}{label}" if reply.numbered else label) in everything


@given(replies, st.sampled_from([*LAYOUTS, TIGHT]))
def test_only_the_last_part_can_be_tapped(reply: Reply, layout: Layout) -> None:
    *before, _ = [part for part in fit(reply, layout, WORDS) if part.text] or [Part("")]
    for part in before:
        assert part == Part(part.text)


CAUSE = Reply("Sebabnya?", (Choice("a", "Logistik"), Choice("b", "Cuaca/banjir")))
LONG = Reply("Sebabnya?", (Choice("a", "Logistik"), Choice("b", "Cuaca buruk, banjir atau jalan putus")))
STATED = Reply("Hari ini:", (Choice("a", "Pemungutan", "belum"),))
COUNT = Reply("Berapa?", (Choice("n", "Nanti saja"), Choice("b", "Batal")), numbered=False)
WHERE = Reply("Di mana?", (Choice("n", "Lewati"),), ask="location")
TPS = Reply("TPS?", (Choice("a", "TPS 2"), Choice("b", "TPS 3")))
SAME = Reply("Yang mana?", (Choice("a", "Sidodadi"), Choice("b", "sidodadi")))


@pytest.mark.parametrize(
    ("reply", "layout", "part"),
    [
        (CAUSE, TELEGRAM, Part("Sebabnya?", CAUSE.choices)),
        (CAUSE, SMS, Part("Sebabnya?\n1 Logistik   2 Cuaca/banjir")),
        (TPS, SMS, Part("TPS?\n1 TPS 2\n2 TPS 3")),
        (
            SAME,
            TELEGRAM,
            Part(
                "Yang mana?\n1 Sidodadi   2 sidodadi",
                (Choice("a", "1 Sidodadi"), Choice("b", "2 sidodadi")),
            ),
        ),
        (
            LONG,
            WHATSAPP_RICH,
            Part(
                "Sebabnya?",
                rows=(
                    Choice("a", "Logistik"),
                    Choice("b", "Cuaca buruk, banjir ata…", "Cuaca buruk, banjir atau jalan putus"),
                ),
                prompt="Buka",
            ),
        ),
        (
            LONG,
            TIGHT,
            Part(
                "Sebabnya?\n1 Logistik\n2 Cuaca buruk, banjir atau jalan putus",
            ),
        ),
        (STATED, TELEGRAM, Part("Hari ini:", (Choice("a", "Pemungutan — belum"),))),
        (STATED, SMS, Part("Hari ini:\n1 Pemungutan - belum")),
        (COUNT, WHATSAPP_PLAIN, Part("Berapa?\nBalas: Nanti saja · Batal")),
        (COUNT, SMS, Part("Berapa?\nBalas: Nanti saja / Batal")),
        (WHERE, TELEGRAM, Part("Di mana?", WHERE.choices, ask="location", prompt="Kirim lokasi")),
        (WHERE, SMS, Part("Di mana?\n1 Lewati")),
        (Reply("", CAUSE.choices), TELEGRAM, Part("Pilih:", CAUSE.choices)),
        (Reply("✅ Diterima · 07.20…"), SMS, Part("Diterima - 07.20...")),
        (Reply("a\ud800b"), TELEGRAM, Part("a\ufffdb")),
    ],
)
def test_how_it_is_shown(reply: Reply, layout: Layout, part: Part) -> None:
    assert fit(reply, layout, WORDS) == (part,)


PNG = Enclosure("rekap.png", "image/png", "a1", 90_000)
BOOK = Enclosure("rekap.xlsx", XLSX, "b2", 40_000)
ZIP = Enclosure("bukti.zip", "application/zip", "c3", 40_000)
BIG = Enclosure("peta.png", "image/png", "d4", 6_000_000)
HUGE = Enclosure("peta.png", "image/png", "e5", 11_000_000)
ELSEWHERE = "bukti.zip: mintalah di Telegram."


@pytest.mark.parametrize(
    ("reply", "layout", "parts"),
    [
        (Reply("Rekap", files=(PNG,)), TELEGRAM, (Part("Rekap", files=(PNG,)),)),
        (Reply("Rekap", files=(BOOK, PNG)), TELEGRAM, (Part("Rekap", files=(PNG,)), Part("", files=(BOOK,)))),
        (Reply("Rekap", files=(BOOK,)), TELEGRAM, (Part("Rekap"), Part("", files=(BOOK,)))),
        (Reply("x" * 1025, files=(PNG,)), TELEGRAM, (Part("x" * 1025), Part("", files=(PNG,)))),
        (Reply("x" * 1024, files=(PNG,)), TELEGRAM, (Part("x" * 1024, files=(PNG,)),)),
        (Reply("Rekap", files=(HUGE,)), TELEGRAM, (Part("Rekap"), Part("", files=(HUGE,)))),
        (Reply("", files=(PNG,)), TELEGRAM, (Part("", files=(PNG,)),)),
        (
            Reply("Kirim?", TPS.choices, files=(PNG,)),
            TELEGRAM,
            (Part("Kirim?", TPS.choices, files=(PNG,)),),
        ),
        (Reply("Rekap", files=(PNG, ZIP)), WHATSAPP_PLAIN, (Part(f"Rekap\n\n{ELSEWHERE}", files=(PNG,)),)),
        (Reply("", files=(ZIP,)), WHATSAPP_PLAIN, (Part(ELSEWHERE),)),
        (Reply("Peta", files=(BIG,)), WHATSAPP_PLAIN, (Part("Peta\n\npeta.png: mintalah di Telegram."),)),
        (
            Reply("Kirim?", TPS.choices, files=(PNG,)),
            WHATSAPP_PLAIN,
            (Part("Kirim?\n1 TPS 2\n2 TPS 3", files=(PNG,)),),
        ),
        (
            Reply("Kirim?", TPS.choices, files=(PNG,)),
            WHATSAPP_RICH,
            (Part("Kirim?", TPS.choices), Part("", files=(PNG,))),
        ),
        (Reply("Rekap", files=(PNG,)), SMS, (Part("Rekap\n\nrekap.png: mintalah di Telegram."),)),
        (Reply("Rekap", files=(BOOK, PNG)), WEBCHAT, (Part("Rekap", files=(PNG, BOOK)),)),
        (Reply("Rekap", files=(ZIP,)), TERMINAL, (Part("Rekap", files=(ZIP,)),)),
    ],
)
def test_where_files_go(reply: Reply, layout: Layout, parts: tuple[Part, ...]) -> None:
    assert fit(reply, layout, WORDS) == parts


def test_a_refused_file_leaves_its_words() -> None:
    assert without_files(Part("Rekap", TPS.choices, files=(PNG,)), WORDS) == Part(
        "Rekap\n\nrekap.png: mintalah di Telegram.", TPS.choices
    )
    assert without_files(Part("", files=(ZIP,)), WORDS) == Part(ELSEWHERE)


def test_labels_too_long_for_a_button_stand_whole_in_the_text() -> None:
    labels = ("Ya", "Ada, tetapi tidak ditandatangani oleh ketua KPPS")
    (part,) = fit(Reply("C.HASIL?", tuple(Choice(name[0], name) for name in labels)), TELEGRAM, WORDS)

    assert part.text == f"C.HASIL?\n1 Ya\n2 {labels[1]}"
    assert [button.label for button in part.buttons] == ["1 Ya", "2 Ada, tetapi tidak ditandatangani…"]


def test_where_a_number_is_an_answer_letters_lead_to_the_buttons() -> None:
    labels = ("Angka saya betul", "Perbaiki pengguna hak pilih, bukan suara sah")
    reply = Reply("Cek lagi?", tuple(Choice(name[0], name) for name in labels), numbered=False)
    (part,) = fit(reply, TELEGRAM, WORDS)

    assert part.text == f"Cek lagi?\na {labels[0]}\nb {labels[1]}"
    assert [button.label[:2] for button in part.buttons] == ["a ", "b "]


def test_choices_hang_on_the_last_part_of_a_long_text() -> None:
    reply = Reply("kata " * 1500 + "Setuju?", (Choice("y", "Ya"),))
    first, last = fit(reply, TELEGRAM, WORDS)

    assert first.buttons == ()
    assert last.text.endswith("Setuju?")
    assert last.buttons == reply.choices


def test_whatsapp_prefers_one_message_with_numbers_to_two_with_buttons() -> None:
    reply = Reply("kata " * 250 + "Setuju?", (Choice("y", "Ya"), Choice("n", "Tidak")))
    (part,) = fit(reply, WHATSAPP_RICH, WORDS)

    assert part.text.endswith("Setuju?\n1 Ya   2 Tidak")
    assert part.buttons == ()


def test_a_key_too_long_for_the_platform_is_answered_by_number() -> None:
    (part,) = fit(Reply("Mana?", (Choice("é" * 33, "Sini"),)), TELEGRAM, WORDS)

    assert part == Part("Mana?\n1 Sini")


def test_nothing_to_say_has_no_parts() -> None:
    assert fit(Reply(" \n"), TELEGRAM, WORDS) == ()


@pytest.mark.parametrize("language", ["id", "en"])
def test_words_of_the_channel_exist_in_every_language(language: str) -> None:
    from core.speech.texts import texts

    say = texts(language)
    assert 0 < size(say.say("channels.list")) <= 20
    assert fit(WHERE, TELEGRAM, say)[0].prompt
    assert "Batal" in fit(COUNT, SMS, say)[0].text
