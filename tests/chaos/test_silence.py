"""What a running `lapordesk serve` logs while all sorts of things go wrong: canaries are looked for in it."""

import asyncio
import json
from pathlib import Path
from urllib.parse import urlencode

import aiohttp
from twilio.request_validator import RequestValidator

from storage.keys import Keys
from storage.store import Store
from tests.chaos.server import Server
from tests.conversations.stage import SECRET
from tests.databases import Databases
from tests.small_house import small_house
from tests.standins.telegram import TelegramStandin
from tests.standins.telegram_phone import TelegramPhone
from webhooks.telegram import PATH, SECRET_HEADER, secret_for
from webhooks.twilio import MESSAGES

CHAT = 900_100_200
PHONE = "+628000000012"
WORDS = "amplop-kenari"
ACCOUNT, AUTH = "AC" + "0123456789abcdef" * 2, "kenari-token-twilio"
EVENTS = (
    "event=unreadable",
    "event=delivery.parked",
    "event=delivery.again",
    'event="twilio refused"',
    'says="Invalid HTTP request received."',
)
"""What has to stand there, or nothing would have been put to the test."""


async def test_no_word_phone_chat_or_token_is_logged(databases: Databases, tmp_path: Path) -> None:
    url = databases.sqlite()
    store = Store(url, Keys.load(tmp_path / "keys"))
    small_house(store, tmp_path)
    store.close()
    twilio = {"TWILIO_ACCOUNT_SID": ACCOUNT, "TWILIO_AUTH_TOKEN": AUTH, "TWILIO_SMS_FROM": "+628000000901"}
    nobody = {"TWILIO_API_URL": "http://127.0.0.1:9"}  # the port where everything is discarded
    with TelegramStandin() as telegram, Server(tmp_path, url, telegram, **twilio, **nobody) as server:
        account = telegram.token.partition(":")[0]
        secret = secret_for(SECRET, account)
        async with aiohttp.ClientSession(server.url, cookie_jar=aiohttp.CookieJar(unsafe=True)) as client:
            await _talk(client, telegram, secret)
            await _text(client, server.url)
            cookie = await _chat(client)
            await _stammer(server.port)
            log = await _log_with_all(server)
    canaries = [
        WORDS,
        "8000000012",
        "Siti Contoh",
        "Rina",
        str(CHAT),
        telegram.token,
        SECRET,
        secret,
        AUTH,
        cookie,
    ]
    assert [canary for canary in canaries if canary in log] == []
    assert "/webhooks" not in log, "an access log is none of ours"


async def _talk(client: aiohttp.ClientSession, telegram: TelegramStandin, secret: str) -> None:
    """Siti on Telegram; then what cannot be read, what cannot be sent, and what cannot be fetched."""
    phone, headers = TelegramPhone(CHAT), {SECRET_HEADER: secret}
    telegram.start(CHAT)
    said = [phone.start(), phone.contact(PHONE), phone.text("Laporan pembukaan"), phone.text(WORDS)]
    said += [phone.photo(WORDS, caption=WORDS), phone.text("/start " + WORDS)]
    for update in said:
        async with client.post(PATH, json=update, headers=headers) as answer:
            assert answer.status == 200
    for body in (b'{"update_id": 7, "message": "%b"}' % WORDS.encode(), f'{{"{WORDS}'.encode()):
        async with client.post(PATH, data=body, headers=headers) as answer:
            assert answer.status == 200
    async with client.post(PATH, json=said[3], headers={SECRET_HEADER: SECRET}) as answer:
        assert answer.status == 403
    await telegram.arrived(len(said))
    telegram.block(CHAT)
    async with client.post(PATH, json=phone.text(WORDS), headers=headers) as answer:
        assert answer.status == 200


async def _text(client: aiohttp.ClientSession, url: str) -> None:
    """An SMS whose answer finds nobody to take it; and a forged one."""
    form = {
        "MessageSid": "SM" + "0" * 31 + "1",
        "AccountSid": ACCOUNT,
        "From": PHONE,
        "To": "+628000000901",
        "Body": WORDS,
    }
    signature = RequestValidator(AUTH).compute_signature(url + MESSAGES, form)
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    for headers, expected in ((kind | {"X-Twilio-Signature": signature}, 200), (kind, 403)):
        async with client.post(MESSAGES, data=urlencode(form), headers=headers) as answer:
            assert answer.status == expected


async def _chat(client: aiohttp.ClientSession) -> str:
    async with client.get("/chat", params={"wrong": WORDS}) as page:
        cookie = page.cookies["lapordesk_chat"].value
    for text in (json.dumps({"id": "m1", "text": WORDS}), WORDS):
        async with client.post("/chat/messages", data=text) as answer:
            assert answer.status in (200, 422)
    return cookie


async def _stammer(port: int) -> None:
    """What is no HTTP at all."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"{WORDS} {PHONE}\r\n\r\n".encode())
    await writer.drain()
    await reader.read()
    writer.close()


async def _log_with_all(server: Server) -> str:
    async with asyncio.timeout(30):
        while [event for event in EVENTS if event not in server.log.read_text()]:
            await asyncio.sleep(0.1)
    return server.log.read_text()
