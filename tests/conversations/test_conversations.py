"""Whole conversations of each bundled form on each channel; the transcripts lie beside this file.

`pytest tests/conversations --update` writes them anew: read what changed before you commit it.
"""

from pathlib import Path

import pytest

from storage.store import Store
from tests.conversations.stage import stage
from tests.conversations.transcript import Script, play

HERE = Path(__file__).parent
TRANSCRIPTS = sorted(HERE.glob("*.txt"))


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
async def test_conversation(path: Path, store: Store, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    script = Script.read(path)
    async with stage(
        store,
        tmp_path,
        chat_paces={},
        buttons=script.buttons,
        custodians=script.custodians,
        election=script.election,
        begins=script.moment,
    ) as on:
        now = await play(script, on)
    if request.config.getoption("--update"):
        path.write_text(now, encoding="utf-8")
    assert now == path.read_text(encoding="utf-8")


def test_every_bundled_form_is_talked_through_on_every_channel() -> None:
    named = {path.stem for path in TRANSCRIPTS}
    channels = ("telegram", "whatsapp", "sms", "webchat")
    long = {f"{form}-{channel}" for form in ("lhp", "pungut", "hitung", "logistik") for channel in channels}
    short = {f"{form}-{channel}" for form in ("patroli", "situasi") for channel in ("telegram", "whatsapp")}
    assert not (long | short) - named


def test_citizens_of_every_kind_are_talked_with_on_every_channel() -> None:
    """Who is frightened, chatty, terse or mocking; each on a channel, and each channel has one."""
    citizens = {path.stem for path in TRANSCRIPTS if path.stem.startswith("aduan-")}
    assert {name.split("-")[1] for name in citizens} >= {"telegram", "whatsapp", "sms", "webchat"}
    assert {name.split("-")[2] for name in citizens} >= {"takut", "cerewet", "singkat", "usil"}


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_it_ends_in_what_its_name_says(path: Path) -> None:
    """A report of its form; a citizen's in a case, and of one who only mocks in nothing at all."""
    form, _, rest = path.stem.partition("-")
    filed = [line.split() for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("= ")]
    if form == "aduan":
        opened = [line for line in filed if line[1].startswith("K-")]
        assert bool(opened) == ("usil" not in rest)
    else:
        assert any(line[2] == form for line in filed)
