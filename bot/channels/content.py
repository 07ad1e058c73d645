"""Buttons and lists on WhatsApp: Twilio's content templates, made once, filled for each message.

A template has a fixed shape, and a value put into it may hold no line break (error 21656), so there is one
for every number of lines and of options: "lapordesk_1_buttons_3_lines_2" is two lines over three buttons.
https://www.twilio.com/docs/content/using-variables-with-content-api
https://www.twilio.com/docs/content/twilio-quick-reply
https://www.twilio.com/docs/content/twiliolist-picker
"""

import json
import re
from asyncio import gather
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count, pairwise
from typing import Literal

from twilio.base.exceptions import (  # type: ignore[import-untyped]
    TwilioException,
    TwilioRestException,
    TwilioServiceException,
)
from twilio.rest.content.v1.content import ContentList  # type: ignore[import-untyped]

from bot.channels.base import SendFailed
from bot.channels.twilio_client import API_URL, Line, client
from bot.channels.twilio_errors import refusal
from core.model.messages import Choice
from core.speech.layout import Part

Kind = Literal["buttons", "rows"]

EDITION = 1
"""Raise it when a template's make-up changes: Twilio's templates themselves are never edited."""
MAX_BUTTONS = 3
MAX_ROWS = 10
MAX_LINES = 12
BODY = 1024
VALUE = 1600
NO_HINT = "·"
"""A row must have a description, and a value may not be empty."""
LIST_BUTTON = "Pilih"
"""Opens the list, where the part names no words for it."""
AT_ONCE = 4


@dataclass(frozen=True, slots=True)
class Shape:
    kind: Kind
    options: int
    lines: int

    @property
    def name(self) -> str:
        return f"lapordesk_{EDITION}_{self.kind}_{self.options}_lines_{self.lines}"


@dataclass(frozen=True, slots=True)
class ContentTemplates:
    """Which template has which ContentSid; by the names of the shapes."""

    sids: Mapping[str, str]

    def fill(self, part: Part) -> dict[str, str] | None:
        """What to send instead of a body; None when there is nothing to tap, or no template fits it."""
        options = part.buttons or part.rows
        if not options:
            return None
        lines = one_line_each(part.text)
        kind: Kind = "buttons" if part.buttons else "rows"
        sid = self.sids.get(Shape(kind, len(options), len(lines)).name)
        if sid is None or not lines:
            return None
        opener = [_tame(part.prompt) or LIST_BUTTON] if kind == "rows" else []
        return {
            "content_sid": sid,
            "content_variables": variables([*lines, *opener, *_option_values(kind, options)]),
        }


async def ensure_templates(
    account_sid: str, auth_token: str, api_url: str = API_URL, known: Mapping[str, str] | None = None
) -> ContentTemplates:
    """Find our templates in the account and make those that are missing; SendFailed when Twilio will not.

    `known` is what an earlier call gave: if it is whole, nothing is asked.
    """
    sids = dict(known or {})
    missing = [shape for shape in shapes() if shape.name not in sids]
    if not missing:
        return ContentTemplates(sids)
    line = Line(api_url)
    contents = client(account_sid, auth_token, line).content.v1.contents
    try:
        async for found in await contents.stream_async(page_size=500):
            sids[found.friendly_name] = found.sid
        await _create(contents, [shape for shape in missing if shape.name not in sids], sids)
    except TwilioException as trouble:
        raise translated(trouble) from trouble
    finally:
        await line.close()
    return ContentTemplates({shape.name: sids[shape.name] for shape in shapes()})


def shapes() -> Iterator[Shape]:
    for lines in range(1, MAX_LINES + 1):
        yield from (Shape("buttons", options, lines) for options in range(1, MAX_BUTTONS + 1))
        yield from (Shape("rows", options, lines) for options in range(1, MAX_ROWS + 1))


def definition(shape: Shape) -> dict[str, object]:
    """The template as the Content API takes it; every variable has the sample that it must have."""
    numbers = count(1)
    body = "\n".join(_slot(numbers) for _ in range(shape.lines))
    if shape.kind == "buttons":
        actions = [_button(numbers) for _ in range(shape.options)]
        types: dict[str, object] = {"twilio/quick-reply": {"body": body, "actions": actions}}
    else:
        picker = {"body": body, "button": _slot(numbers)}
        picker_items = [_row(numbers) for _ in range(shape.options)]
        types = {"twilio/list-picker": {**picker, "items": picker_items}}
    samples = {str(number): f"contoh {number}" for number in range(1, next(numbers))}
    return {"friendly_name": shape.name, "language": "id", "variables": samples, "types": types}


def one_line_each(text: str) -> list[str]:
    """The text as lines that may be put into a template; past the most that fit, the middle is joined."""
    lines = [tamed for line in text.splitlines() if (tamed := _tame(line))]
    surplus = len(lines) - MAX_LINES
    if surplus <= 0:
        return lines
    first, *middle, last = lines
    room = MAX_LINES - 2
    glue = " · " if len("\n".join(lines)) + 2 * len(middle) <= BODY else " "
    cuts = [len(middle) * turn // room for turn in range(room + 1)]
    joined = [glue.join(middle[start:end]) for start, end in pairwise(cuts)]
    return [first, *joined, last]


def translated(trouble: TwilioException) -> SendFailed:
    if isinstance(trouble, TwilioRestException | TwilioServiceException):
        return refusal(trouble.status, trouble.code or 0)
    # A page of a list that fails is told only by the answer itself, the second argument.
    answer = trouble.args[1] if len(trouble.args) > 1 else None
    return refusal(getattr(answer, "status_code", 0), 0)


async def _create(contents: ContentList, missing: list[Shape], sids: dict[str, str]) -> None:
    while missing:
        now, missing = missing[:AT_ONCE], missing[AT_ONCE:]
        wanted = [ContentList.ContentCreateRequest(definition(shape)) for shape in now]
        made = await gather(*map(contents.create_async, wanted), return_exceptions=True)
        for shape, template in zip(now, made, strict=True):
            if isinstance(template, BaseException):
                raise template
            sids[shape.name] = template.sid


def _button(numbers: "count[int]") -> dict[str, str]:
    return {"type": "QUICK_REPLY", "title": _slot(numbers), "id": _slot(numbers)}


def _row(numbers: "count[int]") -> dict[str, str]:
    return {"item": _slot(numbers), "id": _slot(numbers), "description": _slot(numbers)}


def _option_values(kind: Kind, options: tuple[Choice, ...]) -> Iterator[str]:
    for option in options:
        yield _tame(option.label)
        yield option.key
        if kind == "rows":
            yield _tame(option.hint) or NO_HINT


def _slot(numbers: "count[int]") -> str:
    return f"{{{{{next(numbers)}}}}}"


def _tame(line: str) -> str:
    """No tabs, no more than four spaces in a row, nothing that looks like a variable (error 21656)."""
    return re.sub(r"\s{2,}|\t", " ", line).replace("{{", "{ {").replace("}}", "} }").strip()


def variables(values: Sequence[str]) -> str:
    """{{1}}, {{2}} and so on, as Twilio takes them."""
    # An apostrophe has made Twilio refuse the whole (github.com/twilio/twilio-node/issues/1082).
    named = {str(number): value for number, value in enumerate(values, start=1)}
    return json.dumps(named, ensure_ascii=False).replace("'", "\\u0027")
