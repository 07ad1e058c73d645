"""Whose clock is near its end or past it is told of once, also by the clock after one that died."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from core.model.cases import NoteKind
from core.model.messages import Address, Channel
from core.model.people import Role
from scheduler.deadlines import NAME, Deadlines, deadlines
from scheduler.ticker import Ticker
from storage.keys import Keys
from storage.store import Store
from storage.tables import case_file, tick
from tests.desk.api.office import NOW, Office

HOUSE = Path(__file__).parents[2]


@pytest.fixture
def office(store: Store, tmp_path: Path) -> Iterator[Office]:
    yield Office(store, tmp_path)


def officer(office: Office, role: Role, area: str, phone: str) -> int:
    """With a chat where they can be told."""
    with office.store.begin() as book:
        person = book.people.save("Umi Contoh", phone, NOW)
        book.people.assign(person, role, area, NOW)
        met = book.addresses.meet(Address(Channel.TELEGRAM, "bot", phone), NOW)
        book.addresses.link(met.id, person)
    return met.id


def told(office: Office, address: int) -> list[str]:
    with office.store.reading() as book:
        return [said.reply.text for said in book.outbox.conversation(address)]


async def tick_at(office: Office, at: datetime) -> str:
    await Ticker(office.store, (deadlines(),), lambda: at).look()
    with office.store.reading() as book:
        last = book.connection.execute(
            select(tick.c.outcome).where(tick.c.job == NAME).order_by(tick.c.scheduled_for.desc()).limit(1)
        )
        return str(last.scalar_one())


def due(office: Office, number: str) -> datetime:
    return min(clock.due_at for clock in office.case(number).clocks)


async def test_before_the_end_the_office_is_told_and_after_it_those_above(office: Office) -> None:
    below = officer(office, Role.KABKOTA, "64.72", "+628000000020")
    above = officer(office, Role.PROVINSI, "64", "+628000000022")
    number = office.opens()
    end = due(office, number)
    [opened] = told(office, below)
    assert await tick_at(office, end - timedelta(days=1, hours=1)) == "0 told"
    assert await tick_at(office, end - timedelta(hours=20)) == "1 told"
    [warned] = told(office, below)  # it takes the place of what was not sent yet
    assert number in warned
    assert warned != opened
    assert told(office, above) == []
    assert await tick_at(office, end - timedelta(hours=19)) == "0 told"
    assert await tick_at(office, end + timedelta(minutes=15)) == "1 told"
    assert len(told(office, above)) == 1
    assert number in told(office, above)[0]
    assert await tick_at(office, end + timedelta(hours=1)) == "0 told"
    kinds = [note.kind for note in office.case(number).notes]
    assert kinds == [NoteKind.OPENED, NoteKind.ESCALATED, NoteKind.ESCALATED]


async def test_no_news_of_a_clock_tell_what_it_is_about(office: Office) -> None:
    below = officer(office, Role.KABKOTA, "64.72", "+628000000020")
    number = office.opens(story="Kata sandi kenari.", title="Judul kenari")
    await tick_at(office, due(office, number) + timedelta(hours=1))
    assert all("kenari" not in text for text in told(office, below))


async def test_what_is_closed_in_time_is_not_told_of(office: Office) -> None:
    number = office.opens()
    end = due(office, number)
    office.post(f"/cases/{number}/moves", move="hentikan", reason="Bukti tidak cukup.")
    assert await tick_at(office, end + timedelta(hours=1)) == "0 told"


async def test_at_one_moment_only_so_many_are_told_of_and_the_others_next(office: Office) -> None:
    for _ in range(5):
        office.opens()
    with office.store.begin() as book:
        late = NOW + timedelta(days=9)
        assert Deadlines(most=3).watch(book, late) == "3 told"
        assert Deadlines(most=3).watch(book, late) == "2 told"
        assert Deadlines(most=3).watch(book, late) == "0 told"


async def test_a_case_that_cannot_be_read_silences_nobody(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    broken, other = sorted((office.opens(), office.opens()))
    with office.store.begin() as book:
        spoilt = (
            update(case_file).where(case_file.c.number == broken).values(content_sealed=b"\x01\x00\x01" * 20)
        )
        book.connection.execute(spoilt)
    assert await tick_at(office, NOW + timedelta(days=9)) == "1 told"
    assert office.case(other).notes[-1].kind is NoteKind.ESCALATED
    assert broken in capsys.readouterr().out


async def test_who_dies_at_work_has_told_nobody_and_the_next_clock_does(
    database_url: str, tmp_path: Path
) -> None:
    keys = Keys.load(tmp_path / "keys")
    store = Store(database_url, keys)
    try:
        office = Office(store, tmp_path / "media")
        below = officer(office, Role.KABKOTA, "64.72", "+628000000020")
        number = office.opens()
        before, late = told(office, below), due(office, number) + timedelta(hours=1)
        dying = subprocess.run(
            [
                *(sys.executable, "-m", "tests.scheduler.dying_deadlines"),
                *(database_url, str(tmp_path / "keys"), late.isoformat()),
            ],
            cwd=HOUSE,
            check=False,
            timeout=60,
        )
        assert dying.returncode == -signal.SIGKILL
        assert told(office, below) == before
        assert office.case(number).serial == 1
        assert await tick_at(office, late) == "1 told"
        assert office.case(number).serial == 2
        assert await tick_at(office, late + timedelta(minutes=10)) == "0 told"
    finally:
        store.close()
