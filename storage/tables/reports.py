"""Published forms, filed reports, evidence."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ColumnElement,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    and_,
    false,
    literal_column,
)

from storage.tables.types import Code, Id, UTCDateTime, metadata

form_version = Table(
    "form_version",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", String(64), nullable=False),
    Column("version", String(64), nullable=False),
    Column("title", Text, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("compiled", Text, nullable=False),
    Column("source", LargeBinary, nullable=False),
    Column("published_at", UTCDateTime, nullable=False),
    UniqueConstraint("name", "version"),
)
"""Rows are only ever added."""

report = Table(
    "report",
    metadata,
    Column("number", String(24), primary_key=True),
    Column("form", String(64), nullable=False),
    Column("version", String(64), nullable=False),
    Column("post_id", Id, ForeignKey("post.id")),
    Column("person_id", Id, ForeignKey("person.id"), nullable=False),
    Column("area", Code),
    Column("practice", Boolean, nullable=False),
    Column("started_at", UTCDateTime, nullable=False),
    Column("filed_at", UTCDateTime, nullable=False),
    Column("standing", String(12), nullable=False),
    Column("serial", Integer, nullable=False),
    Column("nihil", Boolean, nullable=False, server_default=false()),
    Column("flags", Integer, nullable=False, server_default="0"),
    Column("verified", Integer, nullable=False, server_default="0"),
    Column("counted", Integer, nullable=False, server_default="0"),
    ForeignKeyConstraint(["form", "version"], ["form_version.name", "form_version.version"]),
    Index(None, "person_id", "filed_at"),
    Index(None, "form", "filed_at", "number"),
    Index(None, "filed_at", "number", "area"),
    Index(None, "area", "filed_at", "number"),
    Index(None, "form", "area"),
    Index(None, "post_id", "filed_at"),
)
"""`standing`, `serial`, `nihil` and `flags` (how many soft rules stayed broken) are those of the latest
revision; `verified` and `counted` are the serials that were verified, and counted for the analysis, last."""

IS_CHANGED = report.c.standing != literal_column("'filed'")
IS_NIHIL = report.c.nihil.is_(True)
IS_FLAGGED = report.c.flags > literal_column("0")
IS_PRACTICE = report.c.practice.is_(True)
IS_UNVERIFIED = report.c.verified < report.c.serial
IS_UNCOUNTED = and_(report.c.counted < report.c.serial, report.c.practice.is_(False))
"""Spelled as in the indexes, so that both engines use them."""


def _sparse(name: str, condition: ColumnElement[bool], *columns: Column[Any]) -> None:
    """What few reports are, found without a look at all others, the latest first."""
    Index(f"ix_report_{name}", *columns, postgresql_where=condition, sqlite_where=condition)


_WHEN = (report.c.filed_at, report.c.number, report.c.area)
_sparse("changed", IS_CHANGED, report.c.standing, *_WHEN)
_sparse("nihil", IS_NIHIL, *_WHEN)
_sparse("flagged", IS_FLAGGED, *_WHEN)
_sparse("practice", IS_PRACTICE, *_WHEN)
_sparse("unverified", IS_UNVERIFIED, *_WHEN)
_sparse("uncounted", IS_UNCOUNTED, report.c.filed_at, report.c.number)

revision = Table(
    "revision",
    metadata,
    Column("report", String(24), ForeignKey("report.number"), primary_key=True),
    Column("serial", Integer, primary_key=True),
    Column("standing", String(12), nullable=False),
    Column("answers_sealed", LargeBinary, nullable=False),
    Column("flags_sealed", LargeBinary),
    Column("reason_sealed", LargeBinary),
    Column("person_id", Id, ForeignKey("person.id"), nullable=False),
    Column("channel", String(12), nullable=False),
    Column("filed_at", UTCDateTime, nullable=False),
    Column("sent_at", UTCDateTime, nullable=False),
    Column("inbox_id", Id, ForeignKey("inbox.id")),
)

media = Table(
    "media",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("address_id", Id, ForeignKey("address.id")),
    Column("kind", String(8), nullable=False),
    Column("state", String(8), nullable=False),
    Column("ref_sealed", LargeBinary),
    Column("name_sealed", LargeBinary),
    Column("content_type", String(120), nullable=False),
    Column("size", BigInteger),
    Column("sha256", String(64)),
    Column("path", Text),
    Column("view_path", Text),
    Column("data_key", LargeBinary),
    Column("due_at", UTCDateTime),
    Column("attempts", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("report", String(24), ForeignKey("report.number")),
    Column("case_number", String(24), ForeignKey("case_file.number")),
    Column("expected_at", UTCDateTime, nullable=False),
    Column("kept_at", UTCDateTime),
    CheckConstraint("state IN ('expected', 'kept', 'refused', 'failed')", name="state"),
    CheckConstraint("(due_at IS NOT NULL) = (state = 'expected')", name="due"),
    Index(None, "report"),
    Index(None, "case_number"),
    Index(None, "address_id"),
)
"""`due_at` is when the bytes may be fetched (again); empty once that is settled. `data_key` is wrapped.
`address_id` is empty once nothing is to lead back to the one who sent it."""

Index(
    "ix_media_due",
    media.c.due_at,
    postgresql_where=media.c.due_at.is_not(None),
    sqlite_where=media.c.due_at.is_not(None),
)
