"""The topics that each week's desk speaks of: a TOML file that an operator can read and change.

name = "desk-pilkada"
version = "1"

[[topic]]
name = "logistik"
label = { id = "Logistik", en = "Logistics" }

A form of the kind `desk` asks about a topic by a question of its name, `-` written `_`, whose options are the
marks; its note is the answer to the question of that name with `_catatan` behind it.
"""

import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import get_args

from core.digests.digest import Mark
from core.elections.problems import Problem, Problems
from core.elections.tables import TomlTable
from core.forms.form import Words

MARKS: tuple[Mark, ...] = ("aman", "perhatian", "masalah")
"""What somebody may say of a topic; "belum" is that nobody has."""
LONGEST_NAME = 24
"""It travels in a button."""
MOST = 24
NOTE = "_catatan"


@dataclass(frozen=True, slots=True)
class TopicKind:
    """One topic of the list."""

    name: str
    label: Words
    about: Words = field(default_factory=dict)
    """What belongs to it; told to whoever sets it. May be empty."""


@dataclass(frozen=True, slots=True)
class TopicList:
    name: str
    version: str
    topics: tuple[TopicKind, ...]


NO_TOPICS = TopicList("", "", ())


class TopicsWrong(Exception):
    """A stored list of topics cannot be read any more."""


def read_topics(text: str) -> tuple[TopicList | None, Sequence[Problem]]:
    """The list, or all that is wrong with it."""
    problems = Problems()
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        problems.refuse("", "", "elections.toml", reason=str(error))
        return None, problems
    listed = _list(TomlTable(values, "", problems))
    return (None if problems else listed), problems


@lru_cache(maxsize=64)
def parse_topics(text: str) -> TopicList:
    """One that was checked when it was published."""
    listed, problems = read_topics(text)
    if listed is None:
        raise TopicsWrong(f"{TopicsWrong.__doc__} ({problems[0].place} {problems[0].name})")
    return listed


def topic_of(question: str) -> str:
    """The topic that a question of a desk form is about."""
    return question.replace("_", "-")


def is_mark(word: str) -> bool:
    return word in get_args(Mark) and word != "belum"


def _list(table: TomlTable) -> TopicList:
    name, version = table.name("name"), table.text("version")
    rows = table.rows("topic")
    table.close()
    topics = [
        _topic(TomlTable(values, _place(number, values.get("name")), table.problems))
        for number, values in enumerate(rows, 1)
    ]
    if not rows:
        table.refuse("topic", "elections.missing")
    if len(rows) > MOST:
        table.refuse("topic", "monday.topics.many", found=len(rows), most=MOST)
    for twice, many in Counter(topic.name for topic in topics if topic.name).items():
        if many > 1:
            table.refuse("topic", "elections.twice", found=twice)
    return TopicList(name, version, tuple(topics))


def _place(number: int, name: object) -> str:
    return f"topic {number} ({name})" if isinstance(name, str) and name else f"topic {number}"


def _topic(table: TomlTable) -> TopicKind:
    name, label = table.name("name"), table.words("label")
    about = table.words("about") if "about" in table else {}
    table.close()
    if len(name) > LONGEST_NAME:
        table.refuse("name", "monday.topics.name", found=name, most=LONGEST_NAME)
    return TopicKind(name, label, about)
