"""What becomes of a filed report at the desk: verified, asked about, counted."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
)

from storage.tables.types import Code, Id, UTCDateTime, metadata

verification = Table(
    "verification",
    metadata,
    Column("report", String(24), primary_key=True),
    Column("serial", Integer, primary_key=True),
    Column("actor", String(32), nullable=False),
    Column("at", UTCDateTime, nullable=False),
    ForeignKeyConstraint(["report", "serial"], ["revision.report", "revision.serial"]),
)
"""Somebody (`staff:3`) found that revision in order; a correction has to be looked at anew."""

inquiry = Table(
    "inquiry",
    metadata,
    Column("id", Id, primary_key=True),
    Column("report", String(24), ForeignKey("report.number"), nullable=False),
    Column("person_id", Id, ForeignKey("person.id"), nullable=False),
    Column("actor", String(32), nullable=False),
    Column("asked_at", UTCDateTime, nullable=False),
    Column("question_sealed", LargeBinary, nullable=False),
    Column("answer_sealed", LargeBinary),
    Column("answered_at", UTCDateTime),
    Column("channel", String(12)),
    CheckConstraint("(answered_at IS NULL) = (answer_sealed IS NULL)", name="answered"),
    Index(None, "report"),
    Index(None, "person_id"),
)
"""The desk asked the supervisor about a report; `person_id` is who was asked and may answer."""

answer_tally = Table(
    "answer_tally",
    metadata,
    Column("form", String(64), primary_key=True),
    Column("area", Code, primary_key=True),
    Column("day", Date, primary_key=True),
    Column("sums_sealed", LargeBinary, nullable=False),
)
"""What was answered in all reports of a form filed from an area on a day, added up (`core/analysis/sums.py`).

The area is a province, regency, district or village. What was filed from a regency's or province's own seat
stands under its code with ".-", as if that were a part of it.
"""
