"""Twilio's error codes, and what each means for a message: later, never, or parked for a reason.

Every code has a page: https://www.twilio.com/docs/api/errors/63016. The same codes come back at once, in
the answer to a send, and late, as the ErrorCode of a status callback.
"""

from bot.channels.base import SendFailed

OUTSIDE_WINDOW = 63016

ALARM = {20003: "credentials refused", 20005: "account not active"}
LATER = {
    20429: "too fast",
    14107: "too fast",
    30001: "queue full",
    21611: "queue full",
    63018: "too fast",
    63038: "daily limit reached",
}
NEVER = {
    OUTSIDE_WINDOW: "window",
    21610: "stopped",
    63032: "stopped",
    21211: "no such number",
    21214: "no such number",
    21217: "no such number",
    21614: "no such number",
    30005: "no such number",
    30006: "no such number",
    63003: "no such number",
    63024: "no such number",
    21408: "country not allowed",
    21606: "our number cannot send this",
    21910: "our number cannot send this",
    63007: "our number cannot send this",
    21602: "empty",
    21619: "empty",
    21617: "too long",
    21658: "too long",
    21655: "template refused",
    21656: "template refused",
    63021: "template refused",
}
FILES = {
    11751: "too large",
    12300: "of a type that is not taken",
    21620: "the address is refused",
    21623: "too many",
    63019: "could not be fetched",
}
"""What is wrong with a file; its words may still be sent."""
FILE_REFUSED = "file refused"
UNAUTHORISED = frozenset({401, 403})


def refusal(status: int, code: int) -> SendFailed:
    """What to do about a send that Twilio answered with an error."""
    if code in NEVER:
        return SendFailed(NEVER[code], "never")
    if code in FILES:
        return SendFailed(FILE_REFUSED, "never", of_file=True)
    if code in LATER:
        return SendFailed(LATER[code], "later")
    if code in ALARM or status in UNAUTHORISED:
        return SendFailed(ALARM.get(code, "credentials refused"), "later", alarm=True)
    if status >= 500:
        return SendFailed(f"twilio failed with {status}", "later")
    return SendFailed(f"twilio error {code}", "never")


def reason(code: str) -> str:
    """The same word for a failure that is told later, by a status callback."""
    number = int(code) if code.isascii() and code.isdigit() else 0
    known = NEVER | LATER | ALARM | dict.fromkeys(FILES, FILE_REFUSED)
    return known.get(number, f"twilio error {code or 'unnamed'}")
