"""`lapordesk serve`, `migrate`, `chat`: what runs, and what makes it ready to run."""

from typing import Literal

from lapordesk.commands.console import Given

Role = Literal["all", "web", "delivery", "clock"]


def serve(*, role: Role = "all", console: Given) -> None:
    # FastAPI and the channels: half a second that others are spared.
    from lapordesk.serving import serve as serve_all

    serve_all(console.settings, role)


def migrate(*, console: Given) -> None:
    console.say("commands.migrated" if console.prepare() else "commands.migrated.already")


def chat(*, as_: str, console: Given) -> None:
    from lapordesk.terminal import chat as chat_in_terminal

    chat_in_terminal(console.settings, as_)
