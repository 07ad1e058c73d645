import pytest

from core.cases.stems import stems


@pytest.mark.parametrize("word", ["melaporkan", "laporan", "pelapor", "dilaporkan", "LAPOR", "lapor!"])
def test_one_stem_for_every_affix(word: str) -> None:
    assert stems([word]) == {"lapor"}


def test_what_stands_in_every_sentence_is_left_out() -> None:
    assert stems(["Ada yang membagikan uang di TPS 012, dan itu saya lihat"]) == {
        *("bagi", "uang", "tps", "12", "lihat"),
    }


def test_how_people_write_is_understood() -> None:
    assert stems(["yg dibagi2kan", "ＴＰＳ"]) >= {"tps"}
    assert "yg" not in stems(["yg"])


@pytest.mark.parametrize("text", ["", " - ", "\x00", "🙏" * 9, "x" * 9000, "di ke dari yang", "k"])
def test_there_may_be_nothing_to_search_by(text: str) -> None:
    assert stems([text]) == frozenset()


def test_a_number_is_found_by_its_parts() -> None:
    assert stems(["K-7K2-M9Q", "009/LP/PB/Kab/14.09/X/2024"]) >= {"7k2", "m9q", "9", "lp", "2024"}
