"""`lapordesk doctor`: looks at everything that has to be in order, and says of each what it found."""

import os
import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import chain
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from core.digests.shapes import NoShapes
from core.forms.written import from_json
from lapordesk.commands.console import Console, Given
from lapordesk.commands.findings import Finding, State, broken, fine, look
from lapordesk.commands.platforms import platforms_found
from lapordesk.commands.upkeep import backup_found, processes_found
from lapordesk.settings import Settings, unknown_settings
from lapordesk.shape_file import read_file as read_shape_file
from lapordesk.shape_file import shape_file
from lapordesk.template_file import read_file, template_file
from lapordesk.vaults import vault_of
from scheduler.render import fonts_here
from storage import migrate
from storage.book import Book
from storage.keys import Keys, KeysUnusable
from storage.store import Store, StoreUnusable
from storage.tables import inbox
from storage.vaults import S3

LITTLE, SCARCE = 5 * 1024**3, 1024**3
"""Bytes left on the disk: time to look after it, and time to worry."""
LEEWAY = timedelta(minutes=2)
PATIENCE = timedelta(minutes=30)
"""The clock looks every ten minutes."""
UNREACHED = timedelta(hours=1)
"""The system of another body may be put anew meanwhile."""
MANY = 100
AUDITED = 1000
"""Rows of the audit log that are looked at here; all of them by `lapordesk audit verify`."""


def doctor(*, console: Given) -> int:
    broken = False
    for finding in chain(examine(console), platforms_found(console.settings)):
        console.listed([finding.say(console)])
        broken = broken or finding.state is State.BROKEN
    return 1 if broken else 0


def examine(console: Console) -> Iterator[Finding]:
    """Every finding, the ground first: what stands on something broken is not looked at."""
    settings = console.settings
    for name in unknown_settings():
        yield look("setting_unknown", name=name)
    yield from _disk(settings)
    yield _letters()
    yield from _channels(console)
    if not settings.key_file.exists():
        yield look("no_keys", file=settings.key_file)
        return
    try:
        keys = Keys.load(settings.key_file)
    except KeysUnusable as error:
        yield broken("keys_unusable", reason=error)
        return
    yield fine("keys", file=settings.key_file)
    yield from _database(console, keys)


def _disk(settings: Settings) -> Iterator[Finding]:
    is_bucket = settings.media_url.startswith(S3)
    if is_bucket:
        yield _bucket(settings)
    for folder in dict.fromkeys((settings.data, settings.data if is_bucket else Path(settings.media_url))):
        if not folder.exists():
            yield look("no_folder", folder=folder)
            continue
        if not os.access(folder, os.W_OK | os.X_OK):
            yield broken("read_only", folder=folder)
        left = shutil.disk_usage(folder).free
        state = State.BROKEN if left < SCARCE else State.LOOK if left < LITTLE else State.FINE
        yield Finding(state, "disk", {"folder": folder, "left": f"{left / 1024**3:.1f}"})


def _bucket(settings: Settings) -> Finding:
    """By doing there what is done with every photo."""
    try:
        vault_of(settings).try_out()
    except OSError as trouble:
        return broken("bucket_away", url=settings.media_url, reason=trouble.strerror)
    return fine("bucket", url=settings.media_url)


def _letters() -> Finding:
    """By drawing with them."""
    trouble = fonts_here.fault()
    return broken("fonts_unusable", reason=trouble) if trouble else fine("fonts")


def _channels(console: Console) -> Iterator[Finding]:
    settings = console.settings
    if settings.telegram_token:
        way = "webhook" if settings.public_url else "polling"
        yield fine(f"telegram_{way}", bots=len(settings.telegram_token))
    else:
        yield fine("telegram_off")
    if not settings.twilio_account_sid:
        yield fine("twilio_off")
    elif not settings.public_url:
        yield broken("twilio_without_address")
    else:
        numbers = (*settings.twilio_whatsapp_from, *settings.twilio_sms_from)
        yield fine("twilio", numbers=", ".join(numbers))
    yield from _templates(settings)
    yield fine("webchat", address=console.chat_address)


def _templates(settings: Settings) -> Iterator[Finding]:
    if not settings.twilio_account_sid or not settings.twilio_whatsapp_from:
        return
    templates, problems = read_file(settings)
    if problems:
        yield broken("templates_faulty", file=template_file(settings), count=len(problems))
    elif not templates.approved:
        yield look("no_templates", file=template_file(settings))
    else:
        yield fine("templates", count=len(templates.approved))


def _window(settings: Settings, book: Book, now: datetime) -> Iterator[Finding]:
    """What waits until its reader writes, and how much of the day's limit is used."""
    if withheld := book.window.count_withheld():
        yield look("withheld", count=withheld)
    for number in settings.twilio_whatsapp_from if settings.twilio_account_sid else ():
        most = read_file(settings)[0].most(number)
        reached = book.window.approached(number, now)
        told: dict[str, object] = {"account": number, "count": reached, "most": most}
        yield Finding(State.LOOK if reached >= most else State.FINE, "approached", told)


def _database(console: Console, keys: Keys) -> Iterator[Finding]:
    url = console.settings.database_url
    try:
        version = migrate.version(url)
        if version != migrate.newest():
            yield broken("not_migrated", version=version or "-", newest=migrate.newest())
            return
        store = Store(url, keys)
    except OperationalError as error:
        yield broken("no_database", reason=str(error.orig).strip().splitlines()[0])
        return
    except StoreUnusable:
        yield broken("database_refused")
        return
    yield fine("database", version=version)
    try:
        with store.reading() as book:
            yield from _contents(book)
            yield from _citizens(book)
            yield from _window(console.settings, book, console.now)
            yield from _outlines(console.settings, book)
            yield from _secrets(book)
            yield from _deadlines(console, book)
            yield from _clock(console, book)
            yield from processes_found(console, book)
            yield backup_found(console, book)
            if failing := book.hooks.count_failing(console.now - UNREACHED):
                yield look("hooks_failing", count=failing)
    finally:
        store.close()


def _contents(book: Book) -> Iterator[Finding]:
    counts = {
        "areas": sum(book.areas.counts().values()),
        "people": sum(book.people.counts().values()),
        "forms": len({form.name for form in book.forms.versions()}),
        "procedures": len({one.name for one in book.procedures.versions()}),
    }
    for what, count in counts.items():
        yield fine(what, count=count) if count else look(f"no_{what}")
    parked = book.outbox.count_parked()
    failed = book.connection.scalar(select(func.count()).where(inbox.c.state == "failed")) or 0
    if parked or failed:
        yield look("stuck", parked=parked, failed=failed)


def _citizens(book: Book) -> Iterator[Finding]:
    """Is there a form for citizens, and what every form opens?"""
    newest = {one.name: one.version for one in book.forms.versions()}
    forms = [from_json(book.forms.load(name, version)) for name, version in newest.items()]
    public = sorted(form.name for form in forms if form.purpose.public)
    if public:
        yield fine("public_forms", names=", ".join(public))
    elif forms:
        yield look("no_public_forms")
    in_force = {one.name for one in book.procedures.versions()}
    for form in forms if in_force else ():
        if form.purpose.opens and form.purpose.opens not in in_force:
            yield look("opens_nothing", form=form.name, procedure=form.purpose.opens)


def _outlines(settings: Settings, book: Book) -> Iterator[Finding]:
    """The file with the shapes of areas, where there is one."""
    try:
        shapes = read_shape_file(settings, book)
    except NoShapes as refused:
        yield broken(f"shapes.{refused.why}", file=shape_file(settings))
        return
    if shapes is not None:
        yield fine("shapes", count=len(shapes.rings), unread=shapes.unread)


def _secrets(book: Book) -> Iterator[Finding]:
    kinds = [one.kind for one in book.custodians.active()]
    counts = {"count": kinds.count("custodian"), "recovery": kinds.count("recovery")}
    can_seal = book.custodians.can_seal()
    yield fine("custodians", **counts) if can_seal else look("no_custodians", **counts)
    verdict = book.audit.verify_last(AUDITED)
    if verdict.broken_at is None:
        yield fine("audit", count=verdict.count)
    else:
        yield broken("audit_broken", row=verdict.broken_at)


def _deadlines(console: Console, book: Book) -> Iterator[Finding]:
    """A deadline that ran out a while ago and that nobody was told of: the clock does not run."""
    then = console.now - PATIENCE
    late = book.cases.running_out(then, then, MANY)
    if late:
        yield broken("late", count=f"{len(late)}{'+' if len(late) == MANY else ''}", number=late[0])
    else:
        yield fine("not_late")


def _clock(console: Console, book: Book) -> Iterator[Finding]:
    """A message that came in later than now: the clock was set back."""
    last = book.connection.scalar(select(func.max(inbox.c.received_at)))
    if last is not None and last > console.now + LEEWAY:
        yield broken("clock", last=last.isoformat(timespec="minutes"))
    else:
        yield fine("clock_fine", now=console.now.isoformat(timespec="minutes"))
