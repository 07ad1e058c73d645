"""The web desk over the office of the API's tests: officers sign in, each with a browser of their own."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import httpx2
from fastapi import FastAPI
from starlette.testclient import TestClient

from core.model.people import Role
from desk.pages.app import desk
from desk.pages.room import PATH, Room
from storage.keys import Keys
from storage.passwords import stretch
from storage.store import Store
from storage.totp import code, step_of
from tests.databases import Databases
from tests.desk.api.office import NOW, Office

ADDRESS = "https://lapor.example.org"
PASSWORD = "sepuluh perahu pulang sore"
STRETCHED = stretch(PASSWORD)
SAME = {"Sec-Fetch-Site": "same-origin", "Origin": ADDRESS}
MARK = re.compile(r'name="csrf" value="([0-9a-f]{64})"')

Answer = httpx2.Response


class Officer:
    """One of the staff with an account, and the browser they use."""

    def __init__(self, office: "DeskOffice", role: Role, area: str, email: str = "") -> None:
        self.office = office
        self.role = role
        self.area = area
        self.email = email or f"{role.value}-{area or 'ri'}@contoh.example"
        with office.store.begin() as book:
            known = book.staff.by_email(self.email)
            self.member = known or book.staff.add(self.email, "Umi Contoh", role, area, NOW)
            shown = book.accounts.invite(self.member.id, NOW)
            link = book.accounts.link(shown, NOW)
            assert link
            self.secret = link.secret
            self.codes = book.accounts.begin(shown, STRETCHED, 0, NOW) or []
        self.browser = office.open_browser()

    @property
    def key(self) -> str:
        return self.member.actor.key

    @property
    def now_code(self) -> str:
        return code(self.secret, step_of(self.office.now))

    def knock(self, **fields: str) -> Answer:
        """Try to sign in; with everything right unless told otherwise."""
        sent = {"email": self.email, "password": PASSWORD, "code": self.now_code, "next": ""} | fields
        return self.browser.post(f"{PATH}/sign-in", data=sent, headers=SAME)

    def enter(self) -> "Officer":
        """Signed in without the door, which takes its time."""
        with self.office.store.begin() as book:
            self.visit, token = book.visits.begin(self.member, "Firefox, Android", self.office.now)
        self.browser.cookies.set("desk", token, domain="lapor.example.org", path=PATH)
        return self

    def get(self, path: str) -> Answer:
        return self.browser.get(f"{PATH}{path}")

    def mark(self) -> str:
        found = MARK.search(self.get("/account").text)
        return found[1] if found else ""

    def post(self, path: str, headers: dict[str, str] | None = None, **fields: str) -> Answer:
        """Send a form as the page would."""
        sent = {"csrf": self.mark()} | fields
        return self.browser.post(f"{PATH}{path}", data=sent, headers=SAME if headers is None else headers)

    def act(self, number: str, act: str, **fields: str) -> Answer:
        return self.post(f"/cases/{number}/{act}", serial=str(self.office.case(number).serial), **fields)


class DeskOffice(Office):
    def __init__(self, store: Store, folder: Path) -> None:
        super().__init__(store, folder)
        self.room = Room(self.house, "Bawaslu Kalimantan Timur", ADDRESS)
        self.whole = FastAPI()
        self.whole.mount(PATH, desk(self.room))
        self.browsers: list[TestClient] = []

    def open_browser(self) -> TestClient:
        made = TestClient(
            self.whole, base_url=ADDRESS, headers={"Accept-Language": "en"}, follow_redirects=False
        )
        self.browsers.append(made)
        return made

    def officer(self, role: Role = Role.KABKOTA, area: str = "64.72", email: str = "") -> Officer:
        return Officer(self, role, area, email)

    def later(self, **time: float) -> None:
        self.now += timedelta(**time)


@contextmanager
def office_in_sqlite(databases: Databases, keys: Keys, folder: Path) -> Iterator[DeskOffice]:
    """For what one engine is enough for, a browser above all; closed at the end with all who visit it."""
    store = Store(databases.sqlite(), keys)
    made = DeskOffice(store, folder)
    yield made
    for browser in made.browsers:
        browser.close()
    store.close()
