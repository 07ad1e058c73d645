"""Every table, the same on SQLite and PostgreSQL; `migrations/` brings a database to this shape.

`*_sealed` columns hold what `storage/keys.py` sealed; `*_index` and `*_hmac` hold what it is found by.
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Row,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

AnyRow = Row[*tuple[Any, ...]]
"""A row whose columns are read by name; each noun's file knows their types."""


class UTCDateTime(TypeDecorator[datetime]):
    """Aware UTC both ways; SQLite alone would give naive times back."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without its zone cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


Id = BigInteger().with_variant(Integer(), "sqlite")
"""SQLite numbers rows by itself only when the key is called INTEGER."""

Code = String(24).with_variant(String(24, collation="C"), "postgresql")
"""Area codes sort by their bytes, so that "64.02." to "64.02/" is all that lies inside 64.02."""

Plain = Text().with_variant(Text(collation="C"), "postgresql")

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)

area = Table(
    "area",
    metadata,
    Column("code", Code, primary_key=True),
    Column("name", Text, nullable=False),
    Column("level", String(12), nullable=False),
    Column("kind", Text, nullable=False),
    Column("parent", Code, nullable=False),
    Column("plain", Plain, nullable=False),
    Index(None, "parent"),
    Index(None, "level", "plain"),
)
"""`plain` is the name as `storage/spelling.py` flattens it, for the search by name."""

person = Table(
    "person",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", Text, nullable=False),
    Column("phone_index", String(64), unique=True),
    Column("phone_sealed", LargeBinary),
    Column("language", String(8), nullable=False),
    Column("created_at", UTCDateTime, nullable=False),
    Column("updated_at", UTCDateTime, nullable=False),
)

post = Table(
    "post",
    metadata,
    Column("id", Id, primary_key=True),
    Column("role", String(16), nullable=False),
    Column("area", Code, ForeignKey("area.code"), nullable=False),
    Column("seat", Integer, nullable=False),
    Column("zone", String(40), nullable=False),
    UniqueConstraint("area", "role", "seat"),
)
"""A kecamatan has three seats of one role."""

holding = Table(
    "holding",
    metadata,
    Column("id", Id, primary_key=True),
    Column("post_id", Id, ForeignKey("post.id"), nullable=False),
    Column("person_id", Id, ForeignKey("person.id"), nullable=False),
    Column("since", UTCDateTime, nullable=False),
    Column("until", UTCDateTime),
    Index(None, "person_id"),
    Index(None, "post_id"),
)
"""Who held a post when; `until` is empty while they hold it."""

Index(
    "uq_holding_post_id_now",
    holding.c.post_id,
    unique=True,
    postgresql_where=holding.c.until.is_(None),
    sqlite_where=holding.c.until.is_(None),
)

address = Table(
    "address",
    metadata,
    Column("id", Id, primary_key=True),
    Column("channel", String(12), nullable=False),
    Column("account", String(64), nullable=False),
    Column("peer_index", String(64), nullable=False),
    Column("peer_sealed", LargeBinary, nullable=False),
    Column("person_id", Id, ForeignKey("person.id")),
    Column("language", String(8), nullable=False),
    Column("last_in_at", UTCDateTime),
    UniqueConstraint("channel", "account", "peer_index"),
    Index(None, "person_id"),
)

session = Table(
    "session",
    metadata,
    Column("owner", String(32), primary_key=True),
    Column("state_sealed", LargeBinary),
    Column("updated_at", UTCDateTime),
)
"""`owner` is "person:12" or "address:55"."""

inbox = Table(
    "inbox",
    metadata,
    Column("id", Id, primary_key=True),
    Column("channel", String(12), nullable=False),
    Column("account", String(64), nullable=False),
    Column("provider_id", String(160), nullable=False),
    Column("address_id", Id, ForeignKey("address.id")),
    Column("received_at", UTCDateTime, nullable=False),
    Column("sent_at", UTCDateTime, nullable=False),
    Column("raw_sealed", LargeBinary),
    Column("state", String(8), nullable=False),
    Column("reason", Text, nullable=False),
    UniqueConstraint("channel", "account", "provider_id"),
    CheckConstraint("state IN ('done', 'failed')", name="state"),
)
"""One row a message for good: it is what keeps a second delivery without effect."""

Index(
    "ix_inbox_failed",
    inbox.c.id,
    postgresql_where=inbox.c.state == "failed",
    sqlite_where=inbox.c.state == "failed",
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Id, primary_key=True),
    Column("address_id", Id, ForeignKey("address.id"), nullable=False),
    Column("inbox_id", Id, ForeignKey("inbox.id")),
    Column("reply_sealed", LargeBinary, nullable=False),
    Column("topic", String(64), nullable=False),
    Column("priority", Integer, nullable=False),
    Column("state", String(8), nullable=False),
    Column("due_at", UTCDateTime),
    Column("holder", String(64), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("parts_done", Integer, nullable=False),
    Column("provider_id", String(160)),
    Column("receipt", String(12), nullable=False),
    Column("receipt_at", UTCDateTime),
    Column("reason", Text, nullable=False),
    Column("created_at", UTCDateTime, nullable=False),
    Column("sent_at", UTCDateTime),
    CheckConstraint("state IN ('waiting', 'leased', 'sent', 'parked', 'dropped')", name="state"),
    CheckConstraint("(due_at IS NULL) = (state NOT IN ('waiting', 'leased'))", name="due"),
    Index(None, "address_id", "id"),
)
"""`due_at` is when the row may be taken, for a leased row the end of its lease; empty once nothing is left
to do. The indexes that a claim reads hold only rows with a `due_at`: millions of sent ones cost it nothing.
"""

Index(
    "ix_outbox_due",
    outbox.c.priority,
    outbox.c.due_at,
    outbox.c.id,
    postgresql_where=outbox.c.due_at.is_not(None),
    sqlite_where=outbox.c.due_at.is_not(None),
)
Index(
    "ix_outbox_queue",
    outbox.c.address_id,
    outbox.c.priority,
    outbox.c.id,
    postgresql_where=outbox.c.due_at.is_not(None),
    sqlite_where=outbox.c.due_at.is_not(None),
)
Index(
    "ix_outbox_receipt",
    outbox.c.provider_id,
    postgresql_where=outbox.c.provider_id.is_not(None),
    sqlite_where=outbox.c.provider_id.is_not(None),
)
Index(
    "ix_outbox_parked",
    outbox.c.id,
    postgresql_where=outbox.c.state == "parked",
    sqlite_where=outbox.c.state == "parked",
)

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
    ForeignKeyConstraint(["form", "version"], ["form_version.name", "form_version.version"]),
    Index(None, "person_id", "filed_at"),
    Index(None, "form", "filed_at", "number"),
    Index(None, "area"),
    Index(None, "post_id"),
)
"""`standing` and `serial` are those of the latest revision."""

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
    Column("address_id", Id, ForeignKey("address.id"), nullable=False),
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
    Column("expected_at", UTCDateTime, nullable=False),
    Column("kept_at", UTCDateTime),
    CheckConstraint("state IN ('expected', 'kept', 'refused', 'failed')", name="state"),
    CheckConstraint("(due_at IS NOT NULL) = (state = 'expected')", name="due"),
    Index(None, "report"),
)
"""`due_at` is when the bytes may be fetched (again); empty once that is settled. `data_key` is wrapped."""

Index(
    "ix_media_due",
    media.c.due_at,
    postgresql_where=media.c.due_at.is_not(None),
    sqlite_where=media.c.due_at.is_not(None),
)

invitation = Table(
    "invitation",
    metadata,
    Column("id", Id, primary_key=True),
    Column("person_id", Id, ForeignKey("person.id"), nullable=False),
    Column("purpose", String(16), nullable=False),
    Column("code_hmac", String(64), nullable=False, unique=True),
    Column("made_at", UTCDateTime, nullable=False),
    Column("expires_at", UTCDateTime, nullable=False),
    Column("used_at", UTCDateTime),
    Index(None, "person_id"),
)

tick = Table(
    "tick",
    metadata,
    Column("job", String(64), primary_key=True),
    Column("scheduled_for", UTCDateTime, primary_key=True),
    Column("outcome", Text, nullable=False),
    Column("at", UTCDateTime, nullable=False),
)
"""One row a job and moment of the timetable: whoever inserts it does the job, in the same transaction."""

setting = Table(
    "setting",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("value", Text, nullable=False),
)
"""The fingerprints of the keys that the database was written with, and the like."""
