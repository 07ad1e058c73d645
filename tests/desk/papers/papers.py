"""Reading a PDF back, and rows of evidence, as the tests of papers need them."""

from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

from pypdf import PdfReader

from storage.media import Media

NOW = datetime(2024, 11, 28, 1, 0, tzinfo=UTC)


def pages(pdf: bytes) -> list[str]:
    """The text of each page, in one line, without the places where a long word may break."""
    reader = PdfReader(BytesIO(pdf))
    return [" ".join(page.extract_text().replace("\u200b", "").split()) for page in reader.pages]


def text(pdf: bytes) -> str:
    return " ".join(pages(pdf))


def medium(number: int, kind: str = "image", content_type: str = "image/jpeg", **changes: object) -> Media:
    kept = Media(
        id=f"medium-{number}",
        kind=kind,
        state="kept",
        name=f"IMG_{number}.jpg",
        content_type=content_type,
        size=1234,
        sha256=f"{number:x}" * 64,
        path=f"path-{number}",
        view_path="",
        data_key=b"key",
        reason="",
        report="",
        case="",
        expected_at=NOW,
        kept_at=NOW,
    )
    return replace(kept, **changes)  # type: ignore[arg-type]
