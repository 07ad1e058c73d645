"""Who owes what by when: published elections, opened periods, expected reports, campaign events, calls."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    and_,
    literal_column,
)

from storage.tables.types import Code, Id, UTCDateTime, metadata

election_version = Table(
    "election_version",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", String(64), nullable=False),
    Column("version", String(64), nullable=False),
    Column("source", Text, nullable=False),
    Column("published_at", UTCDateTime, nullable=False),
    UniqueConstraint("name", "version"),
)
"""Rows are only ever added; the last of a name is in force."""

opening = Table(
    "opening",
    metadata,
    Column("election", String(64), primary_key=True),
    Column("duty", String(64), primary_key=True),
    Column("zone", String(40), primary_key=True),
    Column("period", UTCDateTime, primary_key=True),
    Column("due_at", UTCDateTime, nullable=False),
    Column("posts", Integer, nullable=False),
    Column("opened_at", UTCDateTime, nullable=False),
)
"""A period of a duty whose expectations are there; `posts` is how many owed it when they were counted."""

campaign_event = Table(
    "campaign_event",
    metadata,
    Column("id", Id, primary_key=True),
    Column("number", String(120), nullable=False),
    Column("area", Code, ForeignKey("area.code"), nullable=False),
    Column("day", Date, nullable=False),
    Column("place", Text, nullable=False),
    Column("starts_at", UTCDateTime, nullable=False),
    Column("ends_at", UTCDateTime, nullable=False),
    Column("organiser", Text, nullable=False),
    Column("method", Text, nullable=False),
    Column("pair", Text, nullable=False),
    Column("made_at", UTCDateTime, nullable=False),
    Column("changed_at", UTCDateTime, nullable=False),
    Column("cancelled_at", UTCDateTime),
    UniqueConstraint("number", "area", "day"),
    Index(None, "starts_at"),
)
"""`number` is that of the police's receipt (STTP); `pair` the ballot number or name of the candidates."""

expectation = Table(
    "expectation",
    metadata,
    Column("id", Id, primary_key=True),
    Column("election", String(64), nullable=False),
    Column("duty", String(64), nullable=False),
    Column("form", String(64), nullable=False),
    Column("post_id", Id, nullable=False),
    Column("area", Code, nullable=False),
    Column("role", String(16), nullable=False),
    Column("period", UTCDateTime, nullable=False),
    Column("due_at", UTCDateTime, nullable=False),
    Column("state", String(8), nullable=False),
    Column("report", String(24)),
    Column("told_at", UTCDateTime),
    Column("reminded", Integer, nullable=False),
    Column("reminded_at", UTCDateTime),
    Column("event_id", Id),
    Column("waits_until", UTCDateTime),
    Column("passes_at", UTCDateTime),
    CheckConstraint("state IN ('open', 'filed', 'nihil', 'void')", name="state"),
    CheckConstraint("(told_at IS NOT NULL) = (state IN ('filed', 'nihil'))", name="told"),
    Index(None, "area", "due_at"),
)
"""A report that a post owes. No foreign keys: 435,296 rows come straight out of `post` in one statement, and
each key would be looked up as often. `area`, `role`, `form` are copied: what is counted stands in the row.

`reminded`: 0 nobody asked yet, 1 asked before it was due, 2 after; whoever asked for tomorrow stands at 0
again and is left in peace until `waits_until`. `passes_at`: from then on nobody is asked for that hour of
voting day; NULL for all else. An hour that was asked for stands at 2 at once and is in no later look's way.
"""

IS_OPEN = expectation.c.state == literal_column("'open'")
"""Spelled as in the index, so that both engines use it."""

Index(
    "ix_expectation_open",
    expectation.c.reminded,
    expectation.c.due_at,
    expectation.c.post_id,
    postgresql_where=IS_OPEN,
    sqlite_where=IS_OPEN,
)
"""What a look for those to be reminded reads: who was asked is no longer in its way."""

IS_OPEN_NOW = and_(IS_OPEN, expectation.c.reminded.in_((0, 1, 2)))
"""With all three named the index above is used, however wide the area: what was told costs nothing."""

IS_LATE = expectation.c.told_at > expectation.c.due_at
Index(
    "ix_expectation_late",
    expectation.c.area,
    expectation.c.due_at,
    postgresql_where=IS_LATE,
    sqlite_where=IS_LATE,
)

Index(
    "ix_expectation_of_post",
    expectation.c.post_id,
    expectation.c.due_at,
    postgresql_where=IS_OPEN,
    sqlite_where=IS_OPEN,
)
"""What a post owes, for the report that closes it. Each of the unique indexes holds only events, or none."""

Index(
    "uq_expectation_period",
    expectation.c.post_id,
    expectation.c.period,
    expectation.c.duty,
    expectation.c.election,
    unique=True,
    postgresql_where=expectation.c.event_id.is_(None),
    sqlite_where=expectation.c.event_id.is_(None),
)
Index(
    "uq_expectation_event",
    expectation.c.event_id,
    expectation.c.post_id,
    expectation.c.duty,
    expectation.c.election,
    unique=True,
    postgresql_where=expectation.c.event_id.is_not(None),
    sqlite_where=expectation.c.event_id.is_not(None),
)
Index(
    "ix_expectation_report",
    expectation.c.report,
    postgresql_where=expectation.c.report.is_not(None),
    sqlite_where=expectation.c.report.is_not(None),
)

call = Table(
    "call",
    metadata,
    Column("id", Id, primary_key=True),
    Column("post_id", Id, ForeignKey("post.id"), nullable=False),
    Column("by", String(32), nullable=False),
    Column("at", UTCDateTime, nullable=False),
    Column("note", Text, nullable=False),
    Index(None, "post_id", "at"),
)
"""Somebody (`person:12`, `staff:3`) phoned the holder of a post."""
