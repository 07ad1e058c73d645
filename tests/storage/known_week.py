"""A week in two kab/kota whose every figure is known, told through the whole storage: 18 to 24 November.

                       week before (due 17 Nov 18.00)     this week (due 23 Nov 18.00: the campaign ends)
Sidodadi TPS 001       filed 16 Nov                       filed 20 Nov
Sidodadi TPS 002       filed 17 Nov 12.00                 nihil 22 Nov
Sidodadi TPS 003       filed 12 Nov                       vacant since 19 Nov
Air Putih TPS 001      –                                  filed 24 Nov 08.00, late
Melayu TPS 001         nihil 15 Nov                       –
Melayu TPS 002         –                                  filed 25 Nov 08.00: too late for Monday at seven

Samarinda              expected 4: 3 filed, 1 silent      expected 3: 2 filed (1 late), 1 nihil; 1 vacant
Kutai Kartanegara      expected 2: 1 nihil, 1 silent      expected 2: 2 silent
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path

import lapordesk
from core.dialogue.filling.summary import NIHIL
from core.forms.form import Form, Kind, Option, Question
from core.model.cases import CLOCK, Clock, Note, NoteKind, Secrecy
from core.model.effects import Confirmed, Effect, Filed, Noted, Revised, TopicSet
from core.model.people import Role
from core.model.records import Answers, Report, Standing
from storage.book import Book
from storage.duties import open_periods
from storage.record import Origin, record
from tests.core.elections.samples import duty
from tests.storage.case_samples import follow, opened
from tests.storage.duties import AIR_PUTIH, MELAYU, SIDODADI, enact, settle, wita
from tests.storage.samples import filed, publish

MONDAY = date(2024, 11, 18)
AT_SEVEN = wita(25, 7)
LONG_AGO = wita(1, 8, month=10)
TOPICS = (Path(lapordesk.__file__).parent / "bundled" / "topics.toml").read_text()
STOCK = Form(
    "logistik",
    "1",
    {"id": "Logistik"},
    (
        Question(("lengkap",), Kind.SELECT_ONE, {"id": "Lengkap?"}, options="ya_tidak"),
        Question(("kurang",), Kind.SELECT_MULTIPLE, {"id": "Apa yang kurang?"}, options="barang"),
    ),
    {
        "ya_tidak": (Option("ya", {"id": "Ya"}), Option("tidak", {"id": "Tidak"})),
        "barang": (Option("tinta", {"id": "Tinta"}), Option("bilik", {"id": "Bilik"})),
    },
)
OFFICERS = {
    "umi": ("Umi Contoh", Role.KABKOTA, "64.72"),
    "vina": ("Vina Contoh", Role.KABKOTA, "64.02"),
    "wahyu": ("Wahyu Contoh", Role.PROVINSI, "64"),
    "sri": ("Sri Contoh", Role.PANWASCAM, "64.02.06"),
}


def tell(book: Book, effect: Effect, at: datetime) -> None:
    record(book, (effect,), Origin.silent(at))


def live(book: Book) -> Mapping[str, int]:
    """Everything that happened until Monday evening; gives the posts."""
    settle(book)
    publish(book, STOCK)
    book.topics.publish(TOPICS, "desk-pilkada", "1", LONG_AGO)
    posts = _hire(book)
    weekly = duty("pekanan", "weekly", "kampanye", time(18))
    enact(book, weekly, now=wita(10, 20))
    open_periods(book, wita(11, 7))
    open_periods(book, wita(18, 7))
    _report(book, posts)
    _stock(book, posts)
    _work(book)
    _say(book)
    return posts


def _hire(book: Book) -> Mapping[str, int]:
    places = {"a1": (SIDODADI, 1), "a2": (SIDODADI, 2), "a3": (SIDODADI, 3), "b1": (AIR_PUTIH, 1)}
    places |= {"c1": (MELAYU, 1), "c2": (MELAYU, 2)}
    posts = {}
    for number, (name, (village, tps)) in enumerate(places.items(), 1):
        station = book.areas.add_tps(village, tps).code
        person = book.people.save(f"Pengawas {name.upper()} Contoh", f"+62800{number:07}", LONG_AGO)
        posts[name] = book.people.assign(person, Role.PTPS, station, LONG_AGO)
    for number, (name, role, area) in enumerate(OFFICERS.values(), 20):
        person = book.people.save(name, f"+62800{number:07}", LONG_AGO)
        book.people.assign(person, role, area, LONG_AGO)
    book.people.vacate(posts["a3"], wita(19, 9))
    return posts


def _report(book: Book, posts: Mapping[str, int]) -> None:
    told = [
        ("P-A1-1", "a1", wita(16, 9), False),
        ("P-A2-1", "a2", wita(17, 12), False),
        ("P-A3-1", "a3", wita(12, 9), False),
        ("P-C1-1", "c1", wita(15, 9), True),
        ("P-A1-2", "a1", wita(20, 9), False),
        ("P-A2-2", "a2", wita(22, 10), True),
        ("P-B1-2", "b1", wita(24, 8), False),
        ("P-C2-2", "c2", wita(25, 8), False),
    ]
    for number, post, at, is_nihil in told:
        report = filed(number, 1, posts[post], at)
        if is_nihil:
            report = replace(report, revisions=(replace(report.latest, flags=(NIHIL,)),))
        tell(book, Filed(report), at)
    tell(book, Filed(filed("P-X", 1, posts["c1"], wita(20, 9), practice=True)), wita(20, 9))


def _stock(book: Book, posts: Mapping[str, int]) -> None:
    """Of two posts it is known on Monday: one has all, one misses ink."""
    for number, post, at, lacks in (
        ("L-1", "a1", wita(20, 9), ""),
        ("L-2", "a2", wita(21, 9), "tinta bilik"),
        ("L-3", "c1", wita(22, 9), "bilik"),
        ("L-4", "b1", wita(25, 9), "tinta"),
    ):
        tell(book, Filed(stocked(number, posts[post], at, lacks)), at)
    mended = replace(
        stocked("L-2", posts["a2"], wita(22, 9), "tinta").latest, serial=2, standing=Standing.CORRECTED
    )
    tell(book, Revised("L-2", mended), wita(22, 9))
    gone = replace(stocked("L-3", posts["c1"], wita(23, 9), "bilik").latest, serial=2)
    tell(book, Revised("L-3", replace(gone, standing=Standing.WITHDRAWN)), wita(23, 9))


def stocked(number: str, post: int, at: datetime, lacks: str) -> Report:
    values = {"lengkap": "tidak", "kurang": lacks} if lacks else {"lengkap": "ya"}
    report = filed(number, 1, post, at)
    first = replace(report.latest, answers=Answers(values))
    return replace(report, form="logistik", version="1", revisions=(first,))


def _work(book: Book) -> None:
    """Two tips are open on Monday, one of them past its clock; one was closed; a finding has no clock."""
    follow(book)
    follow(book, "temuan")
    for number, office, at, due in (
        ("K-111-AAA", "64.72", wita(19, 9), wita(26, 23)),
        ("K-222-AAA", "64.72", wita(10, 9), wita(21, 23)),
        ("K-333-AAA", "64.02", wita(20, 9), wita(22, 23)),
        ("K-444-AAA", "64.72", wita(25, 9), wita(27, 23)),
    ):
        open_tip(book, number, office, at, due)
    open_tip(book, "K-555-AAA", "64.72", wita(20, 9), wita(22, 23), practice=True)
    close(book, "K-333-AAA", wita(22, 9))
    finding = opened(
        "K-666-AAA",
        "",
        is_theirs=False,
        procedure="temuan",
        version=newest(book, "temuan"),
        state="ditemukan",
        secrecy=Secrecy.OFFICIAL,
        report="P-A1-2",
        opened_at=wita(20, 9),
        entered_at=wita(20, 9),
        clocks=(),
    )
    tell(book, finding, wita(20, 9))


def open_tip(
    book: Book, number: str, office: str, at: datetime, due: datetime, *, practice: bool = False
) -> None:
    area = SIDODADI if office == "64.72" else MELAYU
    clock = Clock("kajian-awal", at.date(), due.date(), due)
    whole = opened(
        number,
        "",
        is_theirs=False,
        version=newest(book, "informasi-awal"),
        area=area,
        office=office,
        practice=practice,
        opened_at=at,
        entered_at=at,
        clocks=(clock,),
    )
    tell(book, whole, at)


def close(book: Book, number: str, at: datetime) -> None:
    move(book, number, at, state="selesai", closed_at=at, clocks=())


def move(book: Book, number: str, at: datetime, **changes: object) -> None:
    """An officer moved it on."""
    before = book.cases.get(number)
    assert before
    after = replace(before, serial=before.serial + 1, entered_at=at, **changes)  # type: ignore[arg-type]
    told = {"move": "pindah", "from": before.state, "to": after.state}
    note = Note(after.serial, NoteKind.MOVED, at, CLOCK.key, details=told)
    tell(book, Noted(after, note), at)


def newest(book: Book, procedure: str) -> str:
    found = book.procedures.current(procedure)
    assert found
    return found.version


def _say(book: Book) -> None:
    """Tenggarong is in trouble, Samarinda has sent its week up in time, Kukar after seven."""
    said = [
        ("64.02.06", "logistik", "masalah", "Bilik belum tiba", wita(23, 9)),
        ("64.02", "keamanan", "aman", "", wita(23, 9)),
        ("64.02", "keamanan", "perhatian", "Debat ricuh", wita(24, 9)),
        ("64.72", "tahapan", "aman", "", wita(24, 9)),
        ("64.02", "keamanan", "masalah", "Terlambat diketahui", wita(25, 9)),
    ]
    for area, topic, mark, note, at in said:
        tell(book, TopicSet(area, MONDAY, topic, mark, note, "person:1"), at)
    for area, by, at in (("64.72", "Umi Contoh", wita(24, 21)), ("64.02", "Vina Contoh", wita(25, 8))):
        tell(book, Confirmed(area, MONDAY, False, "Aman terkendali", "person:1", by), at)


def later(book: Book, posts: Mapping[str, int]) -> None:
    """What becomes known afterwards and must not change the past."""
    tell(book, Filed(filed("P-C1-9", 1, posts["c1"], wita(26, 9))), wita(26, 9))
    tell(book, Filed(stocked("L-9", posts["c2"], wita(26, 9), "tinta")), wita(26, 9))
    move(book, "K-111-AAA", wita(26, 9), state="ditelusuri")
    close(book, "K-222-AAA", wita(26, 10))
    open_tip(book, "K-777-AAA", "64.72", wita(26, 9), wita(28, 23))
    tell(book, TopicSet("64.72", MONDAY, "tahapan", "masalah", "", "person:1"), wita(26, 9))
    tell(book, Confirmed("64.72", MONDAY, True, "", "person:1", "Umi Contoh"), wita(26, 9))
