"""Content templates: made once, and filled so that Twilio takes whatever people wrote."""

import asyncio
import json
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.channels.base import SendFailed
from bot.channels.content import (
    MAX_LINES,
    ContentTemplates,
    definition,
    ensure_templates,
    one_line_each,
    shapes,
)
from bot.channels.twilio import TwilioOutlet
from core.model.messages import Address, Channel, Choice, Reply
from core.speech.layout import WHATSAPP_RICH, Part, fit
from tests.standins.twilio import TwilioStandin
from tests.standins.twilio_templates import filled

EVERY_SHAPE = {shape.name: definition(shape) for shape in shapes()}
TEMPLATES = ContentTemplates({name: name for name in EVERY_SHAPE})


def on_the_phone(part: Part) -> object:
    """The part filled in by us and shown by the stand-in: what the phone shows, or an error code."""
    fields = TEMPLATES.fill(part)
    assert fields is not None
    return filled(EVERY_SHAPE[fields["content_sid"]], {"ContentVariables": fields["content_variables"]})


@pytest.fixture
def twilio() -> Iterator[TwilioStandin]:
    with TwilioStandin() as standin:
        yield standin


async def test_templates_are_made_once(twilio: TwilioStandin) -> None:
    made = await ensure_templates(twilio.account_sid, twilio.auth_token, twilio.url)
    assert len(made.sids) == len(twilio.templates) == 13 * MAX_LINES
    assert set(made.sids.values()) == set(twilio.templates)
    found = await ensure_templates(twilio.account_sid, twilio.auth_token, twilio.url)
    assert found == made
    assert len(twilio.templates) == 13 * MAX_LINES
    asked = twilio.requests
    assert await ensure_templates(twilio.account_sid, twilio.auth_token, twilio.url, made.sids) == made
    assert twilio.requests == asked


async def test_other_peoples_templates_are_left_out(twilio: TwilioStandin) -> None:
    twilio.templates["HXother"] = {"sid": "HXother", "friendly_name": "promo", "types": {}}
    made = await ensure_templates(twilio.account_sid, twilio.auth_token, twilio.url)
    assert "HXother" not in made.sids.values()


async def test_refused_templates_are_a_failed_send(twilio: TwilioStandin) -> None:
    with pytest.raises(SendFailed) as failed:
        await ensure_templates(twilio.account_sid, "0" * 32, twilio.url)
    assert (failed.value.again, failed.value.reason) == ("later", "credentials refused")


def test_rows_with_and_without_hints() -> None:
    part = Part(
        "Sebabnya?",
        rows=(Choice("k1", "Logistik", "surat suara kurang"), Choice("k2", "Cuaca")),
        prompt="Pilih satu",
    )
    assert on_the_phone(part) == {
        "kind": "rows",
        "text": "Sebabnya?",
        "opener": "Pilih satu",
        "options": [
            {"item": "Logistik", "title": "Logistik", "id": "k1", "description": "surat suara kurang"},
            {"item": "Cuaca", "title": "Cuaca", "id": "k2", "description": "·"},
        ],
    }


def test_blank_lines_go_and_the_rest_stays_in_its_place() -> None:
    assert one_line_each("Satu\n\n  dua\t tiga   empat\r\nlima ") == ["Satu", "dua tiga empat", "lima"]


def test_more_lines_than_a_template_has_are_joined_in_the_middle() -> None:
    lines = [f"{number} baris" for number in range(1, MAX_LINES + 4)]
    joined = one_line_each("\n".join(lines))
    assert len(joined) == MAX_LINES
    assert (joined[0], joined[-1]) == (lines[0], lines[-1])
    assert " · ".join(joined).split(" · ") == lines


def test_apostrophes_and_braces_are_no_trouble() -> None:
    fields = TEMPLATES.fill(Part("Jum'at {{2}}", buttons=(Choice("a'b", "Ya'"),)))
    assert fields is not None
    assert "'" not in fields["content_variables"]
    assert json.loads(fields["content_variables"]) == {"1": "Jum'at { {2} }", "2": "Ya'", "3": "a'b"}


def test_nothing_to_tap_needs_no_template() -> None:
    assert TEMPLATES.fill(Part("Terima kasih")) is None


keys = st.text("abcdefghij0123456789:", min_size=1, max_size=64)
words = st.text(min_size=1, max_size=60).filter(lambda text: bool(text.strip()))
choices = st.lists(
    st.builds(Choice, keys, words, st.text(max_size=60)), min_size=1, max_size=12, unique_by=lambda c: c.key
)


@given(st.text(min_size=1, max_size=1500), choices)
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_is_fitted_is_taken(text: str, offered: list[Choice]) -> None:
    for part in fit(Reply(text, tuple(offered)), WHATSAPP_RICH):
        if part.buttons or part.rows:
            if not one_line_each(part.text):
                assert TEMPLATES.fill(part) is None
                continue
            shown = on_the_phone(part)
            assert isinstance(shown, dict), shown
            assert "".join(shown["text"].split()).replace("·", "") == "".join(
                part.text.replace("{{", "{ {").replace("}}", "} }").split()
            ).replace("·", "")
            assert [option["id"] for option in shown["options"]] == [
                choice.key for choice in part.buttons or part.rows
            ]


def test_a_tap_on_a_sent_list_comes_back_with_its_key(twilio: TwilioStandin) -> None:
    async def send() -> None:
        content = await ensure_templates(twilio.account_sid, twilio.auth_token, twilio.url)
        number = "+628000000900"
        out = TwilioOutlet(
            twilio.account_sid, twilio.auth_token, number, Channel.WHATSAPP, twilio.url, None, content
        )
        rows = tuple(Choice(f"k{number}", f"Kecamatan {number}") for number in range(8))
        await out.send(Address(Channel.WHATSAPP, number, "+628000000012"), Part("Di mana?", rows=rows))
        await out.close()

    twilio.open_window("+628000000012")
    asyncio.run(send())
    form, _ = twilio.tap(twilio.wait_for(1)[0], "Kecamatan 5")
    assert (form["ListId"], form["Body"]) == ("k5", "Kecamatan 5")
