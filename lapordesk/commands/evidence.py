"""`lapordesk evidence`: takes it to another place, and lists the pictures that two posts have in common."""

from datetime import timedelta

from lapordesk.commands.console import CommandFailed, Given
from lapordesk.vaults import vault_of
from storage.areas import label
from storage.vaults import Folder
from storage.vaults.copying import Copied, copy_all

MANY = 1000
"""So many files, and it says how far it is."""


def copy(source: str, *, console: Given) -> None:
    url = console.settings.media_url
    if source.rstrip("/") == url.rstrip("/"):
        raise CommandFailed("commands.evidence.same", url=url)
    here, there = vault_of(console.settings, source), vault_of(console.settings)
    if isinstance(here, Folder) and not here.root.is_dir():
        raise CommandFailed("commands.evidence.missing", url=source)
    there.try_out()
    said = 0

    def tell(copied: Copied) -> None:
        nonlocal said
        if copied.files - said >= MANY:
            said = copied.files
            console.say("commands.evidence.copying", count=console.number(said))

    copied = copy_all(here, there, tell)
    counts = {"count": console.number(copied.files), "already": console.number(copied.already)}
    console.say("commands.evidence.copied", url=url, **counts)


def alike(*, area: str = "", days: int = 30, console: Given) -> None:
    """Nobody is accused: one of them may have helped the other, or taken the wrong picture."""
    with console.store() as store, store.reading() as book:
        found = book.pictures.within(area or console.settings.province, console.now - timedelta(days=days))
        places = book.areas.several({code for one in found for code in (one.area, one.other_area) if code})
    for one in found:
        names = [label(places[code]) if code in places else "-" for code in (one.area, one.other_area)]
        at = f"{one.found_at.astimezone(console.zone):%Y-%m-%d %H:%M}"
        told = {"report": one.report, "place": names[0], "other": one.other, "other_place": names[1]}
        console.say("commands.evidence.alike", at=at, **told)
    if not found:
        console.say("commands.evidence.none_alike")
