import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.cases.pranks import is_prank


@pytest.mark.parametrize(
    "text",
    [
        *("wkwkwk", "wkwkwkwkwk 😂", "hahaha", "Hahahahahah", "xixixi", "hehehe", "awokwokwok", "wakakaka"),
        *("huahahaha", "kwkwkw", "lol", "hihihi tes aja", "wkwk tes", "ngakak wkwkwkwk"),
        *("😂😂😂", "🤣", "🔥🔥🔥🔥🔥", "👻 👻", "?!?!", "...", "", "   ", "-"),
        *("asdfghjkl", "qwerty", "asdasdasd", "sdfkjhsdf", "asdfasdf", "jkljkl", "zzzzz", "aaaaaaaaaa"),
        *("fghfhgfgh", "qwertyqwerty", "ｑｗｅｒｔｙ"),
        *(
            "tes",
            "test 123",
            "Tes tes",
            "p",
            "halo",
            "halo min",
            "hmm",
            "cek cek 123",
            "coba",
            "ngetes doang",
        ),
        *("iseng", "ok", "bot", "123", "a b c", "ya"),
    ],
)
def test_laughter_noise_and_trials_are_none_to_act_on(text: str) -> None:
    assert is_prank(text)


@pytest.mark.parametrize(
    "text",
    [
        *("bagi2 uang di rt 5", "ada bagi sembako", "kpps tdk bagi c6", "tps 12 buka jam 9", "bgi2 duit"),
        *("ptps gak dikasih c hasil", "serangan fajar rt 03", "uang 100rb", "1 juta per kk", "c1 diganti"),
        *("kades ajak pilih 01", "tolong pak", "baliho roboh", "asn ikut kampanye", "bansos dr timses"),
        *("sy liat sendiri", "ktp sy dipinjam", "kpps ngitung sndiri", "pnwscm terima uang", "bagi-bagi"),
        *("money politik", "kotak suara dibuka", "ramai-ramai dibagi", "bagibagi", "kakak saya dibayar"),
        "wkwk ada yg bagi duit di kec kota bangun",
        "hahaha lucu, pak lurah Contoh kampanye di masjid",
        "tes, ini sungguhan: ada politik uang",
        "awak dibagi beras",
        "haji Contoh bagi beras",
    ],
)
def test_whoever_is_terse_or_mocks_and_says_something_is_heard(text: str) -> None:
    assert not is_prank(text)


@given(st.text(max_size=300))
def test_no_text_is_too_odd(text: str) -> None:
    is_prank(text)


def test_a_long_text_is_read_at_once() -> None:
    assert not is_prank("haha" * 1000 + "h uang")
    assert is_prank("a" * 4000)
    assert is_prank("wk" * 2000)
