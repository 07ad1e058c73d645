"""The Monday desk: the topics it speaks of, what was said of them, who sent which week up, what was told."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from storage.tables.types import Code, Id, UTCDateTime, metadata

topics_version = Table(
    "topics_version",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", String(64), nullable=False),
    Column("version", String(64), nullable=False),
    Column("source", Text, nullable=False),
    Column("published_at", UTCDateTime, nullable=False),
    UniqueConstraint("name", "version"),
)
"""Rows are only ever added; the last of all is in force."""

topic_entry = Table(
    "topic_entry",
    metadata,
    Column("id", Id, primary_key=True),
    Column("area", Code, nullable=False),
    Column("week", Date, nullable=False),
    Column("topic", String(40), nullable=False),
    Column("mark", String(12), nullable=False),
    Column("note_sealed", LargeBinary),
    Column("actor", String(32), nullable=False),
    Column("report", String(24)),
    Column("at", UTCDateTime, nullable=False),
    CheckConstraint("mark IN ('aman', 'perhatian', 'masalah', 'belum')", name="mark"),
    Index(None, "week", "area"),
)
"""What somebody said of a topic, for an area and the week of that Monday; the last said counts."""

digest_state = Table(
    "digest_state",
    metadata,
    Column("area", Code, primary_key=True),
    Column("week", Date, primary_key=True),
    Column("serial", Integer, primary_key=True),
    Column("is_sent", Boolean, nullable=False),
    Column("is_nihil", Boolean, nullable=False),
    Column("note_sealed", LargeBinary),
    Column("actor", String(32), nullable=False),
    Column("by_name", Text, nullable=False),
    Column("at", UTCDateTime, nullable=False),
    Index(None, "week", "area"),
)
"""A coordinator sent the area's week up, or wrote a note for it; rows are only ever added."""

digest_kept = Table(
    "digest_kept",
    metadata,
    Column("area", Code, primary_key=True),
    Column("made_for", UTCDateTime, primary_key=True),
    Column("content_sealed", LargeBinary, nullable=False),
    Column("kept_at", UTCDateTime, nullable=False),
)
"""A Monday's digest as it was told, so that it says the same for good."""

digest_latest = Table(
    "digest_latest",
    metadata,
    Column("area", Code, primary_key=True),
    Column("week", Date, primary_key=True),
    Column("made_for", UTCDateTime, nullable=False),
    Column("content_sealed", LargeBinary, nullable=False),
)
"""A week as it stood when it was counted last, for the desk."""
