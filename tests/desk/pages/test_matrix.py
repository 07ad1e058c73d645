"""Who gets what from every route of the desk: nobody signed in, panwascam, kabkota, provinsi, the centre.

The routes are read from the desk itself: a new one without a line in ENTRIES makes this fail. A line says
what the five of them get: 200 a page or a file, 303 led on (an outsider to the door), 404 as if there were
nothing, 409 and 422 a form of theirs that was refused with its reason. On SQLite alone: which rows are seen
is asked on both engines by each room.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from fastapi.routing import APIRoute

from core.digests.weeks import week_before
from core.model.people import Role
from desk.pages.app import ROUTES
from desk.pages.room import PATH
from desk.pages.statics import static
from storage.keys import Keys
from tests.databases import Databases
from tests.desk.pages.desk_office import SAME, Answer, DeskOffice, Officer, office_in_sqlite
from tests.storage.hooked import hooked

SEATS = (
    None,
    (Role.PANWASCAM, "64.72.05"),
    (Role.KABKOTA, "64.72"),
    (Role.PROVINSI, "64"),
    (Role.RI, ""),
)
EVERYBODY = "200 200 200 200 200"
STAFF = "303 200 200 200 200"
OVERSEERS = "303 404 404 200 200"
OFFICERS = "303 404 200 200 200"
ACTS = "303 404 303 303 303"
NOTHING = "303 404 404 404 404"
REFUSED = "303 409 409 409 409"
OF_SAMARINDA = "303 404 200 200 200"
REASON = "Alasan yang cukup panjang."


@dataclass(frozen=True, slots=True)
class Entry:
    gets: str
    """What the five of them get, in the order of SEATS."""
    form: dict[str, str] = field(default_factory=dict)
    at: str = ""
    """Where it is not the path itself; what stands in braces is made for it, see `_made`."""
    file: bytes | None = None


ENTRIES: dict[str, Entry] = {
    # the door
    "GET /sign-in": Entry(EVERYBODY),
    "POST /sign-in": Entry(
        "403 403 403 403 403", {"email": "x@contoh.example", "password": "x", "code": "1"}
    ),
    "POST /sign-out": Entry("303 303 303 303 303"),
    "GET /language/{language}": Entry("303 303 303 303 303", at="/language/id"),
    "GET /begin/{shown}": Entry(EVERYBODY, at="/begin/{link}"),
    "POST /begin/{shown}": Entry("422 422 422 422 422", {"password": "x", "again": "y"}, "/begin/{link}"),
    "GET /static/{seal}/{name}": Entry(EVERYBODY, at=static("sheet.css").removeprefix(PATH)),
    "GET /account": Entry(STAFF),
    "POST /account/visits/{number}/end": Entry("303 303 303 303 303", at="/account/visits/{visit}/end"),
    "POST /account/chat": Entry("303 409 409 409 409", {"code": "AAAABBBB"}),
    "POST /account/chat/end": Entry("303 303 303 303 303"),
    "POST /sign-in/link": Entry(EVERYBODY, {"email": "x@contoh.example"}),
    "GET /enter/{shown}": Entry(EVERYBODY, at="/enter/{entrance}"),
    "POST /enter/{shown}": Entry("403 403 403 403 403", {"code": "000000"}, "/enter/{entrance}"),
    # cases
    "GET /": Entry(STAFF),
    "GET /cases": Entry(STAFF),
    "GET /cases/{number}": Entry(OFFICERS),
    "GET /cases/{number}/live": Entry(OFFICERS),
    "POST /cases/{number}/note": Entry(ACTS, {"text": "Catatan."}),
    "POST /cases/{number}/ask": Entry(ACTS, {"text": "Jam berapa?"}),
    "POST /cases/{number}/move": Entry("303 404 303 303 409", {"move": "telusuri"}),
    "POST /cases/{number}/assign": Entry(ACTS, {"to": "me"}),
    "POST /cases/{number}/exclude": Entry(ACTS, {"whom": "staff:1", "reason": REASON}),
    "POST /cases/{number}/link": Entry("303 404 409 409 409", {"other": "K-ZZZ-ZZ0"}),
    "POST /cases/{number}/hold": Entry(ACTS, {"on": "yes", "reason": REASON}),
    "POST /cases/{number}/identity": Entry("303 404 409 409 409", {"reason": REASON, "custodian": "1"}),
    "GET /cases/{number}/papers/{paper}.pdf": Entry(OFFICERS, at="/cases/{case}/papers/laporan.pdf"),
    "GET /cases/{number}/evidence.zip": Entry(OFFICERS),
    "GET /cases/{number}/media/{media}": Entry(
        "303 404 404 404 404", at="/cases/{case}/media/5f0c2a9be1d34c77"
    ),
    # staff
    "GET /staff": Entry(OVERSEERS),
    "POST /staff": Entry(
        OVERSEERS, {"email": "baru@contoh.example", "name": "Sari Contoh", "role": "kabkota", "area": "64.72"}
    ),
    "GET /staff/{whom}": Entry(OVERSEERS),
    "POST /staff/{whom}/invite": Entry(OVERSEERS),
    "POST /staff/{whom}/change": Entry(OVERSEERS, {"role": "kabkota", "area": "64.02"}),
    "POST /staff/{whom}/end": Entry("303 404 404 303 303"),
    "POST /staff/{whom}/tokens": Entry(OVERSEERS, {"label": "Contoh", "papers": "1", "days": "9"}),
    "POST /staff/{whom}/tokens/{token}/revoke": Entry("303 404 404 303 303"),
    # procedures, audit, settings
    "GET /procedures": Entry(STAFF),
    "GET /procedures/{name}": Entry(STAFF, at="/procedures/laporan"),
    "GET /procedures/{name}/file.toml": Entry(STAFF, at="/procedures/laporan/file.toml"),
    "POST /procedures": Entry("303 404 404 422 422", {"act": "publish"}, file=b"name = 'x'"),
    "GET /audit": Entry(OVERSEERS),
    "POST /audit/verify": Entry(OVERSEERS),
    "GET /settings": Entry(OVERSEERS),
    "GET /settings/hooks": Entry(OVERSEERS),
    "POST /settings/hooks": Entry(
        OVERSEERS, {"address": "https://data.contoh.example/", "area": "64.72", "week.sent": "1"}
    ),
    "GET /settings/hooks/{number}": Entry(OVERSEERS, at="/settings/hooks/{hook}"),
    "POST /settings/hooks/{number}/rotate": Entry(OVERSEERS, at="/settings/hooks/{hook}/rotate"),
    "POST /settings/hooks/{number}/test": Entry("303 404 404 303 303", at="/settings/hooks/{hook}/test"),
    "POST /settings/hooks/{number}/again": Entry(
        "303 404 404 404 404", {"delivery": "1"}, "/settings/hooks/{hook}/again"
    ),
    "POST /settings/hooks/{number}/stop": Entry("303 404 404 303 303", at="/settings/hooks/{hook}/stop"),
    # the room of reports, of which there is none: whose is whose is asked in tests/desk/pages/reports
    "GET /reports": Entry(STAFF),
    "GET /reports/export.{ending}": Entry(NOTHING, at="/reports/export.csv?form=lhp"),
    "GET /reports/{number}": Entry(NOTHING, at="/reports/P-7K2-M9Q"),
    "GET /reports/{number}/formulir-a.pdf": Entry(NOTHING, at="/reports/P-7K2-M9Q/formulir-a.pdf"),
    "GET /reports/{number}/media/{media}": Entry(NOTHING, at="/reports/P-7K2-M9Q/media/5f0c2a9be1d34c77"),
    "POST /reports/{number}/verify": Entry(NOTHING, {"revision": "1"}, "/reports/P-7K2-M9Q/verify"),
    "POST /reports/{number}/ask": Entry(NOTHING, {"text": "Jam berapa?"}, "/reports/P-7K2-M9Q/ask"),
    "GET /analysis": Entry(STAFF),
    "GET /cases/export.{ending}": Entry(STAFF, at="/cases/export.csv"),
    "POST /cases/views": Entry("303 303 303 303 303", {"name": "Tenggat", "query": "due=1"}),
    "POST /cases/views/drop": Entry("303 303 303 303 303", {"view": "1"}),
    # the Monday desk and who owes what
    "GET /monday": Entry(STAFF),
    "GET /monday/{area}": Entry(OF_SAMARINDA, at="/monday/64.72"),
    "GET /monday/{area}/{week}": Entry(OF_SAMARINDA, at="/monday/64.72/{monday}"),
    "GET /monday/{area}/{week}/desk.{ending}": Entry(OF_SAMARINDA, at="/monday/64.72/{monday}/desk.png"),
    "POST /monday/{area}/{week}/note": Entry(
        "303 404 303 404 404", {"text": "Aman."}, "/monday/64.72/{monday}/note"
    ),
    "POST /monday/{area}/{week}/send": Entry("303 404 303 404 404", {}, "/monday/64.72/{monday}/send"),
    "POST /monday/{area}/{week}/topic": Entry(
        "303 404 409 404 404", {"topic": "logistik", "mark": "aman"}, "/monday/64.72/{monday}/topic"
    ),
    "GET /owed": Entry(STAFF),
    "POST /owed/called": Entry(NOTHING, {"post": "1"}),
    "POST /owed/remind": Entry("303 409 409 409 404"),
    "GET /wall": Entry(STAFF),
    # broadcasts
    "GET /broadcasts": Entry(STAFF),
    "GET /broadcasts/{broadcast}": Entry(NOTHING, at="/broadcasts/1"),
    "GET /broadcasts/{broadcast}/progress": Entry(NOTHING, at="/broadcasts/1/progress"),
    "POST /broadcasts/preview": Entry(REFUSED, {"text": "Rapat jam 9."}),
    "POST /broadcasts": Entry(REFUSED, {"text": "Rapat jam 9."}),
    "POST /broadcasts/{broadcast}/stop": Entry(NOTHING, at="/broadcasts/1/stop"),
    # the clock and the channels
    "GET /clock": Entry(OVERSEERS),
    "POST /clock/run": Entry(NOTHING, {"job": "periods"}),
    "GET /channels": Entry(OVERSEERS),
    "GET /channels/platforms": Entry(OVERSEERS),
    "POST /channels/release": Entry("303 404 404 303 303", {"reason": "unknown"}),
    "POST /channels/dismiss": Entry("303 404 404 303 303", {"reason": "unknown"}),
    # people and forms; what is there of others is asked in their rooms
    "GET /people": Entry(STAFF),
    "GET /people/posts/{post}": Entry(NOTHING, at="/people/posts/999"),
    "POST /people/posts/{post}/hand": Entry(
        NOTHING, {"name": "Sari Contoh", "phone": "+628000000321"}, "/people/posts/999/hand"
    ),
    "POST /people/posts/{post}/end": Entry(NOTHING, at="/people/posts/999/end"),
    "POST /people/cards": Entry("303 303 303 303 303", {"area": "64.72.05"}),
    "GET /people/import": Entry(STAFF),
    "GET /people/import/roster.csv": Entry(STAFF),
    "POST /people/import": Entry(REFUSED, file=b"x"),
    "GET /people/import/{key}": Entry(NOTHING, at="/people/import/aaaa"),
    "POST /people/import/{key}/confirm": Entry(NOTHING, at="/people/import/aaaa/confirm"),
    "POST /people/import/{key}/drop": Entry(NOTHING, at="/people/import/aaaa/drop"),
    "GET /forms": Entry(STAFF),
    "GET /forms/file": Entry(NOTHING, at="/forms/file?name=x&version=1"),
    "GET /forms/sheet": Entry(NOTHING, at="/forms/sheet?name=x&version=1"),
    "GET /forms/compare": Entry(NOTHING, at="/forms/compare?name=x"),
    "POST /forms/check": Entry("303 404 404 409 409", file=b"x"),
    "POST /forms/try": Entry(NOTHING, {"name": "x", "version": "1"}),
    "GET /forms/drafts/{key}": Entry(NOTHING, at="/forms/drafts/aaaa"),
    "GET /forms/drafts/{key}/try": Entry(NOTHING, at="/forms/drafts/aaaa/try"),
    "POST /forms/drafts/{key}/try": Entry(NOTHING, {"text": "halo"}, "/forms/drafts/aaaa/try"),
    "POST /forms/drafts/{key}/publish": Entry(NOTHING, at="/forms/drafts/aaaa/publish"),
    "POST /forms/drafts/{key}/drop": Entry(NOTHING, at="/forms/drafts/aaaa/drop"),
}


@pytest.fixture
def office(databases: Databases, keys: Keys, tmp_path: Path) -> Iterator[DeskOffice]:
    with office_in_sqlite(databases, keys, tmp_path / "media") as made:
        yield made


def routes() -> set[str]:
    return {
        f"{method} {route.path}"
        for make in ROUTES
        for route in make().routes
        if isinstance(route, APIRoute)
        for method in route.methods
    }


def test_every_route_has_its_line() -> None:
    assert routes() ^ ENTRIES.keys() == set()


@pytest.mark.parametrize("seat", SEATS, ids=lambda one: one[0].value if one else "outsider")
def test_everybody_gets_what_is_theirs(office: DeskOffice, seat: tuple[Role, str] | None) -> None:
    place = SEATS.index(seat)
    wrong = []
    for route, entry in ENTRIES.items():
        wanted, answer = entry.gets.split()[place], asked(office, seat, route, entry)
        if str(answer.status_code) != wanted:
            wrong.append(f"{route}: {answer.status_code} and not {wanted}")
        if seat is None and wanted == "303" and "language" not in route:
            assert answer.headers["Location"].startswith("/desk/sign-in"), route
    assert wrong == []


def asked(office: DeskOffice, seat: tuple[Role, str] | None, route: str, entry: Entry) -> Answer:
    """Each with a case and a colleague of its own, for what it does; all in Samarinda."""
    method, path = route.split(" ")
    office.house.wrong_passphrases._seen.clear()
    who = office.officer(*(seat or SEATS[2])).enter()  # type: ignore[misc]
    if seat is None:
        who.browser.cookies.clear()
    there = (entry.at or path).format(**_made(office, who, entry.at or path))
    if method == "GET":
        return who.get(there)
    sent = {"csrf": who.mark(), "serial": _serial(office, there)} | entry.form
    files = {"file": ("contoh.toml", entry.file)} if entry.file is not None else None
    return who.browser.post(f"{PATH}{there}", data=sent, files=files, headers=SAME)


def _made(office: DeskOffice, who: Officer, path: str) -> dict[str, str]:
    """Only what the address asks for."""
    made = {"visit": str(who.visit), "monday": week_before("64.72", office.now).isoformat()}
    if "{number}" in path or "{case}" in path:
        made["number"] = made["case"] = office.opens()
    if "{hook}" in path:
        with office.store.begin() as book:
            made["hook"] = str(hooked(book, "64.72")[0].id)
    if "{entrance}" in path:
        with office.store.begin() as book:
            made["entrance"] = book.entrances.make(who.member.id, office.now)
    if "{link}" in path or "{whom}" in path:
        with office.store.begin() as book:
            email = f"rekan-{office.letters(9).lower()}@contoh.example"
            mate = book.staff.add(email, "Rekan Contoh", Role.KABKOTA, "64.72", office.now)
            made["whom"], made["link"] = str(mate.id), book.accounts.invite(mate.id, office.now)
            made["token"] = str(book.tokens.make(mate.id, ["papers"], 9, "", office.now)[0].id)
    return made


def _serial(office: DeskOffice, path: str) -> str:
    return str(office.case(path.split("/")[2]).serial) if path.startswith("/cases/K-") else ""
