"""`lapordesk topics`: checks the list of the desk's topics, puts it in force, lists it and gives it back."""

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from core.digests.standing import in_language
from core.digests.topics import TopicList, read_topics
from core.speech.texts import LANGUAGES, texts
from core.toml.problems import describe
from lapordesk.commands.console import CommandFailed, Console, Given
from lapordesk.workbooks import BUNDLED
from storage.published import OtherWords
from storage.store import Store

Bundled = Annotated[bool, Parameter(name="--bundled", negative=())]
FILE = BUNDLED / "topics.toml"


def check(file: Path, *, console: Given) -> int:
    """Needs no database."""
    listed, problems = read_topics(console.read(file), file.name)
    console.listed(describe(problems, [texts(language) for language in LANGUAGES]))
    if listed is None:
        console.say("commands.topics.faulty", file=file.name, count=len(problems))
        return 1
    console.listed(_told(console, listed))
    return 0


def publish(file: Path | None = None, *, bundled_too: Bundled = False, console: Given) -> None:
    wanted = [*([file] if file else []), *([FILE] if bundled_too else [])]
    if not wanted:
        raise CommandFailed("commands.topics.nothing")
    with console.store() as store:
        for one in wanted:
            publish_text(console, store, console.read(one), one.name)


def publish_text(console: Console, store: Store, source: str, file: str) -> None:
    listed, problems = read_topics(source, file)
    if listed is None:
        console.listed(describe(problems, [console.texts]))
        raise CommandFailed("commands.topics.faulty", file=file, count=len(problems))
    named = {"name": listed.name, "version": listed.version}
    try:
        with store.begin() as book:
            is_new = book.topics.publish(source, listed.name, listed.version, console.now)
    except OtherWords:
        raise CommandFailed("commands.topics.other_words", **named) from None
    console.say("commands.topics.published" if is_new else "commands.topics.unchanged", **named)


def list_topics(*, console: Given) -> None:
    with console.store() as store, store.reading() as book:
        versions = book.topics.versions()
    if not versions:
        raise CommandFailed("commands.topics.none")
    for one in versions:
        key = "commands.topics.newest" if one is versions[-1] else "commands.topics.older"
        day = f"{one.published_at.astimezone(console.zone):%Y-%m-%d %H:%M}"
        console.say(key, name=one.name, version=one.version, day=day, count=len(one.listed.topics))


def export(name: str, *, to: Path, version: str | None = None, console: Given) -> None:
    with console.store() as store, store.reading() as book:
        kept = [one for one in book.topics.versions(name) if version in (None, one.version)]
    if not kept:
        raise CommandFailed("commands.topics.unknown", name=name)
    to.write_text(kept[-1].source, encoding="utf-8")
    console.say("commands.written", file=to)


def _told(console: Console, listed: TopicList) -> list[str]:
    return [f"{one.name:24}  {in_language(one.label, console.texts.language)}" for one in listed.topics]
