"""Conversations: addresses, sessions, what came in, what goes out and the files with it."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ColumnElement,
    ForeignKey,
    FromClause,
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
    Column("forget_at", UTCDateTime),
    UniqueConstraint("channel", "account", "peer_index"),
    Index(None, "person_id"),
)
"""`forget_at`: somebody anonymous wrote from here; once it is quiet after that, the row and all that hangs on
it are erased."""

Index(
    "ix_address_forget",
    address.c.forget_at,
    postgresql_where=address.c.forget_at.is_not(None),
    sqlite_where=address.c.forget_at.is_not(None),
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
    Index(None, "address_id"),
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
    Column("secret", Boolean, nullable=False, server_default=false()),
    Column("broadcast_id", Id),
    Column("account", String(77), nullable=False, server_default=""),
    CheckConstraint("state IN ('waiting', 'leased', 'sent', 'parked', 'dropped')", name="state"),
    CheckConstraint("(due_at IS NULL) = (state NOT IN ('waiting', 'leased'))", name="due"),
    Index(None, "address_id", "id"),
)
"""`due_at` is when the row may be taken, for a leased row the end of its lease; empty once nothing is left
to do. The indexes that a claim reads hold only rows with a `due_at`: millions of sent ones cost it nothing.
`account` is "telegram:700001", that of the address: what is claimed is looked for by it.
The words of a `secret` row are erased once it is sent, and it is secret no more; an erased `reply_sealed` is
empty.
"""

Index(
    "ix_outbox_due",
    outbox.c.account,
    outbox.c.priority,
    outbox.c.due_at,
    outbox.c.id,
    postgresql_where=outbox.c.due_at.is_not(None),
    sqlite_where=outbox.c.due_at.is_not(None),
)


def is_queued(row: FromClause) -> ColumnElement[bool]:
    """Not sent, parked or dropped: says the same as a `due_at`, in the words of the index of each queue."""
    return row.c.state.in_([literal_column("'waiting'"), literal_column("'leased'")])


Index(
    "ix_outbox_queue",
    outbox.c.address_id,
    outbox.c.priority,
    outbox.c.id,
    postgresql_where=is_queued(outbox),
    sqlite_where=is_queued(outbox),
)
Index(
    "ix_outbox_receipt",
    outbox.c.provider_id,
    postgresql_where=outbox.c.provider_id.is_not(None),
    sqlite_where=outbox.c.provider_id.is_not(None),
)
Index(
    "ix_outbox_secret",
    outbox.c.id,
    postgresql_where=outbox.c.secret,
    sqlite_where=outbox.c.secret,
)
Index(
    "ix_outbox_parked",
    outbox.c.id,
    postgresql_where=outbox.c.state == "parked",
    sqlite_where=outbox.c.state == "parked",
)

IS_WITHHELD = and_(
    outbox.c.state == literal_column("'parked'"), outbox.c.reason == literal_column("'window'")
)
"""It waits for them to write. Spelled as in the index, so that both engines use it."""

Index("ix_outbox_window", outbox.c.address_id, postgresql_where=IS_WITHHELD, sqlite_where=IS_WITHHELD)

outbox_part = Table(
    "outbox_part",
    metadata,
    Column("outbox_id", Id, ForeignKey("outbox.id", ondelete="CASCADE"), primary_key=True),
    Column("part", Integer, primary_key=True),
    Column("provider_id", String(160), nullable=False),
    Column("sent_at", UTCDateTime, nullable=False),
    Index(None, "provider_id"),
    Index(None, "sent_at"),
)
"""What the platform calls the parts of a message, all but the last, for as long as it may tell of them."""

approach = Table(
    "approach",
    metadata,
    Column("address_id", Id, ForeignKey("address.id", ondelete="CASCADE"), primary_key=True),
    Column("account", String(64), nullable=False),
    Column("at", UTCDateTime, nullable=False),
    Index(None, "account", "at"),
)
"""When we last wrote there by a template, to somebody who had not written for a day."""

enclosure = Table(
    "enclosure",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("name_sealed", LargeBinary, nullable=False),
    Column("content_type", String(120), nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("path", String(200), nullable=False),
    Column("data_key", LargeBinary, nullable=False),
    Column("made_at", UTCDateTime, nullable=False),
    Column("expires_at", UTCDateTime, nullable=False),
    Index(None, "expires_at"),
    Index(None, "path"),
)
"""A file that we send, its bytes sealed at `path` in the folder of evidence; erased when it expires."""

IS_UNSAID_REMINDER = and_(
    outbox.c.topic == literal_column("'owed'"),
    outbox.c.sent_at.is_(None),
    outbox.c.state != literal_column("'dropped'"),
)
"""A reminder of what is owed that has not gone out. Spelled as in the index, too."""

Index(
    "ix_outbox_owed",
    outbox.c.address_id,
    postgresql_where=IS_UNSAID_REMINDER,
    sqlite_where=IS_UNSAID_REMINDER,
)

IS_OF_A_BROADCAST = outbox.c.broadcast_id.is_not(None)
Index(
    "ix_outbox_broadcast",
    outbox.c.broadcast_id,
    outbox.c.state,
    postgresql_where=IS_OF_A_BROADCAST,
    sqlite_where=IS_OF_A_BROADCAST,
)

broadcast = Table(
    "broadcast",
    metadata,
    Column("id", Id, primary_key=True),
    Column("by", String(32), nullable=False),
    Column("scope_area", Code, nullable=False),
    Column("roles", String(80), nullable=False),
    Column("text_sealed", LargeBinary, nullable=False),
    Column("people", Integer, nullable=False),
    Column("unreachable", Integer, nullable=False),
    Column("made_at", UTCDateTime, nullable=False),
    Column("stopped_at", UTCDateTime),
    Column("stopped_by", String(32), nullable=False),
    Index(None, "scope_area"),
)
"""The same words to all who hold one of these roles in an area; `people` is how many they are, of whom some
cannot be reached. How far it is stands in the rows of the outbox.
"""

attempt = Table(
    "attempt",
    metadata,
    Column("owner", String(32), primary_key=True),
    Column("since", UTCDateTime, nullable=False),
    Column("wrong", Integer, nullable=False),
)
"""Wrong tracking codes of an address ("address:55") or of everybody ("all") since a moment."""
