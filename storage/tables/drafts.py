"""What was brought to the desk and looked at, but is not in force yet: rosters and forms."""

from sqlalchemy import Column, ForeignKey, Index, LargeBinary, String, Table, Text

from storage.tables.types import Id, UTCDateTime, metadata

draft = Table(
    "draft",
    metadata,
    Column("key", String(24), primary_key=True),
    Column("staff_id", Id, ForeignKey("staff.id"), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("name", Text, nullable=False),
    Column("content_sealed", LargeBinary, nullable=False),
    Column("told_sealed", LargeBinary, nullable=False),
    Column("talk_sealed", LargeBinary),
    Column("made_at", UTCDateTime, nullable=False),
    Column("expires_at", UTCDateTime, nullable=False),
    Index(None, "staff_id"),
    Index(None, "expires_at"),
)
"""`told_sealed`: what was found in it, as JSON; `talk_sealed`: where the trial of a form stands."""
