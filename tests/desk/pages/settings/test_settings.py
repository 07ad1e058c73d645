"""The room of settings: what is set, without secrets; what `lapordesk doctor` says; custodians by name."""

from dataclasses import replace
from pathlib import Path

from fastapi import FastAPI
from pydantic import SecretStr

from core.model.people import Role
from desk.pages.app import desk
from desk.pages.room import PATH
from lapordesk.settings import Settings
from lapordesk.standing import settings_told, standing_of
from tests.desk.pages.desk_office import DeskOffice

TOKEN, SID, PASSWORD = "8000001:contohRahasiaSekali", "AC0000contoh", "sandi-basis-data"


def settings(folder: Path) -> Settings:
    return Settings(
        _env_file=None,
        data=folder,
        database_url=f"postgresql://contoh:{PASSWORD}@127.0.0.1:1/tidak_ada",
        telegram_token=(SecretStr(TOKEN),),
        telegram_secret=SecretStr("rahasia-telegram"),
        twilio_account_sid=SID,
        twilio_auth_token=SecretStr("rahasia-twilio"),
        twilio_sms_from="+628000000001",
        public_url="https://lapor.example.org",
    )


def test_secrets_are_said_to_be_set_and_never_shown(desk_office: DeskOffice, tmp_path: Path) -> None:
    desk_office.custodians()
    told = settings(tmp_path / "data")
    tono = desk_office.officer(Role.PROVINSI, "64").enter()
    desk_office.whole = FastAPI()
    desk_office.whole.mount(PATH, desk(replace(desk_office.room, standing=standing_of(told))))
    tono.browser = desk_office.open_browser()
    page = tono.enter().get("/settings").text
    for secret in (TOKEN, PASSWORD, SID, "rahasia-telegram", "rahasia-twilio"):
        assert secret not in page
    assert page.count("<code>LAPORDESK_") == len(Settings.model_fields)
    assert "https://lapor.example.org" in page
    assert "LAPORDESK_TELEGRAM_TOKEN" in page
    for found in ("Penjaga 0 Contoh", "Brankas Contoh", "recovery key", "There is no key file"):
        assert found in page


def test_what_is_not_set_is_said(tmp_path: Path) -> None:
    named = {one.name: one for one in settings_told(Settings(_env_file=None, data=tmp_path))}
    assert not named["LAPORDESK_PUBLIC_URL"].is_set
    assert not named["LAPORDESK_TELEGRAM_TOKEN"].is_set
    assert named["LAPORDESK_TELEGRAM_PACE"].value == "30"
    assert (named["LAPORDESK_DATABASE_URL"].value, named["LAPORDESK_DATABASE_URL"].is_set) == ("", True)


def test_no_case_is_named_to_whoever_may_not_see_it(
    desk_office: DeskOffice, database_url: str, tmp_path: Path
) -> None:
    """The doctor names the first case whose deadline nobody was told of."""
    number = desk_office.opens()
    desk_office.store.keys.save(tmp_path / "keys")
    told = Settings(_env_file=None, data=tmp_path, database_url=database_url, key_file=tmp_path / "keys")
    said = [one.said for one in standing_of(told)("en").findings if one.state == "broken"]
    assert any("K-…" in one for one in said)
    assert not any(number in one for one in said)


def test_each_number_of_ours_is_named(desk_office: DeskOffice, database_url: str, tmp_path: Path) -> None:
    """What is taken away for the sake of cases is the number of a case only."""
    ours = ("+628000000900", "+628000000902")
    desk_office.store.keys.save(tmp_path / "keys")
    told = Settings(
        _env_file=None,
        data=tmp_path,
        database_url=database_url,
        key_file=tmp_path / "keys",
        twilio_account_sid=SID,
        twilio_auth_token=SecretStr("rahasia-twilio"),
        twilio_whatsapp_from=",".join(ours),
        public_url="https://lapor.example.org",
    )
    standing = standing_of(told)("id")
    [shown] = [one.value for one in standing.settings if one.name == "LAPORDESK_TWILIO_WHATSAPP_FROM"]
    assert shown == "+628000000900, +628000000902"
    said = [one.said for one in standing.findings]
    assert all(f"WhatsApp {number}: 0 dari 250 orang disapa" in "\n".join(said) for number in ours)
