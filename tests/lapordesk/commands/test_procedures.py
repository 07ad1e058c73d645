"""`lapordesk procedures` as it is typed."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from lapordesk.cli import run
from lapordesk.procedure_files import bundled_procedures
from lapordesk.settings import PREFIX

Lapordesk = Callable[..., tuple[int, str, str]]
TIP, _, COMPLAINT, *_ = bundled_procedures("pilkada")


@pytest.fixture
def lapordesk(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> Lapordesk:
    """Run a command in an empty folder with a fresh database: exit code, what it said and complained."""
    for name in os.environ:
        if name.startswith(PREFIX):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)

    def call(line: str, *more: str) -> tuple[int, str, str]:
        capsys.readouterr()
        code = run([*line.split(), *more])
        said = capsys.readouterr()
        return code, said.out, said.err

    assert call("migrate")[0] == 0
    return call


def changed(old: str, new: str, name: str = "laporan.toml", file: Path = COMPLAINT) -> str:
    text = file.read_text(encoding="utf-8")
    assert old in text
    Path(name).write_text(text.replace(old, new), encoding="utf-8")
    return name


def test_the_bundled_ones_are_published_once(lapordesk: Lapordesk) -> None:
    code, said, _ = lapordesk("procedures publish --law pilkada")
    assert code == 0
    assert "Berlaku: laporan versi pilkada-2024-1 (pilkada)" in said
    code, said, _ = lapordesk("procedures publish --law pilkada")
    assert code == 0
    assert said.count("Sudah berlaku:") == 5


def test_the_other_law_takes_the_place_and_the_first_does_not_come_back_by_itself(
    lapordesk: Lapordesk,
) -> None:
    lapordesk("procedures publish --law pilkada")
    assert lapordesk("procedures publish --law pemilu")[0] == 0
    listed = lapordesk("procedures list")[1]
    assert listed.count("sudah diganti") == 5 and listed.count("berlaku sejak") == 5
    code, _, complaint = lapordesk("procedures publish --law pilkada")
    assert code == 1
    assert "beri version yang baru" in complaint


def test_a_faulty_one_is_told_with_all_its_faults_and_nothing_is_published(lapordesk: Lapordesk) -> None:
    faulty = changed("days = 2", "days = 0")
    code, said, _ = lapordesk("procedures check", faulty)
    assert code == 1
    assert said.count("baris") == said.count("line") == 2
    assert "clocks[2].days" in said and "clocks[3].days" in said
    code, said, complaint = lapordesk("procedures publish --law pemilu", faulty)
    assert code == 1
    assert "clocks[2].days" in said and "laporan.toml" in complaint
    assert lapordesk("procedures list")[0] == 1


def test_a_sound_one_is_checked_without_a_database(lapordesk: Lapordesk) -> None:
    Path("data/lapordesk.db").unlink()
    assert lapordesk("procedures check", str(TIP))[0] == 0
    code, said, _ = lapordesk("procedures check --language en", str(TIP.parent))
    assert code == 0
    assert said.count("The procedure can be published.") == 5
    code, said, _ = lapordesk("procedures check --language id", str(TIP), str(COMPLAINT))
    assert code == 1
    assert '"temuan" yang dibuka' in said


def test_one_of_my_own_takes_the_place_of_a_bundled_one(lapordesk: Lapordesk) -> None:
    lapordesk("procedures publish --law pilkada")
    code, _, complaint = lapordesk("procedures publish", changed("days = 2", "days = 3"))
    assert code == 1
    assert "sudah terbit dengan isi lain" in complaint
    mine = changed('"pilkada-2024-1"', '"kaltim-1"')
    assert lapordesk("procedures publish", mine)[0] == 0
    assert lapordesk("procedures export laporan --to out.toml")[0] == 0
    assert Path("out.toml").read_text(encoding="utf-8") == Path(mine).read_text(encoding="utf-8")
    assert lapordesk("procedures export laporan --to old.toml --version pilkada-2024-1")[0] == 0
    assert Path("old.toml").read_text(encoding="utf-8") == COMPLAINT.read_text(encoding="utf-8")
    assert lapordesk("procedures export lain --to out.toml")[0] == 1


def test_an_opening_must_be_published_too(lapordesk: Lapordesk) -> None:
    code, said, _ = lapordesk("procedures publish", str(TIP))
    assert code == 1
    assert '"laporan" yang dibuka' in said
    others = map(str, bundled_procedures("pilkada")[1:])
    assert lapordesk("procedures publish", *others)[0] == 0
    assert lapordesk("procedures publish", str(TIP))[0] == 0


def test_no_file_no_publication(lapordesk: Lapordesk) -> None:
    for line in ("procedures publish", "procedures check"):
        assert lapordesk(line)[0] != 0
    assert lapordesk("procedures check", "hilang.toml")[0] == 1
    Path("kosong").mkdir()
    assert lapordesk("procedures check", "kosong")[0] == 1
