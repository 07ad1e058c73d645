"""Which pages are asked: every room that a role has a key to, its lists at the top, deep down, narrowed."""

from collections.abc import Mapping, Sequence
from urllib.parse import quote

from sqlalchemy import select

from core.model.people import OVERSEERS
from desk.api.app import PATH as API
from desk.api.cursor import write_cursor
from storage.book import Book
from storage.scopes import inside
from storage.staff import Member
from storage.tables import case_file, post, report
from tests.benchmarks.desk_cases import COMMON, NEVER_TOGETHER, RARE

RUNNING, TOLD, LONG_AGO = "2024-11-18", "2024-11-11", "2024-09-16"
SEVERAL = 12

Pages = Mapping[str, Sequence[str]]
"""What it is, and the addresses that are asked in turn."""


def pages_of(book: Book, member: Member) -> Pages:
    area = member.area
    whose = area or "64"
    pages: dict[str, Sequence[str]] = {"today": ["/"]}
    pages |= _of_cases(book, member)
    pages |= _of_reports(book, member)
    pages |= {
        "owed: silent": ["/owed"],
        "owed: silent, this week": [f"/owed?area={area}&week={RUNNING}"],
        "owed: late": [f"/owed?kind=late&area={area}&week={RUNNING}"],
        "owed: vacant": ["/owed?kind=vacant"],
        "monday: running week": [f"/monday/{whose}/{RUNNING}"],
        "monday: told week": [f"/monday/{whose}/{TOLD}"],
        "monday: told, as it stands": [f"/monday/{whose}/{TOLD}?now=1"],
        "monday: never told": [f"/monday/{whose}/{LONG_AGO}"],
        "wall": [f"/wall?area={whose}"],
        "people": [f"/people?area={whose}"],
        "people: a name": [f"/people?area={whose}&q=Siti"],
        "people: one name": [f"/people?area={whose}&q=Contoh+4321"],
        "people: no such name": [f"/people?area={whose}&q=Zulaikha"],
        "people: vacant": [f"/people?area={whose}&only=vacant"],
        "people: silent": [f"/people?area={whose}&only=silent"],
        "people: one role": [f"/people?area={whose}&role=pkd"],
        "people: a post": [f"/people/posts/{one}" for one in _posts(book, area)],
        "analysis": ["/analysis?form=logistik&question=lengkap"],
        "analysis: by week": ["/analysis?form=logistik&by=week&from=2024-10-21"],
        "broadcasts": ["/broadcasts"],
        "forms": ["/forms"],
        "procedures": ["/procedures", "/procedures/laporan"],
        "account": ["/account"],
    }
    if member.role in OVERSEERS:
        pages |= {
            "staff": ["/staff", "/staff/1"],
            "audit": ["/audit"],
            "audit: deep": ["/audit?before=30"],
            "audit: of one": ["/audit?actor=staff:1"],
            "audit: of one act": ["/audit?act=case.noted"],
            "audit: no such act": ["/audit?act=identity.opened"],
            "settings": ["/settings"],
            "clock": ["/clock"],
            "channels": ["/channels"],
        }
    api = _of_api(whose) if member.role in OVERSEERS else {}
    return pages | api


def _of_cases(book: Book, member: Member) -> Pages:
    here = inside(case_file.c.office, member.area)
    order = (case_file.c.due_at, case_file.c.opened_at, case_file.c.number)
    listed = select(case_file.c.number).where(here).order_by(case_file.c.closed_at.is_not(None), *order)
    numbers = list(book.connection.execute(listed.limit(20_000)).scalars())
    after = write_cursor(book.keys, member.actor, numbers[len(numbers) * 3 // 4])
    one, other = COMMON
    narrowed = {
        "": "",
        "deep": f"after={quote(after)}",
        "due": "due=1",
        "overdue": "overdue=1",
        "mine": "mine=1",
        "unassigned": "unassigned=1",
        "answered": "answered=1",
        "closed too": "closed=1",
        "practice": "practice=1",
        "one procedure": "procedure=temuan",
        "one state": "procedure=laporan&state=registrasi",
        "an office": "office=64.72",
        "a rare word": f"q={RARE}",
        "a common word": f"q={one}",
        "two common words": f"q={one}+{other}",
        "never together": f"q={'+'.join(NEVER_TOGETHER)}",
        "no such word": "q=zebra",
        "common and mine": f"q={one}&mine=1",
        "common and unassigned": f"q={one}&unassigned=1",
        "common and answered": f"q={one}&answered=1",
        "common and one state": f"q={one}&procedure=sengketa&state=musyawarah",
        "common and overdue": f"q={one}&overdue=1",
        "common and closed": f"q={one}&closed=1",
        "common and practice": f"q={one}&practice=1",
        "a number": f"q={numbers[0]}",
    }
    some = numbers[:: max(1, len(numbers) // SEVERAL)][:SEVERAL]
    lists = {f"cases: {name}".removesuffix(": "): [f"/cases?{query}"] for name, query in narrowed.items()}
    return {**lists, "cases: one": [f"/cases/{number}" for number in some]}


def _of_reports(book: Book, member: Member) -> Pages:
    here = inside(report.c.area, member.area)
    last = select(report.c.number).where(here).order_by(report.c.filed_at, report.c.number)
    old = str(book.connection.execute(last.limit(1)).scalar_one())
    after = write_cursor(
        book.keys, member.actor, str(book.connection.execute(last.offset(30).limit(1)).scalar_one())
    )
    some = book.connection.execute(select(report.c.number).where(here).limit(SEVERAL)).scalars().all()
    narrowed = {
        "": "",
        "deep": f"after={quote(after)}",
        "one form": "form=logistik",
        "a kecamatan": "area=64.72.05",
        "a kecamatan, one form": "area=64.72.05&form=patroli",
        "a polling station": "area=64.72.05.1004.003",
        "a stage": "stage=logistik",
        "three days": "from=2024-09-01&to=2024-09-03",
        "flagged": "flagged=1",
        "nihil": "nihil=1",
        "corrected": "corrected=1",
        "withdrawn": "withdrawn=1",
        "unverified": "unverified=1",
        "unverified, one form": "unverified=1&form=patroli",
        "flagged, nihil": "flagged=1&nihil=1",
        "flagged long ago": "flagged=1&to=2024-07-20",
        "practice": "practice=1",
    }
    lists = {f"reports: {name}".removesuffix(": "): [f"/reports?{query}"] for name, query in narrowed.items()}
    return {**lists, "reports: one": [f"/reports/{number}" for number in (old, *some)]}


def _posts(book: Book, area: str) -> list[int]:
    here = select(post.c.id).where(inside(post.c.area, area)).limit(SEVERAL)
    return list(book.connection.execute(here).scalars())


def _of_api(area: str) -> Pages:
    return {
        "api: cases": [f"{API}/cases?limit=100"],
        "api: cases, a common word": [f"{API}/cases?q={COMMON[0]}"],
        "api: reports": [f"{API}/reports?limit=100"],
        "api: audit": [f"{API}/audit?subject=staff:1"],
        "api: digest": [f"{API}/digests/{area}/{RUNNING}"],
        "api: ledger": [f"{API}/ledger?area={area}"],
    }
