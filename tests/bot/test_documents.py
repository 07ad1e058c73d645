"""A weak picture of a document: kept, and a better one asked for, once, and nowhere else."""

import asyncio
from datetime import UTC, datetime

import pytest
from PIL import Image, ImageFilter

from bot.documents import TOLD, better_wanted
from bot.evidence import Fetcher
from core.dialogue.session import Session, Stage, to_json
from core.forms.filling import Filling
from core.forms.written import to_json as form_to_json
from core.model.records import Answers
from storage.evidence import Evidence
from storage.keys import Keys
from storage.store import Store
from storage.vaults import Folder
from tests.bot.clock import Clock
from tests.bot.test_evidence import ANI, BOT, Outlet, expect, known, said
from tests.core.dialogue.samples import form
from tests.storage.test_legibility import jpeg, page

NOW = datetime(2024, 11, 27, 4, 0, tzinfo=UTC)
SURVEY = """
| | type | name | label | appearance |
| | image | hasil | Foto C.HASIL | dokumen |
| | image | suasana | Foto TPS | |
"""


@pytest.fixture
def outlet() -> Outlet:
    return Outlet()


@pytest.fixture
def fetcher(store: Store, tmp_path: object, keys: Keys, outlet: Outlet) -> Fetcher:
    kept = Evidence(Folder(tmp_path / "media"), keys)  # type: ignore[operator]
    return Fetcher(store, kept, {BOT: outlet}, Clock(), told=_as_delivery_is, poll=0.02)


def _as_delivery_is(after: float) -> None:
    """It can be told only on the event loop."""
    asyncio.get_running_loop().call_later(after, int)


def talk(store: Store, values: dict[str, str], subject: str = "") -> None:
    """Ani is in the middle of the form, with these answers."""
    asked = form(SURVEY)
    filling = Filling("F0001", asked.name, asked.version, None, NOW, Answers(values))
    session = Session(stage=Stage.QUESTION, subject=subject, filling=filling)
    with store.begin() as book:
        if not book.forms.versions():
            source = b"uji"
            book.forms.publish(form_to_json(asked), asked.name, asked.version, "Uji", source, NOW, "report")
        whom = book.addresses.meet(ANI, Clock()())
        book.sessions.keep(f"address:{whom.id}", to_json(session), NOW)


def blurred() -> bytes:
    return jpeg(page((900, 1200)).filter(ImageFilter.GaussianBlur(6)))


async def fetch(fetcher: Fetcher) -> None:
    await fetcher._claim()
    while fetcher.in_hand:
        await next(iter(fetcher._at_work.values()))


async def test_a_better_one_is_asked_for_once(store: Store, fetcher: Fetcher, outlet: Outlet) -> None:
    talk(store, {"hasil": "medium-0001 medium-0002"})
    expect(store, outlet, Clock(), "medium-0001", blurred())
    await fetch(fetcher)
    assert said(store) == [better_wanted("blurred", "id")]
    assert known(store, "medium-0001").state == "kept"
    assert known(store, "medium-0001").reason == f"{TOLD}blurred"
    expect(store, outlet, Clock(), "medium-0002", blurred())
    await fetch(fetcher)
    assert known(store, "medium-0002").reason == ""
    assert len(said(store)) == 1


async def test_a_good_one_is_taken_in_silence(store: Store, fetcher: Fetcher, outlet: Outlet) -> None:
    talk(store, {"hasil": "medium-0001"})
    expect(store, outlet, Clock(), "medium-0001", jpeg(page()))
    await fetch(fetcher)
    assert known(store, "medium-0001").state == "kept"
    assert said(store) == []


async def test_other_questions_want_no_document(store: Store, fetcher: Fetcher, outlet: Outlet) -> None:
    talk(store, {"suasana": "medium-0001"}, subject="suasana")
    expect(store, outlet, Clock(), "medium-0001", blurred())
    await fetch(fetcher)
    assert said(store) == []


async def test_an_upload_before_its_turn_is_for_what_is_asked(
    store: Store, fetcher: Fetcher, outlet: Outlet
) -> None:
    talk(store, {}, subject="hasil")
    expect(store, outlet, Clock(), "medium-0001", jpeg(Image.new("RGB", (900, 1200), (20, 20, 20))))
    await fetch(fetcher)
    assert said(store) == [better_wanted("dark", "id")]


async def test_without_a_conversation_nothing_is_asked(
    store: Store, fetcher: Fetcher, outlet: Outlet
) -> None:
    expect(store, outlet, Clock(), "medium-0001", blurred())
    await fetch(fetcher)
    assert said(store) == []
