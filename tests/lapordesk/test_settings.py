"""The settings: their defaults, what each must be, and that no secret is ever shown."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lapordesk.settings import (
    PREFIX,
    Settings,
    SettingsWrong,
    read_settings,
    spoken_language,
    telegram_secret,
    unknown_settings,
)


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in os.environ:
        if name.startswith(PREFIX):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def put(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    def put_all(**values: str) -> None:
        for name, value in values.items():
            monkeypatch.setenv(PREFIX + name, value)

    return put_all


def test_the_defaults_are_those_of_the_manual() -> None:
    found = read_settings()
    assert found.data == Path("data")
    assert found.database_url == "sqlite:///data/lapordesk.db"
    assert found.media_url == "data/media"
    assert found.key_file == Path("data/keys")
    assert (found.host, found.port, found.public_url) == ("127.0.0.1", 8000, None)
    assert (found.telegram_token, found.telegram_api_url) == ((), "https://api.telegram.org")
    assert (found.twilio_account_sid, found.twilio_api_url) == (None, "https://api.twilio.com")
    assert (found.telegram_pace, found.twilio_pace) == (30, 80)
    assert (found.province, found.timezone, found.language) == ("64", "Asia/Makassar", "id")


def test_what_hangs_on_the_data_folder_moves_with_it(put: Callable[..., None]) -> None:
    put(DATA="/srv/lapor")
    found = read_settings()
    assert found.database_url == "sqlite:////srv/lapor/lapordesk.db"
    assert found.media_url == "/srv/lapor/media"
    assert found.key_file == Path("/srv/lapor/keys")


def test_they_may_stand_in_a_file(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("LAPORDESK_PORT=8001\nLAPORDESK_LANGUAGE=en\nOTHER=1\n")
    assert read_settings().port == 8001
    assert spoken_language() == "en"


def test_the_environment_goes_before_the_file(put: Callable[..., None], tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("LAPORDESK_PORT=8001\n")
    put(PORT="8002")
    assert read_settings().port == 8002


def test_an_empty_setting_is_an_unset_one(put: Callable[..., None]) -> None:
    put(TELEGRAM_TOKEN="", PUBLIC_URL="", PORT="")
    assert read_settings() == Settings()


def test_several_bots_are_separated_by_commas(put: Callable[..., None]) -> None:
    put(TELEGRAM_TOKEN="1:aa, 2:bb,")
    assert [token.get_secret_value() for token in read_settings().telegram_token] == ["1:aa", "2:bb"]


def test_a_whatsapp_number_may_be_written_as_twilio_does(put: Callable[..., None]) -> None:
    put(TWILIO_ACCOUNT_SID="AC1", TWILIO_AUTH_TOKEN="t", TWILIO_WHATSAPP_FROM="whatsapp:+62 800 0000 012")
    assert read_settings().twilio_whatsapp_from == ("+628000000012",)


def test_several_numbers_are_separated_by_commas(put: Callable[..., None]) -> None:
    put(TWILIO_ACCOUNT_SID="AC1", TWILIO_AUTH_TOKEN="t")
    put(TWILIO_WHATSAPP_FROM="+62 800 0000 012, whatsapp:+628000000013,", TWILIO_SMS_FROM="12345,LAPORDESK")
    settings = read_settings()
    assert settings.twilio_whatsapp_from == ("+628000000012", "+628000000013")
    assert settings.twilio_sms_from == ("12345", "LAPORDESK")


@pytest.mark.parametrize(
    ("name", "value", "kept"),
    [
        ("PUBLIC_URL", "https://lapor.example.org/", "https://lapor.example.org"),
        ("PUBLIC_URL", "http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("DATABASE_URL", "postgresql://a:b@db/lapor", "postgresql://a:b@db/lapor"),
        ("TIMEZONE", "Asia/Jayapura", "Asia/Jayapura"),
        ("MEDIA_URL", "/srv/bukti", "/srv/bukti"),
        ("MEDIA_URL", "s3://bukti-kaltim", "s3://bukti-kaltim"),
        ("MEDIA_URL", "s3://bukti/2024/media", "s3://bukti/2024/media"),
    ],
)
def test_what_is_taken(put: Callable[..., None], name: str, value: str, kept: str) -> None:
    put(**{name: value})
    assert getattr(read_settings(), name.lower()) == kept


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "seribu"),
        ("PORT", "0"),
        ("PORT", "70000"),
        ("PUBLIC_URL", "http://lapor.test"),
        ("PUBLIC_URL", "lapor.test"),
        ("DATABASE_URL", "mysql://a/b"),
        ("MEDIA_URL", "gs://bucket/x"),
        ("MEDIA_URL", "s3:///x"),
        ("MEDIA_URL", "s3://bucket/../x y"),
        ("TELEGRAM_TOKEN", "secret-without-number"),
        ("TELEGRAM_TOKEN", "1:aa,bb"),
        ("TELEGRAM_SECRET", "not allowed: spaces"),
        ("TELEGRAM_PACE", "-5"),
        ("TWILIO_PACE", "fast"),
        ("TWILIO_ACCOUNT_SID", "SK123"),
        ("TWILIO_WHATSAPP_FROM", "0812"),
        ("TWILIO_WHATSAPP_FROM", "+628000000012,0812,0813"),
        ("PROVINCE", "6472"),
        ("TIMEZONE", "Asia/Samarinda"),
        ("LANGUAGE", "jv"),
    ],
)
@pytest.mark.parametrize("language", ["id", "en"])
def test_what_is_refused_is_named_in_one_line_without_its_value(
    put: Callable[..., None], name: str, value: str, language: str
) -> None:
    put(LANGUAGE=language)
    put(**{name: value})
    with pytest.raises(SettingsWrong) as wrong:
        read_settings()
    (line,) = wrong.value.lines
    assert line.startswith(PREFIX + name)
    assert value not in line
    assert "\n" not in line


def test_all_that_is_wrong_is_said_at_once(put: Callable[..., None]) -> None:
    put(PORT="x", TIMEZONE="y", LANGUAGE="z")
    with pytest.raises(SettingsWrong) as wrong:
        read_settings()
    assert [line.split(":")[0] for line in wrong.value.lines] == [
        "LAPORDESK_PORT",
        "LAPORDESK_TIMEZONE",
        "LAPORDESK_LANGUAGE",
    ]


@pytest.mark.parametrize(
    ("given_", "missing"),
    [
        ({"TWILIO_ACCOUNT_SID": "AC1"}, "TWILIO_AUTH_TOKEN"),
        ({"TWILIO_ACCOUNT_SID": "AC1", "TWILIO_AUTH_TOKEN": "t"}, "TWILIO_WHATSAPP_FROM"),
    ],
)
def test_half_a_twilio_account_is_refused(
    put: Callable[..., None], given_: dict[str, str], missing: str
) -> None:
    put(**given_)
    with pytest.raises(SettingsWrong, match=PREFIX + missing):
        read_settings()


def test_secrets_are_not_shown(put: Callable[..., None]) -> None:
    put(
        TELEGRAM_TOKEN="1:topsecret",
        TELEGRAM_SECRET="topsecret",
        TWILIO_ACCOUNT_SID="AC1",
        TWILIO_AUTH_TOKEN="topsecret",
        TWILIO_SMS_FROM="12345",
        DATABASE_URL="postgresql://me:topsecret@db/lapor",
    )
    assert "topsecret" not in f"{read_settings()!r} {read_settings()}"


def test_the_webhook_secret_is_made_once_and_kept_from_others() -> None:
    made = telegram_secret(read_settings())
    assert telegram_secret(read_settings()) == made
    assert len(made) >= 32
    assert (Path("data") / "telegram-secret").stat().st_mode & 0o777 == 0o600


def test_a_webhook_secret_that_is_set_is_taken(put: Callable[..., None]) -> None:
    put(TELEGRAM_SECRET="as-set")
    assert telegram_secret(read_settings()) == "as-set"
    assert not Path("data").exists()


def test_a_slip_of_the_keyboard_is_noticed(put: Callable[..., None]) -> None:
    put(TELEGRAM_TOKENS="1:aa", PORT="8000")
    assert unknown_settings() == (PREFIX + "TELEGRAM_TOKENS",)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(
    name=st.sampled_from(sorted(Settings.model_fields)),
    value=st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=40),
)
def test_no_value_is_met_with_anything_but_a_plain_line(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(PREFIX + name.upper(), value)
    try:
        read_settings()
    except SettingsWrong as wrong:
        assert all(line.startswith(PREFIX) for line in wrong.lines)
    finally:
        monkeypatch.delenv(PREFIX + name.upper())
