"""Who works at the desk, what the clock has done, what the database remembers of itself."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, String, Table, Text, true

from storage.tables.types import Code, Id, UTCDateTime, metadata

staff = Table(
    "staff",
    metadata,
    Column("id", Id, primary_key=True),
    Column("email", String(254), nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("role", String(16), nullable=False),
    Column("area", Code, nullable=False),
    Column("created_at", UTCDateTime, nullable=False),
    Column("ended_at", UTCDateTime),
)
"""Who works at the desk and with the API."""

token = Table(
    "token",
    metadata,
    Column("id", Id, primary_key=True),
    Column("staff_id", Id, ForeignKey("staff.id"), nullable=False),
    Column("label", Text, nullable=False),
    Column("token_hmac", String(64), nullable=False, unique=True),
    Column("scopes", Text, nullable=False),
    Column("created_at", UTCDateTime, nullable=False),
    Column("expires_at", UTCDateTime, nullable=False),
    Column("revoked_at", UTCDateTime),
    Index(None, "staff_id"),
)

tick = Table(
    "tick",
    metadata,
    Column("job", String(64), primary_key=True),
    Column("scheduled_for", UTCDateTime, primary_key=True),
    Column("outcome", Text, nullable=False),
    Column("at", UTCDateTime, nullable=False),
    Column("is_over", Boolean, nullable=False, server_default=true()),
)
"""One row a job and moment of the timetable: whoever inserts it does the job, in the same transaction. Where
a job is done in parts, each adds to the row's outcome, and the last one ends it.
"""

setting = Table(
    "setting",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("value", Text, nullable=False),
)
"""The fingerprints of the keys that the database was written with, and the like."""
