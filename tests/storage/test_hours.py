"""Reports by the hour: of the area, without practice and what was withdrawn."""

from datetime import timedelta

from storage.hours import Hours
from storage.store import Store
from tests.storage.duties import wita
from tests.storage.known_week import live


def test_reports_of_a_day_by_the_hour(store: Store) -> None:
    with store.begin() as book:
        live(book)
        hours = Hours(book.connection)
        start = wita(20, 0)
        counts = hours.filed("64", start, 24)
        assert counts[9] == 2, "A1's report and its stock; C1's was practice"
        assert sum(counts) == 2
        assert hours.filed("64.02", start, 24) == (0,) * 24
        assert hours.filed("", start + timedelta(hours=9), 1) == (2,)
        assert sum(hours.filed("64", wita(22, 0), 24)) == 1, "L-3 was withdrawn"
