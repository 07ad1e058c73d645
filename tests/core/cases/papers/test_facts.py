"""Answers are found by the names of their questions, in groups and repeats, and told in words."""

from core.cases.papers.facts import Facts
from core.model.records import Answers
from tests.core.cases.papers.samples import LHP, VIOLATION, plan
from tests.storage.kaltim import VILLAGE

ALL = Facts(Answers(LHP | VIOLATION), plan(), VILLAGE)


def test_the_first_name_that_was_answered_is_told() -> None:
    assert ALL.told("tidak_ada", "tahapan") == "Kampanye"
    assert ALL.value("tahapan") == "kampanye"
    assert ALL.told("alamat_saksi") == ""
    assert not ALL.has("tidak_ada")


def test_a_turn_sees_only_itself() -> None:
    numbered = {f"saksi[{n}]/nama": f"Saksi {n}" for n in (1, 2, 10)}
    turns = Facts(Answers(numbered), None, VILLAGE).turns("saksi")
    assert [one.told("nama") for one in turns] == ["Saksi 1", "Saksi 2", "Saksi 10"]


def test_a_group_sees_only_itself() -> None:
    assert ALL.below("pelanggaran").told("uraian") == ""
    assert ALL.below("tidak_ada").told("tahapan") == ""


def test_pictures_have_ids_and_no_words() -> None:
    assert ALL.media() == ("media1", "media2")
    assert ALL.told("foto") == ""


def test_a_time_is_told_by_the_clock_of_the_place() -> None:
    papua = Facts(Answers(VIOLATION), plan(), "94.71")
    assert papua.told("waktu_kejadian") == "Rabu, 20 November 2024, 11.20 WIT"


def test_what_does_not_fit_its_question_is_told_as_it_stands() -> None:
    odd = Facts(Answers({"pelanggaran/waktu_kejadian": "kemarin malam", "tahapan": "lama"}), plan(), VILLAGE)
    assert (odd.told("waktu_kejadian"), odd.told("tahapan")) == ("kemarin malam", "lama")
