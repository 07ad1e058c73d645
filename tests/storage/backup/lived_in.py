"""A database that has been lived in: people, reports, cases, talk, evidence, an audit log."""

from collections.abc import AsyncIterator
from datetime import timedelta

from sqlalchemy import select

from core.hooks.trying import Answer
from core.model.areas import Area, Level
from core.model.messages import Attachment, Reply
from storage.evidence import Evidence
from storage.store import Store
from storage.tables import metadata
from storage.vaults import Vault
from tests.storage.hooked import claimed, hooked
from tests.storage.kaltim import NOW
from tests.storage.samples import CHAT, OTHER_CHAT, message
from tests.storage.test_secrecy import tell_all

PASSPHRASE = "empat kata yang panjang sekali"
PHOTO = bytes(range(256)) * 1000
PICTURE = Attachment("image", "file-id-77", "tps.jpg", "image/jpeg", 1234, "cccccccccccccccc")

Rows = dict[str, list[tuple[object, ...]]]


async def live_in(store: Store, vault: Vault) -> None:
    tell_all(store)
    evidence = Evidence(vault, store.keys)
    kept = await evidence.keep(PICTURE.media, _pieces(), 10 * len(PHOTO))
    view = evidence.add_copy(PICTURE.media, kept.data_key, b"small")
    with store.begin() as book:
        met = book.addresses.meet(CHAT, NOW)
        book.media.expect(PICTURE, met.id, NOW)
        book.media.keep(
            PICTURE.media,
            content_type="image/jpeg",
            size=kept.size,
            sha256=kept.sha256,
            path=kept.path,
            view_path=view,
            data_key=kept.data_key,
            now=NOW,
        )
        book.audit.write("staff:3", "case.moved", "K-7K2-M9Q", {"move": "registrasi"}, NOW)
        asked = book.inbox.receive(message(7), NOW, b"{}", met.id)
        book.outbox.put(met.id, Reply("Sedang dikirim"), NOW, inbox_id=asked)
        other = book.addresses.meet(OTHER_CHAT, NOW)
        book.outbox.put(other.id, Reply("Besok pagi"), NOW, NOW + timedelta(hours=9))
        assert book.outbox.claim(NOW, 60, 1, "delivery-1"), "one is leased"
        hook, _ = hooked(book)
        book.hook_outbox.try_out(hook.id, NOW)
        book.hook_outbox.arrived(claimed(book)[0], Answer(204), NOW)
        book.areas.save(Area(f"64.99.{n:03}", f"Contoh {n}", Level.DISTRICT, "Kecamatan") for n in range(450))


async def _pieces() -> AsyncIterator[bytes]:
    for start in range(0, len(PHOTO), 50_000):
        yield PHOTO[start : start + 50_000]


def rows(store: Store) -> Rows:
    """Everything there is, table by table, in the order of the keys."""
    with store.reading() as book:
        return {
            table.name: [
                tuple(row)
                for row in book.connection.execute(select(table).order_by(*table.primary_key.columns))
            ]
            for table in metadata.sorted_tables
        }
