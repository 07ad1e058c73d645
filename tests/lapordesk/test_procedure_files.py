from pathlib import Path

import pytest

from core.cases.procedures import LAWS
from lapordesk.procedure_files import bundled_procedures, files_in, read_together


@pytest.mark.parametrize("law", LAWS)
def test_the_bundled_ones_of_each_law_are_whole(law: str) -> None:
    files = bundled_procedures(law)
    read = read_together({file: file.read_text(encoding="utf-8") for file in files})
    assert [one.procedure.name for one in read if one.procedure] == [
        "informasi-awal", "informasi-publik", "laporan", "sengketa", "temuan"
    ]  # fmt: skip
    assert not any(one.problems for one in read)


def test_a_folder_gives_its_files_and_a_file_itself(tmp_path: Path) -> None:
    for name in ("b.toml", "a.toml", "c.txt"):
        (tmp_path / name).write_text("")
    other = tmp_path / "c.txt"
    assert files_in([tmp_path, other]) == [tmp_path / "a.toml", tmp_path / "b.toml", other]


def test_files_of_one_name_in_two_folders_are_told_apart() -> None:
    files = [bundled_procedures(law)[2] for law in LAWS]
    read = read_together({file: file.read_text(encoding="utf-8") for file in files})
    assert [len(one.problems) for one in read] == [0, 1]
    assert read[1].problems[0].key == "procedures.same_name"
    assert read[1].problems[0].file == "laporan.toml"


def test_what_only_the_whole_set_can_say_is_asked_of_it_alone() -> None:
    tip = bundled_procedures("pilkada")[0]
    texts = {tip: tip.read_text(encoding="utf-8")}
    assert [one.key for one in read_together(texts)[0].problems] == ["procedures.opens"] * 2
    assert not read_together(texts, is_whole=False)[0].problems
    assert not read_together(texts, ["laporan", "temuan"])[0].problems
