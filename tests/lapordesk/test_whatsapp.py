"""`lapordesk whatsapp buttons`: the templates are made once, and used from the next start."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.channels.content import shapes
from core.model.messages import Channel
from core.speech.layout import WHATSAPP_PLAIN, WHATSAPP_RICH, Layout
from lapordesk.app import assemble
from lapordesk.cli import run
from lapordesk.settings import PREFIX, read_settings
from tests.databases import Databases
from tests.standins.twilio import TwilioStandin

ALL = len(list(shapes()))
NUMBER = "+628000000900"

Lapordesk = Callable[[str], tuple[int, str, str]]


@pytest.fixture
def twilio() -> Iterator[TwilioStandin]:
    with TwilioStandin() as standin:
        yield standin


@pytest.fixture
def lapordesk(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    databases: Databases,
    twilio: TwilioStandin,
    capsys: pytest.CaptureFixture[str],
) -> Lapordesk:
    """Run a command with Twilio's settings: exit code, what it said, what it complained."""
    for name in os.environ:
        if name.startswith(PREFIX):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    given = {
        "DATABASE_URL": databases.sqlite(),
        "TWILIO_ACCOUNT_SID": twilio.account_sid,
        "TWILIO_AUTH_TOKEN": twilio.auth_token,
        "TWILIO_WHATSAPP_FROM": NUMBER,
        "TWILIO_API_URL": twilio.url,
        "PUBLIC_URL": "https://lapor.example.org",
    }
    for name, value in given.items():
        monkeypatch.setenv(PREFIX + name, value)

    def call(line: str) -> tuple[int, str, str]:
        capsys.readouterr()
        code = run(line.split())
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


def layout() -> Layout:
    """What WhatsApp shows at the next start."""
    with assemble(read_settings()) as works:
        return works.outlets[Channel.WHATSAPP, NUMBER].layout


def test_the_templates_are_made_once(lapordesk: Lapordesk, twilio: TwilioStandin) -> None:
    assert layout() == WHATSAPP_PLAIN
    code, said, complaint = lapordesk("whatsapp buttons")
    assert (code, complaint) == (0, "")
    assert f"{ALL} templat siap" in said
    assert len(twilio.templates) == ALL
    assert layout() == WHATSAPP_RICH
    asked = twilio.requests
    code, said, _ = lapordesk("whatsapp buttons")
    assert code == 0 and f"{ALL} templat siap" in said
    assert twilio.requests == asked, "nothing is asked a second time"


def test_they_are_laid_aside_and_taken_up_again(lapordesk: Lapordesk, twilio: TwilioStandin) -> None:
    lapordesk("whatsapp buttons")
    code, said, _ = lapordesk("whatsapp buttons --off")
    assert code == 0
    assert said.startswith("Pilihan bernomor lagi")
    assert layout() == WHATSAPP_PLAIN
    assert lapordesk("whatsapp buttons")[0] == 0
    assert len(twilio.templates) == ALL, "they were found again by their names"
    assert layout() == WHATSAPP_RICH


def test_another_account_has_templates_of_its_own(
    lapordesk: Lapordesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    lapordesk("whatsapp buttons")
    monkeypatch.setenv(PREFIX + "TWILIO_ACCOUNT_SID", "AC" + "f" * 32)
    assert layout() == WHATSAPP_PLAIN


@pytest.mark.parametrize("option", ["", " --off"])
@pytest.mark.parametrize("missing", ["TWILIO_WHATSAPP_FROM", "TWILIO_ACCOUNT_SID"])
def test_without_a_number_it_says_which_settings_are_missing(
    lapordesk: Lapordesk, monkeypatch: pytest.MonkeyPatch, twilio: TwilioStandin, missing: str, option: str
) -> None:
    monkeypatch.setenv(PREFIX + "TWILIO_SMS_FROM", "+628000000901")
    monkeypatch.delenv(PREFIX + missing)
    code, said, complaint = lapordesk("whatsapp buttons" + option)
    assert (code, said) == (1, "")
    assert complaint.count("\n") == 1
    assert PREFIX + missing in complaint
    assert twilio.requests == 0


def test_a_twilio_that_refuses_is_told_in_one_line(
    lapordesk: Lapordesk, monkeypatch: pytest.MonkeyPatch, twilio: TwilioStandin
) -> None:
    monkeypatch.setenv(PREFIX + "TWILIO_AUTH_TOKEN", "kenari")
    code, _, complaint = lapordesk("whatsapp buttons")
    assert code == 1
    assert complaint.startswith("lapordesk: Twilio menolak: ")
    assert complaint.count("\n") == 1
    assert "kenari" not in complaint
    assert layout() == WHATSAPP_PLAIN


@pytest.mark.parametrize("trouble", ["busy", "away"])
def test_a_twilio_that_is_busy_or_away_is_told_in_one_line(
    lapordesk: Lapordesk, monkeypatch: pytest.MonkeyPatch, twilio: TwilioStandin, trouble: str
) -> None:
    if trouble == "busy":
        twilio.most_at_once = 0
    else:
        monkeypatch.setenv(PREFIX + "TWILIO_API_URL", "http://127.0.0.1:9")
    code, _, complaint = lapordesk("whatsapp buttons")
    assert code == 1
    assert complaint.startswith("lapordesk: ")
    assert complaint.count("\n") == 1
    twilio.most_at_once = 1000
    monkeypatch.setenv(PREFIX + "TWILIO_API_URL", twilio.url)
    assert lapordesk("whatsapp buttons")[0] == 0
