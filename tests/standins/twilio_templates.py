"""What Twilio's Content API takes, and what WhatsApp shows of a filled template, or why not.

https://www.twilio.com/docs/content/twilio-quick-reply, …/twiliolist-picker,
…/using-variables-with-content-api
"""

import json
import re
from typing import Any

SLOT = re.compile(r"\{\{([^{}]*)\}\}")
TYPES = {
    "twilio/text": ("text", ""),
    "twilio/quick-reply": ("buttons", "actions"),
    "twilio/list-picker": ("rows", "items"),
}
LIMITS: dict[str, dict[str, int]] = {
    "text": {},
    "buttons": {"title": 20, "id": 200},
    "rows": {"item": 24, "id": 200, "description": 72},
}
"""20: WhatsApp's for a reply button in session (developers.facebook.com, interactive reply buttons)."""


def fault_of_template(template: Any) -> str:
    if not isinstance(template, dict) or len(template.get("types") or {}) != 1:
        return "one type is needed"
    if not template.get("language") or not template.get("friendly_name"):
        return "language and friendly_name are needed"
    ((name, content),) = template["types"].items()
    if name not in TYPES:
        return f"unknown type {name}"
    kind, listed = TYPES[name]
    options = content.get(listed) or []
    if not 1 <= len(content.get("body") or "") <= 1024 or not bool(listed) <= len(options) <= 10:
        return "body of 1 to 1,024 characters and 1 to 10 options are needed"
    if kind == "rows" and not content.get("button"):
        return "button is needed"
    if any(not option.get(part) for option in options for part in LIMITS[kind]):
        return "an option lacks a part"
    slots = set(SLOT.findall(json.dumps(content)))
    samples = template.get("variables") or {}
    if len(slots) > 100 or any(not re.fullmatch(r"\w{1,16}", slot) for slot in slots):
        return "too many variables, or a name that is none"
    return "" if all(samples.get(slot) for slot in slots) else "a variable lacks its sample"


def filled(template: dict[str, Any], form: dict[str, str]) -> Any:
    """What the phone shows, or the code of what is wrong with the variables."""
    try:
        given = json.loads(form.get("ContentVariables", "{}"))
    except ValueError:
        return 21656
    if not isinstance(given, dict) or any(not isinstance(value, str) for value in given.values()):
        return 21656
    if any(not value.strip() or re.search(r"[\n\r\t]| {5}", value) for value in given.values()):
        return 21656
    if any(len(value) > 1600 for value in given.values()):
        return 21658
    values = (template.get("variables") or {}) | given
    ((name, content),) = template["types"].items()
    kind, listed = TYPES[name]

    def fill(words: str) -> str:
        return SLOT.sub(lambda slot: values[slot[1]], words)

    options = [{part: fill(option[part]) for part in LIMITS[kind]} for option in content.get(listed, [])]
    text = fill(content["body"])
    if len(text) > 1024 or (kind == "buttons" and len(options) > 3) or _too_long(kind, options):
        return 63021
    if len({option["id"] for option in options}) < len(options) or len(fill(content.get("button", ""))) > 20:
        return 63021
    shown = [{**option, "title": option.get("title") or option["item"]} for option in options]
    return {"kind": kind, "text": text, "options": shown, "opener": fill(content.get("button", ""))}


def _too_long(kind: str, options: list[dict[str, str]]) -> bool:
    return any(len(option[part]) > most for option in options for part, most in LIMITS[kind].items())
