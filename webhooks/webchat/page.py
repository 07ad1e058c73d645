"""The page itself, and the few files that belong to it; nothing inline, nothing from elsewhere."""

import gzip
import hashlib
from dataclasses import dataclass
from pathlib import Path

from fastapi import Request, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from core.speech.texts import texts
from storage.signatures import OTHER_BYTES, PICTURE_BYTES
from webhooks.webchat.posted import MOST_MEDIA, TEXT_LIMIT

FOLDER = Path(__file__).parent
TYPES = {
    "chat.js": "text/javascript; charset=utf-8",
    "news.js": "text/javascript; charset=utf-8",
    "queue.js": "text/javascript; charset=utf-8",
    "chat.css": "text/css; charset=utf-8",
    "icon.svg": "image/svg+xml",
}
GUARDS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; "
        "form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Permissions-Policy": "geolocation=(self), camera=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
NEVER_KEPT = {"Cache-Control": "no-store"}
SPOKEN_BY_THE_PAGE = (
    "webchat.waiting",
    "webchat.unsent",
    "webchat.today",
    "webchat.pinned",
    "webchat.locating",
    "webchat.location_failed",
    "webchat.location_insecure",
    "webchat.uploading",
    "webchat.file_large",
    "webchat.files_many",
    "webchat.refused.long",
    "webchat.refused.unread",
    "webchat.no_cookie",
    "webchat.you",
    "webchat.us",
    "webchat.choices",
    "webchat.kind.image",
    "webchat.kind.audio",
    "webchat.kind.video",
    "webchat.kind.file",
)
"""What the script says; the page hands it over as data."""


@dataclass(frozen=True, slots=True)
class Asset:
    content: bytes
    squeezed: bytes
    media_type: str

    def response(self, request: Request) -> Response:
        headers = GUARDS | {"Cache-Control": "public, max-age=31536000, immutable", "Vary": "Accept-Encoding"}
        if "gzip" in request.headers.get("Accept-Encoding", ""):
            headers |= {"Content-Encoding": "gzip"}
            return Response(self.squeezed, media_type=self.media_type, headers=headers)
        return Response(self.content, media_type=self.media_type, headers=headers)


class Page:
    def __init__(self, house: str) -> None:
        self.assets = {name: _asset(name, media_type) for name, media_type in TYPES.items()}
        # The address of all changes with the content of any, so that a browser may keep them for good.
        self.mark = hashlib.sha256(b"".join(one.content for one in self.assets.values())).hexdigest()[:12]
        environment = Environment(
            loader=FileSystemLoader(FOLDER), autoescape=True, undefined=StrictUndefined, trim_blocks=True
        )
        self._template = environment.get_template("page.html")
        self._house = house

    def render(self, language: str) -> str:
        words = texts(language)
        spoken = {key.removeprefix("webchat."): words.sentences[key] for key in SPOKEN_BY_THE_PAGE}
        limits = {"text": TEXT_LIMIT, "files": MOST_MEDIA, "picture": PICTURE_BYTES, "other": OTHER_BYTES}
        return self._template.render(
            say=words.say,
            language=words.language,
            house=self._house,
            address={name: f"/chat/assets/{self.mark}/{name}" for name in self.assets},
            handed_over={"words": spoken, "limits": limits, "language": words.language},
        )


def _asset(name: str, media_type: str) -> Asset:
    content = (FOLDER / name).read_bytes()
    return Asset(content, gzip.compress(content), media_type)
