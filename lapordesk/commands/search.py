"""`lapordesk cases reindex`: the words that cases are searched by, made anew while LaporDesk runs."""

from lapordesk.commands.console import Given


def reindex(*, console: Given) -> None:
    last, many = "", 0
    with console.store() as store:
        while True:
            with store.begin() as book:
                numbers = book.cases.search_anew(last)
            if not numbers:
                break
            last, many = numbers[-1], many + len(numbers)
    console.say("commands.cases.reindexed", count=console.number(many))
