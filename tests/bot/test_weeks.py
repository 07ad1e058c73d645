"""Coordinators ask about weeks and send them up, on a real database; nobody looks beyond the own area."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count

import pytest
from sqlalchemy import event, select

from bot.forms import FormShelf
from bot.turn import Turn, Turns
from core.dialogue.known import House
from core.model.messages import Address, Channel, Incoming, Reply
from core.model.people import Role
from storage.duties import open_periods
from storage.store import Store
from storage.tables import digest_state, topic_entry
from tests.storage.duties import SIDODADI, wita
from tests.storage.known_week import LONG_AGO, MONDAY, OFFICERS, live

UNKNOWN = "Wilayah itu tidak ditemukan."
MORNING = wita(25, 8, 30)
KEY = "20241118"
_serial = count(1)


@dataclass
class Desk:
    store: Store
    now: datetime = MORNING
    people: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        with self.store.begin() as book:
            self.posts = live(book)
            for name, (_, role, area) in OFFICERS.items():
                [self.people[name]] = book.people.holders(role, area)
            [self.people["ptps"]] = book.people.holders(Role.PTPS, f"{SIDODADI}.001")
            for name in self.people:
                met = book.addresses.meet(Address(Channel.TELEGRAM, "our", name), LONG_AGO)
                book.addresses.link(met.id, self.people[name])
        self.turns = Turns(self.store, FormShelf(lambda: self.now), House(), lambda: self.now)

    async def says(self, who: str, text: str = "", choice: str = "") -> Reply:
        address = Address(Channel.TELEGRAM, "our", who)
        incoming = Incoming(f"m{next(_serial)}", address, self.now, text, choice)
        await self.turns.hear(incoming, b"{}")
        self.now += timedelta(seconds=30)
        with self.store.reading() as book:
            met = book.addresses.find(address)
            assert met
            return book.outbox.latest(met.id, 1)[-1].reply

    async def taps(self, who: str, reply: Reply, label: str) -> Reply:
        key = next(choice.key for choice in reply.choices if choice.label == label)
        return await self.says(who, choice=key)

    def states(self, area: str) -> list[tuple[bool, bool, str]]:
        with self.store.reading() as book:
            query = select(digest_state).where(digest_state.c.area == area, digest_state.c.week == MONDAY)
            rows = book.connection.execute(query.order_by(digest_state.c.serial)).all()
            return [(row.is_sent, row.is_nihil, row.by_name) for row in rows]


@pytest.fixture
def desk(store: Store) -> Iterator[Desk]:
    yield Desk(store)


def labels(reply: Reply) -> list[str]:
    return [choice.label for choice in reply.choices]


async def test_the_own_week_at_any_time(desk: Desk) -> None:
    reply = await desk.says("vina", "/rekap")
    assert reply.text.startswith("Desk Senin 25 Nov — Kutai Kartanegara, 18–24 Nov\nBelum masuk: 1 dari 2")
    assert "Perbaiki kiriman" in labels(reply), "she sent it at eight"
    desk.now = wita(27, 10)
    running = await desk.says("vina", "rekap")
    assert running.text.startswith("Rekap Rabu 27 Nov — Kutai Kartanegara, 25 Nov – 1 Des")
    assert "Kirim ke provinsi" not in labels(running), "the week is not over"
    last = await desk.says("vina", "/rekap minggu lalu")
    assert "18–24 Nov" in last.text


async def test_somewhere_inside_the_own_area_by_any_name(desk: Desk) -> None:
    for words in (
        "/rekap kukar",
        "rekap kutai kartanegara",
        "/rekap kab. kukar",
        "/rekap 64.02",
        "rekap di kukar",
    ):
        reply = await desk.says("wahyu", words)
        assert "Kutai Kartanegara" in reply.text.splitlines()[0], words
        assert labels(reply) == ["Lihat yang belum", "Menu"], "it is not his to send"
    reply = await desk.says("vina", "/rekap tenggarong")
    assert reply.text.splitlines()[0] == "Desk Senin 25 Nov — Tenggarong, 18–24 Nov"
    assert (await desk.says("vina", "/rekap kukar minggu lalu")).text.startswith("Desk Senin 25 Nov — Kutai")


async def test_of_several_areas_one_is_chosen(desk: Desk) -> None:
    reply = await desk.says("wahyu", "/rekap sumber sari")
    assert reply.text == "Yang mana maksudnya?"
    assert len(reply.choices) > 2
    chosen = await desk.says("wahyu", choice=reply.choices[0].key)
    assert "Sumber Sari" in chosen.text.splitlines()[0]


@pytest.mark.parametrize("words", ["/rekap {}", "/belum {}"])
async def test_nobody_learns_of_what_lies_outside(desk: Desk, words: str) -> None:
    for who, place in (
        ("vina", "samarinda"), ("vina", "64.72"), ("vina", "64"), ("sri", "kukar"), ("sri", "64.02"),
        ("umi", "tenggarong"), ("wahyu", "31"), ("wahyu", "negeri di awan"), ("vina", "64.99"),
    ):  # fmt: skip
        reply = await desk.says(who, words.format(place))
        assert reply.text.startswith(UNKNOWN), (who, place)
        assert labels(reply) == ["Menu"]


ACTS = ("show", "quiet", "q", "up", "nihil", "up2", "nihil2", "again", "note", "topics", "t", "m", "nonsense")


@pytest.mark.parametrize("act", ACTS)
async def test_a_forged_button_opens_nothing(desk: Desk, act: str) -> None:
    """Elsewhere; and below, where one may look but not speak."""
    before = desk.states("64.72"), desk.states("64.02.06")
    rest = ":logistik:aman" if act == "m" else ":logistik" if act == "t" else ":1.1" if act == "q" else ""
    for who, area in (("vina", "64.72"), ("sri", "64.02"), ("umi", "64"), ("wahyu", "99")):
        reply = await desk.says(who, choice=f"d:{act}:{area}:{KEY}{rest}")
        assert reply.text.startswith(UNKNOWN), (who, area)
    if act not in ("show", "quiet", "q"):
        assert (await desk.says("vina", choice=f"d:{act}:64.02.06:{KEY}{rest}")).text.startswith(UNKNOWN)
    assert (desk.states("64.72"), desk.states("64.02.06")) == before


@pytest.mark.parametrize(
    "key",
    [
        "d:", "d:up", "d:up:64.02", "d:up:64.02:20241119", "d:up:64.02:99999999", "d:up:64.02:00010101",
        "d:up:x:20241118", "d:q:64.02:20241118:9.9.9", "d:q:64.02:20241118:99999999999.1",
        "d:t:64.02:20241118:zzz",
        "d:m:64.02:20241118:logistik:bagus", "d:up:64.02:20991228", "d:show:64.02:20991228",
    ],
)  # fmt: skip
async def test_nonsense_is_answered_and_changes_nothing(desk: Desk, key: str) -> None:
    before = desk.states("64.02")
    reply = await desk.says("vina", choice=key)
    assert reply.text
    assert desk.states("64.02") == before
    with desk.store.reading() as book:
        assert not list(book.inbox.failures())


async def test_who_coordinates_nothing_is_not_understood(desk: Desk) -> None:
    for words in ("/rekap", "/belum", "rekap kukar"):
        reply = await desk.says("ptps", words)
        assert "Kutai" not in reply.text
        assert "Belum masuk" not in reply.text
    assert UNKNOWN not in (await desk.says("ptps", choice=f"d:show:64.02:{KEY}")).text


async def test_the_silent_page_by_page(desk: Desk) -> None:
    reply = await desk.says("vina", "/belum")
    assert reply.text.splitlines()[0] == "Belum lapor, Kutai Kartanegara: 1 pos."
    assert reply.text.splitlines()[1].startswith("• PTPS 001 Melayu, Tenggarong: Pengawas C1 Contoh, 1")
    with desk.store.begin() as book:
        for number in range(10, 22):
            station = book.areas.add_tps("64.02.06.1005", number).code
            person = book.people.save(f"Diam {number} Contoh", f"+628009{number:06}", LONG_AGO)
            book.people.assign(person, Role.PTPS, station, LONG_AGO)
        open_periods(book, wita(23, 12))
    first = await desk.says("sri", "/belum")
    assert first.text.splitlines()[0].endswith("13 pos.")
    assert len(first.text.splitlines()) == 7
    seen = first.text.splitlines()[1:]
    page = first
    for _ in range(2):
        page = await desk.taps("sri", page, "Berikutnya")
        seen += page.text.splitlines()[1:]
    assert "Berikutnya" not in labels(page)
    assert len(seen) == len(set(seen)) == 13


async def test_nobody_silent_is_said_too(desk: Desk) -> None:
    assert (await desk.says("umi", "/belum air putih")).text.endswith("tidak ada yang belum lapor.")


async def test_a_week_is_sent_up_once_and_can_be_corrected(desk: Desk) -> None:
    reply = await desk.says("sri", "/rekap")
    assert labels(reply)[:2] == ["Kirim ke kab/kota", "Kirim nihil"]
    sent = await desk.taps("sri", reply, "Kirim ke kab/kota")
    assert sent.text == (
        "✅ Terkirim ke kab/kota: Tenggarong, pekan 18–24 Nov. Senin 25 Nov, 08.30 WITA, oleh Sri Contoh."
    )
    again = await desk.taps("sri", reply, "Kirim ke kab/kota")
    assert again.text.startswith(
        "Pekan 18–24 Nov Tenggarong sudah dikirim Senin 25 Nov, 08.30 WITA, oleh Sri"
    )
    assert desk.states("64.02.06") == [(True, False, "Sri Contoh")]
    corrected = await desk.taps("sri", again, "Kirim lagi: nihil")
    assert corrected.text.startswith("✅ Perbaikan terkirim ke kab/kota, sekarang nihil: Tenggarong")
    assert desk.states("64.02.06") == [(True, False, "Sri Contoh"), (True, True, "Sri Contoh")]
    with desk.store.reading() as book:
        first = book.weeks.first_sent("64.02.06", MONDAY)
        last = book.weeks.confirmations("64.02.06", MONDAY, desk.now)["64.02.06"]
    assert first
    assert (first.is_nihil, last.is_nihil) == (False, True)


async def test_who_confirmed_is_seen_above(desk: Desk) -> None:
    before = await desk.says("wahyu", "/rekap")
    assert "Konfirmasi 2 dari 10" in before.text
    with desk.store.begin() as book:
        person = book.people.save("Budi Contoh", "+628000000081", LONG_AGO)
        book.people.assign(person, Role.KABKOTA, "64.71", LONG_AGO)
        met = book.addresses.meet(Address(Channel.TELEGRAM, "our", "budi"), LONG_AGO)
        book.addresses.link(met.id, person)
    await desk.says("budi", "kirim nihil")
    assert "Konfirmasi 3 dari 10" in (await desk.says("wahyu", "/rekap")).text


async def test_a_note_waits_for_the_sending(desk: Desk) -> None:
    asked = await desk.says("sri", "tambah catatan")
    assert asked.text == "Tulis catatan untuk pekan 18–24 Nov, Tenggarong, dalam satu pesan."
    kept = await desk.says("sri", "Jalan putus,\n dua desa belum bisa didatangi")
    assert kept.text.startswith(
        "Catatan tersimpan: Jalan putus, dua desa belum bisa didatangi\nKirim sekarang?"
    )
    assert desk.states("64.02.06") == [(False, False, "Sri Contoh")]
    assert "Belum dikirim" in (await desk.says("sri", "/rekap")).text
    sent = await desk.taps("sri", kept, "Kirim ke kab/kota")
    assert sent.text.endswith("Catatan: Jalan putus, dua desa belum bisa didatangi")
    assert "Catatan: Jalan putus" in (await desk.says("sri", "/rekap")).text
    later = await desk.says("sri", "tambah catatan")
    assert "Sekarang tertulis: Jalan putus" in later.text
    added = await desk.says("sri", "Jalan sudah dibuka")
    assert added.text == "Catatan ditambahkan pada kiriman: Jalan sudah dibuka"
    assert len(desk.states("64.02.06")) == 3


async def test_a_note_is_left_by_a_word_and_not_too_short(desk: Desk) -> None:
    await desk.says("sri", "tambah catatan")
    assert "belum terbaca" in (await desk.says("sri", "a")).text
    assert "terlalu panjang" in (await desk.says("sri", "a" * 501)).text
    assert "Desk Senin" in (await desk.says("sri", "/rekap")).text, "a slash is never a note"
    await desk.says("sri", "tambah catatan")
    await desk.says("sri", "batal")
    await desk.says("sri", "Sudah bukan catatan lagi")
    assert desk.states("64.02.06") == []


async def test_a_topic_in_three_taps_and_a_line(desk: Desk) -> None:
    reply = await desk.says("sri", "ubah topik")
    assert reply.text == "Topik Tenggarong. Mana yang diubah?"
    logistics = next(choice for choice in reply.choices if choice.label == "Logistik")
    assert logistics.hint == "Masalah"
    how = await desk.taps("sri", reply, "Logistik")
    assert how.text.splitlines()[:2] == ["Logistik: Masalah.", "Catatan: Bilik belum tiba"]
    marked = await desk.taps("sri", how, "Perlu perhatian")
    assert marked.text.startswith("Dicatat. Logistik: Perlu perhatian.")
    noted = await desk.says("sri", "Tinggal dua bilik")
    assert noted.text == "Dicatat. Logistik: Perlu perhatian. Catatan: Tinggal dua bilik"
    digest = await desk.says("vina", "/rekap")
    assert "Logistik (Tenggarong)" in digest.text
    well = await desk.taps("sri", await desk.taps("sri", reply, "Logistik"), "Aman")
    assert well.text == "Dicatat. Logistik: Aman."
    with desk.store.reading() as book:
        here = topic_entry.c.area == "64.02.06"
        rows = book.connection.execute(select(topic_entry.c.mark).where(here).order_by(topic_entry.c.id))
        assert list(rows.scalars()) == ["masalah", "perhatian", "perhatian", "aman"], "nothing is overwritten"


async def test_in_practice_nothing_is_sent(desk: Desk) -> None:
    await desk.says("sri", "latihan")
    reply = await desk.says("sri", "/rekap")
    answer = await desk.taps("sri", reply, "Kirim ke kab/kota")
    assert "latihan" in answer.text
    assert desk.states("64.02.06") == []


async def test_too_early_and_too_late(desk: Desk) -> None:
    desk.now = wita(22, 9)
    early = await desk.says("sri", choice=f"d:up:64.02.06:{KEY}")
    assert early.text == "Pekan ini masih berjalan. Bisa dikirim mulai Minggu 24 Nov."
    desk.now = wita(24, 9)
    assert "Terkirim" in (await desk.says("sri", choice=f"d:up:64.02.06:{KEY}")).text
    desk.now = wita(30, 9, month=12)
    late = await desk.says("sri", choice=f"d:up2:64.02.06:{KEY}")
    assert late.text.startswith("Pekan itu tidak bisa diubah")
    assert "bisa diubah" in (await desk.says("sri", choice="d:up:64.02.06:20250106")).text


async def test_in_the_middle_of_a_report_belum_is_an_answer(desk: Desk) -> None:
    """Only with a slash it is more."""
    await desk.says("sri", "menu")
    await desk.says("sri", "tambah catatan")
    kept = await desk.says("sri", "belum tenggarong")
    assert kept.text.startswith("Catatan tersimpan: belum tenggarong")


async def test_an_ordinary_turn_pays_nothing(desk: Desk) -> None:
    """The same statements as before there were weeks: none looks into them."""
    await desk.says("ptps", "menu")
    asked: list[str] = []
    with desk.store.begin() as book:
        event.listen(book.connection, "before_cursor_execute", lambda *call: asked.append(call[2]))
        incoming = Incoming("mx", Address(Channel.TELEGRAM, "our", "ptps"), desk.now, "halo")
        desk.turns.take(book, [Turn(incoming, b"", desk.turns.fresh())])
    tables = ("digest_state", "digest_kept", "topic_entry", "topics_version", "expectation")
    assert not [one for one in asked if any(table in one for table in tables)]
