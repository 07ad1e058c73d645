"""What people sent is fetched from the account's own address, with nothing given away, and then deleted."""

from collections.abc import AsyncIterator, Iterator

import pytest
from yarl import URL

from bot.channels.base import FetchFailed
from bot.channels.twilio_media import TwilioMedia
from bot.resolving import PublicResolver
from tests.standins.twilio import TwilioStandin

PICTURE = b"\xff\xd8\xff" + bytes(range(256)) * 1000


@pytest.fixture
def twilio() -> Iterator[TwilioStandin]:
    with TwilioStandin() as standin:
        yield standin


@pytest.fixture
async def media(twilio: TwilioStandin) -> AsyncIterator[TwilioMedia]:
    found = TwilioMedia(twilio.account_sid, twilio.auth_token, twilio.url)
    yield found
    await found.close()


async def fetched(media: TwilioMedia, ref: str, limit: int = 10**7) -> bytes:
    return b"".join([piece async for piece in media.fetch(ref, limit)])


async def test_fetched_by_way_of_the_store_then_deleted(twilio: TwilioStandin, media: TwilioMedia) -> None:
    ref = twilio.put_media(PICTURE, "image/jpeg")
    assert await fetched(media, ref) == PICTURE
    await media.discard(ref)
    assert twilio.deleted == {ref}
    with pytest.raises(FetchFailed):
        await fetched(media, ref)
    await media.discard(ref)


async def test_no_more_than_the_limit(twilio: TwilioStandin, media: TwilioMedia) -> None:
    ref = twilio.put_media(PICTURE, "image/jpeg")
    assert await fetched(media, ref, len(PICTURE)) == PICTURE
    with pytest.raises(FetchFailed) as failed:
        await fetched(media, ref, len(PICTURE) - 1)
    assert (failed.value.reason, failed.value.again) == ("too large", False)


async def test_wrong_credentials_may_be_put_right(twilio: TwilioStandin) -> None:
    media = TwilioMedia(twilio.account_sid, "0" * 32, twilio.url)
    with pytest.raises(FetchFailed) as failed:
        await fetched(media, twilio.put_media(PICTURE, "image/jpeg"))
    await media.close()
    assert failed.value.again


@pytest.mark.parametrize(
    "ref",
    [
        "",
        "http://169.254.169.254/latest/meta-data",
        "{url}.example.org/2010-04-01/Accounts/{sid}/Messages/{mm}/Media/{me}",
        "{url}/2010-04-01/Accounts/AC" + "f" * 32 + "/Messages/{mm}/Media/{me}",
        "{url}/2010-04-01/Accounts/{sid}/Messages/{mm}/Media/../{me}",
        "{url}/2010-04-01/Accounts/{sid}/Messages/{mm}/Media/{me}?x=1",
        "{url}/2010-04-01/Accounts/{sid}/Messages/{mm}/Media/{me}\n",
        "{url}/2010-04-01/Accounts/{sid}/Messages.json",
    ],
)
async def test_only_media_of_our_account_is_asked_for(
    twilio: TwilioStandin, media: TwilioMedia, ref: str
) -> None:
    full = ref.format(url=twilio.url, sid=twilio.account_sid, mm="MM" + "0" * 32, me="ME" + "0" * 32)
    for ask in (fetched(media, full), media.discard(full)):
        with pytest.raises(FetchFailed) as failed:
            await ask
        assert not failed.value.again
    assert twilio.requests == 0


@pytest.mark.parametrize(
    "location",
    [
        "http://store.example.org/x",
        "https://127.0.0.1/x",
        "https://[::1]/x",
        "https://[::ffff:10.0.0.1]/x",
        "https://10.0.0.1/x",
        "https://169.254.169.254/x",
        "ftp://store.example.org/x",
        "/relative/on/plain/http",
        "https://[broken/x",
    ],
)
def test_a_redirect_may_not_lead_inside(location: str) -> None:
    media = TwilioMedia("AC0", "token", "https://api.twilio.com")
    with pytest.raises(FetchFailed) as failed:
        media._next(URL("http://api.twilio.com/x"), location)
    assert not failed.value.again


def test_a_redirect_may_lead_to_the_store() -> None:
    media = TwilioMedia("AC0", "token", "https://api.twilio.com")
    hop = media._next(URL("https://api.twilio.com/x"), "https://mms.twiliocdn.com/a?Signature=b%2Fc%3D")
    assert str(hop) == "https://mms.twiliocdn.com/a?Signature=b/c%3D"


async def test_a_name_may_not_lead_inside_either() -> None:
    resolver = PublicResolver()
    with pytest.raises(OSError, match="private"):
        await resolver.resolve("localhost", 443)
    await resolver.close()


async def test_redirects_come_to_an_end(twilio: TwilioStandin, media: TwilioMedia) -> None:
    ref = twilio.put_media(PICTURE, "image/jpeg", redirect="/turn")
    with pytest.raises(FetchFailed):
        await fetched(media, ref)
