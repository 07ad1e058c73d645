"""The topics that each week's desk speaks of: a TOML file that an operator can read and change.

name = "desk-pilkada"
version = "1"

[[topic]]
name = "logistik"
label = { id = "Logistik", en = "Logistics" }

A form of the kind `desk` asks about a topic by a question of its name, `-` written `_`, whose options are the
marks; its note is the answer to the question of that name with `_catatan` behind it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import get_args

from core.digests.digest import Mark
from core.forms.form import Words
from core.toml.problems import Problem
from core.toml.table import Table, opened

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


def read_topics(text: str, file: str = "") -> tuple[TopicList | None, Sequence[Problem]]:
    """The list, or all that is wrong with it."""
    page, table = opened(text, file)
    listed = _list(table) if table else None
    return (None if page.problems else listed), page.problems


@lru_cache(maxsize=64)
def parse_topics(text: str) -> TopicList:
    """One that was checked when it was published."""
    listed, problems = read_topics(text)
    if listed is None:
        raise TopicsWrong(f"{TopicsWrong.__doc__} ({problems[0].path} {problems[0].key})")
    return listed


def topic_of(question: str) -> str:
    """The topic that a question of a desk form is about."""
    return question.replace("_", "-")


def is_mark(word: str) -> bool:
    return word in get_args(Mark) and word != "belum"


def _list(table: Table) -> TopicList:
    name, version = table.name("name"), table.text("version")
    topics = [_topic(one) for one in table.numbered("topic", required=True)]
    table.close()
    if len(topics) > MOST:
        table.refuse("topic", "monday.topics.many", count=len(topics), most=MOST)
    table.refuse_twice("topic", [topic.name for topic in topics])
    return TopicList(name, version, tuple(topics))


def _topic(table: Table) -> TopicKind:
    name, label, about = table.name("name"), table.words("label"), table.words("about", required=False)
    table.close()
    if len(name) > LONGEST_NAME:
        table.refuse("name", "monday.topics.name", word=name, most=LONGEST_NAME)
    return TopicKind(name, label, about)
