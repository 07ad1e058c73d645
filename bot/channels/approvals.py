"""What Twilio knows of the templates that an operator wrote down: are they there, approved, and worded so?

https://www.twilio.com/docs/content/content-api-resources#fetch-content-and-approval-statuses
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from twilio.base.exceptions import TwilioException  # type: ignore[import-untyped]

from bot.channels.content import translated
from bot.channels.twilio_client import API_URL, Line, client
from core.speech.templates import Approved

Verdict = Literal["approved", "pending", "rejected", "unknown", "worded"]
"""unknown: no such template in the account; worded: approved, but its words are others."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A template as Twilio has it."""

    status: str
    body: str


async def standings(account_sid: str, auth_token: str, api_url: str = API_URL) -> dict[str, Standing]:
    """Every template of the account by its ContentSid; SendFailed when Twilio will not tell."""
    line = Line(api_url)
    listed = client(account_sid, auth_token, line).content.v1.content_and_approvals
    found = {}
    try:
        async for one in await listed.stream_async(page_size=500):
            status = _text(one.approval_requests, "status") or "unsubmitted"
            found[str(one.sid)] = Standing(status, _body(one.types))
    except TwilioException as trouble:
        raise translated(trouble) from trouble
    finally:
        await line.close()
    return found


def judge(one: Approved, there: Mapping[str, Standing]) -> Verdict:
    standing = there.get(one.sid)
    if standing is None:
        return "unknown"
    if standing.status != "approved":
        return "rejected" if standing.status in ("rejected", "paused", "disabled") else "pending"
    return "approved" if _even(standing.body) == _even(one.text) else "worded"


def _body(types: object) -> str:
    contents = types.values() if isinstance(types, dict) else ()
    return next((body for content in contents if (body := _text(content, "body"))), "")


def _text(table: object, name: str) -> str:
    found = table.get(name) if isinstance(table, dict) else None
    return found if isinstance(found, str) else ""


def _even(words: str) -> str:
    return " ".join(words.split())
