"""What people send is fetched once, kept sealed with its hash, or refused in words that help."""

import asyncio
import hashlib
import io
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from PIL import Image

from bot.channels.base import FetchFailed
from bot.evidence import AT_ONCE, REST_SECONDS, TRIES, Fetcher, explain
from bot.examiner import Kept
from core.model.messages import Address, Attachment, Channel, MediaKind
from core.speech.layout import TELEGRAM, Part
from storage.evidence import Evidence
from storage.keys import Keys
from storage.media import Media
from storage.signatures import MB, Refusal
from storage.store import Store
from storage.vaults import Folder
from tests.bot.clock import Clock
from tests.standins.s3 import S3

BOT = (Channel.TELEGRAM, "1001")
ANI = Address(*BOT, "4471")


class Outlet:
    """A platform with files; `failures` come first."""

    layout = TELEGRAM

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.failures: list[Exception] = []
        self.fetched: list[str] = []
        self.discarded: list[str] = []

    async def send(self, to: Address, part: Part) -> str:
        raise NotImplementedError

    async def fetch(self, attachment: Attachment, limit: int) -> AsyncIterator[bytes]:
        self.fetched.append(attachment.ref)
        content = self.files[attachment.ref]
        if len(content) > limit:
            raise FetchFailed("too large", again=False)
        for start in range(0, len(content), 100_000):
            if self.failures and start + 100_000 >= len(content):
                raise self.failures.pop(0)
            yield content[start : start + 100_000]

    async def discard(self, attachment: Attachment) -> None:
        self.discarded.append(attachment.ref)

    async def close(self) -> None: ...


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def outlet() -> Outlet:
    return Outlet()


@pytest.fixture
def evidence(tmp_path: Path, keys: Keys) -> Evidence:
    return Evidence(Folder(tmp_path / "media"), keys)


@pytest.fixture
def fetcher(store: Store, evidence: Evidence, outlet: Outlet, clock: Clock) -> Fetcher:
    return Fetcher(store, evidence, {BOT: outlet}, clock, chance=lambda: 0.5, poll=0.02)


def photo(size: tuple[int, int] = (640, 480), form: str = "JPEG", **options: object) -> bytes:
    out = io.BytesIO()
    Image.effect_noise(size, 60).convert("RGB").save(out, form, **options)
    return out.getvalue()


def expect(
    store: Store, outlet: Outlet, clock: Clock, media: str, content: bytes, kind: MediaKind = "image"
) -> None:
    outlet.files[f"ref-{media}"] = content
    with store.begin() as book:
        whom = book.addresses.meet(ANI, clock())
        book.media.expect(Attachment(kind, f"ref-{media}", "liburan.jpg", media=media), whom.id, clock())


def known(store: Store, media: str) -> Media:
    with store.reading() as book:
        found = book.media.get(media)
    assert found
    return found


def said(store: Store) -> list[str]:
    with store.begin() as book:
        return [
            spoken.reply.text for spoken in book.outbox.conversation(book.addresses.meet(ANI, Clock()()).id)
        ]


@asynccontextmanager
async def running(fetcher: Fetcher) -> AsyncIterator[None]:
    task = asyncio.create_task(fetcher.run())
    yield
    fetcher.stop()
    await task


async def until(done: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not done():
            await asyncio.sleep(0.005)


def read(evidence: Evidence, media: Media, path: str) -> bytes:
    return b"".join(evidence.open(media.id, path, media.data_key))


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


async def test_a_photo_is_kept_as_it_came_and_shown_as_a_copy(
    store: Store, evidence: Evidence, fetcher: Fetcher, outlet: Outlet, clock: Clock, tmp_path: Path
) -> None:
    exif = Image.Exif()
    exif[0x010F] = "KENARI"
    original = photo((2400, 1000), exif=exif)
    expect(store, outlet, clock, "m1", original)
    async with running(fetcher):
        await until(lambda: known(store, "m1").state == "kept")
        await until(lambda: outlet.discarded == ["ref-m1"])
    media = known(store, "m1")
    assert (media.content_type, media.size) == ("image/jpeg", len(original))
    assert media.sha256 == hashlib.sha256(original).hexdigest()
    assert read(evidence, media, media.path) == original
    copy = read(evidence, media, media.view_path)
    assert b"KENARI" not in copy
    assert Image.open(io.BytesIO(copy)).size == (2000, 833)
    assert said(store) == []
    assert not any("liburan" in str(file) for file in files(tmp_path / "media"))


async def test_a_voice_has_no_copy(store: Store, fetcher: Fetcher, outlet: Outlet, clock: Clock) -> None:
    expect(store, outlet, clock, "m1", b"OggS" + bytes(5000), "audio")
    async with running(fetcher):
        await until(lambda: known(store, "m1").state == "kept")
    assert (known(store, "m1").content_type, known(store, "m1").view_path) == ("audio/ogg", "")


WHOLE = photo()
REFUSED: dict[str, tuple[bytes, MediaKind]] = {
    "broken": (WHOLE[: len(WHOLE) // 2], "image"),
    "disguise": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image"),
    "type": (b"MZ" + bytes(100), "file"),
    "other": (b"%PDF-1.7\n" + bytes(100), "image"),
    "empty": (b"", "file"),
    "large": (b"\xff\xd8\xff" + bytes(20 * MB), "image"),
    "pixels": (photo((4600, 4600), "WEBP", quality=1, method=0), "image"),
}


@pytest.mark.parametrize(("reason", "sent"), REFUSED.items(), ids=REFUSED.keys())
async def test_what_is_refused_is_erased_and_its_sender_told(
    store: Store,
    fetcher: Fetcher,
    outlet: Outlet,
    clock: Clock,
    tmp_path: Path,
    reason: str,
    sent: tuple[bytes, MediaKind],
) -> None:
    content, kind = sent
    expect(store, outlet, clock, "m1", content, kind)
    async with running(fetcher):
        await until(lambda: known(store, "m1").state == "refused")
    assert known(store, "m1").reason == reason
    assert said(store) == [explain(reason, kind, "id")]
    assert files(tmp_path / "media") == []


def test_a_refusal_says_what_would_work() -> None:
    assert explain("broken", "image", "id") == (
        "⚠️ Foto tadi tidak bisa dibuka. Tolong kirim lagi sebagai foto biasa."
    )
    assert "50 MB" in explain("large", "video", "en")


async def test_an_album_is_answered_once(
    store: Store, fetcher: Fetcher, outlet: Outlet, clock: Clock
) -> None:
    for number in range(5):
        expect(store, outlet, clock, f"m{number}", WHOLE[: 2000 + number] if number else WHOLE)
    async with running(fetcher):
        await until(lambda: {known(store, f"m{n}").state for n in range(1, 5)} == {"refused"})
        await until(lambda: known(store, "m0").state == "kept")
    assert said(store) == [explain("broken", "image", "id")]


async def test_a_fetch_that_fails_is_tried_again_later(
    store: Store, evidence: Evidence, fetcher: Fetcher, outlet: Outlet, clock: Clock, tmp_path: Path
) -> None:
    outlet.failures = [FetchFailed("answered 503", again=True), OSError(), TimeoutError()]
    expect(store, outlet, clock, "m1", WHOLE)
    async with running(fetcher):
        for tries in (1, 2, 3):
            await until(lambda: len(outlet.fetched) == tries and known(store, "m1").reason != "")  # noqa: B023
            await asyncio.sleep(0.05)
            assert len(outlet.fetched) == tries
            assert not files(tmp_path / "media")
            clock.advance(60)
        await until(lambda: known(store, "m1").state == "kept")
    assert read(evidence, known(store, "m1"), known(store, "m1").path) == WHOLE


@pytest.mark.parametrize(
    ("trouble", "tries"),
    [(FetchFailed("answered 404", again=False), 1), (FetchFailed("answered 503", again=True), TRIES)],
    ids=["gone", "never comes"],
)
async def test_what_cannot_be_had_is_asked_for_once_more(
    store: Store, fetcher: Fetcher, outlet: Outlet, clock: Clock, trouble: FetchFailed, tries: int
) -> None:
    outlet.failures = [trouble] * 20
    expect(store, outlet, clock, "m1", WHOLE)
    async with running(fetcher):
        async with asyncio.timeout(20):
            while known(store, "m1").state == "expected":
                if not fetcher.in_hand:
                    clock.advance(100)
                await asyncio.sleep(0.03)
    assert (known(store, "m1").state, len(outlet.fetched)) == ("failed", tries)
    assert known(store, "m1").reason == trouble.reason
    assert said(store) == [explain("failed", "image", "id")]


async def test_a_store_that_is_away_costs_nobody_a_photo(
    store: Store, outlet: Outlet, clock: Clock, s3: S3, tmp_path: Path, keys: Keys
) -> None:
    """However long it lasts; and the platform is not asked for everything over and over meanwhile."""
    name = f"bukti-{secrets.token_hex(6)}"
    evidence = Evidence(s3.bucket(f"s3://{name}/2024", tmp_path / "arriving"), keys)
    fetcher = Fetcher(store, evidence, {BOT: outlet}, clock, chance=lambda: 0.5, poll=0.01)
    for number in range(6):
        expect(store, outlet, clock, f"m{number}", WHOLE)
    moments = 1
    async with running(fetcher), asyncio.timeout(30):
        while len(outlet.fetched) < 6 * (TRIES + 1):
            clock.advance(REST_SECONDS * 2)
            moments += 1
            await asyncio.sleep(0.03)
        assert len(outlet.fetched) <= AT_ONCE * moments
        assert {known(store, f"m{n}").state for n in range(6)} == {"expected"}
        s3.make(name)
        while {known(store, f"m{n}").state for n in range(6)} != {"kept"}:
            clock.advance(REST_SECONDS * 2)
            await asyncio.sleep(0.03)
    assert not files(tmp_path / "arriving")
    assert read(evidence, known(store, "m5"), known(store, "m5").path) == WHOLE
    assert said(store) == []


async def test_who_comes_too_late_leaves_no_second_file(
    store: Store, evidence: Evidence, fetcher: Fetcher, outlet: Outlet, clock: Clock, tmp_path: Path
) -> None:
    """Its lease ended while it fetched, and another process has kept the photo meanwhile."""
    expect(store, outlet, clock, "m1", WHOLE)
    with store.begin() as book:
        (fetch,) = book.media.claim(clock(), 60, 1)
    clock.advance(61)
    async with running(fetcher):
        await until(lambda: known(store, "m1").state == "kept")
    first = known(store, "m1")
    await fetcher._settle(fetch)
    assert known(store, "m1") == first
    kept = {str(file.relative_to(tmp_path / "media")) for file in files(tmp_path / "media")}
    assert kept == {first.path, first.view_path}


async def test_the_same_photo_twice_is_two_pieces_of_evidence(
    store: Store, fetcher: Fetcher, outlet: Outlet, clock: Clock
) -> None:
    expect(store, outlet, clock, "m1", WHOLE)
    expect(store, outlet, clock, "m2", WHOLE)
    async with running(fetcher):
        await until(lambda: {known(store, f"m{n}").state for n in (1, 2)} == {"kept"})
    assert known(store, "m1").sha256 == known(store, "m2").sha256
    assert known(store, "m1").path != known(store, "m2").path


async def uploaded(content: bytes) -> AsyncIterator[bytes]:
    yield content[:1000]
    yield content[1000:]


async def test_an_upload_is_kept_before_its_turn(store: Store, evidence: Evidence, fetcher: Fetcher) -> None:
    attachment = Attachment("image", "", "liburan.jpg", media="m1")
    visitor = Address(Channel.WEBCHAT, "web", "ani")
    assert isinstance(await fetcher.receive(visitor, attachment, uploaded(WHOLE)), Kept)
    media = known(store, "m1")
    assert (media.state, read(evidence, media, media.path)) == ("kept", WHOLE)


async def test_a_bad_upload_is_refused_at_the_door(store: Store, fetcher: Fetcher, tmp_path: Path) -> None:
    attachment = Attachment("image", "", "liburan.jpg", media="m1")
    visitor = Address(Channel.WEBCHAT, "web", "ani")
    assert await fetcher.receive(visitor, attachment, uploaded(b"<html>" + bytes(2000))) == Refusal(
        "disguise"
    )
    assert await fetcher.receive(visitor, attachment, uploaded(bytes(20 * MB + 1))) == Refusal("large")
    with store.reading() as book:
        assert book.media.get("m1") is None
    assert files(tmp_path / "media") == []
