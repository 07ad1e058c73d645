"""What `lapordesk doctor` sees of a deployment's upkeep: do its processes live, is there a fresh backup?"""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

from lapordesk.commands.backups import TAKEN
from lapordesk.commands.console import Console
from lapordesk.commands.findings import Finding, broken, fine, look
from lapordesk.signs import ROLES
from storage.audit_list import Leaf
from storage.book import Book
from storage.sqlite import is_served
from storage.store import is_sqlite

OLD = timedelta(days=2)


def processes_found(console: Console, book: Book) -> Iterator[Finding]:
    """How many of each role; where nothing runs at all nobody has started it yet."""
    url = console.settings.database_url
    if is_sqlite(url):
        yield fine("served") if is_served(url) else look("not_served")
        return
    alive = Counter(one.role for one in book.processes.alive(console.now))
    if not alive:
        yield look("not_served")
        return
    yield fine("processes", **{role: alive[role] for role in ROLES})
    for role in ROLES:
        if not alive[role]:
            yield broken(f"no_{role}")


def backup_found(console: Console, book: Book) -> Finding:
    """As the audit log tells; what copies the database otherwise is not known here."""
    last = book.audit_list.find(Leaf(act=TAKEN, limit=1))
    if not last:
        return look("no_backup")
    age = console.now - last[0].at
    told = {"at": f"{last[0].at.astimezone(console.zone):%Y-%m-%d %H:%M}", "days": age.days}
    return look("old_backup", **told) if age > OLD else fine("backup", **told)
