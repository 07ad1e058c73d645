"""All doors of a whole LaporDesk, a stranger before them, and a look at everything that is stored."""

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx2
from sqlalchemy import func, select
from twilio.request_validator import RequestValidator

from lapordesk.app import Works, build, web
from lapordesk.settings import Settings
from storage.store import Store
from storage.tables import metadata
from tests.small_house import small_house
from webhooks.telegram import PATH as TELEGRAM
from webhooks.telegram import SECRET_HEADER, secret_for
from webhooks.twilio import MESSAGES, STATUS

PUBLIC = "https://lapor.example.org"
BOT = "700001"
TOKEN = f"{BOT}:token-kenari"
SECRET = "rahasia-kenari"
ACCOUNT = "AC" + "0123456789abcdef" * 2
AUTH = "fedcba9876543210" * 2
FORM = "application/x-www-form-urlencoded"
HERE = Path(__file__).parent
UPDATES = {file.stem: json.loads(file.read_text()) for file in sorted(HERE.glob("telegram/*.json"))}
FORMS = {file.stem: json.loads(file.read_text())["form"] for file in sorted(HERE.glob("twilio/*.json"))}

Headers = Mapping[str, str | bytes]


def genuine() -> Headers:
    """What Telegram shows at the door."""
    return {SECRET_HEADER: secret_for(SECRET, BOT)}


def signed(form: Mapping[str, str], path: str = MESSAGES) -> Headers:
    signature = RequestValidator(AUTH).compute_signature(PUBLIC + path, dict(form))
    return {"X-Twilio-Signature": signature, "Content-Type": FORM}


@dataclass(frozen=True, slots=True)
class Doors:
    works: Works
    client: httpx2.AsyncClient

    async def telegram(self, body: object, headers: Headers | None = None) -> int:
        """Post an update, or any bytes, with Telegram's secret unless other headers are given."""
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        shown = genuine() if headers is None else headers
        return await self.post(TELEGRAM, content, shown)

    async def twilio(
        self, form: Mapping[str, str], path: str = MESSAGES, headers: Headers | None = None
    ) -> int:
        """Post a form, signed by Twilio unless other headers are given."""
        shown = signed(form, path) if headers is None else headers
        return await self.post(path, urlencode(form).encode(), shown)

    async def post(self, path: str, content: Any, headers: Headers) -> int:
        return (await self.client.post(path, content=content, headers=headers)).status_code

    async def cookie(self) -> Headers:
        """A browser that has opened the page."""
        page = await self.client.get("/chat")
        self.client.cookies.clear()
        return {"Cookie": page.headers["Set-Cookie"].partition(";")[0]}

    def counts(self) -> dict[str, int]:
        """How many rows each table has."""
        with self.works.store.reading() as book:
            return {
                table.name: book.connection.execute(select(func.count()).select_from(table)).scalar_one()
                for table in metadata.sorted_tables
            }

    def content(self) -> dict[str, list[tuple[object, ...]]]:
        """Every row of every table."""
        with self.works.store.reading() as book:
            return {
                table.name: sorted((tuple(row) for row in book.connection.execute(table.select())), key=repr)
                for table in metadata.sorted_tables
            }

    def failed(self) -> list[str]:
        """The messages kept as failures, by why."""
        with self.works.store.reading() as book:
            return [failure.reason for failure in book.inbox.failures()]


@asynccontextmanager
async def doors(store: Store, folder: Path) -> AsyncIterator[Doors]:
    """Nothing is delivered: what waits in the outbox stays there to be counted."""
    small_house(store, folder)
    settings = Settings(
        _env_file=None,  # type: ignore[call-arg]
        data=folder,
        database_url=store.url,
        public_url=PUBLIC,
        telegram_token=TOKEN,  # type: ignore[arg-type]
        telegram_secret=SECRET,  # type: ignore[arg-type]
        twilio_account_sid=ACCOUNT,
        twilio_auth_token=AUTH,  # type: ignore[arg-type]
        twilio_whatsapp_from="+628000000900",
        twilio_sms_from="+628000000901",
    )
    works = build(settings, store)
    transport = httpx2.ASGITransport(app=web(works, "web"), raise_app_exceptions=False)
    async with httpx2.AsyncClient(transport=transport, base_url=PUBLIC) as client:
        yield Doors(works, client)


__all__ = ["MESSAGES", "STATUS", "TELEGRAM", "Doors", "doors"]
