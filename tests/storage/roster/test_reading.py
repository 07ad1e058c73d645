import pytest

from storage.roster.reading import RosterUnreadable, read_roster

BODY = "Siti;08000000012;PTPS;Sidodadi;12"


@pytest.mark.parametrize(
    "headings",
    [
        "nama;telepon;jabatan;wilayah;tps",
        "NAMA LENGKAP;No. HP;Jabatan;Wilayah Tugas;No TPS",
        "Nama;Nomor Telepon (WA);JABATAN;Kelurahan/Desa;TPS",
        "name;phone;role;area;tps",
    ],
)
def test_headings_are_known_however_they_are_spelled(headings: str) -> None:
    [row] = read_roster(f"{headings}\n{BODY}\n".encode(), "csv")
    assert (row.name, row.phone, row.role, row.area, row.tps) == (
        "Siti",
        "08000000012",
        "PTPS",
        "Sidodadi",
        "12",
    )


def test_a_letterhead_and_blank_rows_are_passed_over() -> None:
    text = f"DAFTAR PENGAWAS;;;;\n;;;;\nnama;telepon;jabatan;wilayah;tps\n;;;;\n{BODY}\n"
    [row] = read_roster(text.encode(), "csv")
    assert row.number == 5


def test_places_in_columns_of_their_own_are_put_together() -> None:
    text = "nama,hp,jabatan,kabupaten/kota,kecamatan,kelurahan/desa\nSiti,0800,PKD,Kukar,Anggana,Sidomulyo\n"
    [row] = read_roster(text.encode(), "csv")
    assert row.area == "Sidomulyo, Anggana, Kukar"


def test_encodings_of_old_spreadsheets_are_read() -> None:
    text = f"nama;telepon;jabatan;wilayah;tps\nRené;{BODY.partition(';')[2]}\n"
    for encoding in ("utf-8-sig", "cp1252"):
        assert read_roster(text.encode(encoding), "csv")[0].name == "René"


@pytest.mark.parametrize(
    "text, key",
    [
        ("a,b,c\n1,2,3\n", "roster.file.no_headings"),
        ("", "roster.file.no_headings"),
        ("nama,telepon,wilayah\n", "roster.file.no_role"),
        ("nama,telepon,jabatan\n", "roster.file.no_area"),
        ("nama\0", "roster.file.not_a_table"),
    ],
)
def test_a_file_of_something_else_is_refused(text: str, key: str) -> None:
    with pytest.raises(RosterUnreadable) as refused:
        read_roster(text.encode(), "csv")
    assert refused.value.key == key
