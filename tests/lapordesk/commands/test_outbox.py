"""`lapordesk outbox` as it is typed."""

from contextlib import closing
from datetime import UTC, datetime

from tests.lapordesk.test_cli import Lapordesk, lapordesk, loaded, province, the_store
from tests.storage.samples import CHAT, HELLO

__all__ = ["lapordesk", "loaded", "province"]


def test_held_messages_are_shown_and_let_go(loaded: Lapordesk) -> None:
    assert loaded("outbox held") == (0, "Tidak ada pesan yang tertahan.\n", "")
    now = datetime.now(UTC)
    with closing(the_store()) as store, store.begin() as book:
        row = book.outbox.put(book.addresses.meet(CHAT, now).id, HELLO, now)
        book.outbox.park(row, "restored")
    code, out, _ = loaded("outbox held")
    assert (code, out.partition(",")[0]) == (0, "restored: 1 pesan lewat telegram")
    assert loaded("outbox release restored")[:2] == (0, "1 pesan (restored) dilepas dan segera dikirim.\n")
    code, _, told = loaded("outbox drop restored")
    assert (code, "lapordesk outbox held" in told) == (1, True)
