"""The files that pages fetch, ours and the libraries of others; browsers keep them until they change."""

import hashlib
from pathlib import Path

from fastapi import APIRouter, Response

from desk.pages.room import PATH
from desk.refused import unknown

STATIC = Path(__file__).parent.parent / "static"
FILES = {
    "sheet.css": STATIC / "desk.css",
    "charts.js": STATIC / "charts.js",
    "htmx.js": STATIC / "vendor" / "htmx-2.0.11.min.js",
    "chart.js": STATIC / "vendor" / "chart-4.6.1.umd.min.js",
}
KINDS = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8"}
CONTENTS = {name: file.read_bytes() for name, file in FILES.items()}
SUMS = {name: hashlib.sha256(content).hexdigest()[:12] for name, content in CONTENTS.items()}
FOREVER = {"Cache-Control": "private, max-age=31536000, immutable"}
"""The address changes with the content."""


def static(name: str) -> str:
    """The address of a file for the pages; `KeyError` for one that is not there."""
    return f"{PATH}/static/{SUMS[name]}/{name}"


def static_routes() -> APIRouter:
    router = APIRouter()
    router.add_api_route("/static/{seal}/{name}", show_static, methods=["GET"])
    return router


async def show_static(seal: str, name: str) -> Response:
    if SUMS.get(name) != seal:
        raise unknown()
    return Response(CONTENTS[name], 200, FOREVER, KINDS[Path(name).suffix])
