"""`lapordesk elections`: checks an election's file, publishes it, lists them and gives one back."""

from collections.abc import Collection
from pathlib import Path
from typing import Annotated

from babel.dates import get_day_names
from cyclopts import Parameter

from core.elections.election import Duty, Election
from core.elections.reading import read_election
from core.speech.texts import LANGUAGES, texts
from core.toml.problems import describe
from lapordesk.commands.console import CommandFailed, Console, Given
from lapordesk.workbooks import BUNDLED
from storage.duties import open_periods, publish_election
from storage.published import OtherWords
from storage.store import Store

Bundled = Annotated[bool, Parameter(name="--bundled", negative=())]


def check(file: Path, *, console: Given) -> int:
    """Whoever writes one has perhaps no database: whether its forms are published is asked at publishing."""
    election, problems = read_election(console.read(file), file=file.name)
    console.listed(describe(problems, [texts(language) for language in LANGUAGES]))
    if election is None:
        console.say("commands.elections.faulty", file=file.name, count=len(problems))
        return 1
    console.listed(_told(console, election))
    return 0


def publish(*files: Path, bundled_too: Bundled = False, console: Given) -> None:
    wanted = (*files, *(bundled() if bundled_too else ()))
    if not wanted:
        raise CommandFailed("commands.elections.nothing")
    with console.store() as store:
        for file in wanted:
            publish_text(console, store, console.read(file), file.name)


def publish_text(console: Console, store: Store, source: str, file: str) -> None:
    """Put it in force, and open what has begun."""
    with store.begin() as book:
        election = _read(console, source, file, {one.name for one in book.forms.versions()})
        named = {"name": election.name, "version": election.version}
        try:
            is_new = publish_election(book, source, election, console.now)
        except OtherWords:
            raise CommandFailed("commands.elections.other_words", **named) from None
        made = open_periods(book, console.now)
    console.say("commands.elections.published" if is_new else "commands.elections.unchanged", **named)
    if made.expected:
        expected, periods = console.number(made.expected), console.number(made.periods)
        console.say("commands.elections.opened", periods=periods, expected=expected)


def list_elections(*, console: Given) -> None:
    with console.store() as store, store.reading() as book:
        versions = book.elections.versions()
    if not versions:
        raise CommandFailed("commands.elections.none")
    newest = {one.name: one for one in versions}
    for one in versions:
        key = "commands.elections.newest" if newest[one.name] is one else "commands.elections.older"
        day = f"{one.published_at.astimezone(console.zone):%Y-%m-%d %H:%M}"
        console.say(key, name=one.name, version=one.version, day=day, voting=one.election.voting_day)


def export(name: str, *, to: Path, version: str | None = None, console: Given) -> None:
    with console.store() as store, store.reading() as book:
        kept = [one for one in book.elections.versions(name) if version in (None, one.version)]
    if not kept:
        raise CommandFailed("commands.elections.unknown", name=name)
    to.write_text(kept[-1].source, encoding="utf-8")
    console.say("commands.written", file=to)


def bundled() -> list[Path]:
    """The elections that come with LaporDesk."""
    return sorted((BUNDLED / "elections").glob("*.toml"))


def _read(console: Console, source: str, file: str, forms: Collection[str]) -> Election:
    election, problems = read_election(source, forms, file)
    if election is None:
        console.listed(describe(problems, [console.texts]))
        raise CommandFailed("commands.elections.faulty", file=file, count=len(problems))
    return election


def _told(console: Console, election: Election) -> list[str]:
    """Each stage, and in it each duty, as they were understood."""
    lines = []
    for stage in election.stages:
        label = stage.label[console.texts.language]
        lines.append(f"{stage.first} – {stage.last}  {label}")
        for duty in (one for one in election.duties if one.stage == stage.name):
            roles = ", ".join(role.upper() for role in sorted(duty.roles))
            lines.append(f"    {duty.name}: {duty.form}, {roles}, {_cadence(console, duty)}")
    return lines


def _cadence(console: Console, duty: Duty) -> str:
    weekday = get_day_names("wide", locale=console.texts.language)[duty.weekday]
    key = f"commands.elections.cadence.{duty.cadence}"
    return console.texts.say(key, due=f"{duty.due:%H:%M}", weekday=weekday, hours=duty.after_hours)
