"""The files that we send, for a platform that fetches them: each at a signed address that is soon over.

    GET /files/<id>/<until>/<signature>/<name>

Whatever is wrong with an address (its time is over, its signature is another's, its file is not there) gives
the same 404. Nothing lists them.
"""

from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse
from starlette.concurrency import run_in_threadpool

from bot.enclosures import PATH, EnclosureShelf, Opened
from core.speech.enclosing import DOCX, PICTURES, PPTX, XLSX
from storage.vaults.vault import Away

SHOWN = PICTURES | {"application/pdf"}
"""What a browser may open where it stands; everything else is saved."""
NAMED = SHOWN | {DOCX, PPTX, XLSX, "text/csv", "text/plain", "application/zip"}
UNNAMED = "application/octet-stream"
GUARDS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
}
MINUTES = 60
AWAY_SECONDS = 30


def files_door(shelf: EnclosureShelf) -> APIRouter:
    router = APIRouter(prefix=PATH, include_in_schema=False)

    @router.api_route("/{ref}/{until}/{signature}/{name}", methods=["GET", "HEAD"])
    async def give(ref: str, until: str, signature: str, name: str, request: Request) -> Response:
        if not shelf.is_signed(ref, until, signature):
            return missing()
        try:
            opened = await run_in_threadpool(shelf.open, ref)
        except Away:
            return later()
        if opened is None:
            return missing()
        return described(opened) if request.method == "HEAD" else carried(opened)

    return router


def carried(opened: Opened, *, to_keep: bool = False) -> Response:
    """The file; `to_keep`: it is saved, not shown."""
    headers = _headers(opened, to_keep=to_keep)
    return StreamingResponse(opened.pieces, headers=headers, media_type=_kind(opened))


def described(opened: Opened) -> Response:
    """What the file is, without it: Twilio asks before it fetches."""
    return Response(headers=_headers(opened, to_keep=False), media_type=_kind(opened))


def missing() -> Response:
    return Response(status_code=404, headers=GUARDS | {"Cache-Control": "no-store"})


def later() -> Response:
    """Where the files lie cannot be reached just now."""
    headers = GUARDS | {"Cache-Control": "no-store", "Retry-After": str(AWAY_SECONDS)}
    return Response(status_code=503, headers=headers)


def _kind(opened: Opened) -> str:
    kind = opened.file.content_type
    return kind if kind in NAMED else UNNAMED


def _headers(opened: Opened, *, to_keep: bool) -> dict[str, str]:
    """Its name is safe since it was enclosed: `storage/enclosures.py`."""
    shown = "inline" if _kind(opened) in SHOWN and not to_keep else "attachment"
    return GUARDS | {
        "Content-Disposition": f'{shown}; filename="{opened.file.name}"',
        "Content-Length": str(opened.file.size),
        "Cache-Control": f"private, max-age={10 * MINUTES}",
    }
