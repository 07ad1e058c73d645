"""The audit log of one subject: a case for those who may see it, all else for the province and the centre."""

import re
from typing import Annotated

from fastapi import APIRouter, Query

from core.model.people import OVERSEERS
from desk.acting import look_up
from desk.api.asked import CASE
from desk.api.bearer import Auditor
from desk.api.house import TheHouse
from desk.api.problems import told
from desk.api.shown import AuditRow, AuditRows
from desk.refused import Refused
from storage.book import Book

SUBJECT = Annotated[
    str, Query(max_length=64, pattern=r"^[A-Za-z0-9:._ -]+$", examples=["K-7K2-M9Q", "staff:3"])
]


def audit_routes() -> APIRouter:
    router = APIRouter(tags=["audit"])
    router.add_api_route("/audit", show_audit, methods=["GET"], responses=told(401, 403, 404, 429))
    return router


async def show_audit(house: TheHouse, held: Auditor, subject: SUBJECT) -> AuditRows:
    """What was done to it, the oldest first."""
    actor = held.member.actor

    def job(book: Book) -> AuditRows:
        if re.fullmatch(CASE, subject):
            look_up(book, subject, actor, house.clock())
        elif not any(role in OVERSEERS for role, _ in actor.seats):
            raise Refused(403, "overseers")
        rows = [
            AuditRow(
                number=row.number,
                at=row.at,
                actor=row.actor,
                act=row.act,
                subject=row.subject,
                details=dict(row.details),
            )
            for row in book.audit.of(subject)
        ]
        return AuditRows(rows=rows)

    return await house.read(job)
