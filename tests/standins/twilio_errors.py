"""Twilio's error answers, {code, message, more_info, status}: https://www.twilio.com/docs/api/errors."""

from typing import Any

from aiohttp import web

WORDS = {
    11751: "Media Message - Media exceeds messaging provider size limit",
    12300: "Invalid Content-Type",
    20001: "Invalid parameter",
    20003: "Authenticate",
    20404: "The requested resource was not found",
    20429: "Too Many Requests",
    20500: "Internal Server Error",
    21211: "Invalid 'To' Phone Number",
    21266: "'To' and 'From' number cannot be the same",
    21602: "Message body is required",
    21604: "A 'To' phone number is required",
    21603: "A 'From' phone number is required",
    21606: "The 'From' phone number provided is not a valid message-capable Twilio phone number",
    21609: "The 'StatusCallback' URL is not a valid URL",
    21610: "Attempt to send to unsubscribed recipient",
    21617: "The concatenated message body exceeds the 1600 character limit",
    21619: "A text message body or media urls must be specified",
    21623: "Number of media files exceeds allowed limit",
    21620: "Invalid media URL(s)",
    21654: "ContentSid Required",
    21655: "The ContentSid is Invalid",
    21656: "The Content Variables parameter is invalid",
    21658: "Parameter exceeded character limit",
    21910: "Invalid From and To pair. From and To should be of the same channel",
    63007: "Twilio could not find a Channel with the specified From address",
    63016: "Failed to send freeform message because you are outside the allowed window",
    63019: "Media failed to download",
    63021: "Channel invalid content error",
}


def trouble(status: int, code: int, words: str = "") -> dict[str, Any]:
    return {
        "code": code,
        "message": words or WORDS[code],
        "more_info": f"https://www.twilio.com/docs/errors/{code}",
        "status": status,
    }


def error(status: int, code: int, words: str = "", headers: dict[str, str] | None = None) -> web.Response:
    return web.json_response(trouble(status, code, words), status=status, headers=headers)
