"""Finding a place by what it is called."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.forms.answers import Reading, Understood, described
from core.forms.form import Kind, Option
from tests.core.forms.answers.asking import NOW, ask, echo, refusal, value

CONTEXT = Reading("id", NOW)

ROWS = """
Loa Janan Ulu      | Loa Janan            | Kutai Kartanegara
Purwajaya          | Loa Janan            | Kutai Kartanegara
Sidomulyo          | Anggana              | Kutai Kartanegara
Sidomulyo          | Tabang               | Kutai Kartanegara
Sidomulyo          | Kombeng              | Kutai Timur
Sidomulyo          | Samarinda Ilir       | Samarinda
Sidodadi           | Samarinda Ulu        | Samarinda
Sidodamai          | Samarinda Ilir       | Samarinda
Kampung Baru       | Tenggarong           | Kutai Kartanegara
Baru               | Long Kali            | Paser
Kota Bangun I      | Kota Bangun Darat    | Kutai Kartanegara
Kota Bangun III    | Kota Bangun Darat    | Kutai Kartanegara
Api-api            | Bontang Utara        | Bontang
Lok Tuan           | Bontang Utara        | Bontang
Long La'ai         | Segah                | Berau
Gunungsamarinda    | Balikpapan Utara     | Balikpapan
Sungai Meriam      | Anggana              | Kutai Kartanegara
Bukit Raya         | Samboja              | Kutai Kartanegara
Bukit Raya         | Tenggarong Seberang  | Kutai Kartanegara
"""


def villages() -> tuple[Option, ...]:
    rows = ([cell.strip() for cell in line.split("|")] for line in ROWS.strip().splitlines())
    return tuple(
        Option(f"64.{number:02}", {"id": name}, {"kecamatan": district, "kabupaten": regency})
        for number, (name, district, regency) in enumerate(rows)
    )


VILLAGES = villages()
REGENCIES = tuple(
    Option(code, {"id": name})
    for code, name in {
        "64.01": "Kabupaten Paser",
        "64.02": "Kabupaten Kutai Kartanegara",
        "64.08": "Kabupaten Kutai Timur",
        "64.09": "Kabupaten Penajam Paser Utara",
        "64.71": "Kota Balikpapan",
        "64.72": "Kota Samarinda",
        "64.74": "Kota Bontang",
    }.items()
)


def found(typed: str, among: tuple[Option, ...] = VILLAGES) -> str:
    name = value(ask(Kind.SELECT_ONE, typed, among))
    return next(described(option, CONTEXT) for option in among if option.name == name)


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("sidomulyo samarinda ilir", "Sidomulyo, Kec. Samarinda Ilir, Samarinda"),
        ("Kel. Sidomulyo Kec. Samarinda Ilir Kota Samarinda", "Sidomulyo, Kec. Samarinda Ilir, Samarinda"),
        ("sidomulyo, anggana", "Sidomulyo, Kec. Anggana, Kutai Kartanegara"),
        ("samarinda ilir sidomulyo", "Sidomulyo, Kec. Samarinda Ilir, Samarinda"),
        ("sidomulyo kutim", "Sidomulyo, Kec. Kombeng, Kutai Timur"),
        ("sidomulio smd", "Sidomulyo, Kec. Samarinda Ilir, Samarinda"),
        ("ds. purwajaya", "Purwajaya, Kec. Loa Janan, Kutai Kartanegara"),
        ("kampung baru", "Kampung Baru, Kec. Tenggarong, Kutai Kartanegara"),
        ("apiapi", "Api-api, Kec. Bontang Utara, Bontang"),
        ("api api btg", "Api-api, Kec. Bontang Utara, Bontang"),
        ("loktuan", "Lok Tuan, Kec. Bontang Utara, Bontang"),
        ("long laai", "Long La'ai, Kec. Segah, Berau"),
        ("gunung samarinda", "Gunungsamarinda, Kec. Balikpapan Utara, Balikpapan"),
        ("kota bangun 3", "Kota Bangun III, Kec. Kota Bangun Darat, Kutai Kartanegara"),
        ("sei meriam", "Sungai Meriam, Kec. Anggana, Kutai Kartanegara"),
        ("tenggarong seberang bukit raya", "Bukit Raya, Kec. Tenggarong Seberang, Kutai Kartanegara"),
    ],
)
def test_a_village_is_found(typed: str, place: str) -> None:
    assert found(typed) == place


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("kukar", "64.02"),
        ("Kab. Kutai Kartanegara", "64.02"),
        ("ppu", "64.09"),
        ("paser", "64.01"),
        ("bpp", "64.71"),
        ("kota samarinda", "64.72"),
        ("samarnda", "64.72"),
    ],
)
def test_a_regency_is_found(typed: str, code: str) -> None:
    assert value(ask(Kind.SELECT_ONE, typed, REGENCIES)) == code


def test_what_was_found_by_more_than_its_bare_name_is_confirmed_with_its_district() -> None:
    assert echo(ask(Kind.SELECT_ONE, "sidomulyo kutim", VILLAGES)) == "Sidomulyo, Kec. Kombeng, Kutai Timur"
    assert echo(ask(Kind.SELECT_ONE, "Sungai Meriam", VILLAGES)) == ""


@pytest.mark.parametrize(
    ("typed", "count"),
    [("sidomulyo", 4), ("sidomulyo kukar", 2), ("sido", 6), ("kutai", 2), ("kec. loa janan", 2)],
)
def test_a_name_of_several_places_is_never_picked(typed: str, count: int) -> None:
    among = REGENCIES if typed == "kutai" else VILLAGES
    assert len(refusal(ask(Kind.SELECT_ONE, typed, among)).among) == count


def test_a_slip_never_crosses_a_number() -> None:
    assert refusal(ask(Kind.SELECT_ONE, "kota bangun 4", VILLAGES)).among == ()


def test_very_many_are_cut_to_eight_and_counted() -> None:
    thirty = tuple(Option(str(n), {"id": "Sumber Sari"}, {"kecamatan": f"Kec {n}"}) for n in range(30))
    answer = refusal(ask(Kind.SELECT_ONE, "sumber sari", thirty))
    assert (answer.key, len(answer.among), answer.values["count"]) == ("answers.choice.many", 8, 30)


def test_a_parent_given_by_its_name_in_the_list_is_shown_as_words() -> None:
    option = Option("a", {"id": "Sidodadi"}, {"kecamatan": "samarinda_ulu", "kode": "64.72"})
    assert described(option, CONTEXT) == "Sidodadi, Kec. Samarinda Ulu"


@given(st.sampled_from(VILLAGES), st.integers(0, 30), st.sampled_from("aiueonr"))
def test_a_slip_finds_the_place_or_asks_but_never_another(village: Option, at: int, letter: str) -> None:
    label = village.label["id"]
    typed = label[: at % len(label)] + letter + label[at % len(label) + 1 :]
    answer = ask(Kind.SELECT_ONE, f"{typed} {village.columns['kecamatan']}", VILLAGES)
    if isinstance(answer, Understood):
        assert (
            found(f"{typed} {village.columns['kecamatan']}").split(",")[1]
            == f" Kec. {village.columns['kecamatan']}"
        )
