"""`lapordesk hooks` as it is typed."""

import re
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from core.hooks.trying import Answer
from tests.lapordesk.test_cli import PREFIX, Lapordesk, lapordesk, loaded, province, the_store

__all__ = ["lapordesk", "loaded", "province"]
ADDRESS = "https://data.contoh.example/lapordesk"
TONO = "tono@contoh.example"


@pytest.fixture
def staffed(loaded: Lapordesk, monkeypatch: pytest.MonkeyPatch) -> Lapordesk:
    monkeypatch.setenv(PREFIX + "PUBLIC_URL", "https://lapor.example.org")
    loaded(f"staff add --email {TONO} --role provinsi --area 64 --name Tono")
    loaded("staff add --email umi@contoh.example --role kabkota --area 64.72 --name Umi")
    return loaded


def test_one_is_told_tried_out_and_stopped(staffed: Lapordesk) -> None:
    assert staffed("hooks list")[:2] == (1, "")
    code, out, _ = staffed(f"hooks add {TONO} {ADDRESS} --kinds case.opened,case.moved --area 64.72")
    assert (code, len(re.findall(r"whsec_[\w+/=]{44}", out))) == (0, 1)
    code, out, _ = staffed("hooks test 1")
    assert (code, "evt_" in out) == (0, True)
    code, out, _ = staffed("hooks list")
    assert out.split() == f"1 baik 64.72 {ADDRESS} case.opened, case.moved; terakhir: menunggu".split()
    assert staffed("hooks stop 1")[0] == 0
    assert " berhenti " in staffed("hooks list")[1]
    for command in ("stop", "test"):
        assert staffed(f"hooks {command} 1")[0] == 1
    with closing(the_store()) as store, store.reading() as book:
        acts = [(one.actor, one.act) for one in book.audit.of("hook:1")]
    assert acts == [("operator", "hook.added"), ("operator", "hook.stopped")]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("umi@contoh.example https://data.contoh.example/", "provinsi atau pusat"),
        (f"{TONO} https://data.contoh.example/ --area 63", "bukan wilayah Anda"),
        (f"{TONO} https://data.contoh.example/ --kinds semua", "satu kejadian"),
        (f"{TONO} http://127.0.0.1:9000/", "https://"),
        (f"{TONO} https://169.254.169.254/", "jaringan dalam"),
        ("lain@contoh.example https://data.contoh.example/", "lain@contoh.example"),
    ],
)
def test_what_cannot_be_is_said_in_one_line(staffed: Lapordesk, line: str, why: str) -> None:
    code, out, told = staffed(f"hooks add {line}")
    assert (code, out, told.count("\n"), why in told) == (1, "", 1, True)


def test_the_doctor_says_who_is_not_reached(staffed: Lapordesk) -> None:
    staffed(f"hooks add {TONO} {ADDRESS}")
    for hours, is_said in ((0.5, False), (2, True)):
        then = datetime.now(UTC) - timedelta(hours=hours)
        with closing(the_store()) as store, store.begin() as book:
            book.hook_outbox.try_out(1, then)
            [errand] = book.hook_outbox.claim(then, 30, "test", 1, {})
            book.connection.exec_driver_sql("UPDATE hook SET failing_since = NULL")
            book.hook_outbox.give_up(errand, Answer(500), then)
        assert ("1 sistem lembaga lain tidak terjangkau" in staffed("doctor")[1]) is is_said
    assert " gagal " in staffed("hooks list")[1]
