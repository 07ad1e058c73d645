"""Pictures on a paper are the viewing copies, made small; one that does not open is left out."""

from collections.abc import Iterator
from io import BytesIO

from PIL import Image

from desk.papers import pictures_of
from desk.papers.pictures import LONGEST_SIDE
from storage.evidence import Damaged
from tests.desk.papers.papers import medium


def jpeg(size: tuple[int, int]) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, "teal").save(out, "JPEG")
    return out.getvalue()


class Shelf:
    def open(self, media: str, path: str, data_key: bytes) -> Iterator[bytes]:
        match path:
            case "large":
                yield jpeg((2000, 1000))
            case "odd":
                yield b"not a picture"
            case "damaged":
                raise Damaged


def test_they_are_small_and_keep_their_names() -> None:
    media = [
        medium(1, view_path="damaged"),
        medium(2, view_path="odd"),
        medium(3, view_path="large"),
        medium(4),
    ]
    (picture,) = pictures_of(media, Shelf())
    assert picture.caption == "003-foto.jpg"
    with Image.open(BytesIO(picture.content)) as shown:
        assert shown.size == (LONGEST_SIDE, LONGEST_SIDE // 2)
        assert not shown.getexif()


def test_no_more_than_a_paper_bears() -> None:
    media = [medium(n, view_path="large") for n in range(1, 6)]
    assert [one.caption for one in pictures_of(media, Shelf(), most=2)] == ["001-foto.jpg", "002-foto.jpg"]
