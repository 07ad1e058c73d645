"""What the Bot API refuses, and in which words (https://core.telegram.org/bots/api); pure."""

import json
import re
from collections.abc import Callable
from io import BytesIO

from PIL import Image, UnidentifiedImageError

MAX_TEXT = 4096
MAX_CAPTION = 1024
MAX_MARKUP = 10 * 1024
MAX_PHOTO = 10 * 1024**2
MAX_UPLOAD = 50 * 1024**2
MAX_SIDES = 10_000
"""Width and height together."""
MAX_RATIO = 20
TAGS = frozenset(
    {"b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "span", "a", "code", "pre", "blockquote"}
)
WEBHOOK_PORTS = frozenset({"", ":80", ":88", ":443", ":8443"})


class Refused(Exception):
    """The Bot API's answer to a bad request."""

    def __init__(self, description: str, code: int = 400, **parameters: object) -> None:
        super().__init__(description)
        self.code = code
        self.body: dict[str, object] = {"ok": False, "error_code": code, "description": description}
        if parameters:
            self.body["parameters"] = parameters


def chat_of(given: dict[str, object]) -> int:
    chat = str(given.get("chat_id", ""))
    if not chat:
        raise Refused("Bad Request: chat_id is empty")
    if not re.fullmatch(r"-?\d{1,19}", chat):
        raise Refused("Bad Request: chat not found")
    return int(chat)


def check_text(text: object, parse_mode: object, most: int = MAX_TEXT) -> str:
    """The text as it will be shown."""
    if not isinstance(text, str) or not text.strip("\u200b\u2060 \n\t\r\xa0"):
        raise Refused("Bad Request: message text is empty")
    if any("\ud800" <= letter <= "\udfff" for letter in text):
        raise Refused("Bad Request: strings must be encoded in UTF-8")
    shown = _entities_parsed(text, parse_mode)
    if len(shown) > most:
        what = "message" if most == MAX_TEXT else "message caption"
        raise Refused(f"Bad Request: {what} is too long")
    return shown


def check_markup(given: object) -> dict[str, object] | None:
    if given in (None, ""):
        return None
    try:
        markup = json.loads(given) if isinstance(given, str) else given
    except ValueError:
        raise Refused("Bad Request: can't parse reply keyboard markup JSON object") from None
    if not isinstance(markup, dict):
        raise Refused("Bad Request: object expected as reply markup")
    if len(json.dumps(markup, ensure_ascii=False).encode()) > MAX_MARKUP:
        raise Refused("Bad Request: reply markup is too long")
    kinds = {"inline_keyboard", "keyboard", "remove_keyboard", "force_reply"} & markup.keys()
    if len(kinds) != 1:
        raise Refused("Bad Request: can't parse reply keyboard markup: one kind expected")
    if "inline_keyboard" in markup:
        _check_rows(markup["inline_keyboard"], 100, 8, _check_inline_button)
    if "keyboard" in markup:
        _check_rows(markup["keyboard"], 300, 12, _check_button)
    return markup


def check_photo(content: bytes) -> None:
    """A photo as it is uploaded: https://core.telegram.org/bots/api#sendphoto."""
    if len(content) > MAX_PHOTO:
        raise Refused(
            f"Bad Request: file of size {len(content)} bytes is too big for a photo; "
            f"the maximum size is {MAX_PHOTO} bytes"
        )
    try:
        with Image.open(BytesIO(content), formats=("JPEG", "PNG", "WEBP")) as picture:
            width, height = picture.size
    except (UnidentifiedImageError, OSError):
        raise Refused("Bad Request: IMAGE_PROCESS_FAILED") from None
    if width + height > MAX_SIDES or max(width, height) > MAX_RATIO * min(width, height):
        raise Refused("Bad Request: PHOTO_INVALID_DIMENSIONS")


def check_upload(content: bytes) -> None:
    if not content:
        raise Refused("Bad Request: file must be non-empty")
    if len(content) > MAX_UPLOAD:
        raise Refused("Request Entity Too Large", 413)


def check_webhook(url: object, secret: object, connections: object) -> None:
    place = re.fullmatch(r"https://[^/:]+(:\d+)?(/.*)?", str(url))
    if not place:
        raise Refused("Bad Request: bad webhook: An HTTPS URL must be provided for webhook")
    if (place[1] or "") not in WEBHOOK_PORTS:
        raise Refused("Bad Request: bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
    if secret is not None and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", str(secret)):
        raise Refused("Bad Request: secret token contains unallowed characters")
    if connections is not None and not 1 <= int(str(connections)) <= 100:
        raise Refused("Bad Request: max_connections is out of range")


def _check_rows(rows: object, most: int, abreast: int, check: Callable[[dict[str, object]], None]) -> None:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise Refused("Bad Request: field of type Array expected")
    if sum(map(len, rows)) > most or any(len(row) > abreast for row in rows):
        raise Refused("Bad Request: reply markup is too long")
    for row in rows:
        for button in row:
            if not isinstance(button, dict) or not str(button.get("text", "")).strip():
                raise Refused("Bad Request: text buttons are unallowed: button text is empty")
            check(button)


def _check_inline_button(button: dict[str, object]) -> None:
    actions = button.keys() - {"text", "style", "icon_custom_emoji_id"}
    if len(actions) != 1:
        raise Refused("Bad Request: text buttons are unallowed in the inline keyboard")
    data = button.get("callback_data")
    if actions == {"callback_data"} and not (isinstance(data, str) and 1 <= len(data.encode()) <= 64):
        raise Refused("Bad Request: BUTTON_DATA_INVALID")


def _check_button(button: dict[str, object]) -> None:
    if button.get("request_contact") and button.get("request_location"):
        raise Refused("Bad Request: a button can ask for one thing only")


def _entities_parsed(text: str, parse_mode: object) -> str:
    if parse_mode in (None, ""):
        return text
    if parse_mode != "HTML":
        raise Refused("Bad Request: unsupported parse_mode")
    opened: list[str] = []
    for tag in re.finditer(r"<(/?)([a-z-]*)([^<>]*)(>?)", text):
        closing, name, _, end = tag.groups()
        if not end or name not in TAGS:
            raise Refused(
                f'Bad Request: can\'t parse entities: Unsupported start tag "{name}" '
                f"at byte offset {len(text[: tag.start()].encode())}"
            )
        if not closing:
            opened.append(name)
        elif not opened or opened.pop() != name:
            raise Refused("Bad Request: can't parse entities: Unexpected end tag")
    if opened:
        raise Refused(f"Bad Request: can't parse entities: Can't find end tag of {opened[-1]}")
    bare = re.sub(r"<[^<>]*>", "", text)
    return re.sub(r"&(lt|gt|amp|quot|#\d+|#x[0-9a-f]+);", "*", bare)
