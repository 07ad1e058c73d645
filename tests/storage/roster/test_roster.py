import io
from collections.abc import Iterator, Sequence

import pytest
import xlsxwriter

from core.model.people import Role
from core.speech.texts import texts
from storage.areas import Areas
from storage.keys import Keys
from storage.roster import Entry, Fault, check_roster, import_roster, read_roster, sentence
from storage.store import Store
from tests.databases import Databases
from tests.storage.kaltim import NOW, province, settle

HEADINGS = ("nama", "telepon", "jabatan", "wilayah", "tps")
SIDODADI = "64.72.03.1005"


@pytest.fixture(scope="module")
def areas(databases: Databases, keys: Keys) -> Iterator[Areas]:
    store = Store(databases.sqlite(), keys)
    with store.begin() as book:
        settle(book)
    with store.reading() as book:
        yield book.areas
    store.close()


def workbook(*rows: Sequence[object]) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return buffer.getvalue()


def check(areas: Areas, *rows: Sequence[object]) -> tuple[list[Entry], list[Fault]]:
    return check_roster(read_roster(workbook(HEADINGS, *rows), "xlsx"), areas)


@pytest.mark.parametrize(
    "row, role, area",
    [
        (
            ("Siti", "08000000012", "Pengawas TPS", "Sidodadi, Samarinda Ulu", "012"),
            Role.PTPS,
            f"{SIDODADI}.012",
        ),
        (("Siti", "08000000012", "PTPS", SIDODADI, 12), Role.PTPS, f"{SIDODADI}.012"),
        (("Siti", "08000000012", "ptps", "6472031005", "TPS 12"), Role.PTPS, f"{SIDODADI}.012"),
        (("Siti", "08000000012", "ptps", f"{SIDODADI}.012", ""), Role.PTPS, f"{SIDODADI}.012"),
        (("Siti", 8000000012, "PKD", "Kel. Sidomulyo Kec. Anggana", ""), Role.PKD, "64.02.04.2007"),
        (("Siti", "62800-0000-012", "PKD", "Sidomulyo (anggana)", ""), Role.PKD, "64.02.04.2007"),
        (("Siti", "+62 800 0000 012", "Panwaslu Desa", "Sidomulyo - Tabang", ""), Role.PKD, "64.02.12.2010"),
        (("Siti", "08000000012", "Ketua Panwaslu Kecamatan", "Sanga-Sanga", ""), Role.PANWASCAM, "64.02.15"),
        (("Siti", "08000000012", "Panwascam", "kec. sanga sanga, kukar", ""), Role.PANWASCAM, "64.02.15"),
        (("Siti", "08000000012", "Anggota Bawaslu Kab/Kota", "Kukar", ""), Role.KABKOTA, "64.02"),
        (("Siti", "08000000012", "Bawaslu Kota", 64.72, ""), Role.KABKOTA, "64.72"),
        (("Siti", "08000000012", "Bawaslu Provinsi", 64, ""), Role.PROVINSI, "64"),
    ],
)
def test_rows_are_read_generously(areas: Areas, row: Sequence[object], role: Role, area: str) -> None:
    good, faults = check(areas, row)
    assert faults == []
    assert good == [Entry(2, "Siti", "+628000000012", role, area)]


@pytest.mark.parametrize(
    "row, column, key",
    [
        (("", "08000000012", "PKD", SIDODADI, ""), "nama", "roster.name.missing"),
        (("123", "08000000012", "PKD", SIDODADI, ""), "nama", "roster.name.unread"),
        (("Siti", "", "PKD", SIDODADI, ""), "telepon", "roster.phone.missing"),
        (("Siti", "8.12E+11", "PKD", SIDODADI, ""), "telepon", "roster.phone.exponent"),
        (("Siti", "6472030101900001", "PKD", SIDODADI, ""), "telepon", "roster.phone.nik"),
        (("Siti", "08000000012 / 08000000013", "PKD", SIDODADI, ""), "telepon", "roster.phone.several"),
        (("Siti", "belum ada", "PKD", SIDODADI, ""), "telepon", "roster.phone.unread"),
        (("Siti", "0812", "PKD", SIDODADI, ""), "telepon", "roster.phone.unread"),
        (("Siti", "08000000012", "", SIDODADI, ""), "jabatan", "roster.role.missing"),
        (("Siti", "08000000012", "Bendahara", SIDODADI, ""), "jabatan", "roster.role.unknown"),
        (("Siti", "08000000012", "PKD", "", ""), "wilayah", "roster.area.missing"),
        (("Siti", "08000000012", "PKD", "Atlantis", ""), "wilayah", "roster.area.unknown"),
        (("Siti", "08000000012", "PKD", "64.99.01.1001", ""), "wilayah", "roster.area.unknown"),
        (("Siti", "08000000012", "PKD", "Sidomulyo", ""), "wilayah", "roster.area.several"),
        (("Siti", "08000000012", "PKD", "Sidomulyo, Sangatta", ""), "wilayah", "roster.area.unknown"),
        (("Siti", "08000000012", "PKD", "Sidomulio, Anggana", ""), "wilayah", "roster.area.alike"),
        (("Siti", "08000000012", "PKD", "64.72.03", ""), "wilayah", "roster.area.level"),
        (("Siti", "08000000012", "PTPS", SIDODADI, ""), "tps", "roster.tps.missing"),
        (("Siti", "08000000012", "PTPS", SIDODADI, "dua belas"), "tps", "roster.tps.unread"),
        (("Siti", "08000000012", "PTPS", SIDODADI, "0"), "tps", "roster.tps.unread"),
    ],
)
def test_a_fault_says_where_and_what(areas: Areas, row: Sequence[object], column: str, key: str) -> None:
    good, faults = check(areas, row)
    assert good == []
    assert [(fault.row, fault.column, fault.key) for fault in faults] == [(2, column, key)]
    for language in ("id", "en"):
        line = sentence(faults[0], texts(language))
        assert "2" in line and column in line and "{" not in line


def test_all_faults_of_a_row_come_at_once(areas: Areas) -> None:
    _, faults = check(areas, ("", "x", "PTPS", "Sidomulyo", ""))
    assert [fault.column for fault in faults] == ["nama", "telepon", "wilayah"]


def test_candidates_are_listed_with_their_codes(areas: Areas) -> None:
    _, [fault] = check(areas, ("Siti", "08000000012", "PKD", "Sidomulyo", ""))
    assert "Sidomulyo, Anggana, Kabupaten Kutai Kartanegara (64.02.04.2007)" in fault.values["candidates"]


def test_a_phone_and_a_seat_are_given_once(areas: Areas) -> None:
    good, faults = check(
        areas,
        ("Siti", "08000000012", "PTPS", SIDODADI, 1),
        ("Budi", "62800 0000 012", "PTPS", SIDODADI, 2),
        ("Adi", "08000000014", "PTPS", SIDODADI, 1),
        *[(f"Cam {n}", f"0800000002{n}", "Panwascam", "Anggana", "") for n in range(4)],
    )
    assert [entry.row for entry in good] == [2, 5, 6, 7]
    assert [(f.row, f.key, dict(f.values)) for f in faults] == [
        (3, "roster.phone.twice", {"first": "2"}),
        (4, "roster.post.full", {"seats": "1"}),
        (8, "roster.post.full", {"seats": "3"}),
    ]


def test_people_keep_their_id_and_posts_change_hands(store: Store) -> None:
    first = [
        Entry(2, "Siti", "+628000000001", Role.PTPS, f"{SIDODADI}.001"),
        Entry(3, "Budi", "+628000000002", Role.PTPS, f"{SIDODADI}.002"),
    ]
    swapped = [
        Entry(2, "Siti Aminah", "+628000000001", Role.PTPS, f"{SIDODADI}.002"),
        Entry(3, "Adi", "+628000000003", Role.PTPS, f"{SIDODADI}.001"),
    ]
    with store.begin() as book:
        settle(book)
        import_roster(book, first, NOW)
        siti = book.people.by_phone("+628000000001")
        done = import_roster(book, swapped, NOW)
        moved = book.people.by_phone("+628000000001")
        left = book.people.by_phone("+628000000002")
        new = book.people.by_phone("+628000000003")
    assert done.people == done.stations == 2
    assert siti and moved and left and new
    assert (moved.id, moved.name) == (siti.id, "Siti Aminah")
    assert [post.area for post in moved.posts] == [f"{SIDODADI}.002"]
    assert left.posts == ()
    assert [post.id for post in new.posts] == [post.id for post in siti.posts]
    assert new.posts[0].place == (
        "TPS 001",
        "Sidodadi",
        "Samarinda Ulu",
        "Kota Samarinda",
        "Kalimantan Timur",
    )
    assert new.posts[0].zone == "Asia/Makassar"


def test_a_full_post_makes_room_for_the_roster(store: Store) -> None:
    def three(start: int) -> list[Entry]:
        phones = [f"+62800000001{n}" for n in range(start, start + 3)]
        return [Entry(n, f"Cam {n}", phone, Role.PANWASCAM, "64.02.04") for n, phone in enumerate(phones, 2)]

    with store.begin() as book:
        settle(book)
        import_roster(book, three(0), NOW)
        import_roster(book, three(2), NOW)
        holding = [book.people.get(one) for one in book.people.holders(Role.PANWASCAM, "64.02.04")]
        staying = book.people.by_phone("+628000000012")
    assert {person.id for person in holding if person} >= {staying.id if staying else 0}
    assert sorted(person.name for person in holding if person) == ["Cam 2", "Cam 3", "Cam 4"]


def test_the_rosters_of_a_province_go_in(store: Store) -> None:
    """One supervisor for each village: read, checked and taken in."""
    villages = [one.code for one in province() if one.code.count(".") == 3]
    rows = [(f"Pengawas {n}", f"0800{n:07}", "PTPS", code, 1) for n, code in enumerate(villages)]
    with store.begin() as book:
        settle(book)
        good, faults = check_roster(read_roster(workbook(HEADINGS, *rows), "xlsx"), book.areas)
        import_roster(book, good, NOW)
        import_roster(book, good, NOW)
        counts = book.people.counts()
    assert faults == []
    assert counts == {Role.PTPS: 1038}
