from datetime import date, datetime

import pytest

from core.digests.digest import Tally
from core.digests.tables import Cell, Share, cell_shown, share_of
from tests.core.digests.weeks import SEVEN, tally


def test_a_share_is_what_is_shown_everywhere() -> None:
    assert share_of(tally(999, 0, 1)) == Share(99)
    assert share_of(Tally()) is None


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        (None, "–"),
        ("Anggana", "Anggana"),
        (1204, "1.204"),
        (Share(87), "87 %"),
        (date(2024, 11, 26), "Selasa 26 Nov"),
        (SEVEN, "Senin 25 Nov, 07.00 WITA"),
        (datetime.fromisoformat("2024-11-25T07:00+08:00"), "Senin 25 Nov, 07.00 WITA"),
    ],
)
def test_cells_in_words(cell: Cell, shown: str) -> None:
    assert cell_shown(cell, "Asia/Makassar", "id") == shown
