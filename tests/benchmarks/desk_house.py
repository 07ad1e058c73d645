"""The house that the pages are asked in: filled once, then visited by kab/kota, province and centre."""

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from fastapi import FastAPI
from sqlalchemy import text
from starlette.testclient import TestClient

from core.digests.weeks import moment_of, week_before
from core.model.people import Role
from desk.api.app import PATH as API
from desk.api.app import api
from desk.api.house import House
from desk.lately import Lately, beside
from desk.pages.app import desk
from desk.pages.room import COOKIE, PATH, Room
from storage.book import Book
from storage.evidence import Evidence
from storage.staff import Member
from storage.store import Store
from storage.tokens import SCOPES
from storage.vaults import Folder
from tests.benchmarks.desk_cases import note_all, open_all, publish
from tests.benchmarks.desk_ledger import BEGAN, NOW, report_all, settle

ADDRESS = "https://lapor.example.org"
SEATS = ((Role.KABKOTA, "64.72"), (Role.PROVINSI, "64"), (Role.RI, ""))
STEP = timedelta(seconds=20)
"""Between two looks at a page: every fourth look finds what was counted more than a minute ago."""
_GO_ON = "SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))"


def fill(store: Store, reports: int, cases: int, tell: Callable[[str], None] = lambda _: None) -> None:
    with store.begin() as book:
        posts = settle(book)
        tell("reports")
        report_all(book, posts, reports)
        tell("cases")
        open_all(book, posts, publish(book), cases)
        for role, area in SEATS:
            book.staff.add(f"{role.value}@contoh.example", "Umi Contoh", role, area, BEGAN)
        note_all(book, cases, "staff:1")
        _go_on(book)
    _analyse(store)
    tell("answers are added up")
    with store.begin() as book:
        while book.analysis.count(most=100_000):
            pass
    tell("last week's digests are kept")
    with store.begin() as book:
        for one in [book.areas.get("64"), *book.areas.children("64")]:
            assert one
            moment = moment_of(one.code, week_before(one.code, NOW))
            book.digests.keep(book.digests.of(one.code, moment), NOW)
    _analyse(store)


def _go_on(book: Book) -> None:
    """What was poured in bears numbers from here."""
    if book.connection.dialect.name == "postgresql":
        for table in ("person", "post", "holding", "expectation", "audit"):
            book.connection.execute(text(_GO_ON.format(table=table)))


def _analyse(store: Store) -> None:
    """What PostgreSQL's autovacuum does by itself, sooner or later."""
    with store.begin() as book:
        book.connection.execute(text("ANALYZE"))


def _letters(many: int) -> str:
    return secrets.token_hex(many)[:many].upper()


@dataclass
class Desk:
    """The application, its clock, and one browser for each of those who visit."""

    store: Store
    folder: Path
    now: datetime = NOW
    room: Room = field(init=False)
    whole: FastAPI = field(init=False)
    members: dict[Role, Member] = field(default_factory=dict)

    def __post_init__(self) -> None:
        evidence = Evidence(Folder(self.folder), self.store.keys)
        house = House(self.store, evidence, lambda: self.now, _letters, lately=Lately(beside))
        self.room = Room(house, "Bawaslu Kalimantan Timur", ADDRESS)
        self.whole = whole = FastAPI()
        whole.mount(API, api(house))
        whole.mount(PATH, desk(self.room))
        self.browser = TestClient(whole, base_url=ADDRESS, follow_redirects=False)
        self.browser.__enter__()
        with self.store.reading() as book:
            for role, _ in SEATS:
                member = book.staff.by_email(f"{role.value}@contoh.example")
                assert member
                self.members[role] = member

    def enter(self, role: Role) -> dict[str, str]:
        """Signed in, with a token for the API besides: what the browser sends along."""
        with self.store.begin() as book:
            _, shown = book.visits.begin(self.members[role], "Firefox", self.now)
            _, token = book.tokens.make(self.members[role].id, SCOPES, 30, "", self.now)
        return {"Cookie": f"{COOKIE}={shown}", "Authorization": f"Bearer {token}"}

    def get(self, path: str, headers: dict[str, str]) -> int:
        """Ask for a page a minute after the last one; gives how long it is."""
        self.now += STEP
        answer = self.browser.get(path if path.startswith(API) else f"{PATH}{path}", headers=headers)
        if answer.status_code != 200:
            raise SystemExit(f"{path}: {answer.status_code}")
        return len(answer.content)

    def rest(self) -> None:
        """Until what is counted beside the pages is counted."""
        while self.room.house.lately.begun:
            time.sleep(0.002)

    def close(self) -> None:
        self.browser.__exit__(None, None, None)
