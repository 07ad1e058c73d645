"""`lapordesk reports` as it is typed."""

from storage.book import Book
from tests.lapordesk.test_cli import Lapordesk, lapordesk, loaded, province, the_store
from tests.storage.duties import SIDODADI, hire
from tests.storage.kaltim import NOW
from tests.storage.samples import filed, publish

__all__ = ["lapordesk", "loaded", "province"]


def total(book: Book) -> float:
    (sums,) = book.analysis.read("ptps-pungut", ["64"], NOW.date(), NOW.date()).values()
    return sums.numbers["suara/sah"].total


def test_everything_is_counted_anew(loaded: Lapordesk) -> None:
    with the_store().begin() as book:
        publish(book)
        post = hire(book, 1, SIDODADI, tps=1)
        person = book.people.get(1)
        assert person
        for number, votes in (("P-1", "200"), ("P-2", "21")):
            book.reports.file(filed(number, person.id, post, suara__sah=votes))
        book.analysis.count()
    code, told, _ = loaded("reports recount")
    assert (code, told) == (0, "2 laporan dihitung ulang.\n")
    with the_store().reading() as book:
        assert (total(book), book.analysis.waiting()) == (221, 0)
