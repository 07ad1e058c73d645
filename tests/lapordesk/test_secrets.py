"""Custodians, identities and the audit log, by the commands that an operator types."""

import os
import shlex
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from core.model.cases import Secrecy
from lapordesk.cli import run
from lapordesk.commands.console import Console
from lapordesk.settings import PREFIX
from storage.book import Book
from storage.record import Origin, record
from tests.storage.case_samples import follow, opened
from tests.storage.kaltim import NOW
from tests.storage.samples import CHAT

PASSPHRASE = "empat kata yang panjang sekali"
NUMBER = "K-7K2-M9Q"
REASON = "Permintaan penyidik"
Said = tuple[int, str, str]
Lapordesk = Callable[..., Said]


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What will be typed where nobody sees it."""
    lines: list[str] = []
    monkeypatch.setattr("lapordesk.commands.console.getpass", lambda prompt: lines.pop(0))
    return lines


@pytest.fixture
def lapordesk(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> Lapordesk:
    for name in os.environ:
        if name.startswith(PREFIX):
            monkeypatch.delenv(name)
    monkeypatch.setenv(PREFIX + "LANGUAGE", "en")
    monkeypatch.chdir(tmp_path)

    def call(line: str) -> Said:
        capsys.readouterr()
        code = run(shlex.split(line))
        said = capsys.readouterr()
        return code, said.out, said.err

    assert call("migrate")[0] == 0
    return call


@contextmanager
def writing() -> Iterator[Book]:
    with Console.open().store() as store, store.begin() as book:
        yield book


def prepare(lapordesk: Lapordesk, typed: list[str]) -> None:
    """Two custodians, a recovery key in a file, and a named case."""
    for name in ("Satu Contoh", "Dua Contoh"):
        typed += [PASSPHRASE, PASSPHRASE]
        assert lapordesk(f"custodians add --name '{name}'")[0] == 0
    assert lapordesk("custodians recovery --to kunci")[0] == 0
    with writing() as book:
        follow(book)
        met = book.addresses.meet(CHAT, NOW)
        named = replace(opened(secrecy=Secrecy.NAMED), identity={"nama": "Ibu\x1b[2J Contoh"})
        record(book, [named], Origin(met.id, None, CHAT.channel, None, NOW))


def test_the_way_to_sealed_identities(lapordesk: Lapordesk, typed: list[str]) -> None:
    assert "cannot be taken in" in lapordesk("custodians list")[1]
    prepare(lapordesk, typed)
    code, said, _ = lapordesk("custodians list")
    assert code == 0
    assert [line.split("  ")[1:3] for line in said.splitlines()[:3]] == [
        ["1", "Satu Contoh"],
        ["2", "Dua Contoh"],
        ["3", "recovery"],
    ]
    assert "can be taken in" in said
    code, said, _ = lapordesk("custodians retire 2")
    assert (code, "cannot be passed on" in said, "cannot be taken in" in said) == (0, True, True)
    assert lapordesk("custodians retire 2")[0] == 1


def test_a_passphrase_is_typed_twice_and_long(lapordesk: Lapordesk, typed: list[str], tmp_path: Path) -> None:
    typed += [PASSPHRASE, PASSPHRASE + "?"]
    code, _, wrong = lapordesk("custodians add --name 'Satu Contoh'")
    assert (code, "differ" in wrong) == (1, True)
    (tmp_path / "frasa").write_text("pendek\n")
    code, _, wrong = lapordesk("custodians add --name 'Satu Contoh' --passphrase-file frasa")
    assert (code, "at least 20" in wrong) == (1, True)
    (tmp_path / "frasa").write_text(PASSPHRASE + "\r\nlain\n")
    assert lapordesk("custodians add --name 'Satu Contoh' --passphrase-file frasa")[0] == 0
    with writing() as book:
        assert book.custodians.unlock(1, PASSPHRASE)


def test_the_recovery_key_is_for_its_owner_and_never_over_another_file(
    lapordesk: Lapordesk, tmp_path: Path
) -> None:
    code, said, _ = lapordesk("custodians recovery --to kunci")
    assert (code, "without a network" in said) == (0, True)
    file = tmp_path / "kunci"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    before = file.read_text()
    code, _, wrong = lapordesk("custodians recovery --to kunci")
    assert (code, "not overwritten" in wrong) == (1, True)
    assert file.read_text() == before
    with writing() as book:
        assert len(book.custodians.every()) == 1, "a key without a file is not kept"


def test_an_identity_is_opened_by_a_custodian_or_the_recovery_key(
    lapordesk: Lapordesk, typed: list[str]
) -> None:
    prepare(lapordesk, typed)
    typed += [PASSPHRASE]
    code, said, _ = lapordesk(f"identity open {NUMBER} --reason '{REASON}' --custodian 1")
    assert (code, said) == (0, "nama: Ibu [2J Contoh\n")
    code, said, _ = lapordesk(f"identity open {NUMBER} --reason '{REASON}' --recovery kunci")
    assert (code, said) == (0, "nama: Ibu [2J Contoh\n")
    with writing() as book:
        opened = [one.actor for one in book.audit.of(NUMBER) if one.act == "identity.opened"]
        assert opened == ["operator", "operator"]


def test_it_is_opened_for_one_of_the_staff_and_the_log_knows_who_typed(
    lapordesk: Lapordesk, typed: list[str]
) -> None:
    prepare(lapordesk, typed)
    assert lapordesk("areas load")[0] == 0
    assert lapordesk("staff add --role provinsi --area 64 --email umi@contoh.example")[0] == 0
    typed += [PASSPHRASE]
    line = f"identity open {NUMBER} --reason '{REASON}' --custodian 1 --as umi@contoh.example"
    assert lapordesk(line)[:2] == (0, "nama: Ibu [2J Contoh\n")
    with writing() as book:
        typed_by, opened = book.audit.of(NUMBER)[-2:]
        assert (typed_by.actor, typed_by.details) == ("operator", {"as": "staff:1"})
        assert (opened.actor, opened.act) == ("staff:1", "identity.opened")
        assert book.audit.of("custodian 1")[0].actor == "operator"


@pytest.mark.parametrize(
    ("options", "passphrase", "why"),
    [
        ("--reason perlu --custodian 1", PASSPHRASE, "fewer than 10"),
        (f"--reason '{REASON}' --custodian 1", "salah", "number and passphrase"),
        (f"--reason '{REASON}' --recovery bukan", "", "not sealed to this key"),
    ],
)
def test_a_refusal_is_logged_and_shows_nothing(
    lapordesk: Lapordesk, typed: list[str], tmp_path: Path, options: str, passphrase: str, why: str
) -> None:
    prepare(lapordesk, typed)
    (tmp_path / "bukan").write_text("bukan kunci")
    typed += [passphrase]
    code, said, wrong = lapordesk(f"identity open {NUMBER} {options}")
    assert (code, said, why in wrong) == (1, "", True)
    with writing() as book:
        assert book.audit.of(NUMBER)[-1].act == "identity.withheld"


def test_one_way_to_open_is_named(lapordesk: Lapordesk) -> None:
    assert "either" in lapordesk(f"identity open {NUMBER} --reason '{REASON}'")[2]


def test_the_log_is_verified(lapordesk: Lapordesk, typed: list[str]) -> None:
    code, said, _ = lapordesk("audit verify")
    assert (code, said) == (0, "Audit log: 0 rows hold, head -.\n")
    prepare(lapordesk, typed)
    code, said, _ = lapordesk("audit verify")
    head = said.rpartition(" ")[2].strip(".\n")
    assert (code, "4 rows hold" in said, len(head)) == (0, True, 64)
    assert lapordesk(f"audit verify --head {head}")[0] == 0
    code, said, _ = lapordesk(f"audit verify --head {'0' * 64}")
    assert (code, "cut off" in said) == (1, True)
    with writing() as book:
        book.connection.execute(text("DROP TRIGGER audit_no_update"))
        book.connection.execute(text("UPDATE audit SET actor = 'x' WHERE id = 3"))
    code, said, _ = lapordesk("audit verify")
    assert (code, "Broken at row 3" in said, "2 rows hold" in said) == (1, True, True)
