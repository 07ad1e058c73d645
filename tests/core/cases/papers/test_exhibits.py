"""Evidence has names of ours, whatever its sender called it."""

import pytest

from tests.core.cases.papers.samples import exhibit


@pytest.mark.parametrize(
    ("number", "kind", "content_type", "name"),
    [
        (1, "image", "image/jpeg", "001-foto.jpg"),
        (2, "audio", "audio/ogg; codecs=opus", "002-suara.ogg"),
        (3, "video", "video/mp4", "003-video.mp4"),
        (45, "file", "application/pdf", "045-berkas.pdf"),
        (1234, "file", "application/x-odd/../../etc", "1234-berkas.bin"),
        (5, "sticker", "IMAGE/WEBP", "005-berkas.webp"),
    ],
)
def test_names(number: int, kind: str, content_type: str, name: str) -> None:
    assert exhibit(number, kind, content_type).name == name
