"""What files a channel can carry, and which of those that we send it does.

    sort_out((picture, workbook, archive), WHATSAPP_FILES) → ((picture, workbook), (archive,))

No albums: they bear no buttons, and each file in one counts against the pace all the same.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from core.model.messages import Enclosure

PICTURES = frozenset({"image/jpeg", "image/png"})
"""What every platform and browser shows as a picture."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"


@dataclass(frozen=True, slots=True)
class Carriage:
    """One channel's limits for files."""

    caption: int
    """The longest text that a picture can bear, in UTF-16 units."""
    picture: int
    """The largest picture, in bytes."""
    file: int
    """The largest file, in bytes."""
    at_once: int = 1
    """How many go in one message; with more than one, any of them can stand beside words."""
    types: frozenset[str] = frozenset()
    """What may be sent at all; empty: anything."""
    big_pictures: bool = True
    """A picture that is too large can go as a document."""
    taps: bool = True
    """A picture can bear buttons."""

    def is_picture(self, file: Enclosure) -> bool:
        return file.content_type in PICTURES and file.size <= self.picture

    def takes(self, file: Enclosure) -> bool:
        if file.content_type in PICTURES and not self.big_pictures and not self.is_picture(file):
            return False
        return file.size <= self.file and (not self.types or file.content_type in self.types)


# Caption 1,024; upload 50 MB, a photo 10 MB: https://core.telegram.org/bots/api#sending-files
TELEGRAM_FILES = Carriage(caption=1024, picture=10_000_000, file=50_000_000)
# https://www.twilio.com/docs/whatsapp/guidance-whatsapp-media-messages: 16 MB, a picture 5 MB, these types,
# no caption under a document. Buttons are a content template, which takes no MediaUrl beside it.
WHATSAPP_FILES = Carriage(
    caption=1024,
    picture=5_000_000,
    file=16_000_000,
    types=PICTURES | {"application/pdf", "application/msword", DOCX, PPTX, XLSX},
    big_pictures=False,
    taps=False,
)
# Our own page and the terminal.
HOUSE_FILES = Carriage(caption=8000, picture=10_000_000, file=50_000_000, at_once=10)


def sort_out(
    files: Iterable[Enclosure], carriage: Carriage | None
) -> tuple[tuple[Enclosure, ...], tuple[Enclosure, ...]]:
    """Those that the channel carries, pictures first, and those that it does not."""
    every = tuple(files)
    taken = [file for file in every if carriage and carriage.takes(file)]
    left = tuple(file for file in every if file not in taken)
    return tuple(sorted(taken, key=lambda file: not (carriage and carriage.is_picture(file)))), left


def named(files: Iterable[Enclosure]) -> str:
    return ", ".join(file.name for file in files)
