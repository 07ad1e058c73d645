"""Two WhatsApp numbers and two for SMS in one deployment: one is answered from where one wrote to."""

from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from core.model.messages import Channel
from lapordesk.app import Works, build, web
from storage.store import Store
from tests.browser import serving
from tests.lapordesk.test_outgoing import PEER, settings_of, telegram, twilio
from tests.small_house import small_house
from tests.standins.telegram import TelegramStandin
from tests.standins.twilio import TwilioStandin
from webhooks.twilio import MESSAGES

__all__ = ["telegram", "twilio"]

WHATSAPP = ("+628000000900", "+628000000902")
SMS = ("+628000000901", "+628000000903")
BOTH = [*(("whatsapp", one) for one in WHATSAPP), *(("sms", one) for one in SMS)]


@pytest.fixture
def place(
    store: Store, tmp_path: Path, telegram: TelegramStandin, twilio: TwilioStandin
) -> Iterator[tuple[Works, str]]:
    small_house(store, tmp_path)
    twilio.whatsapp_numbers, twilio.sms_numbers = set(WHATSAPP), set(SMS)
    given = {"twilio_whatsapp_from": ",".join(WHATSAPP), "twilio_sms_from": ",".join(SMS)}
    works = build(settings_of(store, tmp_path, telegram, twilio, **given), store)
    with serving(lambda: web(works), works.hub.close) as address:
        twilio.media_base = twilio.callback_base = address
        yield works, address


@pytest.mark.parametrize(("prefix", "numbers"), [("whatsapp:", WHATSAPP), ("", SMS)])
def test_each_is_answered_from_the_number_they_wrote_to(
    place: tuple[Works, str], twilio: TwilioStandin, prefix: str, numbers: tuple[str, str]
) -> None:
    works, address = place
    for count, number in enumerate((numbers[1], numbers[0], numbers[1]), 1):
        form, headers = twilio.inbound(prefix + PEER, "menu", To=prefix + number)
        assert httpx2.post(address + MESSAGES, data=form, headers=headers).status_code == 200
        answer = twilio.wait_for(count)[-1]
        assert (answer["From"], answer["To"]) == (prefix + number, prefix + PEER)
    assert all((Channel(channel), number) in works.outlets for channel, number in BOTH)


def test_whoever_is_new_is_told_the_first(place: tuple[Works, str]) -> None:
    page = httpx2.get(place[1] + "/").text
    assert WHATSAPP[0] in page.replace(" ", "").replace("-", "")
    assert WHATSAPP[1] not in page.replace(" ", "").replace("-", "")
