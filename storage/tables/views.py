"""What an officer keeps for themselves at the desk."""

from sqlalchemy import Column, ForeignKey, Index, LargeBinary, Table

from storage.tables.types import Id, UTCDateTime, metadata

saved_view = Table(
    "saved_view",
    metadata,
    Column("id", Id, primary_key=True),
    Column("staff_id", Id, ForeignKey("staff.id"), nullable=False),
    Column("content_sealed", LargeBinary, nullable=False),
    Column("made_at", UTCDateTime, nullable=False),
    Index(None, "staff_id"),
)
"""A filter of the case list under a name of theirs; both may hold words of a case."""
