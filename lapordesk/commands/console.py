"""What every command is given: the settings, the words, and the way to the store.

def list_forms(*, console: Given) -> None:
    with console.store() as store, store.reading() as book:
        console.say("commands.forms.row", ...)
"""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from getpass import getpass
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

from babel.numbers import format_decimal
from cyclopts import Parameter

from core.speech.texts import Texts, texts
from lapordesk.settings import Settings, read_settings
from storage.keys import Keys
from storage.migrate import migrate, newest, version
from storage.store import Store


class CommandFailed(Exception):
    """The command cannot be done; the sentence behind the key says why, in one line."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values


@dataclass(frozen=True, slots=True)
class Console:
    settings: Settings
    texts: Texts

    @classmethod
    def open(cls) -> "Console":
        settings = read_settings()
        return cls(settings, texts(settings.language))

    @property
    def now(self) -> datetime:
        return datetime.now(UTC)

    @property
    def zone(self) -> ZoneInfo:
        """The office's time zone, for what is printed."""
        return ZoneInfo(self.settings.timezone)

    @property
    def chat_address(self) -> str:
        return f"{self._address}/chat"

    @property
    def desk_address(self) -> str:
        return f"{self._address}/desk"

    @property
    def _address(self) -> str:
        settings = self.settings
        return settings.public_url or f"http://{settings.host}:{settings.port}"

    def say(self, key: str, **values: object) -> None:
        self.listed([self.texts.say(key, **values)])

    def listed(self, lines: Iterable[str]) -> None:
        """Print the lines as they come."""
        for line in lines:
            print(line, flush=True)

    def ask_secret(self, key: str) -> str:
        """What is typed is not shown."""
        return getpass(self.texts.say(key) + " ")

    def number(self, count: int) -> str:
        """1.204 in Indonesian, 1,204 in English."""
        return format_decimal(count, locale=self.texts.language)

    def secret(self, key: str) -> str:
        """A passphrase: typed unseen, or the first line of what is piped in; never an argument."""
        if sys.stdin.isatty():
            return getpass(f"{self.texts.say(key)} ")
        return sys.stdin.readline().rstrip("\r\n")

    def read(self, file: Path) -> str:
        """A text file that was named on the command line."""
        try:
            return file.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError:
            raise CommandFailed("commands.not_text", file=file.name) from None

    def prepare(self) -> bool:
        """Make the data folder and bring the database up to date; False when there was nothing to do."""
        self.settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
        return migrate(self.settings.database_url)

    def require_migrated(self) -> None:
        if version(self.settings.database_url) != newest():
            raise CommandFailed("commands.not_migrated")

    @contextmanager
    def store(self) -> Iterator[Store]:
        """The store that the settings name, for a database that is up to date."""
        self.require_migrated()
        store = Store(self.settings.database_url, Keys.load(self.settings.key_file))
        try:
            yield store
        finally:
            store.close()


Given = Annotated[Console, Parameter(parse=False)]
"""The type of a command's parameter that is filled by `lapordesk/cli.py`, not from the command line."""
