"""Which processes live, so that they can share the work."""

from sqlalchemy import Column, String, Table

from storage.tables.types import UTCDateTime, metadata

process = Table(
    "process",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("role", String(12), nullable=False),
    Column("since", UTCDateTime, nullable=False),
    Column("seen_at", UTCDateTime, nullable=False),
)
"""Each writes down every few seconds that it lives, and takes its row away when it leaves in order."""
