"""What the desk is told of the house: settings without their secrets, and what `lapordesk doctor` finds."""

from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

from pydantic import SecretStr

from core.speech.texts import texts
from desk.standing import FindingTold, SettingTold, Standing
from lapordesk.commands.console import Console
from lapordesk.commands.doctor import examine
from lapordesk.commands.findings import Finding
from lapordesk.settings import PREFIX, Settings

SECRETS = frozenset(
    {"database_url", "telegram_token", "telegram_secret", "twilio_account_sid", "twilio_auth_token"}
)
"""The address of a database may hold its password."""


def standing_of(settings: Settings) -> Callable[[str], Standing]:
    """Looked at anew whenever it is asked, in the language that is asked for."""

    def look(language: str) -> Standing:
        console = Console(settings, texts(language))
        findings = tuple(_finding(one, console) for one in examine(console))
        return Standing(version("lapordesk"), settings_told(settings), findings)

    return look


def _finding(finding: Finding, console: Console) -> FindingTold:
    """Without the number of any case: it may not be for whoever looks."""
    values = finding.values | ({"number": "K-…"} if "number" in finding.values else {})
    said = console.texts.say(f"commands.doctor.{finding.key}", **values)
    return FindingTold(finding.state.value, said)


def settings_told(settings: Settings) -> tuple[SettingTold, ...]:
    return tuple(_told(name, getattr(settings, name)) for name in Settings.model_fields)


def _told(name: str, value: object) -> SettingTold:
    is_secret = name in SECRETS or isinstance(value, SecretStr)
    is_set = value not in (None, "", ())
    shown = "" if is_secret or not is_set else _written(value)
    return SettingTold(PREFIX + name.upper(), shown, is_set, is_secret)


def _written(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return (
        f"{value:g}"
        if isinstance(value, float)
        else str(value)
        if not isinstance(value, Path)
        else value.as_posix()
    )
