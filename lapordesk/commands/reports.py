"""`lapordesk reports`: what was answered, counted anew from the reports themselves."""

from lapordesk.commands.console import Given


def recount(*, console: Given) -> None:
    """Part by part: whoever files meanwhile waits for no more than one of them."""
    with console.store() as store:
        with store.begin() as book:
            book.analysis.forget()
        total = 0
        while True:
            with store.begin() as book:
                counted = book.analysis.count()
            if not counted:
                break
            total += counted
    console.say("commands.reports.recounted", count=console.number(total))
