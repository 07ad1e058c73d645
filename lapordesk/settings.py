"""The settings: read once from the environment (or `.env`), each named LAPORDESK_…, checked before all else.

settings = read_settings()          # SettingsWrong with one plain line for each that cannot be used
settings.database_url               # "sqlite:///data/lapordesk.db"
"""

import os
import re
import secrets
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    SecretStr,
    ValidationError,
    model_validator,
)
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from core.speech.texts import texts

PREFIX = "LAPORDESK_"


class SettingsWrong(Exception):
    """The settings cannot be used: one line for each that is wrong, none with its value."""

    def __init__(self, lines: tuple[str, ...]) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


def matching(pattern: str) -> AfterValidator:
    """The whole value must match."""

    def check(value: str) -> str:
        if not re.fullmatch(pattern, value):
            raise ValueError
        return value

    return AfterValidator(check)


def _address(value: str) -> str:
    """An https address without its last slash; http only on this machine, where nobody listens in."""
    parts = urlsplit(value)
    on_this_machine = parts.hostname in ("127.0.0.1", "localhost", "::1")
    if not parts.hostname or parts.scheme not in (("https", "http") if on_this_machine else ("https",)):
        raise ValueError
    return value.rstrip("/")


def _zone(value: str) -> str:
    if value not in available_timezones():
        raise ValueError
    return value


def _listed(value: object) -> object:
    return [one.strip() for one in value.split(",") if one.strip()] if isinstance(value, str) else value


def _bot_tokens(tokens: tuple[SecretStr, ...]) -> tuple[SecretStr, ...]:
    if not all(re.fullmatch(r"[0-9]+:[A-Za-z0-9_-]+", token.get_secret_value()) for token in tokens):
        raise ValueError
    return tokens


def _webhook_secret(secret: SecretStr) -> SecretStr:
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", secret.get_secret_value()):
        raise ValueError
    return secret


def _number(value: object) -> object:
    return value.removeprefix("whatsapp:").replace(" ", "") if isinstance(value, str) else value


Url = Annotated[str, AfterValidator(_address)]
PhoneNumber = Annotated[str, BeforeValidator(_number), matching(r"\+[1-9]\d{6,14}")]
SmsSender = Annotated[str, BeforeValidator(_number), matching(r"\+[1-9]\d{6,14}|\d{3,8}|[A-Za-z0-9]{3,11}")]
Port = Annotated[int, Field(ge=1, le=65_535)]
Pace = Annotated[float, Field(gt=0, le=10_000)]


class Settings(BaseSettings):
    """All settings; the manual's table (docs/operators.md) says what each is for."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=".env",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    data: Path = Path("data")
    database_url: Annotated[str, matching(r"(sqlite|postgresql)(\+psycopg)?://.+")] = Field(
        default_factory=lambda known: f"sqlite:///{known['data'] / 'lapordesk.db'}", repr=False
    )
    media_url: Annotated[str, matching(r"s3://[a-z0-9][a-z0-9.-]+(/[\w.-]+)*/?|(?!\w+://).+")] = Field(
        default_factory=lambda known: str(known["data"] / "media")
    )
    key_file: Path = Field(default_factory=lambda known: known["data"] / "keys")

    host: str = "127.0.0.1"
    port: Port = 8000
    metrics_port: Port | None = None
    public_url: Url | None = None

    telegram_token: Annotated[
        tuple[SecretStr, ...], NoDecode, BeforeValidator(_listed), AfterValidator(_bot_tokens)
    ] = ()
    telegram_secret: Annotated[SecretStr, AfterValidator(_webhook_secret)] | None = None
    telegram_api_url: Url = "https://api.telegram.org"
    telegram_pace: Pace = 30

    twilio_account_sid: Annotated[str, matching(r"AC\w+")] | None = None
    twilio_auth_token: SecretStr | None = None
    twilio_whatsapp_from: Annotated[tuple[PhoneNumber, ...], NoDecode, BeforeValidator(_listed)] = ()
    twilio_sms_from: Annotated[tuple[SmsSender, ...], NoDecode, BeforeValidator(_listed)] = ()
    twilio_api_url: Url = "https://api.twilio.com"
    twilio_pace: Pace = 80

    province: Annotated[str, matching(r"\d\d")] = "64"
    timezone: Annotated[str, AfterValidator(_zone)] = "Asia/Makassar"
    language: Literal["id", "en"] = "id"

    @model_validator(mode="after")
    def _twilio_is_whole(self) -> "Settings":
        if self.twilio_account_sid:
            if not self.twilio_auth_token:
                raise ValueError("twilio_auth_token")
            if not (self.twilio_whatsapp_from or self.twilio_sms_from):
                raise ValueError("twilio_number")
        return self


def read_settings() -> Settings:
    """The settings as the environment has them; SettingsWrong when one of them cannot be used."""
    try:
        return Settings()
    except ValidationError as error:
        raise SettingsWrong(_lines(error)) from None


def unknown_settings() -> tuple[str, ...]:
    """Variables that look like ours and are not: mostly a slip of the keyboard."""
    ours = {PREFIX + name.upper() for name in Settings.model_fields}
    return tuple(sorted(name for name in os.environ if name.startswith(PREFIX) and name not in ours))


def telegram_secret(settings: Settings) -> str:
    """What Telegram must send with each update: as set, or made once and kept beside the database."""
    if settings.telegram_secret:
        return settings.telegram_secret.get_secret_value()
    kept = settings.data / "telegram-secret"
    if not kept.exists():
        settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
        with os.fdopen(os.open(kept, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(32))
    return kept.read_text()


def spoken_language() -> str:
    """The language to complain in, known even when the settings are not."""
    return "en" if _Tongue().language == "en" else "id"


class _Tongue(BaseSettings):
    model_config = Settings.model_config
    language: str = ""


def _lines(error: ValidationError) -> tuple[str, ...]:
    """One line a setting: its name, and what it has to be."""
    speak = texts(spoken_language())
    return tuple(
        speak.say(f"commands.settings.{name}", name=PREFIX + name.upper())
        for name in dict.fromkeys(map(_name_of, error.errors()))
        if name
    )


def _name_of(fault: ErrorDetails) -> str:
    if fault["type"] == "default_factory_not_called":
        return ""
    return str(fault["loc"][0]) if fault["loc"] else str(fault["ctx"]["error"])
