"""What comes in and what goes out, the same for every channel.

Incoming(id="8812", address=Address("telegram", "1001", "4471"), text="jam 7 lewat 20", ...)
Reply("2/14 · Apa sebabnya terlambat?", (Choice("f7:2:logistik", "Logistik belum lengkap"), ...))
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal

MediaKind = Literal["image", "audio", "video", "file"]
Asked = Literal["contact", "location"]

EDITED = "c:edited"
"""The `choice` of an Incoming that says: an earlier text was edited. What it says now is not carried along,
since nobody can tell which question it belongs to."""


class Channel(StrEnum):
    """The ways people reach us; the value is what the database and the exports say."""

    TELEGRAM = "telegram"
    WHATSAPP = "whatsapp"
    SMS = "sms"
    WEBCHAT = "webchat"
    TERMINAL = "terminal"


@dataclass(frozen=True, slots=True)
class Address:
    """Where somebody can be answered."""

    channel: Channel
    account: str
    """Which bot or number of ours they wrote to: a person stays with the one they wrote to."""
    peer: str
    """Telegram chat id, E.164 number, or web chat visitor."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A picture, voice note, film or document that a message carried; the bytes are fetched later."""

    kind: MediaKind
    ref: str
    """What the channel fetches it by: Telegram's file_id, Twilio's media address."""
    name: str = ""
    content_type: str = ""
    size: int | None = None
    media: str = ""
    """Our own id for it, given when the turn begins; this is what an answer holds."""


@dataclass(frozen=True, slots=True)
class Location:
    """A pin: degrees, WGS 84; accuracy in metres, 0 when it is not known."""

    latitude: float
    longitude: float
    accuracy: float = 0.0


@dataclass(frozen=True, slots=True)
class Contact:
    """A shared phone number; `own` only when the platform vouches that it is the sender's."""

    phone: str
    own: bool


@dataclass(frozen=True, slots=True)
class Incoming:
    """One message or tap. `id` is the provider's and unique within (channel, account)."""

    id: str
    address: Address
    sent_at: datetime
    """The sender's time as the platform tells it; aware, UTC."""
    text: str = ""
    choice: str = ""
    """The key of the tapped Choice."""
    attachments: tuple[Attachment, ...] = ()
    location: Location | None = None
    contact: Contact | None = None
    start: str = ""
    """What a one-time link carried (Telegram's deep-link parameter)."""
    album: str = ""
    """Shared by the pictures that were sent together."""
    sender: str = ""
    """The name that the platform shows for the sender; never trusted, only greeted."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to tap. The key is at most 64 bytes (Telegram's callback_data)."""

    key: str
    label: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that goes along with what we say; `ref` is the id that its sealed bytes are kept under."""

    name: str
    content_type: str
    ref: str
    size: int = 0


@dataclass(frozen=True, slots=True)
class Template:
    """What to say on WhatsApp to somebody who has not written for a day: only approved words may go out then.

    Template("reminder", ("Ani Contoh", "LHP Selasa, 26 November", "pukul 20.00 WITA"))
    """

    purpose: str
    variables: tuple[str, ...] = ()
    """Fill {{1}}, {{2}} and so on of the approved words."""
    announces: bool = False
    """The template only knocks: what we have to say waits, and goes out when they answer."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What we say: one matter, the question last."""

    text: str
    choices: tuple[Choice, ...] = ()
    numbered: bool = True
    """On a channel without buttons: may the choices be answered by 1, 2, 3?
    False where a bare number is itself an answer; then their labels are offered as words to type."""
    ask: Asked | None = None
    files: tuple[Enclosure, ...] = ()
    template: Template | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a platform told about a message that we sent; order is not guaranteed."""

    channel: Channel
    account: str
    provider_id: str
    status: Literal["sent", "delivered", "read", "failed"]
    at: datetime
    error: str = ""
