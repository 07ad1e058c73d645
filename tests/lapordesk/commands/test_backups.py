"""`lapordesk backup` and `restore`, as an operator types them on a machine that is set up anew."""

import hashlib
import os
import shlex
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from core.model.messages import Reply
from lapordesk.cli import run
from lapordesk.commands.console import Console
from lapordesk.settings import PREFIX
from storage.keys import Keys
from storage.store import Store
from tests.storage.kaltim import NOW, appoint
from tests.storage.samples import CHAT

PASSPHRASE = "empat kata yang panjang sekali"
Said = tuple[int, str, str]
Lapordesk = Callable[..., Said]


@pytest.fixture
def lapordesk(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> Lapordesk:
    """Run a command; `data` names another data folder than the first."""
    for name in os.environ:
        if name.startswith(PREFIX):
            monkeypatch.delenv(name)
    monkeypatch.setenv(PREFIX + "LANGUAGE", "en")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "frasa").write_text(PASSPHRASE + "\n")

    def call(line: str, data: str = "data") -> Said:
        monkeypatch.setenv(PREFIX + "DATA", data)
        capsys.readouterr()
        code = run(shlex.split(line))
        said = capsys.readouterr()
        return code, said.out, said.err

    assert call("migrate")[0] == 0
    with Console.open().store() as store, store.begin() as book:
        appoint(book)
        book.outbox.put(book.addresses.meet(CHAT, NOW).id, Reply("Halo"), NOW)
    return call


def waiting(data: str) -> int:
    keys = Keys.load(Path(data, "keys"))
    with closing(Store(f"sqlite:///{data}/lapordesk.db", keys)) as store, store.reading() as book:
        assert sum(book.people.counts().values()) == 1
        return book.outbox.count_waiting()


def test_there_and_back(lapordesk: Lapordesk, tmp_path: Path) -> None:
    code, said, _ = lapordesk("backup --to cadangan --passphrase-file frasa")
    assert code == 0
    assert f"SHA-256 {hashlib.sha256((tmp_path / 'cadangan').read_bytes()).hexdigest()}" in said
    assert "data/keys is not in it" in said
    code, _, wrong = lapordesk("restore cadangan --passphrase-file frasa", "baru")
    assert (code, "no key file baru/keys" in wrong) == (1, True)
    Keys.load(Path("data/keys")).save(Path("baru/keys"))
    code, said, _ = lapordesk("restore cadangan --passphrase-file frasa", "baru")
    assert code == 0, said
    assert "1 messages" in said
    assert "--no-hold-outbox" in said
    assert "Audit log: 1 rows" in said
    assert waiting("baru") == 0
    code, said, _ = lapordesk("audit verify", "baru")
    assert (code, "2 rows" in said) == (0, True)
    code, _, wrong = lapordesk("restore cadangan --passphrase-file frasa", "baru")
    assert (code, "has tables already" in wrong) == (1, True)


def test_with_keys_and_without_holding(lapordesk: Lapordesk) -> None:
    code, said, _ = lapordesk("backup --to cadangan --passphrase-file frasa --with-keys")
    assert (code, "can read everything" in said) == (0, True)
    code, said, _ = lapordesk("restore cadangan --passphrase-file frasa --no-hold-outbox", "baru")
    assert (code, "arrive twice" in said) == (0, True)
    assert waiting("baru") == 1


def test_the_passphrase_is_long_and_typed_twice(
    lapordesk: Lapordesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pendek").write_text("rahasia\n")
    code, _, wrong = lapordesk("backup --to cadangan --passphrase-file pendek")
    assert (code, "at least 20" in wrong) == (1, True)
    typed = [PASSPHRASE, PASSPHRASE + "?", PASSPHRASE, PASSPHRASE]
    monkeypatch.setattr("lapordesk.commands.console.getpass", lambda prompt: typed.pop(0))
    code, _, wrong = lapordesk("backup --to cadangan")
    assert (code, "differ" in wrong) == (1, True)
    assert not (tmp_path / "cadangan").exists()
    assert lapordesk("backup --to cadangan")[0] == 0


def test_what_cannot_be_done_is_said_in_one_line(lapordesk: Lapordesk, tmp_path: Path) -> None:
    assert lapordesk("backup --to cadangan --passphrase-file frasa --with-keys")[0] == 0
    (tmp_path / "lain").write_text("lima kata yang lain sama sekali\n")
    whole = (tmp_path / "cadangan").read_bytes()
    (tmp_path / "rusak").write_bytes(whole[:-1])
    for line, why in {
        "backup --to cadangan --passphrase-file frasa": "is not overwritten",
        "restore cadangan --passphrase-file lain": "does not open the backup",
        "restore rusak --passphrase-file frasa": "damaged or cut short",
        "restore frasa --passphrase-file frasa": "not a backup",
        "restore nowhere --passphrase-file frasa": "nowhere",
    }.items():
        code, _, wrong = lapordesk(line, "baru" if line.startswith("restore") else "data")
        assert code == 1
        assert why in wrong
        assert len(wrong.splitlines()) == 1
    assert not Path("baru/keys").exists()
