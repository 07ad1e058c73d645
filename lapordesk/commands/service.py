"""`lapordesk serve`, `migrate`, `chat`: what runs, and what makes it ready to run."""

import socket
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

from lapordesk.commands.console import CommandFailed, Given
from lapordesk.settings import Settings
from storage.roster.entries import Unread
from storage.roster.values import read_phone

Role = Literal["all", "web", "delivery", "clock"]
Phone = Annotated[str, Parameter(name="--as")]


def serve(*, role: Role = "all", console: Given) -> None:
    console.require_migrated()
    # Imported here: FastAPI and the channels take half a second that the other commands need not wait.
    from lapordesk.serving import serve as keep_serving

    if role in ("all", "web"):
        _require_port(console.settings)
        console.say("commands.serving", address=console.chat_address)
    keep_serving(console.settings, role)


def migrate(*, console: Given) -> None:
    console.say("commands.migrated" if console.prepare() else "commands.migrated.already")


def chat(*, phone: Phone, transcript: Path | None = None, console: Given) -> None:
    console.require_migrated()
    try:
        number = read_phone(phone)
    except Unread as unread:
        raise CommandFailed(unread.key, **unread.values) from None
    from lapordesk.terminal import chat as chat_in_terminal

    chat_in_terminal(console.settings, number, transcript)


def _require_port(settings: Settings) -> None:
    """Say it in our words, before anything is started, when somebody else listens there."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        socket.create_server((settings.host, settings.port), family=family).close()
    except OSError as error:
        reason = error.strerror or str(error)
        raise CommandFailed("commands.port", host=settings.host, port=settings.port, reason=reason) from None
