"""Who works in an area: all in it and nobody else, a page at a time."""

from core.model.people import Role
from storage.staff_list import StaffWanted
from storage.store import Store
from tests.storage.kaltim import NOW, settle


def test_an_area_and_all_in_it(store: Store) -> None:
    with store.begin() as book:
        settle(book)
        book.staff.add("b@contoh.example", "Umi Contoh", Role.KABKOTA, "64.72", NOW)
        book.staff.add("a@contoh.example", "Tono Contoh", Role.PROVINSI, "64", NOW)
        left = book.staff.add("c@contoh.example", "Sari 100% Contoh", Role.RI, "", NOW)
        book.staff.end(left.id, NOW)

        def emails(wanted: StaffWanted) -> list[str]:
            return [one.email[0] for one in book.staff_list.find(wanted)]

        assert emails(StaffWanted("64")) == ["a", "b"]
        assert emails(StaffWanted("64.72")) == ["b"]
        assert emails(StaffWanted("6")) == []
        assert emails(StaffWanted("", with_ended=True)) == ["a", "b", "c"]
        assert emails(StaffWanted("", with_ended=True, after="a@contoh.example", limit=1)) == ["b"]
        assert emails(StaffWanted("64", "UMI")) == ["b"]
        assert emails(StaffWanted("", "%", with_ended=True)) == ["c"]
