"""`lapordesk evidence copy`: takes the evidence from another place to where MEDIA_URL says that it lies."""

from lapordesk.commands.console import CommandFailed, Given
from lapordesk.vaults import vault_of
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
