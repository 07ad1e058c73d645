"""The terminal prints what is said and puts the files beside it."""

from pathlib import Path

import pytest

from bot.channels.base import SendFailed
from bot.channels.terminal import ACCOUNT, TerminalOutlet
from core.model.messages import Address, Channel, Enclosure
from core.speech.layout import Part

SITI = Address(Channel.TERMINAL, ACCOUNT, "+628000000012")
PNG = Enclosure("rekap.png", "image/png", "a1", 6)


async def read(file: Enclosure) -> bytes:
    return f"isi {file.name}".encode()


async def test_files_lie_in_the_folder_and_are_named(tmp_path: Path) -> None:
    said: list[str] = []
    folder = tmp_path / "chat"
    await TerminalOutlet(said.append, read, folder).send(SITI, Part("Rekap", files=(PNG,)))
    assert said == [f"Rekap\n📎 {folder / 'rekap.png'}"]
    assert (folder / "rekap.png").read_bytes() == b"isi rekap.png"


async def test_a_name_leads_nowhere_else(tmp_path: Path) -> None:
    said: list[str] = []
    outlet = TerminalOutlet(said.append, read, tmp_path / "chat")
    await outlet.send(SITI, Part("", files=(Enclosure("../luar.png", "image/png", "a1", 6),)))
    assert not (tmp_path / "luar.png").exists()
    assert said == [f"📎 {tmp_path / 'chat' / 'luar.png'}"]


async def test_without_a_shelf_there_are_no_files() -> None:
    with pytest.raises(SendFailed) as failed:
        await TerminalOutlet(print).send(SITI, Part("Rekap", files=(PNG,)))
    assert failed.value.of_file
