"""`lapordesk audit`: is the log of what was done still as it was written?"""

from lapordesk.commands.console import Given


def verify(*, head: str = "", console: Given) -> int:
    with console.store() as store, store.reading() as book:
        verdict = book.audit.verify(head)
    console.say("secrets.audit.count", count=console.number(verdict.count), head=verdict.head or "-")
    if verdict.broken_at is not None:
        console.say("secrets.audit.broken", number=verdict.broken_at)
        return 1
    if not verdict.met:
        console.say("secrets.audit.cut")
        return 1
    return 0
