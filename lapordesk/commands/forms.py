"""`lapordesk forms`: checks an author's workbook, publishes it, lists what is published and gives it back."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

from core.forms.form import Form
from core.forms.guide import guide_of
from core.forms.problems import describe
from core.forms.written import from_json
from core.forms.xlsform import Compiled
from core.speech.texts import LANGUAGES, texts
from desk.forming import areas_below
from desk.forming import publish as put_in_force
from desk.papers import draw_guide
from desk.workbook import as_kind
from lapordesk.commands.console import CommandFailed, Console, Given
from lapordesk.workbooks import UnknownKind, bundled, kind_of, read_form_file
from storage.areas_source import load as areas_of
from storage.book import Book
from storage.exports.whole import written_whole
from storage.forms import AlreadyPublished, FormVersion
from storage.store import Store

Language = Literal["id", "en"]
Bundled = Annotated[bool, Parameter(name="--bundled", negative=())]


def check(file: Path, *, language: Language | None = None, console: Given) -> int:
    """An author has no database: the areas are those that every installation can load."""
    _kind(file)
    compiled = read_form_file(file, areas_of(console.settings.province)).compile()
    console.listed([_told(compiled, (language,) if language else LANGUAGES)])
    return 1 if compiled.errors else 0


def publish(*files: Path, bundled_too: Bundled = False, console: Given) -> None:
    wanted = (*files, *(bundled() if bundled_too else ()))
    if not wanted:
        raise CommandFailed("commands.forms.nothing")
    with console.store() as store:
        for file in wanted:
            publish_file(console, store, file)


def publish_file(console: Console, store: Store, file: Path) -> None:
    """Publish one workbook; one that is published already, word for word, is left alone."""
    _kind(file)
    source = file.read_bytes()
    with store.reading() as book:
        if same := _with_source(book, source):
            console.say("commands.forms.unchanged", name=same.name, version=same.version, title=same.title)
            return
        compiled = read_form_file(file, areas_below(book, console.settings.province)).compile()
    if compiled.form is None:
        console.listed([_told(compiled, (console.texts.language,))])
        raise CommandFailed("commands.forms.refused", file=file.name, count=len(compiled.errors))
    _publish(console, store, compiled.form, source)


def _publish(console: Console, store: Store, form: Form, source: bytes) -> None:
    title = form.words(form.title, console.texts.language) or form.name
    try:
        with store.begin() as book:
            put_in_force(book, form, source, console.texts.language, console.now, None)
    except AlreadyPublished:
        raise CommandFailed("commands.forms.other_words", name=form.name, version=form.version) from None
    console.say("commands.forms.published", name=form.name, version=form.version, title=title)


def list_forms(*, console: Given) -> None:
    with console.store() as store, store.reading() as book:
        versions = book.forms.versions()
    if not versions:
        raise CommandFailed("commands.forms.none")
    newest = {one.name: one for one in versions}
    for one in versions:
        key = "commands.forms.newest" if newest[one.name] is one else "commands.forms.older"
        day = f"{one.published_at.astimezone(console.zone):%Y-%m-%d %H:%M}"
        console.say(key, name=one.name, version=one.version, title=one.title, day=day)


def export(name: str, *, to: Path, version: str | None = None, console: Given) -> None:
    wanted = _kind(to)
    with console.store() as store, store.reading() as book:
        published = [
            one for one in book.forms.versions() if one.name == name and version in (None, one.version)
        ]
        if not published:
            raise CommandFailed("commands.forms.unknown", name=name)
        source = as_kind(book.forms.source(name, published[-1].version), wanted)
    if source is None:
        raise CommandFailed("commands.forms.not_that_kind", kind=wanted)
    to.write_bytes(source)
    console.say("commands.written", file=to)


def guide(
    name: str, *, to: Path, number: str | None = None, language: Language | None = None, console: Given
) -> None:
    """The page that tells how to send a form as one coded SMS."""
    if to.suffix.lower() != ".pdf":
        raise CommandFailed("commands.papers.kind", file=to.name, ending=".pdf")
    with console.store() as store, store.reading() as book:
        newest = {one.name: one.version for one in book.forms.versions()}
        if name not in newest:
            raise CommandFailed("commands.forms.unknown", name=name)
        form = from_json(book.forms.load(name, newest[name]))
    spoken = language or console.texts.language
    told = guide_of(form, spoken)
    if told is None:
        raise CommandFailed("commands.forms.no_codes", name=name)
    sender = number or next(iter(console.settings.twilio_sms_from), "")
    page = draw_guide(told, sender, console.settings.province, console.now, spoken)
    with written_whole(to) as path:
        path.write_bytes(page)
    console.say("commands.written", file=to)


def _kind(file: Path) -> str:
    try:
        return kind_of(file)
    except UnknownKind:
        raise CommandFailed("commands.forms.kind", file=file.name) from None


def _with_source(book: Book, source: bytes) -> FormVersion | None:
    """The newest version of a form whose workbook is the very same."""
    newest = {one.name: one for one in book.forms.versions()}
    return next((one for one in newest.values() if book.forms.source(one.name, one.version) == source), None)


def _told(compiled: Compiled, languages: Sequence[str]) -> str:
    return describe(compiled.problems, [texts(language) for language in languages])
