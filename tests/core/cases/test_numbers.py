from dataclasses import replace

import pytest

from core.cases.numbers import is_official
from tests.core.cases.samples import procedure

COMPLAINT = procedure("laporan")


@pytest.mark.parametrize(
    "number",
    ["009/LP/PB/Kab/14.09/X/2024", "005/TM/PL/Kab/27.10/V/2024", "005/LP/PP/Prov/05.00/III/2024",
     "001/Reg/LP/PG/Prov/23.00/XI/2024", "012/PL/PW/Kota/23.01/XII/2024", "003/LP/PW/Kec/23.01.02/IX/2024"],
)  # fmt: skip
def test_numbers_of_the_registers(number: str) -> None:
    assert is_official(number, COMPLAINT)


@pytest.mark.parametrize(
    "number",
    ["", "9", "009/LP/PB/Kab/14.09/10/2024", "09/LP/PB/Kab/14.09/X/2024", "009/XX/PB/Kab/14.09/X/2024",
     "009/LP/PB/Kab/14.09/X/2024 ", "009/LP/PB/Kab/14.09/X/2024\n", "٠٠٩/LP/PB/Kab/14.09/X/2024"],
)  # fmt: skip
def test_others_are_not(number: str) -> None:
    assert not is_official(number, COMPLAINT)


def test_without_a_pattern_a_short_line_will_do() -> None:
    free = replace(COMPLAINT, number_pattern="")
    assert is_official("12/PS/2024", free)
    assert not is_official("x" * 121, free)
    assert not is_official("12\n13", free)
