"""Every sentence exists in each language with the same places to fill, and every key is used and exists."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.pofile import read_po

from core.speech.texts import LANGUAGES

HOUSE = Path(__file__).parent.parent
WORDS = HOUSE / "core" / "speech" / "words"
TOPICS = sorted({file.stem for file in WORDS.glob("*/*.po")})
PACKAGES = ("bot", "core", "desk", "lapordesk", "scheduler", "storage", "webhooks")
KEY = re.compile(
    rf"({'|'.join(TOPICS)})(\.[a-z0-9_-]+)*\.(?!(css|csv|html|js|po|toml)$)[a-z0-9_-]+", re.IGNORECASE
)
IN_PAGES = re.compile(rf"""["'](({"|".join(TOPICS)})(?:\.[A-Za-z0-9_-]+)+)["']""")


@cache
def sentences(language: str, topic: str) -> dict[str, str]:
    file = WORDS / language / f"{topic}.po"
    catalogue = read_po(BytesIO(file.read_bytes()), abort_invalid=True)
    return {str(message.id): str(message.string) for message in catalogue if message.id}


def places(sentence: str) -> set[str]:
    return {field for _, field, _, _ in Formatter().parse(sentence) if field is not None}


@pytest.mark.parametrize("topic", TOPICS)
def test_each_key_is_there_in_each_language(topic: str) -> None:
    first, *others = (sentences(language, topic).keys() for language in LANGUAGES)
    for other in others:
        assert first ^ other == set()


@pytest.mark.parametrize("topic", TOPICS)
def test_each_sentence_has_the_same_places_in_each_language(topic: str) -> None:
    spoken = [sentences(language, topic) for language in LANGUAGES]
    odd = [key for key in spoken[0] if len({frozenset(places(words[key])) for words in spoken}) > 1]
    assert not odd


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("topic", TOPICS)
def test_no_sentence_is_empty_or_in_the_wrong_file(language: str, topic: str) -> None:
    faulty = [key for key, words in sentences(language, topic).items()
              if not words.strip() or not key.startswith(f"{topic}.")]  # fmt: skip
    assert not faulty


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("topic", TOPICS)
def test_no_key_stands_twice(language: str, topic: str) -> None:
    keys = re.findall(r'^msgid "(.+)"$', (WORDS / language / f"{topic}.po").read_text(), re.MULTILINE)
    assert len(keys) == len(set(keys))


def test_each_used_key_exists() -> None:
    known = every_key()
    missing = sorted(f"{key} ({place})" for key, place in used_keys() if key not in known)
    missing += sorted(
        f"{pattern.pattern} ({place})" for pattern, place in made_keys()
        if pattern.pattern.startswith(tuple(TOPICS)) and not any(map(pattern.fullmatch, known))
    )  # fmt: skip
    assert not missing


def test_each_key_is_used() -> None:
    used = {key for key, _ in used_keys()}
    patterns = [pattern for pattern, _ in made_keys()]
    idle = [key for key in every_key() - used if not any(pattern.fullmatch(key) for pattern in patterns)]
    assert not sorted(idle)


def every_key() -> set[str]:
    return {key for topic in TOPICS for key in sentences(LANGUAGES[0], topic)}


def used_keys() -> Iterator[tuple[str, str]]:
    """Keys that stand whole in the code or in a page, each with its place."""
    for path, tree in code():
        logged = set(log_events(tree))
        for node in ast.walk(tree):
            if node in logged or not (isinstance(node, ast.Constant) and isinstance(node.value, str)):
                continue
            if KEY.fullmatch(node.value):
                yield node.value, f"{path}:{node.lineno}"
    for package in PACKAGES:
        for page in (HOUSE / package).rglob("*"):
            if page.suffix in (".html", ".js"):
                yield from ((found[0], page.name) for found in IN_PAGES.findall(page.read_text()))


def log_events(tree: ast.Module) -> Iterator[ast.AST]:
    """What is written to the log looks like a key and is none."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = node.func.value
            if isinstance(owner, ast.Name) and owner.id == "log":
                yield from node.args


def made_keys() -> Iterator[tuple[re.Pattern[str], str]]:
    """Keys that are made when they are needed: f"forms.{severity}" uses all keys of that shape."""
    for path, tree in code():
        for node in ast.walk(tree):
            if isinstance(node, ast.JoinedStr) and (pattern := shape(node)):
                yield re.compile(pattern), f"{path}:{node.lineno}"


def shape(made: ast.JoinedStr) -> str:
    """The f-string as a pattern; empty when it neither begins nor ends like a key."""
    parts = [part.value if isinstance(part, ast.Constant) else None for part in made.values]
    begins = isinstance(parts[0], str) and re.match(rf"({'|'.join(TOPICS)})\.", parts[0])
    ends = isinstance(parts[-1], str) and re.fullmatch(r"\.[a-z_]{3,}", parts[-1])
    if not (begins or ends):
        return ""
    return "".join(re.escape(part) if isinstance(part, str) else r"[A-Za-z0-9_.-]+" for part in parts)


@cache
def code() -> tuple[tuple[str, ast.Module], ...]:
    files = [file for package in PACKAGES for file in sorted((HOUSE / package).rglob("*.py"))]
    return tuple((str(file.relative_to(HOUSE)), ast.parse(file.read_text())) for file in files)
