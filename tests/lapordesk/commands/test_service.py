"""`lapordesk serve` where it must not be."""

import signal
from contextlib import closing

import pytest

from lapordesk import serving
from tests.lapordesk.test_cli import Lapordesk, lapordesk, loaded, province, the_store

__all__ = ["lapordesk", "loaded", "province"]


@pytest.mark.parametrize("role", ["web", "delivery", "clock"])
def test_a_second_that_would_serve_a_sqlite_file_is_refused(
    loaded: Lapordesk, monkeypatch: pytest.MonkeyPatch, role: str
) -> None:
    monkeypatch.setattr(serving, "configure_logs", lambda: None)
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    monkeypatch.setenv("LAPORDESK_PORT", "59217")
    with closing(the_store()) as first:
        first.claim_writing()
        code, _, told = loaded(f"serve --role {role}")
    assert code == 1
    assert told.count("\n") == 1
    assert "hentikan dulu, atau pakai PostgreSQL" in told
