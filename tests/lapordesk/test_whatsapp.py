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


TEMPLATES = """
people_a_day = 1000

[[template]]
purpose = "news"
language = "id"
sid = "{sid}"
text = "Ada kabar untuk Anda."
"""


@pytest.fixture
def written(lapordesk: Lapordesk, tmp_path: Path) -> Callable[[str], None]:
    """A database, and what the operator wrote down."""
    lapordesk("migrate")
    (tmp_path / "data").mkdir(exist_ok=True)
    return lambda text: (tmp_path / "data" / "templates.toml").write_text(text) and None


def test_without_a_file_the_manual_is_named(lapordesk: Lapordesk) -> None:
    lapordesk("migrate")
    code, said, complaint = lapordesk("whatsapp templates")
    assert (code, said) == (1, "")
    assert "templates.toml" in complaint and "docs/operators.md" in complaint


def test_what_is_written_down_is_shown(
    lapordesk: Lapordesk, twilio: TwilioStandin, written: Callable[[str], None]
) -> None:
    sid = twilio.approve("Ada kabar untuk Anda.")
    written(TEMPLATES.format(sid=sid))
    code, said, complaint = lapordesk("whatsapp templates")
    assert (code, complaint) == (0, "")
    assert f"news (id) {sid}" in said and "Ada kabar untuk Anda." in said
    assert "reminder: belum ada templat" in said and "digest: belum ada templat" in said
    assert f"{NUMBER}: 0 dari 1.000 orang" in said
    assert twilio.requests == 0
    assert "WhatsApp: 1 templat" in lapordesk("doctor")[1]


def test_all_that_is_wrong_is_said(lapordesk: Lapordesk, written: Callable[[str], None]) -> None:
    written(TEMPLATES.format(sid="HX1").replace("1000", '"banyak"').replace('"news"', '"kabar"'))
    code, said, _ = lapordesk("whatsapp templates")
    assert code == 1
    assert [line.split(":")[0].split(", ")[2] for line in said.splitlines()[:3]] == [
        "people_a_day",
        "template[1].purpose",
        "template[1].sid",
    ]
    code, said, _ = lapordesk("doctor")
    assert code == 1 and "3 kesalahan" in said


@pytest.mark.parametrize(
    ("status", "text", "verdict", "code"),
    [
        ("approved", "Ada kabar untuk Anda.", "disetujui.", 0),
        ("approved", "Ada kabar lain.", "dengan kata lain", 1),
        ("pending", "Ada kabar untuk Anda.", "belum disetujui", 1),
        ("rejected", "Ada kabar untuk Anda.", "ditolak", 1),
        ("paused", "Ada kabar untuk Anda.", "ditolak atau dihentikan", 1),
        ("", "", "tidak ada di akun", 1),
    ],
)
def test_twilio_is_asked_about_each(
    lapordesk: Lapordesk,
    twilio: TwilioStandin,
    written: Callable[[str], None],
    status: str,
    text: str,
    verdict: str,
    code: int,
) -> None:
    sid = twilio.approve(text, status=status) if status else "HX" + "0" * 32
    written(TEMPLATES.format(sid=sid))
    got, said, _ = lapordesk("whatsapp templates --ask")
    assert got == code
    assert verdict in said.splitlines()[-1]


def test_a_twilio_that_will_not_tell_is_told_in_one_line(
    lapordesk: Lapordesk, twilio: TwilioStandin, written: Callable[[str], None]
) -> None:
    written(TEMPLATES.format(sid="HX" + "0" * 32))
    twilio.auth_token = "0" * 32
    code, _, complaint = lapordesk("whatsapp templates --ask")
    assert code == 1
    assert complaint.strip().splitlines() == ["lapordesk: Twilio menolak: credentials refused."]
