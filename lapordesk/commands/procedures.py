"""`lapordesk procedures`: checks how cases are worked, puts it in force, lists it and gives it back."""

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

from core.speech.texts import LANGUAGES, texts
from core.toml.problems import describe
from lapordesk.commands.console import CommandFailed, Console, Given
from lapordesk.procedure_files import ProcedureFile, bundled_procedures, files_in, read_together
from storage.book import Book
from storage.procedures import ProcedureChanged
from storage.store import Store

Language = Literal["id", "en"]
Law = Literal["pilkada", "pemilu"]
Laws = Annotated[Law | None, Parameter(name="--law")]


def check(*files: Path, language: Language | None = None, console: Given) -> int:
    """Needs no database. What a file on its own opens cannot be known, so it is not asked."""
    wanted = _wanted(files)
    read = read_together({file: console.read(file) for file in wanted}, is_whole=len(wanted) > 1)
    console.listed([_told(one, (language,) if language else LANGUAGES) for one in read])
    return 1 if any(one.problems for one in read) else 0


def publish(*files: Path, law: Laws = None, console: Given) -> None:
    wanted = _wanted([*files, *(bundled_procedures(law) if law else ())])
    with console.store() as store:
        publish_files(console, store, wanted)


def publish_files(console: Console, store: Store, files: Iterable[Path]) -> None:
    """All of them or none: they open cases for one another."""
    sources = {file: console.read(file) for file in files}
    with store.reading() as book:
        read = read_together(sources, [one.name for one in book.procedures.versions()])
    if broken := [one for one in read if one.problems]:
        console.listed([_told(one, (console.texts.language,)) for one in broken])
        raise CommandFailed("commands.procedures.refused", files=", ".join(one.file for one in broken))
    with store.begin() as book:
        keys = [_publish(console, book, one) for one in read]
    for key, one in zip(keys, read, strict=True):
        if one.procedure:
            console.say(key, name=one.procedure.name, version=one.procedure.version, law=one.procedure.law)


def list_procedures(*, console: Given) -> None:
    with console.store() as store, store.reading() as book:
        versions = book.procedures.versions()
    if not versions:
        raise CommandFailed("commands.procedures.none")
    in_force = {one.name: one for one in versions}
    for one in versions:
        key = "commands.procedures.in_force" if in_force[one.name] is one else "commands.procedures.older"
        day = f"{one.published_at.astimezone(console.zone):%Y-%m-%d %H:%M}"
        console.say(key, name=one.name, version=one.version, law=one.law, day=day)


def export(name: str, *, to: Path, version: str | None = None, console: Given) -> None:
    with console.store() as store, store.reading() as book:
        versions = [
            one for one in book.procedures.versions() if one.name == name and version in (None, one.version)
        ]
        if not versions:
            raise CommandFailed("commands.procedures.unknown", name=name)
        source = book.procedures.source(name, versions[-1].version) or ""
    to.write_text(source, encoding="utf-8")
    console.say("commands.written", file=to)


def _publish(console: Console, book: Book, one: ProcedureFile) -> str:
    """Put it in force; the key of what is told of it."""
    if one.procedure is None:
        raise CommandFailed("commands.procedures.refused", files=one.file)
    name, version = one.procedure.name, one.procedure.version
    try:
        if book.procedures.publish(one.source, one.procedure, console.now):
            return "commands.procedures.published"
    except ProcedureChanged:
        raise CommandFailed("commands.procedures.other_words", name=name, version=version) from None
    current = book.procedures.current(name)
    if current is None or current.version != version:
        raise CommandFailed("commands.procedures.not_in_force", name=name, version=version)
    return "commands.procedures.unchanged"


def _wanted(paths: Iterable[Path]) -> list[Path]:
    wanted = files_in(paths)
    if not wanted:
        raise CommandFailed("commands.procedures.nothing")
    return wanted


def _told(one: ProcedureFile, languages: Iterable[str]) -> str:
    """Every problem, and whether it can be published."""
    spoken = [texts(language) for language in languages]
    verdict = "procedures.checked.refused" if one.problems else "procedures.checked.fine"
    verdicts = (words.say(verdict, count=len(one.problems)) for words in spoken)
    return "\n".join([one.file, *describe(one.problems, spoken), *verdicts])
