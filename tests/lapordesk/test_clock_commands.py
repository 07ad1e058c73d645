"""`lapordesk remind`, `clock list` and `broadcast` as they are typed."""

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
import time_machine

from core.model.messages import Address, Channel
from scheduler.reminders import reminders
from scheduler.ticker import Ticker, do_part
from storage.book import Book
from storage.duties import open_periods
from storage.mailing import OWED
from tests.core.elections.samples import duty
from tests.lapordesk.test_cli import Lapordesk, lapordesk, loaded, province, the_store
from tests.scheduler.dying_at_reminders import WITA
from tests.storage.duties import SIDODADI, enact, hire, person_of, wita
from tests.storage.reachable import phone_of, said, send_all
from tests.storage.samples import publish

__all__ = ["lapordesk", "loaded", "province"]
EMAIL = "umi@contoh.example"


@pytest.fixture
def asked(loaded: Lapordesk) -> Iterator[Lapordesk]:
    """Two supervisors owe a report by 20.00, one of them never wrote; it is five past five."""
    with time_machine.travel(wita(24, 17, 5)):
        with the_store().begin() as book:
            publish(book)
            phone_of(book, hire(book, 1, SIDODADI, tps=1))
            hire(book, 2, SIDODADI, tps=2)
            enact(book, duty(), now=wita(24, 5))
            open_periods(book, wita(24, 9))
        yield loaded


def reminded() -> list[int]:
    with the_store().reading() as book:
        return [person for person, _ in said(book)]


def test_remind_does_what_the_clock_would_do_and_says_to_how_many(asked: Lapordesk) -> None:
    code, told, _ = asked("remind")
    assert code == 0
    assert (
        "reminders-makassar, 2024-11-24 17:00: 1 orang diingatkan tentang 2 laporan; 1 tanpa alamat" in told
    )
    assert len(told.splitlines()) == 3, "a line for each time zone"
    assert reminded() == [1]


def test_a_second_time_it_is_done_already(asked: Lapordesk) -> None:
    asked("remind")
    code, told, _ = asked("remind")
    assert code == 0
    assert "sudah dikerjakan: 1 orang" in told
    assert reminded() == [1]


def test_what_the_clock_has_done_is_not_done_again_by_hand(asked: Lapordesk) -> None:
    with the_store().begin() as book:
        while do_part(reminders()[WITA], wita(24, 17), wita(24, 17), book) is not None:
            pass
    assert "sudah dikerjakan: 1 orang" in asked("remind")[1]


async def test_nor_by_the_clock_what_was_done_by_hand(asked: Lapordesk) -> None:
    asked("remind")
    await Ticker(the_store(), reminders(), lambda: wita(24, 17, 20).astimezone(UTC)).look()
    assert reminded() == [1]


def test_of_a_past_moment_the_same_people(asked: Lapordesk) -> None:
    """At 16.00 nobody was due yet, at 17.00 both; typed without its zone it is that of the office."""
    with time_machine.travel(wita(24, 19, 30)):
        assert "16:00: 0 orang" in asked("remind --at 2024-11-24T16:59")[1]
        assert "17:00: 1 orang" in asked("remind --at 2024-11-24T17:30")[1]
        assert "09:00Z" not in asked("remind --at 2024-11-24T09:00:00+00:00")[1]
    assert reminded() == [1]


def test_who_has_reported_since_is_left_alone(asked: Lapordesk) -> None:
    with the_store().begin() as book:
        book.connection.exec_driver_sql("UPDATE expectation SET state = 'void' WHERE post_id = 1")
    with time_machine.travel(wita(24, 19, 30)):
        assert "17:00: 0 orang" in asked("remind --at 2024-11-24T17:00")[1]


def test_what_is_made_up_for_at_night_waits_for_the_morning(asked: Lapordesk) -> None:
    with time_machine.travel(wita(24, 22)):
        assert "17:00: 1 orang" in asked("remind --at 2024-11-24T17:00")[1]
    with the_store().begin() as book:
        assert send_all(book, wita(25, 7, 59)) == []
        assert send_all(book, wita(25, 8)) == [1]


def test_the_future_is_not_reminded_of(asked: Lapordesk) -> None:
    code, _, complaint = asked("remind --at 2024-11-25T08:00")
    assert (code, complaint) == (1, "lapordesk: Waktu itu belum tiba.\n")


def test_every_job_its_last_run_its_next_and_what_came_of_it(asked: Lapordesk) -> None:
    code, told, _ = asked("clock list")
    assert code == 0
    lines = {line.partition(":")[0]: line for line in told.splitlines()}
    assert lines.keys() >= {
        "periods",
        "reminders-makassar",
        "silence-kabkota-jayapura",
        "deadlines",
        "counting",
        "upkeep",
        "monday Asia/Makassar",
    }
    assert lines["reminders-makassar"] == "reminders-makassar: belum pernah; berikutnya 2024-11-24 18:00"
    asked("remind")
    with the_store().begin() as book:
        book.ticks.take("upkeep", wita(24, 16, 40), wita(24, 16, 41))
        book.ticks.note("upkeep", wita(24, 16, 40), "failed: OSError")
    lines = {line.partition(":")[0]: line for line in asked("clock list")[1].splitlines()}
    assert lines["reminders-makassar"] == (
        "reminders-makassar: terakhir 2024-11-24 17:00 (dikerjakan 2024-11-24 17:05), "
        "1 reminded, 2 reports, 1 unreachable; berikutnya 2024-11-24 18:00"
    )
    assert "GAGAL pada 2024-11-24 16:40" in lines["upkeep"]
    assert "failed: OSError" in lines["upkeep"]


def test_a_job_under_way_is_told_so(asked: Lapordesk) -> None:
    with the_store().begin() as book:
        do_part(reminders()[WITA], wita(24, 17), wita(24, 17), book)
    lines = [line for line in asked("clock list")[1].splitlines() if line.startswith("reminders-makassar")]
    assert "sedang dikerjakan" in lines[0]


@pytest.fixture
def staffed(asked: Lapordesk) -> Lapordesk:
    assert asked(f"staff add --email {EMAIL} --role kabkota --area 64.72 --name", "Umi Contoh")[0] == 0
    return asked


def test_a_broadcast_is_counted_sent_followed_and_stopped(staffed: Lapordesk) -> None:
    call = partial(_call, staffed)
    assert "ke 2 orang; 1 di antaranya" in call("preview", "--roles ptps")
    assert "Siaran 1: antre untuk 2 orang" in call("send", "--roles ptps --text", "Bimtek hari Kamis.")
    assert "64.72  ptps: 2 orang (1 tak terjangkau); antre 1, terkirim 0" in call("status", "1")
    assert "Siaran 1 dihentikan; 1 pesan tidak jadi dikirim." in call("stop", "1")
    assert "dihentikan 1  [dihentikan]" in call("status", "")
    with the_store().begin() as book:
        assert [reply.text for _, reply in said(book, "broadcast 1")] == ["Bimtek hari Kamis."]
        assert send_all(book, wita(24, 17, 11)) == []
        acts = [entry.act for entry in book.audit.of("broadcast:1")]
    assert acts == ["broadcast.sent", "broadcast.stopped"]


def _call(run: Lapordesk, verb: str, rest: str, *more: str) -> str:
    code, told, complaint = run(f"broadcast {verb} --as {EMAIL} {rest}", *more)
    assert (code, complaint) == (0, "")
    return told


def test_the_words_may_come_from_a_file(staffed: Lapordesk) -> None:
    Path("pesan.txt").write_text("Baris satu.\nBaris dua.\n")
    assert staffed(f"broadcast send --as {EMAIL} --roles ptps --file pesan.txt")[0] == 0
    with the_store().reading() as book:
        assert said(book, "broadcast 1")[0][1].text == "Baris satu.\nBaris dua."


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("broadcast preview --as nobody@contoh.example --roles ptps", "nobody@contoh.example"),
        (f"broadcast preview --as {EMAIL} --roles ptps --area 64.02", "wilayah"),
        (f"broadcast send --as {EMAIL} --roles ptps --area 64 --text Halo", "wilayah"),
        (f"broadcast preview --as {EMAIL} --roles warga", "ptps, pkd"),
        (f"broadcast send --as {EMAIL} --roles ptps", "--text"),
        (f"broadcast status --as {EMAIL}", "siaran"),
        (f"broadcast status 7 --as {EMAIL}", "Tidak ada"),
        (f"broadcast stop 7 --as {EMAIL}", "Tidak ada"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(staffed: Lapordesk, line: str, names: str) -> None:
    code, _, complaint = staffed(line)
    assert code == 1
    assert complaint.startswith("lapordesk: ")
    assert complaint.count("\n") == 1
    assert names in complaint
    assert _nothing_said()


def _nothing_said() -> bool:
    with the_store().reading() as book:
        return not book.broadcasts.latest("")


def test_one_of_the_staff_elsewhere_learns_nothing_of_it(staffed: Lapordesk) -> None:
    _call(staffed, "send", "--roles ptps --text", "Bimtek hari Kamis.")
    staffed("staff add --email vina@contoh.example --role kabkota --area 64.02")
    for verb in ("status", "stop"):
        code, told, complaint = staffed(f"broadcast {verb} 1 --as vina@contoh.example")
        assert (code, told) == (1, "")
        assert "Bimtek" not in complaint


def test_a_person_who_leaves_is_not_written_to(staffed: Lapordesk) -> None:
    with the_store().begin() as book:
        _reach(book, person_of(book, 2))
        book.people.vacate(1, wita(24, 17))
    _call(staffed, "send", "--roles ptps --text", "Bimtek hari Kamis.")
    with the_store().reading() as book:
        assert [person for person, _ in said(book, "broadcast 1")] == [2]
        assert said(book, OWED) == []


def _reach(book: Book, person: int) -> None:
    met = book.addresses.meet(Address(Channel.TELEGRAM, "our", "2"), datetime.now(UTC))
    book.addresses.link(met.id, person)
