"""Where another system may be told: nowhere inside, nowhere in the open, nowhere with a password."""

import pytest

from storage.hook_addresses import NoHookAddress, checked, is_at_home


@pytest.mark.parametrize(
    "address",
    [
        "https://data.contoh.example/lapordesk",
        "https://data.contoh.example:8443/a?b=c",
        "https://8.8.8.8/",
        "https://[2606:4700::1111]/x",
    ],
)
def test_an_open_address_is_good(address: str) -> None:
    assert checked(f" {address} ") == address


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("http://data.contoh.example/", "https"),
        ("ftp://data.contoh.example/", "https"),
        ("http://127.0.0.1/", "https"),
        ("https://umi:sandi@data.contoh.example/", "user"),
        ("https://umi@data.contoh.example/", "user"),
        ("https://localhost/", "private"),
        ("https://127.0.0.1/", "private"),
        ("https://10.1.2.3/", "private"),
        ("https://169.254.169.254/latest/meta-data", "private"),
        ("https://[::1]/", "private"),
        ("https://[::ffff:10.0.0.1]/", "private"),
        ("https://[fe80::1%25eth0]/", "private"),
        ("data.contoh.example", "address"),
        ("https://", "address"),
        ("https://data.contoh.example:notaport/", "address"),
        ("https://data.contoh.example/\r\nX: y", "address"),
        ("https://data.contoh.example\\@10.0.0.1/", "address"),
        ("https://data.contoh.example/" + "a" * 500, "address"),
        ("https://[::1", "address"),
    ],
)
def test_no_other_is(address: str, why: str) -> None:
    with pytest.raises(NoHookAddress) as refused:
        checked(address)
    assert refused.value.why == why


def test_at_home_this_machine_is_good_and_no_other() -> None:
    for address in ("http://127.0.0.1:9000/x", "http://localhost:9000/x", "http://[::1]/"):
        assert checked(address, is_local=True) == address
    for address in ("http://10.0.0.1/", "https://10.0.0.1/", "http://data.contoh.example/"):
        with pytest.raises(NoHookAddress):
            checked(address, is_local=True)


def test_a_house_with_an_address_is_not_at_home() -> None:
    assert is_at_home("")
    assert is_at_home("http://127.0.0.1:8000")
    assert not is_at_home("https://lapor.example.org")
