"""Words with references are filled."""

import pytest

from core.forms.expressions import ExpressionError, template
from tests.core.forms.expressions.answered import answered


@pytest.mark.parametrize(
    ("source", "answers", "filled"),
    [
        ("Jumlah ${sah} + ${tidak_sah}", "sah=3, tidak_sah=2", "Jumlah 3 + 2"),
        ("${nama}", "nama=PTPS", "PTPS"),
        ("${ nama }!", "nama=PTPS", "PTPS!"),
        ("${nama}${nama}", "nama=ab", "abab"),
        ("Kegiatan ${k}", "k=satu/dua, turn=2", "Kegiatan dua"),
        ("Kegiatan ${k}", "k=satu/dua", "Kegiatan satu"),
        ("tanpa jawaban: ${x}.", "", "tanpa jawaban: ."),
        ("Rp 5.000 {bukan} $ini", "", "Rp 5.000 {bukan} $ini"),
        ("", "", ""),
    ],
)
def test_filled(source: str, answers: str, filled: str) -> None:
    assert template(source).fill(answered(answers)) == filled


def test_references_are_known() -> None:
    assert template("${a} dan ${b} dan ${a}").references == {"a", "b"}


@pytest.mark.parametrize(
    ("source", "reason", "position", "suggestion"),
    [
        ("Halo ${nama", "unbalanced", 5, ""),
        ("${a} ${nama lengkap}", "unexpected", 5, "${nama_lengkap}"),
        ("${last-saved#a}", "unsupported", 0, ""),
    ],
)
def test_refused(source: str, reason: str, position: int, suggestion: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        template(source)
    error = caught.value
    assert (error.reason, error.position, error.suggestion) == (reason, position, suggestion)
