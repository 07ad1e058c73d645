"""The list of topics: what its file says, and what is wrong with it, all at once and in both languages."""

from pathlib import Path

import pytest

import lapordesk
from core.digests.topics import (
    LONGEST_NAME,
    MARKS,
    MOST,
    TopicsWrong,
    is_mark,
    parse_topics,
    read_topics,
    topic_of,
)
from core.speech.texts import LANGUAGES, texts
from core.toml.problems import describe

BUNDLED = Path(lapordesk.__file__).parent / "bundled" / "topics.toml"
HEAD = 'name = "coba"\nversion = "1"\n'
TOPIC = '[[topic]]\nname = "{}"\nlabel = {{ id = "Satu", en = "One" }}\n'


def wrong(text: str) -> list[tuple[str, str]]:
    listed, problems = read_topics(text)
    assert listed is None
    for language in LANGUAGES:
        assert all(line for line in describe(problems, [texts(language)]))
    return [(problem.path, problem.key) for problem in problems]


def test_the_bundled_list_names_what_the_desk_reports_on() -> None:
    listed, problems = read_topics(BUNDLED.read_text())
    assert not problems
    assert listed
    assert [topic.name for topic in listed.topics] == [
        *("tahapan", "logistik", "keamanan", "dpt"),
        *("netralitas", "surat-suara", "pelanggaran", "c-pemberitahuan"),
    ]
    assert all(topic.label.keys() == topic.about.keys() == set(LANGUAGES) for topic in listed.topics)


def test_what_belongs_to_a_topic_may_be_left_out() -> None:
    listed, _ = read_topics(HEAD + TOPIC.format("satu"))
    assert listed
    assert (listed.topics[0].name, listed.topics[0].about) == ("satu", {})


def test_everything_wrong_is_told_at_once() -> None:
    faults = wrong(
        'version = "1"\nwarna = "biru"\n'
        + TOPIC.format("Satu Dua")
        + '[[topic]]\nname = "dua"\nlabel = "Dua"\n'
        + TOPIC.format("tiga")
        + TOPIC.format("tiga")
        + TOPIC.format("x" * (LONGEST_NAME + 1))
    )
    assert faults == [
        ("warna", "toml.key"),
        ("topic[1].name", "toml.name"),
        ("topic[2].label", "toml.type.table"),
        ("topic[4].name", "toml.twice"),
        ("topic[5].name", "monday.topics.name"),
        ("name", "toml.missing"),
    ]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("name = ", ("", "toml.syntax")),
        (HEAD, ("topic", "toml.missing")),
        (HEAD + 'topic = "satu"', ("topic", "toml.type.tables")),
        (HEAD + "".join(TOPIC.format(f"t{n}") for n in range(MOST + 1)), ("topic", "monday.topics.many")),
    ],
)
def test_what_is_no_list(text: str, fault: tuple[str, str]) -> None:
    assert fault in wrong(text)


def test_a_stored_list_is_read_or_said_to_be_wrong() -> None:
    assert parse_topics(HEAD + TOPIC.format("satu")).name == "coba"
    with pytest.raises(TopicsWrong):
        parse_topics(HEAD)


def test_a_question_is_about_the_topic_of_its_name() -> None:
    assert topic_of("c_pemberitahuan") == "c-pemberitahuan"
    assert [is_mark(word) for word in (*MARKS, "belum", "bagus", "")] == [True] * 3 + [False] * 3
