"""Supervisors' reports listed and read, from the caller's own area."""

import re
from datetime import date, datetime, time, timedelta
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Query
from pydantic import BaseModel, BeforeValidator, Field

from core.dialogue.filling.summary import NIHIL
from core.forms.marks import identity_paths
from core.forms.scope import seat_of
from core.forms.written import from_json
from core.model.areas import is_code
from core.model.records import Report, Revision
from desk.api.asked import AreaCode, Asked, Name
from desk.api.bearer import ReportReader
from desk.api.cursor import read_cursor, write_cursor
from desk.api.house import TheHouse
from desk.api.papers import ReportNumber
from desk.api.problems import told
from desk.api.shown import MediaShown
from desk.api.views import media_shown
from desk.reporting import look_up_report
from storage.book import Book
from storage.report_list import Listed, Wanted

EARLIEST, LATEST = date(2000, 1, 1), date(2199, 12, 31)
"""What lies outside is as good as these."""
Mark = Literal["flagged", "nihil", "corrected", "withdrawn", "unverified"]


def _as_written(given: object) -> object:
    """Pydantic alone takes a bare number for seconds."""
    if isinstance(given, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", given, re.ASCII):
        return given
    raise ValueError("YYYY-MM-DD")


Day = Annotated[date, BeforeValidator(_as_written)]


class ReportsAsked(Asked):
    form: Name | None = None
    area: AreaCode | None = None
    since: Day | None = Field(None, description="Filed on that day or later, in the office's zone.")
    until: Day | None = Field(None, description="Filed on that day or earlier.")
    mark: Mark | None = None
    practice: bool = Field(False, description="Those filed in practice, and no others.")
    limit: int = Field(20, ge=1, le=100)
    cursor: str | None = Field(None, max_length=60, pattern=r"^[^\x00]*$")


class ReportLine(BaseModel):
    """A report in a list."""

    number: str = Field(examples=["P-7K2-M9Q"])
    form: str = Field(examples=["lhp"])
    version: str
    area: str = Field(description="The code of the post's area.", examples=["64.72.03.1005.012"])
    role: str = Field(examples=["ptps"])
    person: str
    filed_at: datetime
    standing: str = Field(description="filed, corrected or withdrawn.")
    serial: int = Field(description="Of its latest revision.")
    is_nihil: bool
    flags: int = Field(description="How many soft rules were broken and confirmed.")
    is_verified: bool = Field(description="As it stands now.")
    practice: bool


class ReportPage(BaseModel):
    """Some reports, the latest first."""

    reports: list[ReportLine]
    next: str | None = Field(description="The cursor of the next page, if there may be one.")


class FlagShown(BaseModel):
    place: str
    reason: str


class RevisionShown(BaseModel):
    """One state of a report; nothing is overwritten."""

    serial: int
    standing: str
    filed_at: datetime
    sent_at: datetime
    channel: str
    reason: str
    answers: dict[str, str] = Field(description="Each value in its XForms form, by its place in the form.")
    flags: list[FlagShown]


class VerifiedShown(BaseModel):
    serial: int
    actor: str = Field(examples=["staff:3"])
    at: datetime


class ReportWhole(BaseModel):
    """All of a report."""

    number: str
    form: str
    version: str
    area: str
    practice: bool
    started_at: datetime
    is_nihil: bool
    revisions: list[RevisionShown]
    verified: list[VerifiedShown]
    media: list[MediaShown]


def report_routes() -> APIRouter:
    router = APIRouter(tags=["reports"])
    add = router.add_api_route
    add("/reports", list_reports, methods=["GET"], responses=told(401, 403, 404, 429))
    add("/reports/{number}", show_report, methods=["GET"], responses=told(401, 403, 404, 429))
    return router


async def list_reports(
    house: TheHouse, held: ReportReader, asked: Annotated[ReportsAsked, Query()]
) -> ReportPage:
    """The reports from the caller's area, the latest first."""
    actor, zone = held.member.actor, ZoneInfo(house.zone)
    wanted = Wanted(
        actor,
        area=asked.area if asked.area and is_code(asked.area) else "",
        forms=(asked.form,) if asked.form else (),
        since=_midnight(asked.since, zone) if asked.since else None,
        until=_midnight(asked.until, zone) + timedelta(days=1) if asked.until else None,
        marks=frozenset({asked.mark}) if asked.mark else frozenset(),
        practice=asked.practice,
        after=read_cursor(house.store.keys, actor, asked.cursor) if asked.cursor else "",
        limit=asked.limit,
    )

    def job(book: Book) -> ReportPage:
        found = book.report_list.find(wanted)
        is_full = len(found) == wanted.limit
        following = write_cursor(book.keys, actor, found[-1].number) if is_full else None
        return ReportPage(reports=[_line(one) for one in found], next=following)

    return await house.read(job)


async def show_report(house: TheHouse, held: ReportReader, number: ReportNumber) -> ReportWhole:
    """One report with all of its revisions, who verified them, and what came with it."""

    def job(book: Book) -> ReportWhole:
        hand = look_up_report(book, number, held.member.actor)
        report = hand.report
        hidden = _hidden(book, report)
        return ReportWhole(
            number=report.number,
            form=report.form,
            version=report.version,
            area=hand.area,
            practice=report.practice,
            started_at=report.started_at,
            is_nihil=NIHIL in report.latest.flags,
            revisions=[_revision(one, hidden) for one in report.revisions],
            verified=[
                VerifiedShown(serial=one.serial, actor=one.actor, at=one.at)
                for one in book.verifications.of(number)
            ],
            media=[media_shown(one) for one in book.media.of_report(number)],
        )

    return await house.read(job)


def _line(one: Listed) -> ReportLine:
    return ReportLine(
        number=one.number,
        form=one.form,
        version=one.version,
        area=one.area,
        role=one.role.value if one.role else "",
        person=one.person,
        filed_at=one.filed_at,
        standing=one.standing,
        serial=one.serial,
        is_nihil=one.nihil,
        flags=one.flags,
        is_verified=one.is_verified,
        practice=one.practice,
    )


def _revision(one: Revision, hidden: frozenset[tuple[str, ...]]) -> RevisionShown:
    answers = {
        place: value for place, value in one.answers.values.items() if seat_of(place).path not in hidden
    }
    return RevisionShown(
        serial=one.serial,
        standing=one.standing.value,
        filed_at=one.filed_at,
        sent_at=one.sent_at,
        channel=one.channel.value,
        reason=one.reason,
        answers=answers,
        flags=[FlagShown(place=flag.place, reason=flag.reason) for flag in one.flags if flag != NIHIL],
    )


def _hidden(book: Book, report: Report) -> frozenset[tuple[str, ...]]:
    """Who somebody is stands in no report; this is for a form that was marked so later."""
    try:
        return identity_paths(from_json(book.forms.load(report.form, report.version)))
    except KeyError:
        return frozenset()


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(min(max(day, EARLIEST), LATEST), time(), zone)
