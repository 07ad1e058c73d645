"""What the doctor hears from Telegram and Twilio, and what it advises."""

import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pydantic import SecretStr

from core.speech.texts import texts
from lapordesk.commands.findings import Finding, State
from lapordesk.commands.platforms import platforms_found
from lapordesk.settings import Settings
from lapordesk.template_file import template_file
from tests.lapordesk.test_whatsapp import NUMBER, TEMPLATES
from tests.standins.telegram import TelegramStandin
from tests.standins.twilio import TwilioStandin

URL = "https://lapor.example.org"
HOOK = f"{URL}/webhooks/telegram"


@pytest.fixture
def telegram() -> Iterator[TelegramStandin]:
    with TelegramStandin() as standin:
        yield standin


@pytest.fixture
def twilio() -> Iterator[TwilioStandin]:
    with TwilioStandin() as standin:
        yield standin


def found(telegram: TelegramStandin, url: str | None = URL, token: str = "") -> tuple[State, str]:
    settings = Settings(
        telegram_token=(SecretStr(token or telegram.token),),
        telegram_api_url=telegram.url,
        public_url=url,
    )
    [finding] = platforms_found(settings)
    return finding.state, said(finding)


def said(finding: Finding) -> str:
    return texts("id").say(f"commands.doctor.{finding.key}", **finding.values)


def account(telegram: TelegramStandin) -> str:
    return telegram.token.partition(":")[0]


def test_a_webhook_that_is_set_is_well(telegram: TelegramStandin) -> None:
    telegram.webhooks[account(telegram)] = {"url": HOOK}
    state, words = found(telegram)
    assert (state, words) == (State.FINE, "Telegram, bot 700001: terhubung, 0 pesan menunggu")


@pytest.mark.parametrize(("set_to", "url"), [("", URL), ("https://lama.example.org/tele", URL), (HOOK, None)])
def test_one_that_leads_elsewhere_is_told(telegram: TelegramStandin, set_to: str, url: str | None) -> None:
    telegram.webhooks[account(telegram)] = {"url": set_to}
    state, words = found(telegram, url)
    assert state is State.LOOK
    wanted = HOOK if url else "-"
    assert f"dibawa ke {set_to or '-'}, seharusnya ke {wanted} " in words and "mulai ulang" in words


def test_its_last_error_is_told_with_its_time(telegram: TelegramStandin) -> None:
    telegram.webhooks[account(telegram)] = {"url": HOOK}
    at = int(datetime(2024, 11, 26, 23, 5, tzinfo=UTC).timestamp())
    telegram.met = {"last_error_message": "SSL error {certificate verify failed}", "last_error_date": at}
    state, words = found(telegram)
    assert state is State.LOOK
    assert words.endswith("2024-11-27 07:05: SSL error {certificate verify failed}")


def test_without_an_address_none_is_wanted(telegram: TelegramStandin) -> None:
    assert found(telegram, None)[0] is State.FINE


def test_a_token_that_telegram_does_not_know_is_broken(telegram: TelegramStandin) -> None:
    state, words = found(telegram, token="700001:" + "A" * 35)
    assert state is State.BROKEN
    assert "TELEGRAM_TOKEN" in words and "A" * 35 not in words


def test_a_telegram_that_hangs_is_not_waited_for(
    telegram: TelegramStandin, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lapordesk.platforms.PATIENCE", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as mute:
        telegram.url = f"http://127.0.0.1:{mute.getsockname()[1]}"
        state, words = found(telegram)
    assert state is State.BROKEN and "no answer" in words


@pytest.mark.parametrize(
    ("status", "state", "words"),
    [
        ("approved", State.FINE, "Twilio mengenal akun ini."),
        ("pending", State.LOOK, "news: pending"),
        ("refused", State.BROKEN, "TWILIO_AUTH_TOKEN"),
    ],
)
def test_twilio_is_asked_for_the_account_and_its_templates(
    twilio: TwilioStandin, tmp_path: Path, status: str, state: State, words: str
) -> None:
    settings = Settings(
        data=tmp_path,
        twilio_account_sid=twilio.account_sid,
        twilio_auth_token=SecretStr("0" * 32 if status == "refused" else twilio.auth_token),
        twilio_api_url=twilio.url,
        twilio_whatsapp_from=NUMBER,
        public_url=URL,
    )
    sid = twilio.approve("Ada kabar untuk Anda.", status="pending" if status == "pending" else "approved")
    template_file(settings).write_text(TEMPLATES.format(sid=sid))
    [finding] = platforms_found(settings)
    assert finding.state is state
    assert words in said(finding)
